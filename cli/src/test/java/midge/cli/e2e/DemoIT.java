package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo against a real broker, watched by a real subscriber. */
class DemoIT {
    private static final String SUBSCRIBER = "mosquitto_sub";
    private static final String PUBLISHER = "mosquitto_pub";
    private static final String PACKAGE = "mosquitto-clients";

    /** How far a published value may be from what the chip held: the chip's resolution and the rounding of the payload. */
    private static final Map<String, BigDecimal> TOLERANCE = Map.of(
            "greenhouse/temperature", new BigDecimal("15"),
            "greenhouse/pressure", new BigDecimal("3"),
            "greenhouse/humidity", new BigDecimal("17"),
            "attic/temperature", new BigDecimal("15"),
            "attic/pressure", new BigDecimal("3"),
            "attic/humidity", new BigDecimal("17"),
            "pump/temperature", new BigDecimal("68"),
            "valve/temperature", new BigDecimal("68"),
            "window/illuminance", new BigDecimal("900"));

    /** Thousandths of the published unit at the chip; pressure and switches are whole numbers. */
    private static final List<String> THOUSANDTHS = List.of("temperature", "humidity", "illuminance");

    private record Reading(String topic, int qos, BigDecimal held, String payload, boolean delivered) {}

    @TempDir
    Path folder;

    @Test
    void everyReadingThatADeviceCountsAsDeliveredIsSeenWithTheValueOfTheChip() throws IOException {
        String subscribe = Peers.require(SUBSCRIBER, PACKAGE);
        Path record = folder.resolve("readings.csv");
        try (Mosquitto broker = new Mosquitto(folder);
                Program recorder = watch(subscribe, broker)) {
            try (Program demo = MidgeProgram.start(
                    "demo",
                    "--broker",
                    broker.uri(),
                    "--duration",
                    "20s",
                    "--loss",
                    "0.2",
                    "--seed",
                    "7",
                    "--record",
                    record.toString())) {
                demo.await("See for yourself", 60_000);
                commandBothRelays(broker, recorder);
                assertThat(demo.exitCode(60_000))
                        .as(String.join("\n", demo.lines()))
                        .isZero();
                assertThat(summary(demo)).contains("duplicated 0, lost 0 at QoS 1 and 2");
            }
            List<Reading> readings = read(record);
            assertThat(readings).as("readings of 20 s").hasSizeGreaterThan(60);
            Map<String, Integer> unseen = count(recorder.out());
            for (Reading reading : readings) {
                assertThat(distance(reading)).as(reading.toString()).isLessThanOrEqualTo(tolerance(reading));
                if (reading.qos() > 0 && reading.delivered()) {
                    String line = reading.topic() + " " + reading.payload();
                    assertThat(unseen.merge(line, -1, Integer::sum))
                            .as("seen: " + line)
                            .isNotNegative();
                }
            }
            assertThat(readings.stream()
                            .filter(r -> r.qos() > 0 && r.delivered())
                            .count())
                    .as("readings that the devices count as delivered")
                    .isGreaterThan(50);
        }
    }

    private static Program watch(String subscribe, Mosquitto broker) {
        Program recorder = Program.start(
                "stdbuf",
                "-oL",
                subscribe,
                "-p",
                broker.port() + "",
                "-i",
                "watch",
                "-q",
                "2",
                "-t",
                "midge/#",
                "-v",
                "-d");
        recorder.await("Subscribed", 20_000);
        return recorder;
    }

    /** The awake device obeys at once, the sleeper after its next wake-up. */
    private static void commandBothRelays(Mosquitto broker, Program recorder) {
        String publish = Peers.require(PUBLISHER, PACKAGE);
        for (String device : List.of("pump", "valve")) {
            recorder.await("midge/" + device + "/relay 0", 20_000);
            Program command = Program.start(
                    publish, "-p", broker.port() + "", "-q", "1", "-t", "midge/" + device + "/relay/set", "-m", "on");
            assertThat(command.exitCode(10_000)).isZero();
        }
        for (String device : List.of("pump", "valve")) {
            recorder.await("midge/" + device + "/relay 1", 20_000);
        }
    }

    private static String summary(Program demo) {
        return demo.out().stream()
                .filter(line -> line.startsWith("sent "))
                .findFirst()
                .orElse("no summary");
    }

    private static Map<String, Integer> count(List<String> lines) {
        Map<String, Integer> counts = new HashMap<>();
        for (String line : lines) {
            counts.merge(line, 1, Integer::sum);
        }
        return counts;
    }

    private static List<Reading> read(Path csv) throws IOException {
        return Files.readAllLines(csv).stream()
                .skip(1)
                .map(line -> line.split(","))
                .map(f -> new Reading(
                        f[1], Integer.parseInt(f[2]), new BigDecimal(f[3]), f[4], Boolean.parseBoolean(f[5])))
                .toList();
    }

    /** In the unit of the chip. */
    private static BigDecimal distance(Reading reading) {
        BigDecimal published = new BigDecimal(reading.payload());
        boolean scaled = THOUSANDTHS.stream().anyMatch(reading.topic()::endsWith);
        return (scaled ? published.movePointRight(3) : published)
                .subtract(reading.held())
                .abs();
    }

    private static BigDecimal tolerance(Reading reading) {
        return TOLERANCE.getOrDefault(reading.topic().substring("midge/".length()), BigDecimal.ZERO);
    }
}
