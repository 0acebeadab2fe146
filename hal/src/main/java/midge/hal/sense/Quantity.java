package midge.hal.sense;

/** The quantities that sensors report, each an integer in one unit. */
public final class Quantity {
    /** Thousandths of a degree Celsius: 21_380 is 21.380 °C. */
    public static final int TEMPERATURE = 1;
    /** Thousandths of a percent relative humidity. */
    public static final int HUMIDITY = 2;
    /** Pascal. */
    public static final int PRESSURE = 3;
    /** Thousandths of a lux. */
    public static final int ILLUMINANCE = 4;
    /** 1 motion, 0 none. */
    public static final int MOTION = 5;
    /** Microvolt. */
    public static final int VOLTAGE = 6;
    /** Microampere. */
    public static final int CURRENT = 7;
    /** Microwatt. */
    public static final int POWER = 8;
    /** Micrometre. */
    public static final int DISTANCE = 9;
    /** 1 on, 0 off. */
    public static final int SWITCH = 10;
    /** Thousandths of a percent of full power. */
    public static final int LEVEL = 11;
    /** Thousandths of a degree of arc. */
    public static final int ANGLE = 12;
    /** How often something happened since the start, no unit. */
    public static final int COUNT = 13;
    /** Whole seconds. */
    public static final int DURATION = 14;
    /** Octets of memory. */
    public static final int MEMORY = 15;
    /** Strength of a radio signal, dBm. */
    public static final int SIGNAL = 16;
    /** Marks a sensor that has no value under the index asked for. */
    public static final int NONE = 0;

    private Quantity() {}
}
