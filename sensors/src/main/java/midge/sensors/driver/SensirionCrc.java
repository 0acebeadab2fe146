package midge.sensors.driver;

/** CRC-8 that Sensirion and Aosong put behind their data: x^8+x^5+x^4+1 (31), not reflected, start FF, no final xor. */
public final class SensirionCrc {
    private SensirionCrc() {}

    /** @return 0..255 */
    public static int of(byte[] octets, int offset, int length) {
        int crc = 0xFF;
        for (int i = 0; i < length; i++) {
            crc ^= octets[offset + i] & 0xFF;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 0x80) == 0 ? crc << 1 : (crc << 1 ^ 0x31) & 0xFF;
            }
        }
        return crc;
    }
}
