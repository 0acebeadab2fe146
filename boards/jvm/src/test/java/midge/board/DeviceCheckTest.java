package midge.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import midge.board.file.DeviceFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a machine lacks, on folders that look like machines. */
class DeviceCheckTest {
    private static final String DEVICE = """
            [device]
            name = "d"
            [[sensor]]
            kind = "bme280"
            [[sensor]]
            kind = "mcp3008"
            [[sensor]]
            kind = "ds18b20"
            [[actuator]]
            kind = "relay"
            pin = 17
            """;

    @TempDir
    private Path root;

    private List<String> check(String toml, Predicate<Path> mayUse) throws Exception {
        Path file = Files.writeString(root.resolve("device.toml"), toml);
        DeviceCheck check = new DeviceCheck(root, mayUse, "ada");
        try (DeviceFile read = new DeviceFile(file)) {
            Device device = read.opening(check::board).read();
            return check.of(device, read.board()).stream().map(Finding::line).toList();
        }
    }

    private void put(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void aBareMachineIsToldWhatToEnable() throws Exception {
        assertThat(check(DEVICE + "[link]\nover = \"mqtt://127.0.0.1:1\"\n", node -> true))
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("missing I2C bus 1")
                                .contains(
                                        "there is no /dev/i2c-1", "raspi-config nonint do_i2c 0", "dtparam=i2c_arm=on"),
                        line -> assertThat(line).startsWith("missing SPI 0.0").contains("dtparam=spi=on"),
                        line -> assertThat(line).startsWith("missing pins").contains("/dev/gpiochip0"),
                        line -> assertThat(line)
                                .startsWith("missing sensor ds18b20")
                                .contains("1-Wire"),
                        line -> assertThat(line).startsWith("missing broker").contains("127.0.0.1:1 does not answer"),
                        line -> assertThat(line).startsWith("ok      clock"));
    }

    @Test
    void aNodeOfAnotherGroupIsToldWithTheGroup() throws Exception {
        put("dev/i2c-1", "");
        put("dev/spidev0.0", "");
        put("dev/gpiochip0", "");
        put("sys/bus/w1/devices/28-00000abcdef0/w1_slave", "x YES\nt=21000\n");
        Files.createDirectories(root.resolve("run/systemd/timesync"));
        try (ServerSocket broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String link = "[link]\nover = \"mqtt://127.0.0.1:" + broker.getLocalPort() + "\"\n";
            List<String> lines = check(DEVICE + link, node -> !node.endsWith("i2c-1"));
            String group = Files.readAttributes(
                            root.resolve("dev/i2c-1"), java.nio.file.attribute.PosixFileAttributes.class)
                    .group()
                    .getName();
            assertThat(lines)
                    .satisfiesExactly(
                            line -> assertThat(line)
                                    .startsWith("missing I2C bus 1")
                                    .contains(
                                            group.equals("root")
                                                    ? "a udev rule must give it a group"
                                                    : "sudo usermod -aG " + group + " ada"),
                            line -> assertThat(line).startsWith("ok      SPI 0.0"),
                            line -> assertThat(line).startsWith("ok      pins"),
                            line -> assertThat(line).isEqualTo("ok      sensor ds18b20          measures"),
                            line -> assertThat(line)
                                    .startsWith("ok      broker")
                                    .contains("takes connections"),
                            line -> assertThat(line).startsWith("missing clock").contains("not synchronised"));
        }
    }

    @Test
    void withoutAFileEverythingThatADeviceMayNeedIsLookedFor() throws IOException {
        put("sys/class/thermal/thermal_zone0/temp", "48000\n");
        assertThat(new DeviceCheck(root, node -> true, "ada")
                        .ofMachine().stream().map(Finding::line))
                .hasSize(9)
                .anySatisfy(line ->
                        assertThat(line).startsWith("ok      thermal zones").endsWith("thermal_zone0"))
                .anySatisfy(
                        line -> assertThat(line).startsWith("missing 1-Wire").contains("dtoverlay=w1-gpio"));
    }

    @Test
    void theSimulatedBoardNeedsNothing() throws Exception {
        assertThat(check(DEVICE.replace("name = \"d\"", "name = \"d\"\nboard = \"sim\""), node -> false))
                .first()
                .asString()
                .isEqualTo("ok      board                   \"sim\" needs no hardware");
    }
}
