package midge.sensors.bh1750;

/** Instruction set of the BH1750FVI (technical note, "Instruction Set Architecture"): one octet, one transaction each. */
public final class Bh1750Commands {
    /** I2C address with ADDR low. */
    public static final int ADDRESS = 0x23;
    /** I2C address with ADDR high. */
    public static final int ADDRESS_HIGH = 0x5C;

    static final int POWER_DOWN = 0x00;
    static final int POWER_ON = 0x01;
    /** Clears the result; taken only while powered. */
    static final int RESET = 0x07;

    static final int CONTINUOUS_HIGH = 0x10;
    static final int CONTINUOUS_HIGH_2 = 0x11;
    static final int CONTINUOUS_LOW = 0x13;
    static final int ONE_TIME_HIGH = 0x20;
    static final int ONE_TIME_HIGH_2 = 0x21;
    static final int ONE_TIME_LOW = 0x23;

    /** Longest measurement at high resolution, ms. */
    static final int HIGH_MS = 180;

    /** Light too strong: the counter is at its end. */
    static final int SATURATED = 0xFFFF;

    private Bh1750Commands() {}

    /** At measurement time 69 and high resolution: counts / 1.2 lx. @param counts 0..65535. @return thousandths of a lux */
    public static int milliLux(int counts) {
        return (counts * 2500 + 1) / 3;
    }
}
