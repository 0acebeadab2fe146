package midge.sensors.ds18b20;

/** Function commands and scratchpad layout (DS18B20 data sheet, "DS18B20 Function Commands" and "Memory"). */
public final class Ds18b20Commands {
    /** Family code: the low octet of every DS18B20's ROM code. */
    public static final int FAMILY = 0x28;

    static final int CONVERT_T = 0x44;
    static final int WRITE_SCRATCHPAD = 0x4E;
    static final int READ_SCRATCHPAD = 0xBE;

    /** Scratchpad: temperature LE, TH, TL, configuration, FF, reserved, 10, CRC of the eight before. */
    static final int SCRATCHPAD_LENGTH = 9;

    static final int TH = 2;
    static final int CONFIGURATION = 4;
    static final int RESERVED = 6;
    static final int CRC = 8;

    /** Temperature after power-on, +85 °C, which no conversion has measured. */
    static final int POWER_ON_TEMPERATURE = 0x0550;
    /** Value of {@link #RESERVED} until the first conversion. */
    static final int POWER_ON_RESERVED = 0x0C;

    private Ds18b20Commands() {}

    /** CRC-8 of 1-Wire: x^8+x^5+x^4+1 reflected (8C), start 0. @return 0..255 */
    public static int crc(byte[] octets, int offset, int length) {
        int crc = 0;
        for (int i = 0; i < length; i++) {
            crc = crc(crc, octets[offset + i]);
        }
        return crc;
    }

    /** @return whether the high octet of {@code rom} is the CRC of the seven below */
    public static boolean romIsSound(long rom) {
        return romCrc(rom) == (int) (rom >>> 56);
    }

    /** @return the CRC that belongs above the low seven octets of {@code rom} */
    static int romCrc(long rom) {
        int crc = 0;
        for (int shift = 0; shift < 56; shift += 8) {
            crc = crc(crc, (int) (rom >> shift));
        }
        return crc;
    }

    private static int crc(int before, int octet) {
        int crc = before ^ (octet & 0xFF);
        for (int bit = 0; bit < 8; bit++) {
            crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0x8C;
        }
        return crc;
    }

    /** @return longest conversion at 9..12 bits, ms rounded up: 94, 188, 375, 750 */
    static int conversionMs(int bits) {
        int halvings = 12 - bits;
        return (750 + (1 << halvings) - 1) >> halvings;
    }

    /** @return the configuration octet for 9..12 bits */
    static int configuration(int bits) {
        return (bits - 9) << 5 | 0x1F;
    }
}
