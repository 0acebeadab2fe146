package midge.sensors.aht20;

/** Commands, status and conversion of the AHT20 (product manual §5.4, §6). */
public final class Aht20Commands {
    /** Its only I2C address. */
    public static final int ADDRESS = 0x38;

    static final int READ_STATUS = 0x71;
    static final int INITIALISE = 0xBE;
    static final int INITIALISE_ARGUMENT = 0x08;
    static final int TRIGGER = 0xAC;
    static final int TRIGGER_ARGUMENT = 0x33;
    static final int SOFT_RESET = 0xBA;

    static final int BUSY = 0x80;
    static final int CALIBRATED = 0x08;

    private Aht20Commands() {}

    /** @param counts 20 bits. @return thousandths of a degree Celsius, -50_000..150_000 */
    public static int milliCelsius(int counts) {
        return (int) ((counts * 200_000L + (1 << 19)) >> 20) - 50_000;
    }

    /** @param counts 20 bits. @return thousandths of a percent relative humidity */
    public static int milliPercent(int counts) {
        return (int) ((counts * 100_000L + (1 << 19)) >> 20);
    }
}
