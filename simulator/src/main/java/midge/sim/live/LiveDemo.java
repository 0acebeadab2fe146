package midge.sim.live;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import midge.gateway.config.GatewayConfig;
import midge.gateway.core.GatewayCore;
import midge.gateway.port.PacketObserver;
import midge.gateway.port.SessionState;
import midge.sim.World;
import midge.sim.broker.BrokerConfig;
import midge.sim.device.Ledger;
import midge.sim.gateway.SimGateway;
import midge.sim.net.RadioProfile;
import midge.sim.net.SimNetwork;
import midge.sim.stream.BrokerNode;
import midge.sim.stream.StreamServer;
import org.jspecify.annotations.Nullable;

/**
 * Six virtual boards, a lossy radio, a gateway and a broker in one world, driven by the wall clock on one event loop. The broker is in the
 * world and is reached from outside too, or it is any other, by TCP. Methods may be called from any thread but the loop's own, unless they
 * say otherwise.
 */
public final class LiveDemo {
    private static final int RETRY_MS = 600;
    private static final int RETRIES = 10;
    private static final int LATENCY_MS = 5;
    private static final int JITTER_MS = 10;
    private static final int AWAY_MS = 1_500;

    private final EventLoop loop;
    private final Ledger ledger;
    private final World world;
    private final SimNetwork network;
    private final @Nullable BrokerNode node;
    private final @Nullable WorldBroker door;
    private final StreamServer streams;
    private final SimGateway gateway;
    private final LiveWorld time;
    private final Greenhouse house;

    private LiveDemo(
            EventLoop loop,
            World world,
            @Nullable BrokerNode node,
            @Nullable WorldBroker door,
            StreamServer streams,
            double loss,
            Ledger ledger) {
        this.loop = loop;
        this.ledger = ledger;
        this.world = world;
        this.node = node;
        this.door = door;
        this.streams = streams;
        network = new SimNetwork(world, RadioProfile.ieee802154(), "demo");
        network.faults().setLoss(loss).setLatency(LATENCY_MS, JITTER_MS);
        GatewayConfig config =
                GatewayConfig.builder().retryMs(RETRY_MS).retryLimit(RETRIES).build();
        gateway = new SimGateway(world, network, streams, config, "gateway");
        house = new Greenhouse(world, network, gateway.node(), ledger);
        time = new LiveWorld(world, loop, this::flush);
    }

    /**
     * Builds everything, with a broker of its own that listens at once; {@link #start} lets it run.
     *
     * @param loop of NIO kind
     * @param port where the broker listens on loopback; when it is taken the next free one of the 100 from there on
     * @param loss probability, 0.0..1.0, that a frame on the radio is lost
     * @param seed decides weather, motion, losses and back-off
     * @throws IOException when no port is free
     */
    public static LiveDemo withOwnBroker(EventLoop loop, int port, double loss, long seed, Ledger ledger)
            throws IOException {
        World world = new World(seed);
        BrokerNode node = new BrokerNode(world, BrokerConfig.defaults(), "broker");
        WorldBroker door = new WorldBroker(loop, node, InetAddress.getLoopbackAddress(), port);
        return new LiveDemo(loop, world, node, door, node, loss, ledger);
    }

    /** As {@link #withOwnBroker}, with a broker that is there already. */
    public static LiveDemo withBroker(EventLoop loop, InetSocketAddress broker, double loss, long seed, Ledger ledger) {
        return new LiveDemo(loop, new World(seed), null, null, new SocketStreams(loop, broker), loss, ledger);
    }

    /** {@return the port of its own broker, -1 when it has none} */
    public int brokerPort() {
        return door == null ? -1 : door.port();
    }

    /** Switches the devices on. */
    public void start() {
        call(() -> {
            house.start();
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
        return house.boards().stream().map(board -> board.device().name()).toList();
    }

    /** {@return the topics that take commands, each with what it commands} */
    public List<String> commandTopics() {
        return house.boards().stream()
                .flatMap(board -> board.switches().stream())
                .map(Board.Switch::topic)
                .toList();
    }

    /** {@return devices that are connected now} */
    public int connected() {
        return call(() -> (int) house.boards().stream()
                .filter(board -> board.device().isConnected())
                .count());
    }

    /** {@return frames that devices and gateway sent again because no answer came} */
    public long retransmitted() {
        return call(() -> house.boards().stream()
                        .mapToLong(board -> board.device().retransmissions())
                        .sum()
                + gateway.retransmissions());
    }

    /** Takes no more new readings; those on their way are still delivered. */
    public void quiet() {
        call(() -> {
            time.setPaused(false);
            house.boards().forEach(board -> board.device().quiet());
            return null;
        });
    }

    /** {@return whether everything on its way has arrived} */
    public boolean isSettled() {
        return call(() ->
                        house.boards().stream().allMatch(board -> board.device().isIdle()))
                && ledger.isSettled();
    }

    /** Lets the devices say goodbye. */
    public void disconnect() {
        call(() -> {
            house.boards().forEach(board -> board.device().disconnect());
            return null;
        });
    }

    /** Ends the demo. */
    public void close() {
        call(() -> {
            time.stop();
            gateway.crash();
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

    /** {@return the radio; on the loop} */
    public SimNetwork network() {
        return network;
    }

    /** {@return the gateway; on the loop} */
    public SimGateway gateway() {
        return gateway;
    }

    /** {@return the broker, null when it is not in the world; on the loop} */
    public @Nullable BrokerNode broker() {
        return node;
    }

    /** {@return the readings} */
    public Ledger ledger() {
        return ledger;
    }

    /** {@return the boards; on the loop} */
    public List<Board> boards() {
        return house.boards();
    }

    /** {@return the gateway's {@link SessionState} of a board; on the loop} */
    public int state(Board board) {
        int session = session(board);
        return session < 0
                ? SessionState.DISCONNECTED
                : gateway.core().sessions().get(session).state();
    }

    /** {@return messages that the gateway keeps for a board; on the loop} */
    public int queued(Board board) {
        int session = session(board);
        return session < 0 ? 0 : gateway.core().sessions().get(session).queued();
    }

    private int session(Board board) {
        GatewayCore core = gateway.core();
        for (int i = 0; gateway.isUp() && i < core.sessions().count(); i++) {
            if (nameOf(i).equals(board.device().name())) {
                return i;
            }
        }
        return -1;
    }

    /** {@return the name of the device that a session of the gateway belongs to; on the loop} */
    public String nameOf(int session) {
        GatewayCore core = gateway.core();
        if (session < 0 || session >= core.sessions().count()) {
            return "";
        }
        String clientId = new String(core.sessions().get(session).clientId(), java.nio.charset.StandardCharsets.UTF_8);
        return clientId.startsWith("midge-") ? clientId.substring("midge-".length()) : clientId;
    }

    /** Shows the gateway's packets to {@code watcher}, across its restarts; on the loop. */
    public void observe(PacketObserver watcher) {
        gateway.observe(watcher);
    }

    /** Kills the gateway's process and starts it anew a moment later; on the loop. */
    public void restartGateway() {
        gateway.restart(AWAY_MS);
    }

    /** Stops the broker in the world and starts it again a moment later; on the loop. Does nothing to one outside. */
    public void restartBroker() {
        if (node != null && node.isUp()) {
            node.stop();
            world.after(AWAY_MS, node::start);
        }
    }

    /** Publishes a message at the broker, as an application does; on the loop. */
    public void publish(String topic, String payload) {
        new OneMessage(streams, topic, payload);
    }
}
