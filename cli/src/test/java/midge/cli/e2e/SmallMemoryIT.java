package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import midge.board.jvm.TcpLink;
import midge.hal.Hal;
import midge.mqtt.client.MqttClient;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A program of a device, on {@code mqtt-lite} and {@code boards/jvm} alone, lives in a JVM with next to no memory. */
class SmallMemoryIT {
    @TempDir
    private Path folder;

    /** A collector that never collects: what one message left behind would be there a million times. */
    @Test
    void aMillionMessagesAtQos1NeedNoCollector() {
        publishes(1_000_000, "-XX:+UnlockExperimentalVMOptions", "-XX:+UseEpsilonGC", "-Xlog:disable", "-Xmx8m");
    }

    /** With the collector of small machines: G1, the default on larger ones, does not even start in so little. */
    @Test
    void tenThousandMessagesAtQos1NeedTwoMegabytes() {
        publishes(10_000, "-XX:+UseSerialGC", "-Xmx2m");
    }

    /** The whole command, with its file, options and log, and no compiler; start-up and memory are printed for docs/firmware.md. */
    @ParameterizedTest
    @CsvSource({"17, -Xmx4m -Xint -Xmn512k", "25, -Xmx4m -Xint -Xmn512k -XX:+UseCompactObjectHeaders"})
    void aDeviceFromAFileNeedsFourMegabytes(String version, String options) throws IOException {
        Path toml = Files.writeString(folder.resolve("device.toml"), """
                [device]
                name = "small"
                board = "sim"
                [outbox]
                messages = 50
                [[sensor]]
                name = "air"
                kind = "tmp102"
                every_s = 0.05
                """);
        try (Mosquitto broker = Mosquitto.inMemory(folder);
                Program sub = broker.sub("-v", "-q", "1", "-t", "midge/small/#")) {
            broker.awaitSubscription("midge/small/#", 1);
            long startNs = System.nanoTime();
            try (Program device = Program.start(
                    "env",
                    "JAVA_HOME=" + javaHome(version),
                    "MIDGE_JAVA_OPTS=" + options,
                    MidgeProgram.path(),
                    "device",
                    "--config",
                    toml.toString(),
                    "--over",
                    broker.uri())) {
                device.await("connected to", 60_000);
                long startMs = (System.nanoTime() - startNs) / 1_000_000;
                sub.await(100, line -> line.startsWith("midge/small/air/temperature "), 60_000);
                System.out.printf(
                        "midge device, JDK %s, %s: connected after %d ms, %s%n",
                        version, options, startMs, mostResident(device));
                device.signal("TERM");
                device.exitCode(20_000);
                assertThat(device.lines())
                        .last()
                        .asString()
                        .startsWith("small: ")
                        .contains(" delivered, ");
            }
        }
    }

    private static String mostResident(Program program) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + program.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .findFirst()
                .orElseThrow();
    }

    private static Path javaHome(String version) throws IOException {
        try (Stream<Path> jdks = Files.list(Path.of("/usr/lib/jvm"))) {
            return jdks.filter(jdk -> jdk.getFileName().toString().matches(".*\\b" + version + "\\b.*"))
                    .filter(jdk -> Files.isExecutable(jdk.resolve("bin/java")))
                    .findFirst()
                    .orElseGet(() -> {
                        System.err.println("SKIPPED a JDK " + version + " is missing in /usr/lib/jvm");
                        return Assumptions.abort("no JDK " + version);
                    });
        }
    }

    private void publishes(int messages, String... options) {
        Peers.require("mosquitto_sub", "mosquitto-clients");
        List<String> command = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/java"));
        command.addAll(List.of(options));
        String classes = String.join(
                ":", home(SmallProgram.class), home(MqttClient.class), home(TcpLink.class), home(Hal.class));
        try (Mosquitto broker = Mosquitto.inMemory(folder);
                Program counter = counter(broker, messages)) {
            broker.awaitSubscription("small/#", 1);
            command.addAll(List.of("-cp", classes, SmallProgram.class.getName(), "" + broker.port(), "" + messages));
            try (Program small = Program.start(command)) {
                assertThat(small.exitCode(300_000)).as(small.lines().toString()).isZero();
                assertThat(small.lines()).containsExactly("" + messages);
            }
            assertThat(counter.exitCode(60_000)).isZero();
            assertThat(counter.out()).containsExactly("" + messages);
        }
    }

    private static Program counter(Mosquitto broker, int messages) {
        String command = "mosquitto_sub -h 127.0.0.1 -p " + broker.port() + " -t 'small/#' -q 1 -C " + messages
                + " | wc -l | tr -d ' '";
        return Program.start("sh", "-c", command);
    }

    /** {@return the folder or jar of a class} */
    private static String home(Class<?> type) {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath())
                .toString();
    }
}
