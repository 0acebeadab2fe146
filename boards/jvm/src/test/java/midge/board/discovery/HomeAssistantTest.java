package midge.board.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import midge.board.Quantities;
import midge.hal.sense.Quantity;
import org.junit.jupiter.api.Test;

class HomeAssistantTest {
    private static final Channel AIR =
            new Channel("air", "temperature", Quantity.TEMPERATURE, "midge/d/air/temperature", "", "", 75, false);
    private static final Channel PUMP =
            new Channel("pump", "switch", Quantity.SWITCH, "midge/d/pump", "", "midge/d/pump/set", 0, false);

    /** The units that Home Assistant takes for each class, of those that we publish. */
    private static final Map<String, Set<String>> ALLOWED = Map.ofEntries(
            Map.entry("temperature", Set.of("°C", "°F", "K")),
            Map.entry("humidity", Set.of("%")),
            Map.entry("atmospheric_pressure", Set.of("hPa", "Pa", "kPa", "mbar", "bar", "psi", "inHg", "mmHg", "cbar")),
            Map.entry("illuminance", Set.of("lx")),
            Map.entry("voltage", Set.of("V", "mV", "µV", "kV", "MV")),
            Map.entry("current", Set.of("A", "mA")),
            Map.entry("power", Set.of("W", "kW", "mW", "MW", "GW", "TW")),
            Map.entry("distance", Set.of("m", "cm", "mm", "km", "in", "ft", "yd", "mi", "nmi")),
            Map.entry("duration", Set.of("d", "h", "min", "s", "ms", "µs")),
            Map.entry("motion", Set.of("")),
            Map.entry("data_size", Set.of("B", "kB", "MB", "GB", "KiB", "MiB")),
            Map.entry("signal_strength", Set.of("dB", "dBm")));

    private static HomeAssistant plain() {
        return new HomeAssistant("homeassistant", "d", "", List.of("midge/d/status"), "");
    }

    @Test
    void everyUnitBelongsToItsDeviceClass() {
        for (int quantity = Quantity.TEMPERATURE; quantity <= Quantity.SIGNAL; quantity++) {
            Quantities row = Quantities.of(quantity);
            assertThat(row.key()).matches("[a-z0-9-]+").isNotEqualTo("value");
            if (!row.deviceClass().isEmpty()) {
                assertThat(ALLOWED.get(row.deviceClass())).as(row.key()).contains(row.unit());
            }
        }
    }

    @Test
    void theWholeDeviceIsOneMessage() {
        Announcement message = plain().device(List.of(AIR, PUMP));
        assertThat(message.topic()).isEqualTo("homeassistant/device/d/config");
        assertThat(message.payload())
                .isEqualTo("{\"device\":{\"identifiers\":[\"d\"],\"name\":\"d\",\"manufacturer\":\"Midge\"},"
                        + "\"origin\":{\"name\":\"Midge\"},"
                        + "\"availability\":[{\"topic\":\"midge/d/status\"}],\"availability_mode\":\"all\",\"qos\":1,"
                        + "\"components\":{"
                        + "\"air_temperature\":{\"platform\":\"sensor\",\"unique_id\":\"d_air_temperature\","
                        + "\"default_entity_id\":\"sensor.d_air_temperature\",\"name\":\"Air temperature\","
                        + "\"state_topic\":\"midge/d/air/temperature\",\"device_class\":\"temperature\","
                        + "\"unit_of_measurement\":\"°C\",\"state_class\":\"measurement\",\"expire_after\":75},"
                        + "\"pump_switch\":{\"platform\":\"switch\",\"unique_id\":\"d_pump_switch\","
                        + "\"default_entity_id\":\"switch.d_pump_switch\",\"name\":\"Pump switch\","
                        + "\"state_topic\":\"midge/d/pump\",\"command_topic\":\"midge/d/pump/set\","
                        + "\"payload_on\":\"on\",\"payload_off\":\"off\",\"state_on\":\"1\",\"state_off\":\"0\"}}}");
    }

    @Test
    void componentsAreShortAndFitAFrameOfUdp() {
        HomeAssistant through = new HomeAssistant(
                "homeassistant", "Green-1", "midge-gateway", List.of("midge/g/status", "gw/status"), "");
        List<Announcement> messages = through.components(List.of(AIR, PUMP));
        assertThat(messages)
                .extracting(Announcement::topic)
                .containsExactly(
                        "homeassistant/sensor/Green-1_air_temperature/config",
                        "homeassistant/switch/Green-1_pump_switch/config");
        assertThat(messages.get(0).payload())
                .isEqualTo(
                        "{\"uniq_id\":\"Green-1_air_temperature\",\"def_ent_id\":\"sensor.green_1_air_temperature\",\"name\":\"Air"
                                + " temperature\",\"stat_t\":\"midge/d/air/temperature\","
                                + "\"dev_cla\":\"temperature\",\"unit_of_meas\":\"°C\",\"stat_cla\":\"measurement\",\"exp_aft\":75,"
                                + "\"dev\":{\"ids\":[\"Green-1\"],\"name\":\"Green-1\",\"mf\":\"Midge\",\"via_device\":\"midge-gateway\"},"
                                + "\"o\":{\"name\":\"Midge\"},\"avty\":[{\"t\":\"midge/g/status\"},{\"t\":\"gw/status\"}],"
                                + "\"avty_mode\":\"all\",\"qos\":1}");
        assertThat(messages).allSatisfy(message -> assertThat(message.payload()).hasSizeLessThan(600));
    }

    @Test
    void motionInJsonIsWhatATemplateMakesOfIt() {
        Channel motion = new Channel("hall", "motion", Quantity.MOTION, "m", "value_json.motion", "", 10, false);
        assertThat(plain().device(List.of(motion)).payload())
                .contains("\"platform\":\"binary_sensor\"", "\"value_template\":\"{{ value_json.motion }}\"")
                .contains("\"payload_on\":\"True\",\"payload_off\":\"False\"", "\"device_class\":\"motion\"")
                .doesNotContain("state_class", "unit_of_measurement", "object_id");
    }

    @Test
    void homieDescribesNodesAndThenIsReady() {
        List<Announcement> messages = Homie.announcements("d", List.of(AIR, PUMP), 7);
        assertThat(messages)
                .containsExactly(
                        new Announcement(
                                "homie/5/d/$description",
                                "{\"homie\":\"5.0\",\"version\":7,\"name\":\"d\",\"nodes\":{"
                                        + "\"air\":{\"properties\":{\"temperature\":{\"name\":\"Air temperature\","
                                        + "\"datatype\":\"float\",\"unit\":\"°C\"}}},"
                                        + "\"pump\":{\"properties\":{\"switch\":{\"name\":\"Pump switch\","
                                        + "\"datatype\":\"integer\",\"format\":\"0:1\",\"settable\":true}}}}}"),
                        new Announcement("homie/5/d/$state", "ready"));
    }
}
