package midge.runtime.payload;

/** Turns measured values into the payload of one message. */
public interface ReadingFormat {
    /**
     * Writes {@code count} values of a measurement from {@code first} on.
     *
     * @param capacity octets that may be written from {@code at} on
     * @return octets written, or a negative {@link midge.wire.Status}: {@code TOO_SMALL} when they do not fit, {@code UNSUPPORTED}
     *     when the format cannot hold so many values. The array may hold a part then, which means nothing
     */
    int write(byte[] out, int at, int capacity, Measurement measurement, int first, int count);
}
