package midge.wire;

/**
 * Big-endian integers in a {@code byte[]}. Nothing here checks bounds: callers have judged lengths before they read a field.
 */
public final class Bytes {
    private Bytes() {}

    /** @return the octet at {@code at}, 0..255 */
    public static int u8(byte[] buffer, int at) {
        return buffer[at] & 0xFF;
    }

    /** @return the two octets from {@code at}, 0..65535 */
    public static int u16(byte[] buffer, int at) {
        return (buffer[at] & 0xFF) << 8 | (buffer[at + 1] & 0xFF);
    }

    /** @return the four octets from {@code at}, 0..4294967295 */
    public static long u32(byte[] buffer, int at) {
        return (long) u16(buffer, at) << 16 | u16(buffer, at + 2);
    }

    /** Writes the low octet of {@code value}. */
    public static void putU8(byte[] buffer, int at, int value) {
        buffer[at] = (byte) value;
    }

    /** Writes the low two octets of {@code value}. */
    public static void putU16(byte[] buffer, int at, int value) {
        buffer[at] = (byte) (value >>> 8);
        buffer[at + 1] = (byte) value;
    }

    /** Writes the low four octets of {@code value}. */
    public static void putU32(byte[] buffer, int at, long value) {
        putU16(buffer, at, (int) (value >>> 16));
        putU16(buffer, at + 2, (int) value);
    }

    /** @return whether the two ranges of {@code length} octets are alike */
    public static boolean equal(byte[] a, int aAt, byte[] b, int bAt, int length) {
        for (int i = 0; i < length; i++) {
            if (a[aAt + i] != b[bAt + i]) {
                return false;
            }
        }
        return true;
    }
}
