package midge.sim.live.page;

import java.util.Map;
import midge.sim.live.Board;
import midge.sim.live.Dial;
import midge.sim.live.LiveRun;
import midge.wire.Ranges;

/** What the page may do to the world. A command that makes no sense is an {@link IllegalArgumentException} that says why. */
final class Commands {
    private static final double PLACE_MAX_M = 500;
    private static final int STEP_MAX_MS = 60_000;
    private static final int TEXT_MAX = 1_024;

    private final LiveRun live;
    private final Map<String, String> fields;

    private Commands(LiveRun live, Map<String, String> fields) {
        this.live = live;
        this.fields = fields;
    }

    /**
     * Carries a command out, on the world's thread.
     *
     * @param fields {@code do} names it, the others are its arguments
     */
    static void run(LiveRun live, Map<String, String> fields) {
        new Commands(live, fields).run();
    }

    private void run() {
        switch (text("do")) {
            case "pause" -> live.time().setPaused(true);
            case "resume" -> live.time().setPaused(false);
            case "step" -> {
                live.time().setPaused(true);
                live.time().step(Ranges.check("ms", (int) number("ms"), 1, STEP_MAX_MS));
            }
            case "speed" -> live.time().setSpeed((int) number("factor"));
            case "radio" -> radio();
            case "move" -> move();
            case "dial" -> dial().set(number("value"));
            case "release" -> dial().release();
            case "press" -> press();
            case "publish" -> publish();
            case "crash" -> board().device().cutPower();
            case "power" -> board().device().start(live.world().nowMs());
            case "restart-gateway" -> live.restartGateway();
            case "restart-broker" -> restartBroker();
            default -> throw new IllegalArgumentException("no command is called " + text("do"));
        }
    }

    private void radio() {
        var faults = live.network().faults();
        double loss = fields.containsKey("loss") ? number("loss") : faults.loss();
        double duplication = fields.containsKey("duplication") ? number("duplication") : faults.duplication();
        int latencyMs = fields.containsKey("latencyMs") ? (int) number("latencyMs") : faults.latencyMs();
        faults.setLoss(loss).setDuplication(duplication).setLatency(latencyMs, faults.jitterMs());
    }

    private void move() {
        int node = text("board").equals("gateway")
                ? live.gateway().node()
                : board().device().node();
        live.network().map().place(node, place("x"), place("y"));
    }

    private double place(String name) {
        return Math.max(-PLACE_MAX_M, Math.min(PLACE_MAX_M, number(name)));
    }

    private void press() {
        String name = text("name");
        board().buttons().stream()
                .filter(button -> button.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no button is called " + name))
                .press()
                .run();
    }

    private void publish() {
        String topic = text("topic");
        if (topic.isEmpty() || topic.indexOf('+') >= 0 || topic.indexOf('#') >= 0) {
            throw new IllegalArgumentException("a message wants a topic without + and #");
        }
        live.publish(topic, text("payload"));
    }

    private void restartBroker() {
        if (live.broker() == null) {
            throw new IllegalArgumentException("the broker is not part of this world; restart it where it runs");
        }
        live.restartBroker();
    }

    private Board board() {
        String name = text("board");
        return live.boards().stream()
                .filter(board -> board.device().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no board is called " + name));
    }

    private Dial dial() {
        String name = text("name");
        return board().dials().stream()
                .filter(dial -> dial.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no sensor is called " + name));
    }

    private String text(String name) {
        String value = fields.get(name);
        if (value == null || value.length() > TEXT_MAX) {
            throw new IllegalArgumentException(
                    "the command wants " + name + ", of at most " + TEXT_MAX + " characters");
        }
        return value;
    }

    private double number(String name) {
        try {
            double value = Double.parseDouble(text(name));
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(name + " wants a number");
    }
}
