package midge.sim.scenario;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import midge.settings.Suggestion;
import midge.settings.TomlSection;
import midge.sim.device.VirtualChip;
import midge.sim.net.RadioProfile;
import midge.sim.scenario.Scenario.DeviceSpec;
import midge.sim.scenario.Scenario.SensorSpec;
import midge.sim.scenario.Scenario.SignalSpec;

/**
 * Reads a scenario from TOML, as docs/scenarios.md describes it. Every mistake becomes a line with file, line number and what would be
 * right; a scenario is made only when there is none.
 */
public final class ScenarioReader {
    private static final long LONGEST_MS = 366 * 86_400_000L;
    private static final int MOST_DEVICES = 100_000;
    /** "midge-" and they make a client id of 23. */
    private static final int MOST_LETTERS = 17;

    private static final double FAR_M = 100_000;

    private final List<String> errors = new ArrayList<>();
    private final Path folder;

    /** @param folder where names of recordings in the file begin */
    public ScenarioReader(Path folder) {
        this.folder = folder;
    }

    /**
     * Reads one file's text.
     *
     * @param file its name, for messages
     * @throws ScenarioException with every mistake in it
     */
    public Scenario read(String file, String text) throws ScenarioException {
        TomlSection top = TomlSection.parse(file, text, errors);
        if (!errors.isEmpty()) {
            throw new ScenarioException(errors);
        }
        Scenario scenario = read(top);
        top.end();
        if (scenario.devices().isEmpty() && errors.isEmpty()) {
            top.error("device", "is missing: a scenario needs at least one [[device]]");
        }
        if (!errors.isEmpty()) {
            throw new ScenarioException(errors);
        }
        return scenario;
    }

    private Scenario read(TomlSection top) {
        String title = top.text("title", "scenario");
        OptionalLong seed = top.has("seed")
                ? OptionalLong.of(top.integer("seed", 0L, Long.MIN_VALUE, Long.MAX_VALUE))
                : OptionalLong.empty();
        long durationMs = top.durationMs("duration", 60_000, 1_000, LONGEST_MS);
        long dayMs = top.durationMs("day", 86_400_000, 10_000, LONGEST_MS);
        Scenario.Radio radio = radio(top);
        Scenario.Gateway gateway = gateway(top);
        List<DeviceSpec> devices = new ArrayList<>();
        SignalReader signals = new SignalReader(folder, dayMs);
        for (TomlSection section : top.sections("device")) {
            devices(section, signals, devices);
        }
        ScheduleReader schedule =
                new ScheduleReader(devices, durationMs, radio.profile().equals(RadioProfile.serial()));
        List<Scenario.Event> events = new ArrayList<>();
        top.sections("event").forEach(section -> events.add(schedule.event(section)));
        List<Scenario.Expectation> expectations = new ArrayList<>();
        top.sections("expect").forEach(section -> expectations.add(schedule.expectation(section)));
        return new Scenario(title, seed, durationMs, dayMs, radio, gateway, devices, events, expectations);
    }

    private Scenario.Radio radio(TomlSection top) {
        TomlSection section = top.section("radio");
        if (section == null) {
            return new Scenario.Radio(RadioProfile.ieee802154(), 0, 0, 0, 0, 5, 10, 0);
        }
        RadioProfile profile = RadioProfile.named(section.choice("kind", "zigbee", RadioProfile.names()));
        Scenario.Radio radio = new Scenario.Radio(
                profile,
                section.number("loss", 0, 0, 1),
                section.number("duplication", 0, 0, 1),
                section.number("reordering", 0, 0, 1),
                section.number("bit_errors", 0, 0, 0.1),
                section.integer("latency_ms", 5, 0, 60_000),
                section.integer("jitter_ms", 10, 0, 60_000),
                section.number("range_m", 0, 0, FAR_M));
        if (radio.bitErrors() > 0 && !profile.equals(RadioProfile.serial())) {
            section.error("bit_errors", "is for kind = \"serial\"; other media have loss");
        }
        section.end();
        return radio;
    }

    private Scenario.Gateway gateway(TomlSection top) {
        TomlSection section = top.section("gateway");
        if (section == null) {
            return new Scenario.Gateway(4, 1_000, 5, 0, 0, 0);
        }
        Scenario.Gateway gateway = new Scenario.Gateway(
                section.integer("mqtt_version", 4, 4, 5),
                section.integer("retry_ms", 1_000, 100, 60_000),
                section.integer("retry_limit", 5, 0, 20),
                section.integer("spare_clients", 0, 0, 10_000),
                section.number("x", 0, -FAR_M, FAR_M),
                section.number("y", 0, -FAR_M, FAR_M));
        section.end();
        return gateway;
    }

    private void devices(TomlSection section, SignalReader signals, List<DeviceSpec> into) {
        String name = section.text("name");
        int count = section.integer("count", 1, 1, MOST_DEVICES);
        double x = section.number("x", 0, -FAR_M, FAR_M);
        double y = section.number("y", 0, -FAR_M, FAR_M);
        double spacing = section.number("spacing_m", 0, 0, FAR_M);
        DeviceSpec model = device(section, signals);
        int columns = (int) Math.ceil(Math.sqrt(count));
        int longest = count == 1 ? name.length() : (name + "-" + count).length();
        if (!name.matches("[A-Za-z0-9_.-]+") || longest > MOST_LETTERS) {
            section.error(
                    "name",
                    "is \"" + name + "\", must be letters, digits, dot, dash and underscore, 1.." + MOST_LETTERS
                            + (count == 1 ? "" : " with the number behind it"));
        } else if (into.stream().anyMatch(other -> other.name().equals(name))) {
            section.error("name", "is \"" + name + "\", which another device has already");
        } else if (into.size() + count > MOST_DEVICES) {
            section.error("count", "makes more than " + MOST_DEVICES + " devices");
        } else {
            for (int i = 0; i < count; i++) {
                String full = count == 1 ? name : name + "-" + (i + 1);
                int row = i / columns;
                into.add(model.named(full, x + spacing * (i % columns), y + spacing * row));
            }
        }
        section.end();
    }

    private DeviceSpec device(TomlSection section, SignalReader signals) {
        int everyMs = (int) section.durationMs("every", 10_000, 100, 86_400_000);
        int heartbeatMs = (int) section.durationMs("heartbeat", 0, 1_000, 86_400_000);
        int qos = section.integer("qos", 1, 0, 2);
        Map<String, SignalSpec> felt = felt(section, signals);
        List<SensorSpec> sensors = new ArrayList<>();
        for (String chip : section.texts("sensors")) {
            if (VirtualChip.kinds().contains(chip)) {
                sensors.add(new SensorSpec(chip, everyMs, heartbeatMs, qos, felt));
            } else {
                section.error(
                        "sensors",
                        "names \"" + chip + "\"" + Suggestion.text(chip, VirtualChip.kinds()) + " There are "
                                + String.join(", ", VirtualChip.kinds()));
            }
        }
        Set<String> feelable = sensors.stream()
                .flatMap(sensor -> VirtualChip.make(sensor.chip(), () -> 0, 0).inputs().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        for (String quantity : felt.keySet()) {
            if (!feelable.contains(quantity) && errors.isEmpty()) {
                section.error(
                        "feels",
                        "has " + quantity + ", which none of its sensors feels"
                                + (feelable.isEmpty() ? "" : "; they feel " + String.join(", ", feelable)));
            }
        }
        List<String> actuators = section.texts("actuators");
        for (String actuator : actuators) {
            if (!actuator.matches("[a-z0-9_-]{1,16}")) {
                section.error("actuators", "names \"" + actuator + "\", must be 1..16 small letters or digits");
            }
        }
        return new DeviceSpec(
                "",
                0,
                0,
                (int) (section.durationMs("sleep", 0, 1_000, 65_535_000) / 1_000),
                section.durationMs("start", 0, 0, LONGEST_MS),
                (int) (section.durationMs("keep_alive", 60_000, 1_000, 65_535_000) / 1_000),
                section.flag("clean", true),
                section.integer("drift_ppm", 0, -10_000, 10_000),
                section.integer("outbox", 32, 1, 4_096),
                section.flag("flash", false),
                section.integer("retry_ms", 1_000, 100, 60_000),
                section.integer("retry_limit", 5, 0, 20),
                section.integer("battery_mah", 2_400, 1, 1_000_000),
                sensors,
                actuators);
    }

    private static Map<String, SignalSpec> felt(TomlSection section, SignalReader signals) {
        Map<String, SignalSpec> felt = new HashMap<>();
        TomlSection feels = section.section("feels");
        if (feels == null) {
            return felt;
        }
        for (String quantity : feels.keys()) {
            TomlSection signal = feels.section(quantity);
            if (VirtualChip.scale(quantity) == 0) {
                feels.error(
                        quantity,
                        "is nothing that a chip feels" + Suggestion.text(quantity, VirtualChip.quantities())
                                + " There are " + String.join(", ", VirtualChip.quantities()));
            } else if (signal != null) {
                felt.put(quantity, signals.read(signal, quantity));
            }
        }
        return felt;
    }
}
