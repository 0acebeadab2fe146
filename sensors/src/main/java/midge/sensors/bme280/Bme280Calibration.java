package midge.sensors.bme280;

/**
 * The factory trimming of one chip and the compensation formulas that use it (BST-BME280-DS002 §4.2.2, §4.2.3; pressure in the 64-bit
 * form). Pure arithmetic, no bus.
 */
public final class Bme280Calibration {
    private static final int HUMIDITY_100_PERCENT = 419_430_400;

    private int t1;
    private int t2;
    private int t3;
    private final int[] p = new int[10];
    private int h1;
    private int h2;
    private int h3;
    private int h4;
    private int h5;
    private int h6;

    /** All coefficients are 0 until {@link #load}. */
    public Bme280Calibration() {}

    /**
     * Takes T1..P9 and H1.
     *
     * @param octets registers 0x88..0xA1, 26 octets from {@code offset}
     * @return whether a factory wrote them: an empty or unconnected memory reads all 0 or all 1
     */
    public boolean load(byte[] octets, int offset) {
        t1 = u16(octets, offset);
        t2 = s16(octets, offset + 2);
        t3 = s16(octets, offset + 4);
        p[1] = u16(octets, offset + 6);
        for (int i = 2; i <= 9; i++) {
            p[i] = s16(octets, offset + 4 + 2 * i);
        }
        h1 = octets[offset + 25] & 0xFF;
        return t1 != 0 && t1 != 0xFFFF && p[1] != 0 && p[1] != 0xFFFF;
    }

    /** Takes H2..H6. @param octets registers 0xE1..0xE7, 7 octets from {@code offset} */
    public void loadHumidity(byte[] octets, int offset) {
        h2 = s16(octets, offset);
        h3 = octets[offset + 2] & 0xFF;
        h4 = octets[offset + 3] << 4 | (octets[offset + 4] & 0x0F);
        h5 = octets[offset + 5] << 4 | (octets[offset + 4] & 0xFF) >> 4;
        h6 = octets[offset + 6];
    }

    /** @param adcT 20 bits. @return the fine temperature that the other formulas need, 1/5120 °C */
    public int fineTemperature(int adcT) {
        int a = (((adcT >> 3) - (t1 << 1)) * t2) >> 11;
        int d = (adcT >> 4) - t1;
        return a + ((((d * d) >> 12) * t3) >> 14);
    }

    /** @return thousandths of a degree Celsius, in steps of 10 */
    public static int milliCelsius(int fineTemperature) {
        return ((fineTemperature * 5 + 128) >> 8) * 10;
    }

    /** @param adcP 20 bits. @return 1/256 Pa; negative when the formula has no result */
    public long pressure256(int adcP, int fineTemperature) {
        long x = fineTemperature - 128_000L;
        long y = x * x * p[6] + ((x * p[5]) << 17) + ((long) p[4] << 35);
        x = ((x * x * p[3]) >> 8) + ((x * p[2]) << 12);
        x = (((1L << 47) + x) * p[1]) >> 33;
        if (x == 0) {
            return -1;
        }
        long q = ((((1_048_576L - adcP) << 31) - y) * 3125) / x;
        long squared = (p[9] * (q >> 13) * (q >> 13)) >> 25;
        return ((q + squared + ((p[8] * q) >> 19)) >> 8) + ((long) p[7] << 4);
    }

    /** @param adcH 16 bits. @return 1/1024 % relative humidity, 0..102400 */
    public int humidity1024(int adcH, int fineTemperature) {
        int v = fineTemperature - 76_800;
        int raw = ((adcH << 14) - (h4 << 20) - h5 * v + 16_384) >> 15;
        int drift = ((((v * h6) >> 10) * (((v * h3) >> 11) + 32_768)) >> 10) + 2_097_152;
        int u = raw * ((drift * h2 + 8_192) >> 14);
        u -= ((((u >> 15) * (u >> 15)) >> 7) * h1) >> 4;
        u = u < 0 ? 0 : u;
        return (u > HUMIDITY_100_PERCENT ? HUMIDITY_100_PERCENT : u) >> 12;
    }

    private static int u16(byte[] octets, int at) {
        return (octets[at] & 0xFF) | (octets[at + 1] & 0xFF) << 8;
    }

    private static int s16(byte[] octets, int at) {
        return (octets[at] & 0xFF) | octets[at + 1] << 8;
    }
}
