package midge.board.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import midge.board.DeviceLoop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceFileTest {
    private static final String HEAD = "[device]\nname = \"d\"\nboard = \"sim\"\n";

    @TempDir
    private Path folder;

    private DeviceFile file(String toml) throws IOException {
        return new DeviceFile(Files.writeString(folder.resolve("d.toml"), toml));
    }

    private static List<String> problems(DeviceFile file) {
        try (file) {
            Problems problems = catchThrowableOfType(Problems.class, file::read);
            assertThat(problems).isNotNull();
            return problems.lines();
        }
    }

    /** {@code //} stands for a new line; the first line of each is the fourth of the file. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[lnik]//over = 1                     | :4: lnik is not known, did you mean link?",
                "[link]//ovr = \"udp://h\"            | :5: link.ovr is not known, did you mean over?",
                "[link]//over = 5                     | :5: link.over is 5, must be text in quotes",
                "[link]//over = \"tcp://h\"           | :5: link.over: 'tcp://h' names no link, must begin with one of"
                        + " mqtt://,",
                "[link]//over = \"mqtt://u:p@h\"      | :5: link.over: user and password do not belong into the URI",
                "[link]//mqtt_version = 3             | :5: link.mqtt_version is 3, must be 4..5",
                "[link]//keep_alive_s = 70000         | :5: link.keep_alive_s is 70000, must be 1..65535 seconds",
                "[link]//retry_s = \"soon\"           | :5: link.retry_s is \"soon\", must be a number of seconds",
                "[link]//password_file = \"x\"        | :5: link.password_file needs user",
                "[link]//user=\"u\"//password_file=\"nowhere\" | link.password_file: there is no password file",
                "[link]//cafile = \"nowhere.pem\"     | :5: link.cafile: ",
                "[link]//cert = \"a.pem\"             | needs cert and key, or none of them",
                "[publish]//payload = \"jsn\"         | :5: publish.payload is \"jsn\", must be one of bare, json,"
                        + " senml-json, senml-cbor, did you mean json?",
                "[publish]//qos = 3                   | :5: publish.qos is 3, must be 0..2",
                "[outbox]//messages = 0               | :5: outbox.messages is 0, must be 1..4096",
                "[sensor]//kind = \"bme280\"          | :4: sensor must be written as [[sensor]], once for each",
                "[[sensor]]//name = \"a\"             | :5: sensor \"a\": needs a kind: ads1115,",
                "[[sensor]]//kind = \"bme208\"        | :5: sensor 1: kind is \"bme208\", must be one of ads1115,",
                "[[sensor]]//kind = \"bme208\"        | did you mean bme280?",
                "[[sensor]]//kind=\"bme280\"//adress=1 | :6: sensor 1: adress is not known, did you mean address?",
                "[[sensor]]//kind=\"bme280\"//address=5 | :6: sensor 1: address is 5, must be 8..119",
                "[[sensor]]//kind=\"bme280\"//every_s=0 | :6: sensor 1: every_s is 0, must be 0.001..604800 seconds",
                "[[sensor]]//kind=\"bme280\"//topic=\"a\" | :5: sensor 1: sensor \"bme280\" wants 3 topics with"
                        + " payload bare, not 1",
                "[[sensor]]//kind=\"bme280\"//deadband={temperatur=1} | temperatur is not known, did you mean"
                        + " temperature?",
                "[[sensor]]//kind=\"bme280\"//fault=\"wet\" | must be one of , absent, stuck-bus, wrong-chip",
                "[[sensor]]//kind=\"pir\"             | :5: sensor 1: needs pin, the number of a pin",
                "[[sensor]]//kind=\"iio\"             | :5: sensor 1: needs device and channels",
                "[[sensor]]//name=\"a b\"//kind=\"cpu\" | :5: sensor \"a b\": name: the name \"a b\" must be 1 to 64"
                        + " letters",
                "[[actuator]]//kind=\"relais\"        | did you mean relay?",
                "[[sensor]]//kind=\"cpu\"//[[sensor]]//kind=\"cpu\" | two parts of the device have the name \"cpu\"",
                "[device                              | :4: ",
            })
    void aMistakeIsOneLineWithItsPlace(String toml, String expected) throws IOException {
        assertThat(problems(file(HEAD
                        + toml.strip()
                                .replace("//", "\n")
                                .replace("udp:\nh", "udp://h")
                                .replace("tcp:\nh", "tcp://h")
                                .replace("mqtt:\nu", "mqtt://u"))))
                .anySatisfy(line -> assertThat(line).contains(expected));
    }

    @Test
    void allMistakesAreToldAtOnce() throws IOException {
        assertThat(problems(file("[device]\nbord = \"sim\"\n[link]\nmqtt_version = 9\n[publish]\nqos = \"x\"\n")))
                .hasSize(4);
    }

    @Test
    void theEnvironmentGoesBeforeTheFileAndOptionsBeforeBoth() throws IOException {
        String toml =
                HEAD + "[link]\nmqtt_version = 9\nover = \"udp://file\"\n[[sensor]]\nname=\"air\"\nkind=\"sht31\"\n";
        DeviceFile file = file(toml)
                .environment(Map.of(
                        "MIDGE_DEVICE_LINK_MQTT_VERSION", "5",
                        "MIDGE_DEVICE_LINK_OVER", "tcp://environment",
                        "MIDGE_DEVICE_SENSOR_AIR_EVERY_S", "0",
                        "MIDGE_DEVICE_SENSOR_SAMPLES", "2",
                        "HOME", "/"))
                .option("LINK_OVER", "--over", "x://option");
        assertThat(problems(file))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("--over: 'x://option' names no link"),
                        line -> assertThat(line).startsWith("MIDGE_DEVICE_SENSOR_AIR_EVERY_S is 0, must be 0.001"),
                        line -> assertThat(line).startsWith("MIDGE_DEVICE_SENSOR_SAMPLES sets nothing"));
    }

    @Test
    void everyKindOfSensorAndActuatorMeasuresOnTheSimulatedBoard() throws Exception {
        StringBuilder toml = new StringBuilder(HEAD + "[link]\nover = \"udp://127.0.0.1:9\"\n");
        for (String kind : SensorKinds.names()) {
            toml.append("[[sensor]]\nkind = \"" + kind + "\"\nevery_s = 1\npayload = \"json\"\n" + keys(kind));
        }
        for (String kind : ActuatorKinds.names()) {
            toml.append("[[actuator]]\nkind = \"" + kind + "\"\n" + (kind.equals("relay") ? "pin = 17\n" : ""));
        }
        List<String> said = new ArrayList<>();
        try (DeviceFile file = file(toml.toString());
                DeviceLoop loop = file.read().saying(said::add, true).start()) {
            long endNs = System.nanoTime() + 20_000_000_000L;
            loop.run(() -> loop.hasMeasured() || System.nanoTime() > endNs);
            assertThat(loop.hasMeasured()).isTrue();
            assertThat(loop.failures()).as(said::toString).isZero();
        }
        for (String kind : SensorKinds.names()) {
            assertThat(said).anySatisfy(line -> assertThat(line).startsWith("stored midge/d/" + kind + " {\"ts\":"));
        }
        assertThat(said).contains("stored midge/d/relay 0", "stored midge/d/dimmer 0.0");
    }

    private static String keys(String kind) {
        return switch (kind) {
            case "pir" -> "pin = 4\nsettle_s = 0\n";
            case "hcsr04" -> "trigger = 5\necho = 6\n";
            case "tmp102" -> "address = 0x49\n"; // an ADS1115 has the usual address
            case "bmp280" -> "address = 0x77\n";
            case "iio" -> "device = \"bmp280\"\nchannels = [\"in_temp\", \"in_pressure\"]\n";
            case "hwmon" -> "device = \"lm75\"\nchannels = \"temp1\"\n";
            default -> "";
        };
    }

    @Test
    void aSeriesGivesMeanLeastAndGreatestAndTheDeviceTellsOfItself() throws Exception {
        String toml = HEAD + "[link]\nover = \"udp://127.0.0.1:9\"\n[health]\nevery_s = 1\n"
                + "[[sensor]]\nname=\"n\"\nkind=\"counter\"\nfirst=10\nevery_s=0.2\nseries=4\n"
                + "[[sensor]]\nname=\"j\"\nkind=\"counter\"\nfirst=10\nevery_s=0.2\nseries=3\npayload=\"json\"\n";
        List<String> said = new ArrayList<>();
        try (DeviceFile file = file(toml);
                DeviceLoop loop = file.read().saying(said::add, true).start()) {
            long endNs = System.nanoTime() + 20_000_000_000L;
            loop.run(() -> loop.hasMeasured() || System.nanoTime() > endNs);
        }
        assertThat(said)
                .contains("stored midge/d/n/count 12", "stored midge/d/n/count-min 10", "stored midge/d/n/count-max 13")
                .anySatisfy(line -> assertThat(line).matches("stored midge/d/j .*\"n\":11,\"n_min\":10,\"n_max\":12}"))
                .anySatisfy(line -> assertThat(line)
                        .matches("stored midge/d/health"
                                + " \\{\"up\":0,\"retries\":\\d+,\"dropped\":0,\"waiting\":\\d+,\"free\":\\d+.*}"));
    }

    @Test
    void aSensorThatFailsIsToldOnceAndStopsNobody() throws Exception {
        String toml = HEAD + "[link]\nover = \"udp://127.0.0.1:9\"\n"
                + "[[sensor]]\nname=\"loose\"\nkind=\"sht31\"\nfault=\"absent\"\nevery_s=0.05\n"
                + "[[sensor]]\nname=\"stuck\"\nkind=\"tmp102\"\nbus=3\nfault=\"stuck-bus\"\nevery_s=0.05\n"
                + "[[sensor]]\nname=\"other\"\nkind=\"bme280\"\nfault=\"wrong-chip\"\nevery_s=0.05\n"
                + "[[sensor]]\nname=\"good\"\nkind=\"counter\"\nevery_s=0.05\n";
        List<String> said = new ArrayList<>();
        try (DeviceFile file = file(toml);
                DeviceLoop loop = file.read().saying(said::add, true).start()) {
            loop.run(() ->
                    said.stream().filter(line -> line.startsWith("stored")).count() == 20);
            assertThat(loop.failures()).isGreaterThan(20);
        }
        assertThat(said.stream().filter(line -> line.startsWith("sensor ")))
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line)
                                .startsWith(
                                        "sensor loose (sht31 at 0x44 on i2c-1) fails: nobody answers at its address"),
                        line -> assertThat(line)
                                .startsWith("sensor stuck (tmp102 at 0x48 on i2c-3) fails: the bus does not work"),
                        line -> assertThat(line)
                                .startsWith("sensor other (bme280 at 0x76 on i2c-1) fails: another chip answers"));
    }
}
