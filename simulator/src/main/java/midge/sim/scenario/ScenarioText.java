package midge.sim.scenario;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import midge.settings.DurationText;
import midge.settings.Toml;
import midge.sim.net.RadioProfile;
import midge.sim.scenario.Scenario.DeviceSpec;
import midge.sim.scenario.Scenario.Event;
import midge.sim.scenario.Scenario.Expectation;
import midge.sim.scenario.Scenario.Kind;
import midge.sim.scenario.Scenario.SensorSpec;
import midge.sim.scenario.Scenario.SignalSpec;
import midge.sim.scenario.Scenario.What;

/** Writes a scenario as the file that {@link ScenarioReader} makes the same scenario of. Devices with a count stand there one by one. */
public final class ScenarioText {
    private final StringBuilder out = new StringBuilder();

    private ScenarioText() {}

    /** {@return the file's text} */
    public static String of(Scenario scenario) {
        ScenarioText text = new ScenarioText();
        text.top(scenario);
        scenario.devices().forEach(text::device);
        scenario.events().forEach(text::event);
        scenario.expectations().forEach(text::expectation);
        return text.out.toString();
    }

    /** {@return a number without a fraction that says nothing} */
    static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private void line(String key, String value) {
        out.append(key).append(" = ").append(value).append('\n');
    }

    private void text(String key, String value) {
        line(key, Toml.quoted(value));
    }

    private void number(String key, double value) {
        line(key, number(value));
    }

    private void duration(String key, long ms) {
        text(key, DurationText.of(ms));
    }

    private void unless(double otherwise, String key, double value) {
        if (value != otherwise) {
            number(key, value);
        }
    }

    private void top(Scenario scenario) {
        text("title", scenario.title());
        scenario.seed().ifPresent(seed -> line("seed", String.valueOf(seed)));
        duration("duration", scenario.durationMs());
        duration("day", scenario.dayMs());
        Scenario.Radio radio = scenario.radio();
        out.append("\n[radio]\n");
        text("kind", kind(radio.profile()));
        number("loss", radio.loss());
        unless(0, "duplication", radio.duplication());
        unless(0, "reordering", radio.reordering());
        unless(0, "bit_errors", radio.bitErrors());
        number("latency_ms", radio.latencyMs());
        number("jitter_ms", radio.jitterMs());
        unless(0, "range_m", radio.rangeM());
        Scenario.Gateway gateway = scenario.gateway();
        out.append("\n[gateway]\n");
        unless(4, "mqtt_version", gateway.mqttVersion());
        number("retry_ms", gateway.retryMs());
        number("retry_limit", gateway.retryLimit());
        unless(0, "spare_clients", gateway.sessionsSpare());
        unless(0, "x", gateway.xM());
        unless(0, "y", gateway.yM());
    }

    private static String kind(RadioProfile profile) {
        return RadioProfile.names().stream()
                .filter(name -> RadioProfile.named(name).equals(profile))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a radio without a name: " + profile));
    }

    private void device(DeviceSpec device) {
        out.append("\n[[device]]\n");
        text("name", device.name());
        unless(0, "x", device.xM());
        unless(0, "y", device.yM());
        Map<String, SignalSpec> felt = new TreeMap<>();
        if (!device.sensors().isEmpty()) {
            line(
                    "sensors",
                    Toml.text(device.sensors().stream().map(SensorSpec::chip).toList()));
            SensorSpec first = device.sensors().get(0);
            duration("every", first.everyMs());
            if (first.heartbeatMs() > 0) {
                duration("heartbeat", first.heartbeatMs());
            }
            unless(1, "qos", first.qos());
            felt.putAll(first.signals());
        }
        if (!device.actuators().isEmpty()) {
            line("actuators", Toml.text(device.actuators()));
        }
        habits(device);
        if (!felt.isEmpty()) {
            out.append("[device.feels]\n");
            felt.forEach((quantity, signal) -> line(quantity, signal.toml()));
        }
    }

    private void habits(DeviceSpec device) {
        if (device.sleepS() > 0) {
            duration("sleep", device.sleepS() * 1_000L);
        }
        if (device.startMs() > 0) {
            duration("start", device.startMs());
        }
        duration("keep_alive", device.keepAliveS() * 1_000L);
        if (!device.cleanSession()) {
            line("clean", "false");
        }
        unless(0, "drift_ppm", device.driftPpm());
        unless(32, "outbox", device.outboxMessages());
        if (device.flash()) {
            line("flash", "true");
        }
        number("retry_ms", device.retryMs());
        number("retry_limit", device.retryLimit());
        unless(2_400, "battery_mah", device.batteryMah());
    }

    private void event(Event event) {
        out.append("\n[[event]]\n");
        duration("at", event.atMs());
        text("what", ScheduleReader.written(event.what()));
        if (!event.devices().isEmpty()) {
            text("device", event.devices());
        }
        if (event.what() == What.SENSOR) {
            text("quantity", event.quantity());
        }
        switch (event.what()) {
            case LOSS, DUPLICATION, REORDERING, BIT_ERRORS, LATENCY, CLOCK_LEAP, SENSOR, LINES_STALL, LINES_BREAK ->
                number("value", event.value());
            case PUBLISH -> {
                text("topic", event.topic());
                text("payload", event.payload());
            }
            default -> {}
        }
        if (event.forMs() > 0) {
            duration("for", event.forMs());
        }
    }

    private void expectation(Expectation expected) {
        out.append("\n[[expect]]\n");
        Kind kind = expected.kind();
        text("what", ScheduleReader.written(kind));
        text("name", expected.name());
        if (kind == Kind.REPORTS || kind == Kind.CONNECTED) {
            text("device", expected.devices());
            duration("after", expected.afterMs());
            duration("within", expected.withinMs());
        }
        if (kind == Kind.REPORTS) {
            text("reading", expected.quantity());
            number("tolerance", expected.tolerance());
        }
        if (kind == Kind.REPORTS || kind == Kind.ARRIVED || kind == Kind.RETRANSMITTED_AT_MOST) {
            number("value", expected.value());
        }
    }
}
