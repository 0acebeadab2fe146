package midge.sim.scenario;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import midge.sim.net.RadioProfile;
import midge.sim.signal.Signal;
import org.jspecify.annotations.Nullable;

/**
 * What a scenario file says, judged. {@link ScenarioReader} makes it; docs/scenarios.md describes the file.
 *
 * @param title      one line
 * @param seed       decides every random number; empty: a new one for each run
 * @param durationMs how long it is played before the devices fall silent
 * @param dayMs      how long a day of its signals is
 * @param radio      the medium and its faults at the beginning
 * @param gateway    the gateway's settings
 * @param devices    in the order of the file, those with a count expanded
 * @param events     what happens when
 * @param expectations what must be true
 */
public record Scenario(
        String title,
        OptionalLong seed,
        long durationMs,
        long dayMs,
        Radio radio,
        Gateway gateway,
        List<DeviceSpec> devices,
        List<Event> events,
        List<Expectation> expectations) {

    /**
     * The medium.
     *
     * @param bitErrors probability for each bit, on a serial line
     * @param rangeM    0 for unlimited
     */
    public record Radio(
            RadioProfile profile,
            double loss,
            double duplication,
            double reordering,
            double bitErrors,
            int latencyMs,
            int jitterMs,
            double rangeM) {}

    /** The gateway; it stands at 0, 0 unless told otherwise. */
    public record Gateway(int mqttVersion, int retryMs, int retryLimit, int sessionsSpare, double xM, double yM) {}

    /**
     * One device.
     *
     * @param sleepS    0 for one that listens always
     * @param startMs   when it is switched on
     * @param flash     whether its outbox outlives its power
     * @param batteryMah what its battery holds, for the estimate
     */
    public record DeviceSpec(
            String name,
            double xM,
            double yM,
            int sleepS,
            long startMs,
            int keepAliveS,
            boolean cleanSession,
            int driftPpm,
            int outboxMessages,
            boolean flash,
            int retryMs,
            int retryLimit,
            int batteryMah,
            List<SensorSpec> sensors,
            List<String> actuators) {
        DeviceSpec named(String newName, double newX, double newY) {
            return copy(newName, newX, newY, sensors);
        }

        DeviceSpec with(double newX, double newY, List<SensorSpec> newSensors) {
            return copy(name, newX, newY, newSensors);
        }

        private DeviceSpec copy(String newName, double newX, double newY, List<SensorSpec> newSensors) {
            return new DeviceSpec(
                    newName,
                    newX,
                    newY,
                    sleepS,
                    startMs,
                    keepAliveS,
                    cleanSession,
                    driftPpm,
                    outboxMessages,
                    flash,
                    retryMs,
                    retryLimit,
                    batteryMah,
                    newSensors,
                    actuators);
        }
    }

    /**
     * A sensor of a device.
     *
     * @param chip    one of {@code VirtualChip.kinds}
     * @param heartbeatMs 0 to publish every reading; otherwise changes only, and so often without one
     * @param signals what it feels, by quantity, in the chip's unit; a quantity without a signal stays as the chip is made
     */
    public record SensorSpec(String chip, int everyMs, int heartbeatMs, int qos, Map<String, SignalSpec> signals) {}

    /** Makes the signal of one device, given the random numbers of its world. */
    @FunctionalInterface
    public interface SignalMaker {
        /** @param purpose names the device and quantity, so that each has random numbers of its own */
        Signal in(Surroundings surroundings, String purpose);
    }

    /**
     * A signal that devices may feel.
     *
     * @param toml what a file says for it, such as {@code { kind = "constant", value = 21.5 }}
     */
    public record SignalSpec(String toml, SignalMaker maker) {
        /**
         * {@return one that never changes}
         *
         * @param value in the unit of files
         * @param scale how many of the chip's integers make one of it
         */
        public static SignalSpec constant(double value, double scale) {
            Signal signal = Signal.constant((int) Math.round(value * scale));
            return new SignalSpec(
                    "{ kind = \"constant\", value = " + ScenarioText.number(value) + " }", (around, purpose) -> signal);
        }
    }

    /** What happens. */
    public enum What {
        /** The radio, or one device's way, loses more: value. */
        LOSS,
        /** Frames arrive twice: value. */
        DUPLICATION,
        /** Frames overtake each other: value. */
        REORDERING,
        /** Bits are flipped on a serial line: value. */
        BIT_ERRORS,
        /** Frames are slow: value in ms. */
        LATENCY,
        /** Nothing passes on the radio. */
        SILENCE,
        /** Some devices are out of reach. */
        ISOLATED,
        /** Some devices lose their power. */
        POWER_CUT,
        /** Some devices lose their power in the middle of a write to their flash. */
        TORN_WRITE,
        /** Some devices' clocks leap: value in s. */
        CLOCK_LEAP,
        /** Some chips leave their bus. */
        SENSOR_ABSENT,
        /** Some chips feel this value: quantity, value. */
        SENSOR,
        /** The gateway's process dies and starts again. */
        GATEWAY_CRASH,
        /** The broker is not there. */
        BROKER_AWAY,
        /** Octets between gateway and broker come in small random pieces. */
        LINES_CHOPPED,
        /** Pieces between gateway and broker, and all behind them, wait two seconds: value. */
        LINES_STALL,
        /** Pieces between gateway and broker end their connection: value. */
        LINES_BREAK,
        /** A message is published at the broker: topic, payload. */
        PUBLISH
    }

    /**
     * One thing that happens.
     *
     * @param forMs   after which it is undone; 0: never
     * @param devices a name or a pattern with *; "*" for all, "" for the radio itself
     */
    public record Event(
            What what,
            long atMs,
            long forMs,
            String devices,
            String quantity,
            double value,
            String topic,
            String payload) {}

    /**
     * Something that must be true.
     *
     * @param line     where the file says so
     * @param devices  a name or a pattern with *
     * @param quantity what they report
     * @param afterMs  from when
     * @param withinMs how long it may take
     */
    public record Expectation(
            Kind kind,
            int line,
            String name,
            String devices,
            String quantity,
            double value,
            double tolerance,
            long afterMs,
            long withinMs) {}

    /** Kinds of expectations. */
    public enum Kind {
        /** Each device reports a value near enough in time. */
        REPORTS,
        /** Each device is connected (awake or asleep) at some moment of the time. */
        CONNECTED,
        /** At the end nothing that a device counts as delivered is unseen, and nothing waits. */
        NO_LOSS,
        /** No reading came twice to the broker. */
        NO_DUPLICATES,
        /** At least so many readings arrived. */
        ARRIVED,
        /** At most so many frames were sent again. */
        RETRANSMITTED_AT_MOST
    }

    /** {@return whether a device's name fits a name or a pattern with * for any letters} */
    static boolean fits(String name, @Nullable String pattern) {
        if (pattern == null || pattern.isEmpty()) {
            return false;
        }
        int star = pattern.indexOf('*');
        if (star < 0) {
            return name.equals(pattern);
        }
        return name.length() >= pattern.length() - 1
                && name.startsWith(pattern.substring(0, star))
                && name.endsWith(pattern.substring(star + 1));
    }
}
