package midge.sim.scenario;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import midge.gateway.config.GatewayConfig;
import midge.sim.World;
import midge.sim.broker.BrokerConfig;
import midge.sim.device.Ledger;
import midge.sim.device.SimDevice;
import midge.sim.gateway.SimGateway;
import midge.sim.net.SimNetwork;
import midge.sim.scenario.Scenario.DeviceSpec;
import midge.sim.stream.BrokerNode;
import midge.sim.stream.StreamServer;
import org.jspecify.annotations.Nullable;

/**
 * One run of a scenario: the device, gateway and broker classes that people use, in a world of the scenario's making. {@link #runUntil} lets
 * time pass, as fast as the machine can or at any pace of the caller's; {@link #finish} ends it and judges.
 */
public final class ScenarioRun {
    /** How long readings that are under way may take after the end. */
    private static final long SETTLE_MS = 600_000;

    private static final long MOMENT_MS = 1_000;
    /** Of the broker: live, programs outside are among them. */
    private static final int CLIENTS_AT_LEAST = 1_000;

    private final Scenario scenario;
    private final World world;
    private final Ledger ledger;
    private final SimNetwork network;
    private final @Nullable BrokerNode broker;
    private final StreamServer streams;
    private final SimGateway gateway;
    private final List<ScenarioDevice> devices = new ArrayList<>();
    private final List<SimDevice> bare = new ArrayList<>();
    private final List<ExpectationWatch> watches = new ArrayList<>();
    private final List<ExpectationWatch> readingWatches;
    private final List<ReadingSink> sinks = new ArrayList<>();

    /** Sees each reading that arrives at the broker, once. */
    @FunctionalInterface
    public interface ReadingSink {
        /** @param atMs world time */
        void onReading(Ledger.Reading reading, long atMs);
    }

    /**
     * Builds the world; nothing has happened in it yet.
     *
     * @param seed decides every random number, whatever the scenario's says
     */
    public ScenarioRun(Scenario scenario, long seed) {
        this(scenario, seed, new Ledger(false), null);
        ownBroker()
                .broker()
                .observe((client, topic, payload, qos, retain, nowMs) -> onPublished(topic, payload, nowMs));
    }

    /**
     * A world whose readings its user sees arrive, and enters in the ledger; expectations of readings do not notice them.
     *
     * @param outside makes the broker's end of the gateway's connections; null for a broker in the world
     */
    public ScenarioRun(Scenario scenario, long seed, Ledger ledger, @Nullable StreamServer outside) {
        this.scenario = scenario;
        this.ledger = ledger;
        world = new World(seed);
        Scenario.Radio radio = scenario.radio();
        network = new SimNetwork(world, radio.profile(), "radio");
        network.faults()
                .setLoss(radio.loss())
                .setDuplication(radio.duplication())
                .setReordering(radio.reordering())
                .setBitErrors(radio.bitErrors())
                .setLatency(radio.latencyMs(), radio.jitterMs());
        network.map().setRange(radio.rangeM());
        broker = outside == null ? new BrokerNode(world, brokerConfig(), "broker") : null;
        streams = broker != null ? broker : Objects.requireNonNull(outside);
        gateway = new SimGateway(world, network, streams, gatewayConfig(), "gateway");
        network.map()
                .place(
                        gateway.node(),
                        scenario.gateway().xM(),
                        scenario.gateway().yM());
        Surroundings surroundings = new Surroundings(world, scenario.dayMs());
        for (DeviceSpec spec : scenario.devices()) {
            ScenarioDevice device = new ScenarioDevice(spec, world, network, gateway.node(), ledger, surroundings);
            devices.add(device);
            bare.add(device.device());
        }
        scenario.expectations().forEach(expectation -> watches.add(new ExpectationWatch(expectation, bare)));
        readingWatches =
                watches.stream().filter(ExpectationWatch::watchesReadings).toList();
        Director director = new Director(this);
        scenario.events().forEach(director::plan);
        devices.forEach(ScenarioDevice::begin);
        if (watches.stream().anyMatch(ExpectationWatch::watchesConnections)) {
            world.after(MOMENT_MS, this::moment);
        }
    }

    private BrokerConfig brokerConfig() {
        int clients = Math.max(CLIENTS_AT_LEAST, 2 * scenario.devices().size());
        return BrokerConfig.builder()
                .connectionsMax(clients)
                .sessionsMax(clients)
                .build();
    }

    private GatewayConfig gatewayConfig() {
        Scenario.Gateway options = scenario.gateway();
        return GatewayConfig.builder()
                .mqttVersion(options.mqttVersion())
                .retryMs(options.retryMs())
                .retryLimit(options.retryLimit())
                .maxSessions(scenario.devices().size() + options.sessionsSpare())
                .maxDatagram(Math.max(60, Math.min(1_400, network.profile().mtu())))
                .backoffMs(100, 5_000)
                .build();
    }

    private void moment() {
        watches.stream()
                .filter(ExpectationWatch::watchesConnections)
                .forEach(watch -> watch.onMoment(bare, world.nowMs()));
        if (world.nowMs() < scenario.durationMs()) {
            world.after(MOMENT_MS, this::moment);
        }
    }

    private void onPublished(byte[] topicOctets, byte[] payload, long nowMs) {
        String topic = new String(topicOctets, StandardCharsets.UTF_8);
        Ledger.Reading reading = ledger.arrived(topic, new String(payload, StandardCharsets.UTF_8));
        if (reading == null) {
            return;
        }
        if (!readingWatches.isEmpty()) {
            String quantity = topic.substring(topic.lastIndexOf('/') + 1);
            readingWatches.forEach(watch -> watch.onReading(reading.device(), quantity, reading.payload(), nowMs));
        }
        sinks.forEach(sink -> sink.onReading(reading, nowMs));
    }

    /** Shows each reading that arrives from now on to {@code sink}. */
    public void addSink(ReadingSink sink) {
        sinks.add(sink);
    }

    /** Lets time pass up to {@code ms} of world time; not beyond the scenario's duration. */
    public void runUntil(long ms) {
        world.runUntil(Math.min(ms, scenario.durationMs()));
    }

    /** Lets the rest of the time pass and what is under way arrive. {@return what became of it} */
    public ScenarioResult finish() {
        world.runUntil(scenario.durationMs());
        bare.forEach(SimDevice::quiet);
        long limitMs = world.nowMs() + SETTLE_MS;
        while (world.nowMs() < limitMs && !ledger.isSettled()) {
            world.runFor(MOMENT_MS);
        }
        Ledger.Totals totals = ledger.totals();
        long again = retransmitted();
        List<ScenarioResult.Verdict> verdicts = watches.stream()
                .map(watch -> new ScenarioResult.Verdict(
                        watch.expectation().name(), watch.expectation().line(), watch.failure(totals, again)))
                .toList();
        return new ScenarioResult(
                scenario.title(), world.seed(), verdicts, totals, again, world.nowMs(), world.traceHash());
    }

    /** {@return frames that devices and gateway sent again because no answer came} */
    public long retransmitted() {
        return bare.stream().mapToLong(SimDevice::retransmissions).sum() + gateway.retransmissions();
    }

    /** {@return the scenario} */
    public Scenario scenario() {
        return scenario;
    }

    /** {@return its world, to look at its time} */
    public World world() {
        return world;
    }

    /** {@return its gateway, to observe it} */
    public SimGateway gateway() {
        return gateway;
    }

    /** {@return the account of all readings} */
    public Ledger ledger() {
        return ledger;
    }

    /** {@return the devices in the order of the file} */
    public List<SimDevice> devices() {
        return List.copyOf(bare);
    }

    /** {@return the devices with their chips, in the same order} */
    public List<ScenarioDevice> scenarioDevices() {
        return Collections.unmodifiableList(devices);
    }

    /** {@return its radio} */
    public SimNetwork network() {
        return network;
    }

    /** {@return the broker, null when it is outside} */
    public @Nullable BrokerNode broker() {
        return broker;
    }

    BrokerNode ownBroker() {
        return Objects.requireNonNull(broker, "the broker is not in the world");
    }

    /** {@return where connections to the broker, in the world or outside, are made} */
    public StreamServer streams() {
        return streams;
    }
}
