package midge.runtime.payload;

import midge.wire.Status;

/** Fixed-point integers as decimal text: 21_380 thousandths is {@code 21.38}. The text is also a JSON number. */
public final class Decimals {
    /** The largest number of decimals that is stored or written. */
    public static final int MAX_DIGITS = 18;

    private Decimals() {}

    /**
     * Writes {@code value * 10^-scale} with exactly {@code digits} decimals, rounded half away from zero. Zero has no sign.
     *
     * @param capacity octets that may be written from {@code at} on
     * @param scale decimals that {@code value} carries, 0..{@link #MAX_DIGITS}
     * @param digits decimals to write, 0..{@link #MAX_DIGITS}; 0 writes no point
     * @return octets written; {@link Status#TOO_SMALL} when they do not fit, {@link Status#INVALID} for a scale or digits out of range;
     *     nothing was written then
     */
    public static int write(byte[] out, int at, int capacity, long value, int scale, int digits) {
        if (scale < 0 || scale > MAX_DIGITS || digits < 0 || digits > MAX_DIGITS) {
            return Status.INVALID;
        }
        int kept = digits < scale ? digits : scale; // decimals that come from the value; the rest are zeros
        long rounded = scaleDown(value, scale - kept);
        int zeros = digits - kept;
        int whole = digitCount(rounded) - kept;
        int length = (rounded < 0 ? 1 : 0) + (whole < 1 ? 1 : whole) + (digits > 0 ? 1 + digits : 0);
        if (length > capacity) {
            return Status.TOO_SMALL;
        }
        int end = at + length;
        for (int i = 0; i < zeros; i++) {
            out[--end] = '0';
        }
        writeBackwards(out, at, end, rounded, kept, digits > 0);
        return length;
    }

    /** Writes {@code value} so that it ends before {@code end}, a point after the last {@code kept} digits. */
    private static void writeBackwards(byte[] out, int at, int end, long value, int kept, boolean point) {
        long left = value;
        int to = end;
        for (int i = 0; i < kept; i++) {
            out[--to] = digit(left);
            left /= 10;
        }
        if (point) {
            out[--to] = '.';
        }
        do {
            out[--to] = digit(left);
            left /= 10;
        } while (left != 0);
        if (value < 0) {
            out[at] = '-';
        }
    }

    /** The last digit of a number of either sign: nothing is negated, since the smallest long has no opposite. */
    private static byte digit(long value) {
        int last = (int) (value % 10);
        return (byte) ('0' + (last < 0 ? -last : last));
    }

    /** @return {@code value / 10^places}, rounded half away from zero */
    static long scaleDown(long value, int places) {
        if (places == 0) {
            return value;
        }
        long divisor = powerOfTen(places);
        long quotient = value / divisor;
        long rest = value % divisor;
        long half = divisor / 2; // exact: 10^places is even
        if (rest >= half) {
            return quotient + 1;
        }
        return rest <= -half ? quotient - 1 : quotient;
    }

    private static long powerOfTen(int exponent) {
        long power = 1;
        for (int i = 0; i < exponent; i++) {
            power *= 10;
        }
        return power;
    }

    private static int digitCount(long value) {
        int count = 1;
        for (long left = value / 10; left != 0; left /= 10) {
            count++;
        }
        return count;
    }
}
