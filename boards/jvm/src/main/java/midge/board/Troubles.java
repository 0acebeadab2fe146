package midge.board;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import midge.hal.Hal;
import midge.runtime.task.Outcome;
import midge.runtime.task.ReadingListener;

/** Tells a person what becomes of readings: a sensor that fails or works again, once; each message, if wanted. */
final class Troubles implements ReadingListener {
    private static final int MOST_TEXT = 200;

    private final List<String> topics;
    private final Map<Integer, Reading> readings;
    private final Consumer<String> says;
    private final boolean eachMessage;
    /** By the reading's name: what was said last. */
    private final Map<String, String> told = new HashMap<>();

    private boolean isFullTold;

    /** @param readings by the number of each of their topics */
    Troubles(List<String> topics, Map<Integer, Reading> readings, Consumer<String> says, boolean eachMessage) {
        this.topics = topics;
        this.readings = readings;
        this.says = says;
        this.eachMessage = eachMessage;
    }

    @Override
    public void onSampled(int topic, int quantity, int value, long nowMs) {
        Reading reading = readings.get(topic);
        if (reading != null && told.remove(reading.name()) != null) {
            says.accept("sensor " + reading.label() + " works again");
        }
    }

    @Override
    public void onSensorFailed(int topic, int code, long nowMs) {
        Reading reading = readings.get(topic);
        if (reading == null) {
            return;
        }
        String why = reading.sensor() instanceof Explained explained
                        && !explained.problem().isEmpty()
                ? explained.problem()
                : sentence(code);
        if (!why.equals(told.put(reading.name(), why))) {
            says.accept("sensor " + reading.label() + " fails: " + why);
        }
    }

    static String sentence(int code) {
        return switch (code) {
            case Hal.NACK ->
                "nobody answers at its address; look at the wiring and the address (i2cdetect -y BUS shows who is there)";
            case Hal.BUS_ERROR ->
                "the bus does not work, as when a line is held low or cut; look at the wiring and the pull-up resistors";
            case Hal.WRONG_CHIP -> "another chip answers than the file names; look at kind and address";
            case Hal.BAD_CRC -> "its answer has a wrong checksum; look at the cable, which may be long or loose";
            case Hal.GONE -> "it is not there any more";
            case Hal.NO_VALUE -> "it answers, but has no value this time";
            case Hal.UNSUPPORTED -> "this board cannot do what its driver needs";
            default -> "status " + code;
        };
    }

    @Override
    public void onPublished(int topic, int token, byte[] payload, int offset, int length, long nowMs) {
        isFullTold = false;
        if (eachMessage) {
            says.accept("stored " + topics.get(topic) + " " + text(payload, offset, length));
        }
    }

    private static String text(byte[] payload, int offset, int length) {
        String text = new String(payload, offset, length, StandardCharsets.UTF_8);
        boolean plain = text.chars().allMatch(c -> c >= ' ' && c < 0x7F);
        return plain && length <= MOST_TEXT ? text : length + " octets";
    }

    @Override
    public void onRefused(int topic, int status, long nowMs) {
        if (!isFullTold) {
            isFullTold = true;
            says.accept("a message for " + topics.get(topic) + " was refused (status " + status
                    + "): no room in the outbox, or its files cannot be written");
        }
    }

    @Override
    public void onOutcome(int token, int status, long nowMs) {
        if (status == Outcome.REJECTED) {
            says.accept("a message was rejected by broker or gateway; look at topics and access rules");
        } else if (eachMessage && status == Outcome.DROPPED) {
            says.accept("the outbox is full: the oldest message was dropped");
        }
    }
}
