package midge.hal.link;

/** The frame check sequence of RFC 1662 appendix C.2 (CRC-16/X-25): reflected 8408, start FFFF, complemented. */
public final class Fcs16 {
    /** Value to start with. */
    public static final int INITIAL = 0xFFFF;
    /** What {@link #update} arrives at over data and their FCS, low octet first, when both are sound. */
    public static final int GOOD = 0xF0B8;

    private static final int[] TABLE = new int[16];

    static {
        for (int i = 0; i < 16; i++) {
            int crc = i;
            for (int bit = 0; bit < 4; bit++) {
                crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0x8408;
            }
            TABLE[i] = crc;
        }
    }

    private Fcs16() {}

    /** @return the running value after one more octet, 0..0xFFFF */
    public static int update(int running, int octet) {
        int half = running >> 4 ^ TABLE[(running ^ octet) & 0x0F];
        return half >> 4 ^ TABLE[(half ^ octet >> 4) & 0x0F];
    }

    /** @return the running value after {@code length} more octets */
    public static int update(int running, byte[] octets, int offset, int length) {
        int value = running;
        for (int i = 0; i < length; i++) {
            value = update(value, octets[offset + i]);
        }
        return value;
    }

    /** @return the FCS to be sent for octets that ran up to {@code running} */
    public static int of(int running) {
        return running ^ 0xFFFF;
    }
}
