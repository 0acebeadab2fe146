package midge.sensors.ina219;

/** Register map of the INA219 (SBOS448, "Register Maps") and its arithmetic ("Programming the Calibration Register"). */
public final class Ina219Registers {
    /** I2C address with both pins to ground; up to fifteen higher. */
    public static final int ADDRESS = 0x40;

    static final int CONFIG = 0;
    static final int SHUNT = 1;
    static final int BUS = 2;
    static final int POWER = 3;
    static final int CURRENT = 4;
    static final int CALIBRATION = 5;

    static final int CONFIG_RESET = 0x399F;
    static final int RESET = 0x8000;
    static final int MODE = 0x0007;
    static final int MODE_CONTINUOUS = 0x0004;
    static final int MODE_BOTH_TRIGGERED = 0x0003;

    static final int BUS_READY = 0x0002;
    static final int BUS_OVERFLOW = 0x0001;

    static final int SHUNT_MICROVOLT = 10;
    static final int BUS_MICROVOLT = 4_000;
    /** One bit of power is this many bits of current times one volt. */
    static final int POWER_PER_CURRENT = 20;

    private Ina219Registers() {}

    /** @return trunc(0.04096 / (current LSB · shunt)), bit 0 cleared as the chip does; may exceed 16 bits */
    public static int calibration(int shuntMilliohm, int microampPerBit) {
        return 40_960_000 / (shuntMilliohm * microampPerBit) & ~1;
    }

    /** @param word the bus register. @return microvolt */
    public static int busMicrovolt(int word) {
        return (word >> 3) * BUS_MICROVOLT;
    }
}
