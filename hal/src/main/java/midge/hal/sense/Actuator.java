package midge.hal.sense;

/** Something that obeys: a relay, a lamp, a servo. */
public interface Actuator {
    /**
     * @param command text as it came in the message
     * @return {@code Hal.OK} when carried out; {@code Hal.INVALID} when the text means nothing here (nothing was done)
     */
    int apply(byte[] command, int offset, int length);

    /** @return the {@link Quantity} of {@link #value} */
    int quantity();

    /** @return what it is set to now, in the unit of {@link #quantity} */
    int value();
}
