package midge.sim.live.page;

import java.util.Map;
import midge.gateway.port.SessionState;
import midge.sim.broker.SimBroker;
import midge.sim.device.Battery;
import midge.sim.device.Ledger;
import midge.sim.device.SimDevice;
import midge.sim.live.Board;
import midge.sim.live.Dial;
import midge.sim.live.LiveRun;
import midge.sim.net.Faults;
import midge.sim.net.LinkCounters;
import midge.sim.net.RadioMap;
import midge.sim.stream.BrokerNode;

/** The world as it stands, in JSON: all that the page shows apart from packets and messages. */
final class Snapshot {
    private Snapshot() {}

    /** On the world's thread. */
    static String of(LiveRun live) {
        Json json = new Json().object();
        json.put("title", live.run().scenario().title());
        json.name("time").object();
        json.put("ms", live.world().nowMs());
        json.put("speed", live.time().speed())
                .put("paused", live.time().isPaused())
                .put("seed", live.world().seed());
        json.endObject();
        radio(json, live);
        gateway(json, live);
        broker(json, live);
        readings(json, live.ledger().totals());
        json.name("battery").object();
        json.put("listensUa", Battery.AWAKE_UA);
        json.put("sendsUa", Battery.AWAKE_UA + Battery.TRANSMITTING_UA).put("sleepsUa", Battery.ASLEEP_UA);
        json.endObject();
        json.name("boards").array();
        Map<String, Integer> sessions = live.sessions();
        live.boards().forEach(board -> board(json, live, sessions, board));
        return json.endArray().endObject().toString();
    }

    private static void radio(Json json, LiveRun live) {
        Faults faults = live.network().faults();
        json.name("radio").object();
        json.put("loss", faults.loss(), 3).put("duplication", faults.duplication(), 3);
        json.put("latencyMs", faults.latencyMs()).put("jitterMs", faults.jitterMs());
        json.put("rangeM", live.network().map().rangeM(), 1);
        json.endObject();
    }

    private static void gateway(Json json, LiveRun live) {
        int node = live.gateway().node();
        json.name("gateway").object();
        json.put("up", live.gateway().isUp());
        json.put("retransmitted", live.gateway().retransmissions());
        json.put("queuedOctets", live.gateway().core().usedOctets());
        place(json, live.network().map(), node);
        json.endObject();
    }

    private static void broker(Json json, LiveRun live) {
        BrokerNode node = live.broker();
        json.name("broker").object().put("own", node != null);
        if (node != null) {
            SimBroker broker = node.broker();
            json.put("up", node.isUp()).put("port", live.brokerPort()).put("connections", broker.connectionCount());
            json.put("sessions", broker.sessionCount()).put("queuedOctets", broker.queuedOctets());
        }
        json.endObject();
    }

    private static void readings(Json json, Ledger.Totals totals) {
        json.name("readings").object();
        json.put("sent", totals.sent()).put("delivered", totals.delivered()).put("lost", totals.lost());
        json.put("lostAtQos0", totals.lostAtQos0()).put("open", totals.open()).put("duplicated", totals.duplicated());
        json.endObject();
    }

    private static void place(Json json, RadioMap map, int node) {
        json.put("x", map.xM(node), 1).put("y", map.yM(node), 1);
    }

    private static void board(Json json, LiveRun live, Map<String, Integer> sessions, Board board) {
        SimDevice device = board.device();
        json.object().put("name", device.name()).put("chips", board.chips());
        json.put("on", device.isOn()).put("state", stateName(live, sessions, board));
        place(json, live.network().map(), device.node());
        json.put("quality", quality(live, device.node()), 3);
        json.put("waiting", device.waiting()).put("queued", live.queued(sessions, board));
        json.put("retries", device.retransmissions()).put("losses", device.connectionsLost());
        LinkCounters radio = device.radio();
        json.put("frames", radio.framesSent())
                .put("framesLost", radio.framesLost())
                .put("octets", radio.octetsSent());
        json.put("airtimeMs", radio.airtimeUs() / 1_000.0, 1);
        json.put("averageUa", Battery.averageUa(board.device()), 1);
        json.put("batteryDays", Battery.days(board.device(), board.batteryMah()), 1)
                .put("mah", board.batteryMah());
        json.name("dials").array();
        board.dials().forEach(dial -> dial(json, dial));
        json.endArray().name("buttons").array();
        board.buttons().forEach(button -> json.value(button.name()));
        json.endArray().name("switches").array();
        for (Board.Switch output : board.switches()) {
            json.object().put("name", output.name()).put("kind", output.kind());
            json.put("topic", output.topic())
                    .put("on", output.on().getAsBoolean())
                    .endObject();
        }
        json.endArray().endObject();
    }

    private static void dial(Json json, Dial dial) {
        json.object().put("name", dial.name()).put("unit", dial.unit()).put("value", dial.value(), 2);
        json.put("min", dial.min(), 0)
                .put("max", dial.max(), 0)
                .put("held", dial.isHeld())
                .endObject();
    }

    /** What the gateway says, but a device without power is off whatever it believes. */
    private static String stateName(LiveRun live, Map<String, Integer> sessions, Board board) {
        return board.device().isOn() ? SessionState.name(live.state(sessions, board)) : "off";
    }

    /** {@return the probability that a frame gets through in either direction} */
    private static double quality(LiveRun live, int node) {
        double far = live.network().map().loss(node, live.gateway().node());
        return (1 - live.network().faults().loss()) * (1 - far);
    }
}
