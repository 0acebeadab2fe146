package midge.sim.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import midge.settings.TomlSection;
import midge.sim.device.VirtualChip;
import midge.sim.scenario.Scenario.SignalSpec;
import midge.sim.signal.DayCurve;
import midge.sim.signal.RandomWalk;
import midge.sim.signal.Replay;
import midge.sim.signal.Signal;
import midge.wire.Prng;

/** Reads a signal: {@code { kind = "day", min = 5, max = 25 }}. Numbers are in degrees Celsius, pascal, percent, lux, volt, ampere, metre. */
final class SignalReader {
    private static final List<String> KINDS = List.of("constant", "sine", "day", "walk", "weather", "csv");
    private static final Set<String> OF_WEATHER = Set.of("temperature", "pressure", "humidity", "illuminance");
    private static final double MOST = 2_000_000;
    private static final int STEP_MS = 1_000;

    private final Path folder;
    private final long dayMs;

    /** @param folder where the names of recordings begin */
    SignalReader(Path folder, long dayMs) {
        this.folder = folder;
        this.dayMs = dayMs;
    }

    /** {@return the signal that a section says} */
    SignalSpec read(TomlSection section, String quantity) {
        double scale = VirtualChip.scale(quantity);
        double most = Math.min(MOST, Integer.MAX_VALUE / scale);
        String kind = section.choice("kind", "constant", KINDS);
        SignalSpec signal = switch (kind) {
            case "sine" -> sine(section, scale, most);
            case "day" -> day(section, scale, most);
            case "walk" -> walk(section, scale, most);
            case "weather" -> weather(section, quantity, scale, most);
            case "csv" -> csv(section, scale);
            default -> constant(scaled(section.number("value", 0, -most, most), scale));
        };
        section.end();
        return signal;
    }

    static SignalSpec constant(int value) {
        return (surroundings, purpose) -> Signal.constant(value);
    }

    private static int scaled(double value, double scale) {
        return (int) Math.round(value * scale);
    }

    private SignalSpec sine(TomlSection section, double scale, double most) {
        int mean = scaled(section.number("mean", 0, -most, most), scale);
        int swing = scaled(section.number("swing", 1, 0, most), scale);
        long periodMs = section.durationMs("period", dayMs, 1_000, 366 * 86_400_000L);
        return (surroundings, purpose) -> Signal.sine(mean, swing, periodMs);
    }

    private SignalSpec day(TomlSection section, double scale, double most) {
        int low = scaled(section.number("min", 0, -most, most), scale);
        int high = scaled(section.number("max", 0, -most, most), scale);
        int noise = scaled(section.number("noise", 0, 0, most), scale);
        return (surroundings, purpose) -> {
            Signal day = new DayCurve(low, high, dayMs);
            return noise == 0 ? day : day.plus(wander(surroundings.prng(purpose), 0, -noise, noise, noise / 8 + 1));
        };
    }

    private SignalSpec walk(TomlSection section, double scale, double most) {
        int min = scaled(section.number("min", 0, -most, most), scale);
        int max = scaled(section.number("max", 1, -most, most), scale);
        if (min >= max) {
            section.error("max", "must be above min");
            return constant(min);
        }
        int start = scaled(section.number("start", (min + (double) max) / 2 / scale, min / scale, max / scale), scale);
        int step = scaled(section.number("step", (max - (double) min) / 100 / scale, 0, (max - min) / scale), scale);
        return (surroundings, purpose) -> wander(surroundings.prng(purpose), start, min, max, Math.max(1, step));
    }

    private static Signal wander(Prng prng, int start, int min, int max, int step) {
        return new RandomWalk(prng, start, min, max, step, STEP_MS);
    }

    private SignalSpec weather(TomlSection section, String quantity, double scale, double most) {
        if (!OF_WEATHER.contains(quantity)) {
            section.error("kind", "is \"weather\", which knows no " + quantity);
        }
        int offset = scaled(section.number("offset", 0, -most, most), scale);
        return (surroundings, purpose) -> {
            Signal outside = switch (quantity) {
                case "pressure" -> surroundings.weather().pascal();
                case "humidity" -> surroundings.weather().milliPercent();
                case "illuminance" -> surroundings.weather().milliLux();
                default -> surroundings.weather().milliCelsius();
            };
            return outside.plus(Signal.constant(offset));
        };
    }

    private SignalSpec csv(TomlSection section, double scale) {
        String name = section.text("file");
        try {
            Replay replay = Replay.parse(Files.readAllLines(folder.resolve(name)), scale);
            return (surroundings, purpose) -> replay;
        } catch (IOException e) {
            section.error("file", "is \"" + name + "\", which cannot be read (" + e.getMessage() + ")");
        } catch (IllegalArgumentException e) {
            section.error("file", "is \"" + name + "\": " + e.getMessage());
        }
        return constant(0);
    }
}
