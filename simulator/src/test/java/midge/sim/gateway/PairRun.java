package midge.sim.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import midge.gateway.config.GatewayConfig;
import midge.gateway.port.GatewayCounters;
import midge.gateway.table.BlockPool;
import midge.sim.World;
import midge.sim.broker.BrokerConfig;
import midge.sim.net.RadioProfile;
import midge.sim.net.SimNetwork;
import midge.sim.stream.BrokerNode;

/**
 * What one run is made of: four devices, every second one a sleeper, over a radio with 30 % loss, 10 % copies and reordering, the gateway,
 * and a broker at the end of slow, chopped lines. The work comes in rounds; the second one begins when the sleepers sleep.
 */
final class PairRun {
    static final int ROUNDS = 2;

    private static final int READINGS = 6;
    private static final int COMMANDS = 4;
    private static final int CYCLES = 2;
    private static final long ROUND_LIMIT_MS = 20 * 60_000;
    /** A few blocks for each device: what is queued for it, and what waits for the broker's answer. */
    private static final long USED_MAX = 4 * 8 * BlockPool.BLOCK;
    /** Long enough for late copies, last acknowledgements and one more sleep cycle. */
    private static final long CALM_MS = 40_000;

    final World world;
    final SimNetwork network;
    final BrokerNode broker;
    final SimGateway gateway;
    final List<PairDevice> devices = new ArrayList<>();

    private final Sender sender;
    /** Payloads that the broker took over, with how often. */
    private final Map<String, Integer> arrived = new HashMap<>();

    private long usedOctetsMost;
    private final List<Long> usedOctets = new ArrayList<>();

    /** @param clean whether the devices ask for clean sessions */
    PairRun(long seed, boolean clean) {
        world = new World(seed, 0xFFFF_F000L); // an int has long ended, 32 bits end soon
        network = new SimNetwork(world, RadioProfile.ieee802154(), "radio");
        network.faults().setLoss(0.3).setDuplication(0.1).setReordering(0.1).setLatency(5, 20);
        broker = new BrokerNode(world, BrokerConfig.defaults(), "broker");
        broker.faults().setChopped(true).setLatency(1, 10).setStalls(0.02, 700);
        broker.broker()
                .observe((client, topic, payload, qos, retain, now) ->
                        arrived.merge(new String(payload, StandardCharsets.US_ASCII), 1, Integer::sum));
        gateway = new SimGateway(world, network, broker, gatewayConfig(), "gateway");
        sender = new Sender(broker);
        for (int i = 0; i < 4; i++) {
            PairDevice device = new PairDevice(world, network, gateway.node(), "dev" + i, i % 2 == 1, clean);
            devices.add(device);
            device.start(world.nowMs() + 100L * i);
        }
    }

    private static GatewayConfig gatewayConfig() {
        return GatewayConfig.builder()
                .retryMs(1_000)
                .retryLimit(20)
                .maxSessions(20)
                .backoffMs(100, 1_000)
                .build();
    }

    /** Runs all rounds, each until everything has arrived everywhere, or the limit. */
    PairRun play() {
        for (int round = 0; round < ROUNDS; round++) {
            play(round);
        }
        return this;
    }

    private void play(int round) {
        long endMs = world.nowMs() + ROUND_LIMIT_MS;
        while (world.nowMs() < endMs && !devices.stream().allMatch(PairDevice::isSubscribed)) {
            second();
        }
        devices.forEach(device -> command(device, round));
        if (round > 0) {
            world.runFor(CALM_MS); // sleepers collect their commands in a wake-up, not when they become active
        }
        devices.forEach(device -> device.ask(READINGS));
        while (world.nowMs() < endMs && !isOver(round)) {
            second();
        }
        world.runFor(CALM_MS);
        usedOctets.add(usedOctetsAtRest());
    }

    /** The least of some moments: in one of them a keep-alive packet may be on its way in two parts. */
    private long usedOctetsAtRest() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            world.runFor(1_000);
            least = Math.min(least, gateway.core().usedOctets());
        }
        return least;
    }

    private void second() {
        world.runFor(1_000);
        usedOctetsMost = Math.max(usedOctetsMost, gateway.core().usedOctets());
    }

    private void command(PairDevice device, int round) {
        for (int i = round * COMMANDS; i < (round + 1) * COMMANDS; i++) {
            sender.publish(1 + i % 2, "down/" + device.name, nameOfCommand(i));
        }
    }

    private static String nameOfCommand(int number) {
        return "cmd" + number + (number % 2 == 1 ? "-q2" : "-q1");
    }

    private boolean isOver(int round) {
        return devices.stream()
                .allMatch(device -> device.isDone()
                        && (device.isClean() || new TreeSet<>(device.heard).size() == (round + 1) * COMMANDS)
                        && (!device.isSleeper() || device.collected >= (round + 1) * CYCLES));
    }

    /** What holds for every device in every run. */
    PairRun check() {
        for (PairDevice device : devices) {
            assertThat(device.lost).as(device.name + " lost its gateway").isZero();
            assertThat(device.delivered).as(device.name + " delivered").hasSize(ROUNDS * READINGS);
            for (String reading : device.delivered) {
                assertThat(timesArrived(reading)).as(reading).isPositive();
            }
            for (int i = 1; i < ROUNDS * COMMANDS; i += 2) {
                assertThat(timesHeard(device, nameOfCommand(i)))
                        .as(device.name + " " + nameOfCommand(i))
                        .isLessThan(2);
            }
            assertThat(device.missedWakes()).as("missed wake-ups").isZero();
            assertThat(device.isAsBigAsAtFirst()).as("memory of a client").isTrue();
            if (device.isSleeper()) {
                assertThat(device.collected).as("sleep cycles").isGreaterThanOrEqualTo(ROUNDS * CYCLES);
            }
        }
        assertThat(usedOctets).as("octets kept in the gateway").containsOnly(0L);
        assertThat(usedOctetsMost).as("octets used in the gateway at a time").isLessThan(USED_MAX);
        return this;
    }

    /** QoS 2 upwards, exactly. */
    PairRun checkReadingsCameOnce() {
        for (PairDevice device : devices) {
            assertThat(cameTwice(device)).isEmpty();
        }
        return this;
    }

    /** QoS 2 upwards, when the broker has lost the session once. */
    PairRun checkOneReadingOfADeviceCameTwiceAtMost() {
        for (PairDevice device : devices) {
            assertThat(device.connects).as("connections of " + device.name).isEqualTo(1);
            assertThat(cameTwice(device)).hasSizeLessThan(2);
            assertThat(cameTwice(device)).allMatch(reading -> timesArrived(reading) == 2);
        }
        return this;
    }

    private List<String> cameTwice(PairDevice device) {
        return device.delivered.stream()
                .filter(reading -> reading.endsWith("-q2") && timesArrived(reading) > 1)
                .toList();
    }

    /** Nothing downwards is lost. */
    PairRun checkCommandsWereHeard() {
        for (PairDevice device : devices) {
            for (int i = 0; i < ROUNDS * COMMANDS; i++) {
                assertThat(timesHeard(device, nameOfCommand(i)))
                        .as(device.name + " " + nameOfCommand(i))
                        .isPositive();
            }
        }
        return this;
    }

    private int timesArrived(String reading) {
        return arrived.getOrDefault(reading, 0);
    }

    private static long timesHeard(PairDevice device, String command) {
        return device.heard.stream().filter(command::equals).count();
    }

    /** {@return broker connections that broke} */
    long breaks() {
        return gateway.core().counters().value(GatewayCounters.BROKER_LOST);
    }
}
