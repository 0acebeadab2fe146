package midge.sim.scenario;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import midge.settings.DurationText;
import midge.settings.Toml;
import midge.settings.TomlSection;
import midge.sim.device.VirtualChip;
import midge.sim.scenario.Scenario.SignalMaker;
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
        Said said = new Said(section.choice("kind", "constant", KINDS));
        SignalMaker signal = switch (said.kind) {
            case "sine" -> sine(section, said, scale, most);
            case "day" -> day(section, said, scale, most);
            case "walk" -> walk(section, said, scale, most);
            case "weather" -> weather(section, said, quantity, scale, most);
            case "csv" -> csv(section, said, scale);
            default -> constant(scaled(said.number(section, "value", 0, -most, most), scale));
        };
        section.end();
        return new SignalSpec(said.toString(), signal);
    }

    /** Remembers what is read, to say it again. */
    private static final class Said {
        final String kind;
        private final StringBuilder toml = new StringBuilder();

        Said(String kind) {
            this.kind = kind;
            toml.append("{ kind = ").append(Toml.quoted(kind));
        }

        double number(TomlSection section, String key, double otherwise, double min, double max) {
            double value = section.number(key, otherwise, min, max);
            if (section.has(key)) {
                toml.append(", ").append(key).append(" = ").append(ScenarioText.number(value));
            }
            return value;
        }

        void text(String key, String value) {
            toml.append(", ").append(key).append(" = ").append(Toml.quoted(value));
        }

        @Override
        public String toString() {
            return toml + " }";
        }
    }

    private static SignalMaker constant(int value) {
        return (surroundings, purpose) -> Signal.constant(value);
    }

    private static int scaled(double value, double scale) {
        return (int) Math.round(value * scale);
    }

    private SignalMaker sine(TomlSection section, Said said, double scale, double most) {
        int mean = scaled(said.number(section, "mean", 0, -most, most), scale);
        int swing = scaled(said.number(section, "swing", 1, 0, most), scale);
        long periodMs = section.durationMs("period", dayMs, 1_000, 366 * 86_400_000L);
        said.text("period", DurationText.of(periodMs));
        return (surroundings, purpose) -> Signal.sine(mean, swing, periodMs);
    }

    private SignalMaker day(TomlSection section, Said said, double scale, double most) {
        int low = scaled(said.number(section, "min", 0, -most, most), scale);
        int high = scaled(said.number(section, "max", 0, -most, most), scale);
        int noise = scaled(said.number(section, "noise", 0, 0, most), scale);
        return (surroundings, purpose) -> {
            Signal day = new DayCurve(low, high, dayMs);
            return noise == 0 ? day : day.plus(wander(surroundings.prng(purpose), 0, -noise, noise, noise / 8 + 1));
        };
    }

    private SignalMaker walk(TomlSection section, Said said, double scale, double most) {
        int min = scaled(said.number(section, "min", 0, -most, most), scale);
        int max = scaled(said.number(section, "max", 1, -most, most), scale);
        if (min >= max) {
            section.error("max", "must be above min");
            return constant(min);
        }
        double middle = (min + (double) max) / 2 / scale;
        int start = scaled(said.number(section, "start", middle, min / scale, max / scale), scale);
        double reach = (max - (double) min) / scale;
        int step = scaled(said.number(section, "step", reach / 100, 0, reach), scale);
        return (surroundings, purpose) -> wander(surroundings.prng(purpose), start, min, max, Math.max(1, step));
    }

    private static Signal wander(Prng prng, int start, int min, int max, int step) {
        return new RandomWalk(prng, start, min, max, step, STEP_MS);
    }

    private SignalMaker weather(TomlSection section, Said said, String quantity, double scale, double most) {
        if (!OF_WEATHER.contains(quantity)) {
            section.error("kind", "is \"weather\", which knows no " + quantity);
        }
        int offset = scaled(said.number(section, "offset", 0, -most, most), scale);
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

    private SignalMaker csv(TomlSection section, Said said, double scale) {
        String name = section.text("file");
        Path file = folder.resolve(name).toAbsolutePath().normalize();
        said.text("file", file.toString());
        try {
            Replay replay = Replay.parse(Files.readAllLines(file), scale);
            return (surroundings, purpose) -> replay;
        } catch (IOException e) {
            section.error("file", "is \"" + name + "\", which cannot be read (" + e.getMessage() + ")");
        } catch (IllegalArgumentException e) {
            section.error("file", "is \"" + name + "\": " + e.getMessage());
        }
        return constant(0);
    }
}
