package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import midge.board.serial.PtyCable;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MQTT-SN over serial lines from end to end: {@code ./midge device}, {@code pub} and {@code sub}, the gateway's listeners, Mosquitto. */
class SerialIT {
    private static final int PATIENCE_MS = 30_000;

    private static final String DEVICE = """
            [device]
            name = "shed"
            board = "sim"
            [link]
            over = "%s"
            retry_s = 0.3
            [outbox]
            messages = 1000
            [[sensor]]
            name = "air"
            kind = "tmp102"
            every_s = 0.1
            [[actuator]]
            name = "pump"
            kind = "relay"
            pin = 17
            """;

    @TempDir
    private Path folder;

    private PtyCable cable(String name) {
        return new PtyCable(folder.resolve(name + "-device"), folder.resolve(name + "-gateway"));
    }

    private static String uri(Path port, String options) {
        return "serial://" + port + options;
    }

    private static Program gateway(Mosquitto broker, String... listeners) {
        List<String> arguments = new ArrayList<>(List.of("gateway", "--broker", broker.uri()));
        for (String listener : listeners) {
            arguments.addAll(List.of("--listen", listener));
        }
        Program gateway = MidgeProgram.start(arguments.toArray(String[]::new));
        gateway.await("MQTT-SN on " + String.join(", ", listeners), PATIENCE_MS);
        return gateway;
    }

    @Test
    void nothingThatADeviceHasStoredIsLostWhenAdaptersAreUnplugged() throws IOException {
        try (Mosquitto broker = Mosquitto.inMemory(folder);
                PtyCable cable = cable("line");
                Program sub = broker.sub("-v", "-q", "1", "-t", "midge/shed/#")) {
            broker.awaitSubscription("midge/shed/#", 1);
            String over = uri(cable.one().name(), "?driver=jserialcomm");
            Path toml = Files.writeString(folder.resolve("device.toml"), DEVICE.formatted(over));
            try (Program gateway = gateway(broker, uri(cable.other().name(), ""));
                    Program device = MidgeProgram.start("device", "--config", toml.toString(), "--verbose")) {
                sub.await(5, SerialIT::isReading, PATIENCE_MS);
                command(broker, sub, "on", "midge/shed/pump 1");

                cable.other().unplug();
                gateway.await("is gone; its clients keep their sessions", PATIENCE_MS);
                device.await(readings(device) + 5, SerialIT::isStored, PATIENCE_MS);
                cable.other().plug();
                gateway.await("is back", PATIENCE_MS);
                sub.await(readings(sub) + 10, SerialIT::isReading, PATIENCE_MS);
                command(broker, sub, "off", "midge/shed/pump 0");

                cable.one().unplug();
                device.await(readings(device) + 5, SerialIT::isStored, PATIENCE_MS);
                cable.one().plug();
                sub.await(readings(sub) + 10, SerialIT::isReading, PATIENCE_MS);

                device.signal("INT");
                assertThat(device.exitCode(PATIENCE_MS)).isEqualTo(130);
                sub.await("midge/shed/status offline", PATIENCE_MS);
                assertAllCameInOrder(device, sub);
            }
        }
    }

    /** What waits in the outbox at the end was acknowledged by nobody. */
    private static void assertAllCameInOrder(Program device, Program sub) {
        List<String> stored = device.lines().stream()
                .filter(line -> line.startsWith("stored "))
                .map(line -> line.substring("stored ".length()))
                .toList();
        String end = device.lines().get(device.lines().size() - 1);
        Matcher waiting = Pattern.compile(" (\\d+) waiting").matcher(end);
        assertThat(waiting.find()).as(end).isTrue();
        assertThat(end).doesNotContain("dropped");
        int delivered = stored.size() - Integer.parseInt(waiting.group(1));
        assertThat(delivered).isGreaterThan(25);
        assertThat(sub.lines()).containsSubsequence(stored.subList(0, delivered));
    }

    private static void command(Mosquitto broker, Program sub, String word, String state) {
        broker.awaitSubscription("midge/shed/pump/set", 1);
        broker.pub("-q", "1", "-t", "midge/shed/pump/set", "-m", word);
        sub.await(state, PATIENCE_MS);
    }

    private static boolean isReading(String line) {
        return line.startsWith("midge/shed/air/temperature ");
    }

    private static boolean isStored(String line) {
        return line.startsWith("stored midge/shed/air/temperature ");
    }

    private static int readings(Program program) {
        return (int) program.lines().stream()
                .filter(line -> isReading(line) || isStored(line))
                .count();
    }

    @Test
    void severalAdaptersAreServedAtOnceInAnyFraming() {
        try (Mosquitto broker = Mosquitto.inMemory(folder);
                PtyCable one = cable("one");
                PtyCable two = cable("two")) {
            String slip = "?framing=slip&speed=57600";
            String cobs = "?framing=cobs&driver=jserialcomm";
            try (Program gateway = gateway(
                            broker,
                            uri(one.other().name(), slip),
                            uri(two.other().name(), cobs));
                    Program sub = MidgeProgram.start(
                            "sub", "--sn", uri(one.one().name(), slip), "-t", "a/+", "-q", "1", "-C", "2", "-v")) {
                broker.awaitSubscription("a/+", 1);
                try (Program pub = MidgeProgram.start(
                        "pub", "--sn", uri(two.one().name(), cobs), "-t", "a/b", "-q", "2", "-m", "über the line")) {
                    assertThat(pub.exitCode(PATIENCE_MS))
                            .as(pub.lines()::toString)
                            .isZero();
                }
                broker.pub("-q", "1", "-t", "a/c", "-m", "x".repeat(1_000));
                assertThat(sub.exitCode(PATIENCE_MS)).as(sub.lines()::toString).isZero();
                assertThat(sub.out()).containsExactly("a/b über the line", "a/c " + "x".repeat(1_000));
                assertThat(gateway.isRunning()).isTrue();
            }
        }
    }
}
