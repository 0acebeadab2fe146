package midge.sim.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import midge.gateway.core.GatewayConfig;
import midge.sim.SimulationFailure;
import midge.sim.World;
import midge.sim.broker.BrokerConfig;
import midge.sim.export.GatewayCapture;
import midge.sim.export.PcapWriter;
import midge.sim.net.RadioProfile;
import midge.sim.net.SimNetwork;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import midge.sim.stream.BrokerNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real clients, the real gateway core and the broker, over a bad radio and bad lines, in virtual time. */
@Timeout(240)
class PairTest {
    private static final int SEEDS = Integer.getInteger("midge.seeds", 200);
    private static final long FIRST_SEED = Long.getLong("midge.seed", 1);
    private static final int READINGS = 6;
    private static final int COMMANDS = 4;
    private static final long LIMIT_MS = 20 * 60_000;

    /** What one run is made of. */
    private static final class Run {
        final World world;
        final SimNetwork network;
        final BrokerNode broker;
        final SimGateway gateway;
        final Sender sender;
        final List<PairDevice> devices = new ArrayList<>();
        /** Payloads that the broker took over, with how often. */
        final Map<String, Integer> arrived = new HashMap<>();

        private boolean commandsSent;

        Run(long seed) {
            world = new World(seed, 0xFFFF_F000L); // an int has long ended, 32 bits end soon
            network = new SimNetwork(world, RadioProfile.ieee802154(), "radio");
            network.faults().setLoss(0.3).setDuplication(0.1).setReordering(0.1).setLatency(5, 20);
            broker = new BrokerNode(world, BrokerConfig.defaults(), "broker");
            broker.faults().setChopped(true).setLatency(1, 10).setStalls(0.02, 700);
            broker.broker()
                    .observe((client, topic, payload, qos, retain, now) ->
                            arrived.merge(new String(payload, StandardCharsets.US_ASCII), 1, Integer::sum));
            gateway = new SimGateway(
                    world,
                    network,
                    broker,
                    GatewayConfig.builder()
                            .retryMs(1_000)
                            .retryLimit(20)
                            .maxSessions(20)
                            .backoffMs(100, 1_000)
                            .build(),
                    "gateway");
            sender = new Sender(broker);
            for (int i = 0; i < 4; i++) {
                PairDevice device = new PairDevice(world, network, gateway.node(), "dev" + i, READINGS, i % 2 == 1);
                devices.add(device);
                device.start(world.nowMs() + 100L * i);
            }
        }

        /** Runs until everything has arrived everywhere, or the limit. */
        Run play() {
            long endMs = world.nowMs() + LIMIT_MS;
            while (world.nowMs() < endMs && !isOver()) {
                world.runFor(1_000);
                if (!commandsSent && devices.stream().allMatch(PairDevice::isSubscribed)) {
                    commandsSent = true;
                    devices.forEach(this::command);
                }
            }
            return this;
        }

        private void command(PairDevice device) {
            for (int i = 0; i < COMMANDS; i++) {
                int qos = 1 + i % 2;
                sender.publish(qos, "down/" + device.name, "cmd" + i + (qos == 2 ? "-q2" : "-q1"));
            }
        }

        private boolean isOver() {
            return devices.stream()
                    .allMatch(device -> device.isDone()
                            && device.heard.stream().distinct().count() == COMMANDS
                            && (device.collected > 1 || !device.name.matches("dev[13]")));
        }

        void check(boolean linesBreak) {
            for (PairDevice device : devices) {
                assertThat(device.lost).as(device.name + " lost its gateway").isZero();
                assertThat(device.delivered).as(device.name + " delivered").hasSize(READINGS);
                for (String reading : device.delivered) {
                    assertThat(arrived.getOrDefault(reading, 0)).as(reading).isPositive();
                    if (reading.endsWith("-q2") && !linesBreak) {
                        assertThat(arrived.get(reading)).as(reading).isEqualTo(1);
                    }
                }
                for (int i = 0; i < COMMANDS; i++) {
                    String command = "cmd" + i + (i % 2 == 1 ? "-q2" : "-q1");
                    long copies = device.heard.stream().filter(command::equals).count();
                    assertThat(copies).as(device.name + " " + command).isPositive();
                    if (command.endsWith("-q2")) {
                        assertThat(copies).as(device.name + " " + command).isEqualTo(1);
                    }
                }
            }
            assertThat(devices.get(1).collected).as("sleep cycles").isPositive();
        }
    }

    @Test
    void nothingIsLostAndQos2ComesOnceOverABadRadio() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            Run run = new Run(seed);
            judged(seed, () -> run.play().check(false));
        }
    }

    @Test
    void nothingAcknowledgedIsLostWhenBrokerLinesBreak() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS; seed++) {
            Run run = new Run(seed);
            run.broker.faults().setBreaks(0.002);
            judged(seed, () -> run.play().check(true));
        }
    }

    @Test
    void nothingAcknowledgedIsLostWhenTheBrokerRestarts() {
        for (long seed = FIRST_SEED; seed < FIRST_SEED + SEEDS / 4; seed++) {
            Run run = new Run(seed);
            int pauseMs = 1_000 + run.world.prng("test").below(8_000);
            run.world.after(6_000, () -> run.broker.faults().setBreaks(1));
            run.world.after(6_000 + pauseMs, () -> run.broker.faults().setBreaks(0));
            judged(seed, () -> run.play().check(true));
        }
    }

    private static void judged(long seed, Runnable trial) {
        try {
            trial.run();
        } catch (SimulationFailure failure) {
            throw failure;
        } catch (AssertionError failure) {
            throw new AssertionError(
                    "seed " + seed + ": " + failure.getMessage()
                            + "\nagain: mvn -o -pl simulator -am test -Dtest=PairTest" + " -DargLine='-Dmidge.seed="
                            + seed + " -Dmidge.seeds=1'",
                    failure);
        }
    }

    @Test
    void oneSeedTwiceIsOneHistory() {
        for (long seed = 1; seed <= 10; seed++) {
            Run one = new Run(seed).play();
            Run two = new Run(seed).play();
            assertThat(two.world.traceHash()).as("seed " + seed).isEqualTo(one.world.traceHash());
            assertThat(two.world.eventsRun()).as("seed " + seed).isEqualTo(one.world.eventsRun());
            assertThat(new Run(seed + 1_000).play().world.traceHash()).isNotEqualTo(one.world.traceHash());
        }
    }

    @Test
    void tsharkDecodesAWholeRunWithoutAMalformedPacket(@TempDir Path directory) throws Exception {
        String tshark = Peers.require("tshark", "tshark");
        Path file = directory.resolve("run.pcap");
        Run run = new Run(3);
        try (GatewayCapture capture = new GatewayCapture(
                new PcapWriter(new java.io.BufferedOutputStream(Files.newOutputStream(file)), 1_700_000_000_000L))) {
            run.gateway.core().observe(capture);
            run.play().check(false);
            assertThat(capture.failure()).isNull();
        }
        String[] read = {tshark, "-r", file.toString(), "-d", "udp.port==1884,mqttsn"};
        assertThat(fields(read, "-Y", "_ws.malformed")).isEmpty();
        assertThat(fields(read, "-Y", "mqttsn", "-T", "fields", "-e", "mqttsn.msg.type"))
                .contains(
                        "0x04", "0x05", "0x0a", "0x0b", "0x0c", "0x0d", "0x0e", "0x0f", "0x10", "0x12", "0x13", "0x18");
        assertThat(String.join(",", fields(read, "-Y", "mqtt", "-T", "fields", "-e", "mqtt.msgtype")))
                .contains("1", "2", "3", "4", "5", "6", "7", "8", "9");
    }

    private static List<String> fields(String[] read, String... options) {
        List<String> command = new ArrayList<>(List.of(read));
        command.addAll(List.of(options));
        Program program = Program.start(command);
        assertThat(program.exitCode(60_000)).as(program.lines().toString()).isZero();
        return program.lines().stream()
                .filter(line -> !line.contains("Running as user"))
                .toList();
    }
}
