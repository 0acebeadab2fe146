package midge.runtime.payload;

import midge.wire.Ranges;
import midge.wire.Status;

/** One value as a bare decimal number, the payload that every tool understands: {@code 21.38}. Yes and no are 1 and 0. */
public final class BareNumber implements ReadingFormat {
    /** As many decimals as {@link Units#digits} says. */
    public static final int USUAL_DIGITS = -1;

    private final int digits;

    /** Writes each quantity with its usual decimals. */
    public BareNumber() {
        this(USUAL_DIGITS);
    }

    /** @param digits decimals, 0..{@link Decimals#MAX_DIGITS}, or {@link #USUAL_DIGITS} */
    public BareNumber(int digits) {
        this.digits = Ranges.check("digits", digits, USUAL_DIGITS, Decimals.MAX_DIGITS);
    }

    public int write(byte[] out, int at, int capacity, Measurement measurement, int first, int count) {
        if (count != 1) {
            return Status.UNSUPPORTED;
        }
        return write(out, at, capacity, measurement.quantity(first), measurement.value(first));
    }

    /** Writes one value. @return as {@link ReadingFormat#write} */
    public int write(byte[] out, int at, int capacity, int quantity, int value) {
        int decimals = digits == USUAL_DIGITS ? Units.digits(quantity) : digits;
        int scale = Units.scale(quantity);
        return Decimals.write(out, at, capacity, value, scale, Units.isBoolean(quantity) ? 0 : decimals);
    }
}
