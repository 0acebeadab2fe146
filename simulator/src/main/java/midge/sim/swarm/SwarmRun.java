package midge.sim.swarm;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongUnaryOperator;
import midge.gateway.config.GatewayConfig;
import midge.gateway.config.GatewayConfigBuilder;
import midge.sim.World;
import midge.sim.broker.BrokerConfig;
import midge.sim.check.Checker;
import midge.sim.check.Command;
import midge.sim.check.DeviceFacts;
import midge.sim.check.Reading;
import midge.sim.check.WorldFacts;
import midge.sim.gateway.SimGateway;
import midge.sim.net.FrameTap;
import midge.sim.net.RadioProfile;
import midge.sim.net.SimNetwork;
import midge.sim.stream.Application;
import midge.sim.stream.BrokerNode;
import midge.wire.Prng;

/**
 * One world of the swarm: devices, radio, gateway, broker and an application that sends commands, with the faults of its options. For some
 * minutes everything goes wrong at once; then the faults end, and all that was begun has to come to its end.
 */
public final class SwarmRun implements WorldFacts {
    /** From the last fault until every device has to be connected. */
    static final int BACK_MS = 120_000;

    private static final int SETTLE_LIMIT_MS = 600_000;
    /** For late copies, last acknowledgements, one more sleep cycle. */
    private static final int CALM_MS = 45_000;

    private static final int COMMANDS_PER_DEVICE = 12;
    /** Steps until a tear: in one of the next records, or in the middle of a compaction. */
    private static final int TEAR_MOST = 400;

    private static final int AFTER_TEAR_MS = 2_000;
    private static final int LAST_EVENTS = 60;

    private final World world;
    private final SwarmOptions options;
    private final SimNetwork network;
    private final BrokerNode broker;
    private final SimGateway gateway;
    private final Application commander;
    private final List<SwarmDevice> devices = new ArrayList<>();
    private final List<Checker> checkers;
    private final History history;
    private final List<Reading> readings = new ArrayList<>();
    private final Map<String, Reading> readingsByPayload = new HashMap<>();
    private final List<Command> commands = new ArrayList<>();
    private final Map<String, Command> commandsByText = new HashMap<>();
    private LongUnaryOperator gatewayOctets = octets -> octets;
    private long healedMs = Long.MAX_VALUE;
    private int gatewayCrashes;
    private int gatewayDown;
    private int brokerAway;
    private int silences;
    private int arrivals;
    private int tears;

    /** The world of {@code seed}, with every checker. */
    public SwarmRun(long seed) {
        this(seed, LAST_EVENTS);
    }

    /**
     * As {@link #SwarmRun(long)}.
     *
     * @param lastEvents how many are remembered for {@link #lastEvents}
     */
    public SwarmRun(long seed, int lastEvents) {
        this(seed, Checkers.all(), lastEvents);
    }

    SwarmRun(long seed, List<Checker> checkers) {
        this(seed, checkers, LAST_EVENTS);
    }

    private SwarmRun(long seed, List<Checker> checkers, int lastEvents) {
        history = new History(lastEvents);
        world = new World(seed, SwarmOptions.startMs(seed));
        options = SwarmOptions.draw(world).startingAt(world.nowMs());
        this.checkers = checkers;
        network = new SimNetwork(world, options.udp() ? RadioProfile.udp() : RadioProfile.ieee802154(), "radio");
        broker = new BrokerNode(world, BrokerConfig.defaults(), "broker");
        broker.broker().observe((client, topic, payload, qos, retain, nowMs) -> onArrived(client, topic, payload));
        // The gateway joins first, so that its node is known to the devices, and is configured with what they know.
        gateway = new SimGateway(world, network, broker, gatewayConfig(), "gateway");
        commander = new Application(world, broker, "commander");
        for (int i = 0; i < options.devices().size(); i++) {
            devices.add(new SwarmDevice(
                    i, options.devices().get(i), this, network.device(SwarmDevice.name(i), gateway.node())));
        }
        network.addTap(new FrameReader(gateway.node(), devices, this::onFrame));
        makeWorse();
    }

    private GatewayConfig gatewayConfig() {
        GatewayConfigBuilder config = GatewayConfig.builder()
                .mqttVersion(options.mqttVersion())
                .retryMs(1_000)
                .retryLimit(5)
                .maxSessions(20)
                .strangerMs(1_000)
                .queueMessages(100)
                .queueOctets(8_192)
                .backoffMs(100, 2_000)
                .maxDatagram(
                        network.profile().mtu() > 128
                                ? 1_400
                                : network.profile().mtu());
        for (int i = 0; i < options.devices().size(); i++) {
            SwarmDevice.predefined(i, options.devices().get(i)).forEach(config::predefined);
        }
        return config.build();
    }

    private void makeWorse() {
        network.faults()
                .setLoss(options.lossPercent() / 100.0)
                .setDuplication(options.duplicationPercent() / 100.0)
                .setReordering(options.reorderingPercent() / 100.0)
                .setLatency(2, options.jitterMs());
        broker.faults()
                .setChopped(options.chopped())
                .setLatency(1, 10)
                .setStalls(options.stallPercent() / 100.0, 700)
                .setBreaks(options.breakPermille() / 1_000.0);
    }

    /**
     * Plays it to its end.
     *
     * @return what happened
     * @throws midge.sim.SimulationFailure at the first promise that breaks, and at anything that throws
     */
    public SwarmResult play() {
        long startMs = world.nowMs();
        for (SwarmDevice device : devices) {
            device.boot(startMs + 50L * device.node());
        }
        options.faults().forEach(this::plan);
        planCommands(startMs);
        world.at(startMs + options.faultyMs(), this::heal);
        world.after(1_000, this::second);
        world.runUntil(startMs + options.faultyMs());
        long limitMs = world.nowMs() + SETTLE_LIMIT_MS;
        while (world.nowMs() < limitMs && !isSettled()) {
            world.runFor(1_000);
        }
        world.runFor(CALM_MS);
        rest();
        world.after(0, () -> checkers.forEach(checker -> checker.atEnd(this)));
        world.step();
        return result();
    }

    /** A moment in which no packet is on its way in two parts. */
    private void rest() {
        for (int i = 0; i < 100 && gatewayOctets() > 0; i++) {
            world.runFor(100);
        }
    }

    private void second() {
        checkers.forEach(checker -> checker.onSecond(this));
        world.after(1_000, this::second);
    }

    private boolean isSettled() {
        if (!commander.isIdle() || !devices.stream().allMatch(device -> device.connected() && device.waiting() == 0)) {
            return false;
        }
        return commands.stream()
                .allMatch(
                        command -> command.timesHeard() > 0 || command.device().clean());
    }

    private void planCommands(long startMs) {
        Prng prng = world.prng("commands");
        for (SwarmDevice device : devices) {
            for (int i = 0; i < COMMANDS_PER_DEVICE; i++) {
                int number = i;
                int qos = 1 + prng.below(2);
                int topic = prng.below(2);
                world.at(startMs + 10_000 + prng.below(options.faultyMs()), () -> command(device, number, qos, topic));
            }
        }
    }

    /** A device that never was subscribed cannot hear; the broker knows no session of it. */
    private void command(SwarmDevice device, int number, int qos, int topic) {
        if (!device.wasSubscribed()) {
            return;
        }
        String text = "c" + device.name() + "-" + number + "-q" + qos;
        Command command = new Command(device, device.commandTopics().get(topic), text, qos);
        commands.add(command);
        commandsByText.put(text, command);
        history.add(world.nowMs(), () -> command + " is published");
        commander.publish(new Application.Publication(command.topic(), command.text(), command.qos()));
    }

    private void plan(SwarmOptions.Fault fault) {
        world.after(fault.atMs(), () -> begin(fault));
    }

    private void begin(SwarmOptions.Fault fault) {
        SwarmDevice device = devices.get(fault.device());
        history.add(world.nowMs(), () -> fault.kind() + " " + device + " for " + fault.durationMs() + " ms");
        switch (fault.kind()) {
            case ISOLATED ->
                during(fault, () -> network.isolate(device.node(), true), () -> network.isolate(device.node(), false));
            case POWER_CUT -> cutPower(device, fault.durationMs());
            case TORN_WRITE -> {
                if (device.isOn()) {
                    device.tear(world.prng("tear/" + world.nowMs()).below(TEAR_MOST));
                    world.after(fault.durationMs(), device::spare);
                }
            }
            case CLOCK_LEAP -> device.leap(fault.durationMs() / 5);
            case GATEWAY_CRASH ->
                during(fault, this::crashGateway, () -> {
                    if (--gatewayDown == 0) {
                        gateway.start();
                    }
                });
            case BROKER_AWAY ->
                during(
                        fault,
                        () -> {
                            brokerAway++;
                            broker.stop();
                        },
                        () -> {
                            if (--brokerAway == 0) {
                                broker.start();
                            }
                        });
            case RADIO_SILENCE ->
                during(
                        fault,
                        () -> {
                            silences++;
                            network.faults().setCut(true);
                        },
                        () -> network.faults().setCut(--silences > 0));
        }
    }

    private void cutPower(SwarmDevice device, int durationMs) {
        if (device.isOn()) {
            device.cutPower();
            checkers.forEach(checker -> checker.onCrash(device));
            world.after(durationMs, () -> device.boot(world.nowMs()));
        }
    }

    /** A device's power has ended in the middle of a write. */
    void onTorn(SwarmDevice device) {
        tears++;
        history.add(world.nowMs(), () -> "the power of " + device + " ends as it writes to its flash");
        cutPower(device, AFTER_TEAR_MS);
    }

    void onRestarted(SwarmDevice device, List<String> stored) {
        history.add(world.nowMs(), () -> device + " finds on its flash " + stored);
        checkers.forEach(checker -> checker.onRestarted(device, stored));
    }

    private void during(SwarmOptions.Fault fault, Runnable begin, Runnable end) {
        begin.run();
        world.after(fault.durationMs(), end);
    }

    private void crashGateway() {
        gatewayCrashes++;
        if (gatewayDown++ == 0) {
            gateway.crash();
        }
        devices.forEach(device -> checkers.forEach(checker -> checker.onGatewayCrash(device)));
    }

    /** The radio stays as bad as it is up to 10 % loss: a promise for a perfect world would be worth little. */
    private void heal() {
        history.add(world.nowMs(), () -> "faults end");
        devices.forEach(SwarmDevice::quiet);
        network.faults().setLoss(Math.min(0.1, options.lossPercent() / 100.0));
        broker.faults().setBreaks(0);
        // Single faults may last a little longer.
        healedMs = world.nowMs() + 25_000;
    }

    void onPublished(String payload, Reading reading) {
        readings.add(reading);
        readingsByPayload.put(payload, reading);
        history.add(world.nowMs(), () -> reading + " is taken");
        checkers.forEach(checker -> checker.onPublished(reading));
    }

    void onOutcome(Reading reading) {
        Reading.State state = reading.state();
        history.add(world.nowMs(), () -> reading + " is " + state);
        checkers.forEach(checker -> checker.onOutcome(reading));
    }

    private void onArrived(String client, byte[] topicOctets, byte[] payloadOctets) {
        if (client.equals("commander")) {
            return;
        }
        String topic = new String(topicOctets, StandardCharsets.UTF_8);
        String payload = new String(payloadOctets, StandardCharsets.UTF_8);
        Reading reading = readingsByPayload.get(payload);
        if (reading != null) {
            reading.arrived();
            arrivals++;
        }
        history.add(world.nowMs(), () -> "broker has " + topic + " " + payload);
        checkers.forEach(checker -> checker.onArrived(client, topic, payload, reading));
    }

    void onHeard(DeviceFacts device, String topic, String payload) {
        Command command = commandsByText.get(payload);
        if (command != null) {
            command.heard();
        }
        history.add(world.nowMs(), () -> device + " heard " + topic + " " + payload);
        checkers.forEach(checker -> checker.onHeard(device, topic, payload, command));
    }

    private void onFrame(FrameReader.Seen seen) {
        if (seen.fate() != FrameTap.LOST) {
            checkers.forEach(checker -> checker.onFrame(seen.frame()));
        }
        String fate = seen.fate() == FrameTap.SENT ? "sent" : seen.fate() == FrameTap.LOST ? "LOST" : "came";
        String way = seen.frame().up()
                ? seen.frame().device() + " -> "
                : seen.frame().device() + " <- ";
        byte[] octets = seen.frame().frame();
        history.add(
                world.nowMs(), () -> way + java.util.HexFormat.ofDelimiter(" ").formatHex(octets) + " " + fate);
    }

    private SwarmResult result() {
        int delivered = (int) readings.stream()
                .filter(reading -> reading.state() == Reading.State.DELIVERED)
                .count();
        int heard = (int)
                commands.stream().filter(command -> command.timesHeard() > 0).count();
        int losses = devices.stream().mapToInt(SwarmDevice::losses).sum();
        int crashes = devices.stream().mapToInt(SwarmDevice::crashes).sum() + gatewayCrashes;
        return new SwarmResult(
                world.seed(),
                world.traceHash(),
                readings.size(),
                delivered,
                arrivals,
                commands.size(),
                heard,
                losses,
                crashes,
                tears);
    }

    /** {@return what is promised, one sentence each} */
    public List<String> promises() {
        return checkers.stream().map(Checker::promise).toList();
    }

    /** {@return the last things that happened, oldest first} */
    public List<String> lastEvents() {
        return history.lines();
    }

    /** {@return what was drawn from the seed} */
    public SwarmOptions options() {
        return options;
    }

    World world() {
        return world;
    }

    SimNetwork network() {
        return network;
    }

    int gatewayNode() {
        return gateway.node();
    }

    /** Falsifies what checkers are told of the gateway's memory, to see that they look at it. */
    void falsifyGatewayOctets(LongUnaryOperator lie) {
        gatewayOctets = lie;
    }

    @Override
    public long nowMs() {
        return world.nowMs();
    }

    @Override
    public long healedMs() {
        return healedMs;
    }

    @Override
    public List<SwarmDevice> devices() {
        return devices;
    }

    @Override
    public List<Reading> readings() {
        return readings;
    }

    @Override
    public List<Command> commands() {
        return commands;
    }

    @Override
    public long gatewayOctets() {
        return gatewayOctets.applyAsLong(gateway.core().usedOctets());
    }
}
