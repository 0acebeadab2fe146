package midge.runtime.payload;

/** The values that one measurement gave, taken at one moment. Filled again and again by its owner; formats only read it. */
public final class Measurement {
    /** For {@link #unixMs}: nobody knew what time it was. */
    public static final long UNKNOWN = -1;

    private final int[] quantities;
    private final int[] values;
    private long atMs;
    private long unixMs = UNKNOWN;

    /** @param count how many values a measurement has, fixed */
    public Measurement(int count) {
        quantities = new int[count];
        values = new int[count];
    }

    /** @return how many values it has */
    public int count() {
        return values.length;
    }

    /** @return the {@link midge.hal.sense.Quantity} of a value */
    public int quantity(int index) {
        return quantities[index];
    }

    /** @return a value in the unit of its quantity */
    public int value(int index) {
        return values[index];
    }

    /** @return when it was taken, monotonic time */
    public long atMs() {
        return atMs;
    }

    /** Replaces one value. */
    public void set(int index, int quantity, int value) {
        quantities[index] = quantity;
        values[index] = value;
    }

    /** @return when it was taken, ms since 1970-01-01T00:00:00Z; negative when that was not known */
    public long unixMs() {
        return unixMs;
    }

    /** Says when the values were taken, without a calendar. */
    public void takenAt(long nowMs) {
        takenAt(nowMs, UNKNOWN);
    }

    /** Says when the values were taken. @param unixMs calendar time, negative when it is not known */
    public void takenAt(long nowMs, long unixMs) {
        atMs = nowMs;
        this.unixMs = unixMs;
    }
}
