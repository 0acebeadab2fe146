package midge.sim.junit;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import midge.gateway.config.GatewayConfig;
import midge.sim.World;
import midge.sim.broker.BrokerConfig;
import midge.sim.gateway.SimGateway;
import midge.sim.net.RadioProfile;
import midge.sim.net.SimNetwork;
import midge.sim.stream.BrokerNode;

/**
 * The world of one test: a radio, a gateway, a broker, and the boards that the test puts there. Time stands still but in {@link #run} and
 * {@link #until}, which take as long as the machine needs: an hour of one device is some milliseconds.
 */
public final class SimWorld {
    private static final Duration PATIENCE = Duration.ofHours(1);
    private static final int SHORTEST_FRAME = 60;
    private static final int LONGEST_FRAME = 1_400;
    private static final int RETRY_MS = 1_000;

    private final World world;
    private final SimNetwork radio;
    private final TestBroker broker;
    private final SimGateway gateway;
    private final Trace trace;

    SimWorld(MidgeWorld options, long seed) {
        world = new World(seed);
        radio = new SimNetwork(world, RadioProfile.named(options.radio()), "radio");
        radio.faults()
                .setLoss(options.loss())
                .setDuplication(options.duplication())
                .setReordering(options.reordering())
                .setLatency(options.latencyMs(), options.jitterMs());
        BrokerNode node = new BrokerNode(world, BrokerConfig.defaults(), "broker");
        broker = new TestBroker(world, node);
        GatewayConfig config = GatewayConfig.builder()
                .mqttVersion(options.mqttVersion())
                .retryMs(RETRY_MS)
                .maxDatagram(Math.max(
                        SHORTEST_FRAME, Math.min(LONGEST_FRAME, radio.profile().mtu())))
                .build();
        gateway = new SimGateway(world, radio, node, config, "gateway");
        trace = new Trace(radio);
        radio.addTap(trace);
        node.broker().observe(trace);
    }

    /**
     * Puts a board into the world. {@link SimBoard#boot} lets it run.
     *
     * @param name for the trace; the firmware's client id may be another
     */
    public SimBoard board(String name) {
        return new SimBoard(name, world, radio, gateway.node());
    }

    /** Lets time pass. */
    public void run(Duration time) {
        world.runFor(time.toMillis());
    }

    /** Lets time pass until {@code condition} holds, an hour at most. @throws AssertionError when it does not come true */
    public void until(BooleanSupplier condition) {
        until(PATIENCE, condition);
    }

    /** Lets time pass until {@code condition} holds, {@code most} at most. @throws AssertionError when it does not come true */
    public void until(Duration most, BooleanSupplier condition) {
        long endMs = world.nowMs() + most.toMillis();
        while (!condition.getAsBoolean()) {
            if (world.nextEventMs() > endMs) {
                world.runUntil(endMs);
                throw new AssertionError("what the test waits for did not happen in " + Trace.seconds(most.toMillis())
                        + " of virtual time");
            }
            world.step();
        }
    }

    /** {@return the time, ms since the world began} */
    public long nowMs() {
        return world.nowMs();
    }

    /** {@return the seed that decides this world} */
    public long seed() {
        return world.seed();
    }

    /** {@return virtual time itself, to plan events in it and for {@link World#traceHash}} */
    public World world() {
        return world;
    }

    /** {@return the radio: its faults may change at any time} */
    public SimNetwork radio() {
        return radio;
    }

    /** {@return the gateway} */
    public SimGateway gateway() {
        return gateway;
    }

    /** {@return the broker} */
    public TestBroker broker() {
        return broker;
    }

    /** {@return the last frames and messages, oldest first, a line each} */
    public String trace() {
        return trace.toString();
    }
}
