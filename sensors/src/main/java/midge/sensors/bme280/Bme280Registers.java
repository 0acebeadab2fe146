package midge.sensors.bme280;

/** Register map, BST-BME280-DS002 §5.3; the BMP280 has the same without humidity (BST-BMP280-DS001 §4.2). */
public final class Bme280Registers {
    /** I2C address with SDO low; the other is one higher (§6.2). */
    public static final int ADDRESS = 0x76;

    /** Chip identification number. */
    public static final int ID = 0xD0;
    /** {@link #ID} of a BME280. */
    public static final int BME280 = 0x60;
    /** {@link #ID} of a BMP280; 0x56 and 0x57 are its early samples. */
    public static final int BMP280 = 0x58;

    static final int RESET = 0xE0;
    static final int RESET_WORD = 0xB6;

    static final int CTRL_HUM = 0xF2;
    static final int STATUS = 0xF3;
    static final int STATUS_MEASURING = 0x08;
    static final int STATUS_IM_UPDATE = 0x01;
    static final int CTRL_MEAS = 0xF4;
    static final int MODE_FORCED = 0x01;
    static final int MODE_NORMAL = 0x03;
    static final int CONFIG = 0xF5;

    /** Pressure, temperature and humidity, 8 octets (a BMP280 has the first 6). */
    static final int DATA = 0xF7;
    /** What the 20-bit fields read when never measured or switched off (§5.4.7). */
    static final int SKIPPED_20 = 0x80000;
    /** What the humidity field reads when never measured or switched off. */
    static final int SKIPPED_16 = 0x8000;

    /** T1..P9, one unused octet, H1: 26 octets. */
    static final int CALIBRATION_LOW = 0x88;

    static final int CALIBRATION_LOW_LENGTH = 26;
    /** H2..H6, 7 octets. */
    static final int CALIBRATION_HIGH = 0xE1;

    static final int CALIBRATION_HIGH_LENGTH = 7;

    private Bme280Registers() {}
}
