package midge.sensors.ads1115;

/** Register map of the ADS1115 (SBAS444, "Register Map") and the weight of its bits. */
public final class Ads1115Registers {
    /** I2C address with ADDR to ground; up to three higher. */
    public static final int ADDRESS = 0x48;

    /** Range code: ±6.144 V, 187.5 µV a bit. */
    public static final int RANGE_6144_MV = 0;
    /** Range code: ±4.096 V, 125 µV a bit. */
    public static final int RANGE_4096_MV = 1;
    /** Range code: ±2.048 V, 62.5 µV a bit. */
    public static final int RANGE_2048_MV = 2;
    /** Range code: ±1.024 V, 31.25 µV a bit. */
    public static final int RANGE_1024_MV = 3;
    /** Range code: ±0.512 V, 15.625 µV a bit. */
    public static final int RANGE_512_MV = 4;
    /** Range code: ±0.256 V, 7.8125 µV a bit. */
    public static final int RANGE_256_MV = 5;

    static final int CONVERSION = 0;
    static final int CONFIG = 1;

    static final int CONFIG_RESET = 0x8583;
    /** Written 1: start. Read 1: idle. */
    static final int START = 0x8000;

    static final int AIN0_TO_GROUND = 4;
    static final int MUX_SHIFT = 12;
    static final int RANGE_SHIFT = 9;
    static final int SINGLE_SHOT = 0x0100;
    static final int RATE_128_AND_NO_COMPARATOR = 0x0083;

    static final int OVER = 0x7FFF;
    static final int UNDER = 0x8000;

    private static final int[] SIXTEENTHS_OF_A_MICROVOLT = {3000, 2000, 1000, 500, 250, 125, 125, 125};

    private Ads1115Registers() {}

    /** @param range 0..7. @return what one bit weighs, 1/16 µV */
    static int sixteenths(int range) {
        return SIXTEENTHS_OF_A_MICROVOLT[range];
    }

    /** @param word the conversion register. @param range 0..7. @return microvolt */
    public static int microvolt(int word, int range) {
        return ((short) word * sixteenths(range) + 8) >> 4;
    }
}
