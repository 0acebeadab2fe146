package midge.board.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import midge.hal.Hal;
import midge.hal.sense.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sensors of the kernel, on trees of files that look like its own. */
class FileSensorTest {
    private static final String W1 = "sys/bus/w1/devices/28-00000abcdef0/w1_slave";
    private static final String IIO = "sys/bus/iio/devices/iio:device0/";

    @TempDir
    private Path root;

    /** Reads on another thread, whenever the test says so. */
    private final Deque<Runnable> worker = new ArrayDeque<>();

    private long nowMs = 1_000;

    private void file(String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private FileSensor sensor(FileSource source) {
        return new FileSensor(source, new RootedFiles(root), worker::add);
    }

    /** Measures once; the worker is always done at once. */
    private int measure(FileSensor sensor) {
        assertThat(sensor.begin(nowMs)).isEqualTo(Hal.OK);
        int status = Hal.WOULD_BLOCK;
        while (status == Hal.WOULD_BLOCK) {
            if (!worker.isEmpty()) {
                worker.remove().run();
            }
            nowMs = sensor.readyAtMs();
            status = sensor.poll(nowMs);
        }
        return status;
    }

    @ParameterizedTest
    @CsvSource({"48312, 48312", "-1500, -1500"})
    void theProcessorsTemperatureIsInThousandths(String text, int milliCelsius) throws IOException {
        file("sys/class/thermal/thermal_zone0/type", "battery\n");
        file("sys/class/thermal/thermal_zone0/temp", "1\n");
        file("sys/class/thermal/thermal_zone1/type", "cpu-thermal\n");
        file("sys/class/thermal/thermal_zone1/temp", text + "\n");
        FileSensor sensor = sensor(new ThermalZone(""));
        assertThat(measure(sensor)).isEqualTo(Hal.OK);
        assertThat(sensor.value(0)).isEqualTo(milliCelsius);
        assertThat(sensor.quantity(0)).isEqualTo(Quantity.TEMPERATURE);
    }

    @Test
    void aMachineWithoutZonesSaysSo() {
        FileSensor sensor = sensor(new ThermalZone(""));
        assertThat(measure(sensor)).isEqualTo(Hal.NO_VALUE);
        assertThat(sensor.problem()).contains("tells no temperature", "virtual");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "91 01 4b 46 7f ff 0f 10 25 : crc=25 YES//91 01 4b 46 7f ff 0f 10 25 t=25062  | 0    | 25062",
                "5e ff 4b 46 7f ff 02 10 8f : crc=8f YES//5e ff 4b 46 7f ff 02 10 8f t=-10125 | 0    | -10125",
                "91 01 4b 46 7f ff 0f 10 25 : crc=26 NO//91 01 4b 46 7f ff 0f 10 25 t=25062   | -107 | checksum",
                "50 05 4b 46 7f ff 0c 10 1c : crc=1c YES//50 05 4b 46 7f ff 0c 10 1c t=85000  | -107 | power-on",
                "50 05                                                                        | -107 | holds no",
            })
    void aThermometerOnOneWireIsBelievedWhenItsChecksumFits(String text, int status, String expected)
            throws IOException {
        file(W1, text.strip().replace("//", "\n") + "\n");
        FileSensor sensor = sensor(new W1Thermometer(""));
        assertThat(measure(sensor)).isEqualTo(status);
        assertThat(status == Hal.OK ? "" + sensor.value(0) : sensor.problem()).contains(expected);
    }

    @Test
    void eightyFiveDegreesAreBelievedNearEightyFive() throws IOException {
        FileSensor sensor = sensor(new W1Thermometer("28-00000abcdef0"));
        file(W1, "x YES\nt=84000\n");
        assertThat(measure(sensor)).isEqualTo(Hal.OK);
        file(W1, "x YES\nt=85000\n");
        assertThat(measure(sensor)).isEqualTo(Hal.OK);
        assertThat(sensor.value(0)).isEqualTo(85_000);
    }

    @Test
    void anAbsentThermometerIsNamed() {
        FileSensor sensor = sensor(new W1Thermometer("28-0123456789ab"));
        assertThat(measure(sensor)).isEqualTo(Hal.NO_VALUE);
        assertThat(sensor.problem()).isEqualTo("no device 28-0123456789ab on the 1-Wire bus (/sys/bus/w1/devices)");
    }

    @Test
    void channelsOfIioComeInOurUnits() throws IOException {
        file(IIO + "name", "bmp280\n");
        file(IIO + "in_temp_input", "25080\n");
        file(IIO + "in_pressure_input", "100.653253906\n");
        FileSensor sensor = sensor(KernelDevice.iio("bmp280", List.of("in_temp", "in_pressure_input")));
        assertThat(measure(sensor)).isEqualTo(Hal.OK);
        assertThat(List.of(sensor.value(0), sensor.value(1))).containsExactly(25_080, 100_653);
    }

    @Test
    void rawChannelsAreMovedAndScaledAsTheKernelSays() throws IOException {
        file(IIO + "name", "mcp3424\n");
        file(IIO + "in_voltage0_raw", "1200\n");
        file(IIO + "in_voltage_offset", "-200\n");
        file(IIO + "in_voltage_scale", "0.0625\n");
        FileSensor sensor = sensor(KernelDevice.iio("iio:device0", List.of("in_voltage0")));
        assertThat(measure(sensor)).isEqualTo(Hal.OK);
        assertThat(sensor.value(0)).isEqualTo(62_500); // (1200 - 200) * 0.0625 mV
    }

    @Test
    void hwmonComesInOurUnits() throws IOException {
        file("sys/class/hwmon/hwmon3/name", "lm75\n");
        file("sys/class/hwmon/hwmon3/temp1_input", "25000\n");
        file("sys/class/hwmon/hwmon3/in0_input", "3312\n");
        FileSensor sensor = sensor(KernelDevice.hwmon("lm75", List.of("temp1", "in0")));
        assertThat(measure(sensor)).isEqualTo(Hal.OK);
        assertThat(List.of(sensor.value(0), sensor.value(1))).containsExactly(25_000, 3_312_000);
    }

    @Test
    void aDhtIsAskedThreeTimesTwoSecondsApart() throws IOException {
        file(IIO + "name", "dht11\n");
        file(IIO + "in_humidityrelative_input", "65200\n");
        FileSensor sensor = sensor(KernelDevice.dht());
        long startMs = nowMs;
        assertThat(measure(sensor)).isEqualTo(Hal.GONE);
        assertThat(nowMs - startMs).isBetween(4_000L, 5_000L);
        assertThat(sensor.problem()).contains("in_temp_input");
        file(IIO + "in_temp_input", "35100\n");
        assertThat(measure(sensor)).isEqualTo(Hal.OK);
        assertThat(List.of(sensor.value(0), sensor.value(1))).containsExactly(35_100, 65_200);
    }

    @Test
    void aFileThatMayNotBeReadIsTold() throws IOException {
        file(IIO + "name", "bmp280\n");
        file(IIO + "in_temp_input", "25080\n");
        Path secret = root.resolve(IIO + "in_temp_input");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        FileSensor sensor = sensor(KernelDevice.iio("bmp280", List.of("in_temp")));
        int status = measure(sensor);
        if (!Files.isReadable(secret)) { // root may read everything
            assertThat(status).isEqualTo(Hal.GONE);
            assertThat(sensor.problem()).contains("may not read", "in_temp_input");
        }
    }

    @Test
    void aKernelThatIsSilentIsGivenUpAndNotAskedTwiceAtOnce() throws IOException {
        file(W1, "x YES\nt=1000\n");
        FileSensor sensor = sensor(new W1Thermometer(""));
        sensor.begin(nowMs);
        int status = Hal.WOULD_BLOCK;
        while (status == Hal.WOULD_BLOCK) {
            nowMs = sensor.readyAtMs();
            status = sensor.poll(nowMs);
        }
        assertThat(status).isEqualTo(Hal.NO_VALUE);
        assertThat(sensor.problem()).isEqualTo("the kernel does not answer");
        assertThat(sensor.begin(nowMs)).isEqualTo(Hal.WOULD_BLOCK);
        assertThat(worker).hasSize(1);
    }

    @Test
    void theRadiosStrengthIsThatOfTheFirstInterface() throws IOException {
        LinuxHealth health = new LinuxHealth(new RootedFiles(root));
        assertThat(health.rssiDbm()).isEqualTo(LinuxHealth.UNKNOWN);
        file(
                "proc/net/wireless",
                "Inter-| sta-|   Quality        |   Discarded packets\n face | tus | link level noise\n"
                        + " wlan0: 0000   54.  -56.  -256        0      0      0      0     12        0\n");
        assertThat(health.rssiDbm()).isEqualTo(-56);
        assertThat(health.freeOctets()).isPositive();
    }

    @Test
    void anUnknownChannelIsRefusedAtOnce() {
        assertThatThrownBy(() -> KernelDevice.iio("x", List.of("in_smell")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"in_smell\" is no channel, must begin with one of in_temp");
    }
}
