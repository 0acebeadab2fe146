package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of {@code examples}, each on the simulated board and against a broker of this machine. */
class ExamplesIT {
    private static final int PATIENCE_MS = 30_000;
    private static final Path EXAMPLES =
            Path.of("..", "examples").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    /** Files beside an example's own, its outbox above all, are not made in the project. */
    @BeforeEach
    void copyExamples() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(EXAMPLES.relativize(file));
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private String file(String example) {
        return folder.resolve(example).resolve("device.toml").toString();
    }

    @Test
    void everyExampleHasATest() throws IOException {
        try (Stream<Path> entries = Files.list(EXAMPLES)) {
            assertThat(entries.filter(Files::isDirectory)
                            .map(path -> path.getFileName().toString()))
                    .containsExactlyInAnyOrder("pi-bme280-hivemq-cloud", "pi-ds18b20-mosquitto", "relay-from-a-shell");
        }
    }

    @Test
    void theCloudGetsJsonOverTlsWithAPassword() throws IOException {
        Certificates certificates = new Certificates(folder);
        certificates.authority("authority");
        certificates.certificate("cloud", "authority", "localhost");
        Path secret = folder.resolve("pi-bme280-hivemq-cloud/password");
        Files.writeString(secret, "geheim\n");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Path passwords = folder.resolve("passwords");
        try (Program made = Program.start(
                Peers.require("mosquitto_passwd", "mosquitto"),
                "-c",
                "-b",
                passwords.toString(),
                "greenhouse-1",
                "geheim")) {
            assertThat(made.exitCode(PATIENCE_MS)).isZero();
        }
        Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-------"));
        int port = Mosquitto.freePort();
        Path configuration = Files.writeString(folder.resolve("cloud.conf"), """
            listener %d 127.0.0.1
            allow_anonymous false
            password_file %s
            cafile %s
            certfile %s
            keyfile %s
            user %s
            """.formatted(
                        port,
                        passwords,
                        certificates.file("authority.crt"),
                        certificates.file("cloud.crt"),
                        certificates.file("cloud.key"),
                        System.getProperty("user.name")));
        List<String> device = List.of(
                MidgeProgram.path(),
                "device",
                "--config",
                file("pi-bme280-hivemq-cloud"),
                "--board",
                "sim",
                "--over",
                "mqtts://localhost:" + port,
                "--once",
                "--verbose");
        try (Program cloud = Program.start(Peers.require("mosquitto", "mosquitto"), "-c", configuration.toString())) {
            cloud.await("running", PATIENCE_MS);
            List<String> trusting = List.of("env", "MIDGE_DEVICE_LINK_CAFILE=" + certificates.file("authority.crt"));
            try (Program run = Program.start(
                    Stream.concat(trusting.stream(), device.stream()).toList())) {
                assertThat(run.exitCode(PATIENCE_MS)).as(run.lines()::toString).isZero();
                assertThat(run.out())
                        .contains("connected to mqtts://localhost:" + port)
                        .anyMatch(line -> line.matches(
                                "stored greenhouse/1/air \\{\"ts\":\\d+,\"t\":[\\d.]+,\"p\":\\d+,\"h\":[\\d.]+}"));
            }
        }
    }

    @Test
    void theThermometersReachMosquittoAndHomeAssistantHearsOfThem() {
        try (Mosquitto broker = Mosquitto.inMemory(folder);
                Program sub = broker.sub("-v", "-q", "1", "-t", "midge/pond/#", "-t", "homeassistant/#")) {
            broker.awaitSubscription("homeassistant/#", 1);
            try (Program device = MidgeProgram.start(
                    "device", "--config", file("pi-ds18b20-mosquitto"), "--board", "sim", "--over", broker.uri())) {
                sub.await("midge/pond/status online", PATIENCE_MS);
                sub.await("midge/pond/water/temperature ", PATIENCE_MS);
                sub.await("midge/pond/cpu/temperature ", PATIENCE_MS);
                // Held back within its deadband, the water's value comes every ten minutes; the processor's each
                // minute.
                assertThat(sub.await("homeassistant/device/pond/config", PATIENCE_MS))
                        .contains("\"expire_after\":1500", "\"expire_after\":150");
                assertThat(device.err()).isEmpty();
            }
        }
    }

    @Test
    void theSleepingRelayObeysThroughTheGateway() {
        int port = Mosquitto.freePort();
        try (Mosquitto broker = Mosquitto.inMemory(folder);
                Program gateway =
                        MidgeProgram.start("gateway", "--broker", broker.uri(), "--listen", "udp://127.0.0.1:" + port);
                Program sub = broker.sub("-q", "1", "-t", "midge/pump-house/pump")) {
            broker.awaitSubscription("midge/pump-house/pump", 1);
            gateway.await("MQTT-SN on", PATIENCE_MS);
            try (Program device = MidgeProgram.start(
                    "device",
                    "--config",
                    file("relay-from-a-shell"),
                    "--board",
                    "sim",
                    "--over",
                    "udp://127.0.0.1:" + port)) {
                sub.await("0", PATIENCE_MS);
                broker.awaitSubscription("midge/pump-house/pump/set", 1);
                broker.pub("-q", "1", "-t", "midge/pump-house/pump/set", "-m", "on");
                sub.await(1, "1"::equals, PATIENCE_MS);
                assertThat(device.err()).isEmpty();
            }
        }
    }
}
