package midge.sensors.tmp102;

/** Register map and formats of the TMP102 (SBOS397, "Programming"). */
public final class Tmp102Registers {
    /** I2C address with ADD0 to ground; up to three higher. */
    public static final int ADDRESS = 0x48;

    static final int TEMPERATURE = 0;
    static final int CONFIGURATION = 1;
    static final int T_LOW = 2;
    static final int T_HIGH = 3;

    static final int CONFIGURATION_RESET = 0x60A0;
    static final int T_LOW_RESET = 0x4B00;
    static final int T_HIGH_RESET = 0x5000;

    static final int ONE_SHOT = 0x8000;
    /** R1 and R0 always read 1. */
    static final int RESOLUTION = 0x6000;

    static final int SHUTDOWN = 0x0100;
    static final int EXTENDED = 0x0010;
    /** These bits always read 0. */
    static final int ALWAYS_ZERO = 0x000F;

    private Tmp102Registers() {}

    /** @param word the register, 12 bits left-justified, or 13 when bit 0 is set. @return thousandths of a degree Celsius */
    public static int milliCelsius(int word) {
        int sixteenths = (word & 1) == 0 ? (short) word >> 4 : (short) word >> 3;
        int tenThousandths = sixteenths * 625;
        return (tenThousandths + (tenThousandths < 0 ? -5 : 5)) / 10;
    }
}
