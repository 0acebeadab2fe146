package midge.sim.live;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import midge.gateway.core.GatewayCore;
import midge.gateway.port.PacketObserver;
import midge.gateway.port.SessionState;
import midge.sim.World;
import midge.sim.device.Ledger;
import midge.sim.gateway.SimGateway;
import midge.sim.net.RadioMap;
import midge.sim.net.SimNetwork;
import midge.sim.scenario.ReadyMade;
import midge.sim.scenario.Scenario;
import midge.sim.scenario.ScenarioException;
import midge.sim.scenario.ScenarioReader;
import midge.sim.scenario.ScenarioRun;
import midge.sim.stream.BrokerNode;
import org.jspecify.annotations.Nullable;

/**
 * A scenario's world driven by the wall clock on one event loop, such as the six boards of {@code midge demo}. The broker is in the world and
 * is reached from outside too, or it is any other, by TCP. Methods may be called from any thread but the loop's own, unless they say
 * otherwise.
 */
public final class LiveRun {
    private static final String DEMO = "demo";
    private static final int AWAY_MS = 1_500;
    private static final double FREE_M = 9;
    private static final double OUTERMOST_M = 26;
    private static final double WIDER_THAN_HIGH = 1.6;
    private static final double GOLDEN_ANGLE = 2.399963;

    private final EventLoop loop;
    private final ScenarioRun run;
    private final World world;
    private final @Nullable WorldBroker door;
    private final LiveWorld time;
    private final List<Board> boards;

    private LiveRun(EventLoop loop, ScenarioRun run, @Nullable WorldBroker door) {
        this.loop = loop;
        this.run = run;
        this.door = door;
        world = run.world();
        boards = run.scenarioDevices().stream().map(Board::new).toList();
        time = new LiveWorld(world, loop, this::flush);
        spread();
    }

    /**
     * Builds the demo, with a broker of its own that listens at once; {@link #start} lets it run.
     *
     * @param loop of NIO kind
     * @param port where the broker listens on loopback; when it is taken the next free one of the 100 from there on
     * @param loss probability, 0.0..1.0, that a frame on the radio is lost
     * @param seed decides weather, losses and back-off
     * @param ledger where its user enters what arrives at the broker
     * @throws IOException when no port is free
     */
    public static LiveRun demo(EventLoop loop, int port, double loss, long seed, Ledger ledger) throws IOException {
        ScenarioRun run = new ScenarioRun(demo(), seed, ledger, null);
        run.network().faults().setLoss(loss);
        return listening(loop, run, port);
    }

    /** As the other, with a broker that is there already. */
    public static LiveRun demo(EventLoop loop, InetSocketAddress broker, double loss, long seed, Ledger ledger) {
        ScenarioRun run = new ScenarioRun(demo(), seed, ledger, new SocketStreams(loop, broker));
        run.network().faults().setLoss(loss);
        return new LiveRun(loop, run, null);
    }

    /**
     * Makes a run live that has not begun, with the broker in its world listening too.
     *
     * @param port as for the demo
     * @throws IOException when no port is free
     */
    public static LiveRun listening(EventLoop loop, ScenarioRun run, int port) throws IOException {
        BrokerNode node = Objects.requireNonNull(run.broker());
        return new LiveRun(loop, run, new WorldBroker(loop, node, InetAddress.getLoopbackAddress(), port));
    }

    private static Scenario demo() {
        try {
            String text = Objects.requireNonNull(ReadyMade.text(DEMO));
            return new ScenarioReader(Path.of("")).read(DEMO + ".toml", text);
        } catch (ScenarioException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Radios that reach any distance may have been given no place: the map shows them around the gateway, like seeds in a sunflower. */
    private void spread() {
        RadioMap map = run.network().map();
        int hub = gateway().node();
        boolean apart = boards.stream()
                .map(Board::device)
                .anyMatch(device -> map.xM(device.node()) != map.xM(hub) || map.yM(device.node()) != map.yM(hub));
        if (apart || map.rangeM() > 0) {
            return;
        }
        for (int i = 0; i < boards.size(); i++) {
            double share = Math.sqrt((i + 1.0) / boards.size());
            double out = FREE_M + (OUTERMOST_M - FREE_M) * share;
            double turn = GOLDEN_ANGLE * i + 1;
            double x = map.xM(hub) + WIDER_THAN_HIGH * out * Math.cos(turn);
            double y = map.yM(hub) + out * Math.sin(turn);
            map.place(boards.get(i).device().node(), Math.rint(x), Math.rint(y));
        }
    }

    /** {@return the port of its own broker, -1 when it has none} */
    public int brokerPort() {
        return door == null ? -1 : door.port();
    }

    /** Switches the devices on. */
    public void start() {
        call(() -> {
            time.start();
            return null;
        });
    }

    private void flush() {
        if (door != null) {
            door.flush();
        }
    }

    /** {@return names of the devices} */
    public List<String> devices() {
        return boards.stream().map(board -> board.device().name()).toList();
    }

    /** {@return the topics that take commands, each with what it commands} */
    public List<String> commandTopics() {
        return boards.stream()
                .flatMap(board -> board.switches().stream())
                .map(Board.Switch::topic)
                .toList();
    }

    /** {@return devices that are connected now} */
    public int connected() {
        return call(() -> (int)
                boards.stream().filter(board -> board.device().isConnected()).count());
    }

    /** {@return frames that devices and gateway sent again because no answer came} */
    public long retransmitted() {
        return call(run::retransmitted);
    }

    /** Takes no more new readings; those on their way are still delivered. */
    public void quiet() {
        call(() -> {
            time.setPaused(false);
            boards.forEach(board -> board.device().quiet());
            return null;
        });
    }

    /** {@return whether everything on its way has arrived} */
    public boolean isSettled() {
        return call(() -> boards.stream().allMatch(board -> board.device().isIdle())) && ledger().isSettled();
    }

    /** Lets the devices say goodbye. */
    public void disconnect() {
        call(() -> {
            boards.forEach(board -> board.device().disconnect());
            return null;
        });
    }

    /** Ends the world. */
    public void close() {
        call(() -> {
            time.stop();
            gateway().crash();
            BrokerNode node = broker();
            if (node != null) {
                node.stop();
            }
            flush();
            return null;
        });
        if (door != null) {
            door.close();
        }
    }

    /** Does {@code work} on the event loop, where all of the methods below belong. */
    public <T> T call(Callable<T> work) {
        try {
            return loop.submit(work).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    /** {@return the world; on the loop} */
    public World world() {
        return world;
    }

    /** {@return its clock; on the loop} */
    public LiveWorld time() {
        return time;
    }

    /** {@return the run that it shows; on the loop} */
    public ScenarioRun run() {
        return run;
    }

    /** {@return the radio; on the loop} */
    public SimNetwork network() {
        return run.network();
    }

    /** {@return the gateway; on the loop} */
    public SimGateway gateway() {
        return run.gateway();
    }

    /** {@return the broker, null when it is not in the world; on the loop} */
    public @Nullable BrokerNode broker() {
        return run.broker();
    }

    /** {@return the readings} */
    public Ledger ledger() {
        return run.ledger();
    }

    /** {@return the boards; on the loop} */
    public List<Board> boards() {
        return boards;
    }

    /** {@return the gateway's sessions by the names of their devices; on the loop} */
    public Map<String, Integer> sessions() {
        Map<String, Integer> sessions = new HashMap<>();
        GatewayCore core = gateway().core();
        for (int i = 0; gateway().isUp() && i < core.sessions().count(); i++) {
            sessions.put(nameOf(i), i);
        }
        return sessions;
    }

    /** {@return the gateway's {@link SessionState} of a board, given {@link #sessions}; on the loop} */
    public int state(Map<String, Integer> sessions, Board board) {
        Integer session = sessions.get(board.device().name());
        return session == null
                ? SessionState.DISCONNECTED
                : gateway().core().sessions().get(session).state();
    }

    /** {@return messages that the gateway keeps for a board, given {@link #sessions}; on the loop} */
    public int queued(Map<String, Integer> sessions, Board board) {
        Integer session = sessions.get(board.device().name());
        return session == null ? 0 : gateway().core().sessions().get(session).queued();
    }

    /** {@return the name of the device that a session of the gateway belongs to; on the loop} */
    public String nameOf(int session) {
        GatewayCore core = gateway().core();
        if (session < 0 || session >= core.sessions().count()) {
            return "";
        }
        String clientId = new String(core.sessions().get(session).clientId(), StandardCharsets.UTF_8);
        return clientId.startsWith("midge-") ? clientId.substring("midge-".length()) : clientId;
    }

    /** Shows the gateway's packets to {@code watcher}, across its restarts; on the loop. */
    public void observe(PacketObserver watcher) {
        gateway().observe(watcher);
    }

    /** Kills the gateway's process and starts it anew a moment later; on the loop. */
    public void restartGateway() {
        gateway().restart(AWAY_MS);
    }

    /** Stops the broker in the world and starts it again a moment later; on the loop. Does nothing to one outside. */
    public void restartBroker() {
        BrokerNode node = broker();
        if (node != null && node.isUp()) {
            node.stop();
            world.after(AWAY_MS, node::start);
        }
    }

    /** Publishes a message at the broker, as an application does; on the loop. */
    public void publish(String topic, String payload) {
        new OneMessage(run.streams(), topic, payload);
    }
}
