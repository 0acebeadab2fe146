package midge.sim.scenario;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import midge.settings.Suggestion;
import midge.settings.TomlSection;
import midge.sim.device.VirtualChip;
import midge.sim.scenario.Scenario.DeviceSpec;
import midge.sim.scenario.Scenario.Event;
import midge.sim.scenario.Scenario.Expectation;
import midge.sim.scenario.Scenario.Kind;
import midge.sim.scenario.Scenario.What;

/** Reads {@code [[event]]} and {@code [[expect]]}, and holds them to the devices that there are. */
final class ScheduleReader {
    private static final long LONGEST_MS = 366 * 86_400_000L;
    private static final double MOST = 1e12;
    private static final Set<What> OF_DEVICES =
            Set.of(What.ISOLATED, What.POWER_CUT, What.TORN_WRITE, What.CLOCK_LEAP, What.SENSOR_ABSENT, What.SENSOR);
    private static final Set<What> NEVER_UNDONE = Set.of(What.CLOCK_LEAP, What.PUBLISH);

    private final List<DeviceSpec> devices;
    private final long durationMs;
    private final boolean serial;

    ScheduleReader(List<DeviceSpec> devices, long durationMs, boolean serial) {
        this.serial = serial;
        this.devices = devices;
        this.durationMs = durationMs;
    }

    Event event(TomlSection section) {
        section.text("what");
        What what = word(section, "what", What.values(), What.LOSS);
        long atMs = section.durationMs("at", 0, 0, LONGEST_MS);
        if (atMs >= durationMs) {
            section.error("at", "is after the scenario's end, which its duration sets");
        }
        long forMs = NEVER_UNDONE.contains(what) ? 0 : section.durationMs("for", 0, 1, LONGEST_MS);
        if ((what == What.GATEWAY_CRASH || what == What.TORN_WRITE) && forMs == 0) {
            forMs = 1_000;
        }
        Event event = new Event(
                what,
                atMs,
                forMs,
                named(section, OF_DEVICES.contains(what)),
                what == What.SENSOR ? quantity(section) : "",
                value(section, what),
                what == What.PUBLISH ? section.text("topic") : "",
                what == What.PUBLISH ? section.text("payload") : "");
        if (what == What.TORN_WRITE && !allHaveFlash(event.devices())) {
            section.error("device", "is \"" + event.devices() + "\", and not all of these have flash = true");
        }
        if (what == What.BIT_ERRORS && !serial) {
            section.error("what", "is \"bit-errors\", which only a radio of kind = \"serial\" has");
        }
        if (event.topic().indexOf('+') >= 0 || event.topic().indexOf('#') >= 0) {
            section.error("topic", "is \"" + event.topic() + "\", must be a topic without + and #");
        }
        section.end();
        return event;
    }

    /** A reading that no device has would be waited for in vain. */
    private void checkReading(TomlSection section, String pattern, String reading) {
        Set<String> there = new TreeSet<>();
        for (DeviceSpec device : devices) {
            if (Scenario.fits(device.name(), pattern)) {
                there.addAll(device.actuators());
                device.sensors()
                        .forEach(sensor -> there.addAll(
                                VirtualChip.make(sensor.chip(), () -> 0, 0).values()));
            }
        }
        boolean known = there.stream().anyMatch(name -> reading.equals(name) || reading.startsWith(name + "-"));
        if (!known && section.has("reading")) {
            section.error(
                    "reading",
                    "is \"" + reading + "\", which no such device has" + Suggestion.text(reading, there)
                            + (there.isEmpty() ? "" : " There are " + String.join(", ", there)));
        }
    }

    private boolean allHaveFlash(String pattern) {
        return devices.stream()
                .filter(device -> Scenario.fits(device.name(), pattern))
                .allMatch(DeviceSpec::flash);
    }

    private static double value(TomlSection section, What what) {
        return switch (what) {
            case LOSS, DUPLICATION, REORDERING, LINES_STALL, LINES_BREAK -> needed(section, 1);
            case BIT_ERRORS -> needed(section, 0.1);
            case LATENCY -> needed(section, 60_000);
            case CLOCK_LEAP -> needed(section, 86_400);
            case SENSOR -> {
                needed(section, MOST);
                yield section.number("value", 0, -MOST, MOST);
            }
            default -> 0;
        };
    }

    private static double needed(TomlSection section, double max) {
        if (!section.has("value")) {
            section.error("value", "is missing");
        }
        return section.number("value", 0, max == MOST ? -MOST : 0, max);
    }

    Expectation expectation(TomlSection section) {
        section.text("what");
        Kind kind = word(section, "what", Kind.values(), Kind.NO_LOSS);
        boolean ofDevices = kind == Kind.REPORTS || kind == Kind.CONNECTED;
        String named = ofDevices ? named(section, true) : "";
        String quantity = kind == Kind.REPORTS ? section.text("reading") : "";
        if (kind == Kind.REPORTS) {
            checkReading(section, named, quantity);
        }
        double value = kind == Kind.REPORTS || kind == Kind.ARRIVED || kind == Kind.RETRANSMITTED_AT_MOST
                ? needed(section, MOST)
                : 0;
        double tolerance = kind == Kind.REPORTS ? section.number("tolerance", 0, 0, MOST) : 0;
        long afterMs = ofDevices ? section.durationMs("after", 0, 0, LONGEST_MS) : 0;
        long withinMs = ofDevices ? section.durationMs("within", Math.max(1, durationMs - afterMs), 1, LONGEST_MS) : 0;
        if (afterMs >= durationMs) {
            section.error("after", "is after the scenario's end, which its duration sets");
        }
        String name = section.text("name", sentence(kind, named, quantity, value, tolerance, afterMs, withinMs));
        section.end();
        return new Expectation(kind, section.line(), name, named, quantity, value, tolerance, afterMs, withinMs);
    }

    private static String sentence(
            Kind kind, String named, String quantity, double value, double tolerance, long afterMs, long withinMs) {
        String time = afterMs == 0
                ? " within " + midge.settings.DurationText.of(withinMs)
                : " within " + midge.settings.DurationText.of(withinMs) + " after "
                        + midge.settings.DurationText.of(afterMs);
        return switch (kind) {
            case REPORTS ->
                named + " reports " + quantity + " " + plain(value) + (tolerance > 0 ? " ± " + plain(tolerance) : "")
                        + time;
            case CONNECTED -> named + " is connected" + time;
            case NO_LOSS -> "no reading of QoS 1 or 2 is lost";
            case NO_DUPLICATES -> "no reading arrives twice";
            case ARRIVED -> "at least " + plain(value) + " readings arrive";
            case RETRANSMITTED_AT_MOST -> "at most " + plain(value) + " frames are sent again";
        };
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }

    private String named(TomlSection section, boolean needed) {
        String pattern = section.text("device", needed ? "*" : "");
        if (!pattern.isEmpty() && devices.stream().noneMatch(device -> Scenario.fits(device.name(), pattern))) {
            section.error("device", "is \"" + pattern + "\", which fits no device");
        }
        return pattern;
    }

    private static String quantity(TomlSection section) {
        return section.choice("quantity", "temperature", VirtualChip.quantities());
    }

    /** The words of an enum as they stand in a file: {@code power-cut}. */
    private static <E extends Enum<E>> E word(TomlSection section, String key, E[] all, E otherwise) {
        List<String> words = Stream.of(all).map(ScheduleReader::written).toList();
        String word = section.choice(key, written(otherwise), words);
        return all[words.indexOf(word)];
    }

    static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
