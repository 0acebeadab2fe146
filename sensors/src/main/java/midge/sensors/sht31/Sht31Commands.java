package midge.sensors.sht31;

/** Commands of the SHT3x-DIS (data sheet §4), 16 bits each, and the conversion of its words (§4.13). */
public final class Sht31Commands {
    /** I2C address with ADDR low; the other is one higher. */
    public static final int ADDRESS = 0x44;

    static final int SINGLE_HIGH = 0x2400;
    static final int SINGLE_MEDIUM = 0x240B;
    static final int SINGLE_LOW = 0x2416;
    static final int SOFT_RESET = 0x30A2;
    static final int HEATER_ON = 0x306D;
    static final int HEATER_OFF = 0x3066;
    static final int READ_STATUS = 0xF32D;
    static final int CLEAR_STATUS = 0x3041;

    /** Status after a reset: "alert pending" and "reset detected". */
    static final int STATUS_AFTER_RESET = 0x8010;

    private Sht31Commands() {}

    /** @param word 0..65535. @return thousandths of a degree Celsius, -45_000..130_000 */
    public static int milliCelsius(int word) {
        return (int) ((word * 175_000L + 32_767) / 65_535) - 45_000;
    }

    /** @param word 0..65535. @return thousandths of a percent relative humidity */
    public static int milliPercent(int word) {
        return (int) ((word * 100_000L + 32_767) / 65_535);
    }
}
