package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import midge.sim.peer.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong with wires, files and permissions is said by {@code ./midge device} in a sentence that helps. */
class DeviceMistakesIT {
    private static final int PATIENCE_MS = 30_000;

    @TempDir
    private static Path brokersFolder;

    private static Mosquitto broker;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        broker = Mosquitto.inMemory(brokersFolder);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private Program once(String board, String over, String sensor) throws IOException {
        Path file = Files.writeString(folder.resolve("device.toml"), """
                [device]
                name = "shed"
                board = "%s"
                [link]
                over = "%s"
                %s
                """.formatted(board, over, sensor));
        return MidgeProgram.start("device", "--config", file.toString(), "--once");
    }

    private static void saysNoStackTrace(Program device) {
        assertThat(device.lines()).noneMatch(line -> line.contains("\tat ") || line.contains("Exception"));
        assertThat(device.err()).noneMatch(line -> line.contains("\tat ") || line.contains("Exception"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sht31  | absent     | sensor sht31 (sht31 at 0x44 on i2c-1) fails: nobody answers at its address",
                "sht31  | stuck-bus  | sensor sht31 (sht31 at 0x44 on i2c-1) fails: the bus does not work",
                "bme280 | wrong-chip | sensor bme280 (bme280 at 0x76 on i2c-1) fails: another chip answers",
            })
    void aWrongWireIsToldOnceAndTheOthersGoOn(String kind, String fault, String expected) throws IOException {
        String sensors =
                "[[sensor]]\nkind = \"%s\"\nfault = \"%s\"\n[[sensor]]\nname = \"sound\"\nkind = \"tmp102\"\nbus = 3\n"
                        .formatted(kind, fault);
        try (Program sub = broker.sub("-v", "-q", "1", "-t", "midge/shed/#")) {
            broker.awaitSubscription("midge/shed/#", 1);
            try (Program device = once("sim", broker.uri(), sensors)) {
                assertThat(device.exitCode(PATIENCE_MS)).isEqualTo(1);
                assertThat(device.out())
                        .filteredOn(line -> line.startsWith(expected))
                        .hasSize(1);
                assertThat(device.out()).last().asString().endsWith("1 measurements failed");
                saysNoStackTrace(device);
            }
            sub.await("midge/shed/sound/temperature ", PATIENCE_MS);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sim          | mqtt://127.0.0.1:1  | [sensor] kind= | 2 | device.toml:6: Unexpected",
                "sim          | mqtt://127.0.0.1:1  | [[sensor]]#kind = 'bme280'#adress = 0x77 | 2 "
                        + "| device.toml:8: sensor 1: adress is not known, did you mean address?",
                "sim          | mqtt://127.0.0.1:1  | [[sensor]]#kind = 'bme28' | 2 | did you mean bme280?",
                "sim          | mqtt://127.0.0.1:1  | | 2 | device.toml:2: device: has no [[sensor]] and no [[actuator]]",
                "sim          | mqt://127.0.0.1:1   | [[sensor]]#kind = 'cpu' | 2 "
                        + "| device.toml:5: link.over: 'mqt://127.0.0.1:1' names no link, must begin with one of ",
                "linux        | mqtt://127.0.0.1:1  | [[sensor]]#kind = 'bme280'#bus = 99 | 1 | there is no /dev/i2c-99",
                "raspberry-pi | mqtt://127.0.0.1:1  | [[sensor]]#kind = 'bme280' | 1 | this machine is no Raspberry Pi",
            })
    void aWrongFileIsExplainedInOneLine(String board, String over, String sensor, int exitCode, String expected)
            throws IOException {
        try (Program device = once(board, over, sensor == null ? "" : sensor.replace('#', '\n'))) {
            assertThat(device.exitCode(PATIENCE_MS)).isEqualTo(exitCode);
            assertThat(device.out()).isEmpty();
            assertThat(device.err())
                    .singleElement()
                    .asString()
                    .startsWith("midge: ")
                    .contains(expected);
            saysNoStackTrace(device);
        }
    }

    @Test
    void aBrokerThatIsAwayIsToldAndNothingIsCalledDelivered() throws IOException {
        try (Program device = once("sim", "mqtt://no.such.host.invalid", "[[sensor]]\nkind = \"cpu\"")) {
            device.await(
                    "no connection to mqtt://no.such.host.invalid:1883: no address is known for host", PATIENCE_MS);
            device.signal("INT");
            assertThat(device.exitCode(PATIENCE_MS)).isEqualTo(130);
            assertThat(device.out()).last().asString().contains(" 0 delivered, ");
            saysNoStackTrace(device);
        }
    }

    @Test
    void aPasswordThatEverybodyCanReadIsRefusedWithTheWayOut() throws IOException {
        Files.writeString(folder.resolve("secret"), "x\n");
        folder.resolve("secret").toFile().setReadable(true, false);
        String login = "user = \"u\"\npassword_file = \"secret\"\n[[sensor]]\nkind = \"cpu\"";
        try (Program device = once("sim", broker.uri(), login)) {
            assertThat(device.exitCode(PATIENCE_MS)).isEqualTo(2);
            assertThat(device.err()).singleElement().asString().contains("device.toml:7", "chmod 600");
            saysNoStackTrace(device);
        }
    }
}
