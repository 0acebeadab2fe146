package midge.hal.store;

/** CRC-32 of ISO 3309 (Ethernet, zip): reflected EDB88320, start and final xor all ones. Half an octet at a time. */
final class Crc32 {
    private static final int[] TABLE = new int[16];

    static {
        for (int i = 0; i < 16; i++) {
            int crc = i;
            for (int bit = 0; bit < 4; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ 0xEDB88320;
            }
            TABLE[i] = crc;
        }
    }

    private Crc32() {}

    /** @param crc of what came before, 0 at the start. @return of all so far */
    static int update(int crc, byte[] octets, int offset, int length) {
        int state = ~crc;
        for (int i = 0; i < length; i++) {
            int octet = octets[offset + i];
            state = state >>> 4 ^ TABLE[(state ^ octet) & 0x0F];
            state = state >>> 4 ^ TABLE[(state ^ octet >> 4) & 0x0F];
        }
        return ~state;
    }
}
