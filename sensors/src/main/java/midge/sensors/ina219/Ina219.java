package midge.sensors.ina219;

import midge.hal.Hal;
import midge.hal.I2cBus;
import midge.hal.sense.Quantity;
import midge.sensors.driver.TimedSensor;
import midge.sensors.driver.WordRegisters;

/**
 * Texas Instruments INA219 on I2C, one triggered conversion of shunt and bus for every {@link #begin}. Values: bus voltage (steps of
 * 4 mV, up to 32 V), current and power in steps that the constructor sets.
 *
 * <p>The calibration register is written before each measurement and looked at after it, for a brown-out clears it and the chip would
 * then report no current. {@code NO_VALUE} means that, or the chip's overflow mark.
 */
public final class Ina219 extends TimedSensor {
    /** Index of {@link Quantity#VOLTAGE}. */
    public static final int VOLTAGE = 0;
    /** Index of {@link Quantity#CURRENT}. */
    public static final int CURRENT = 1;
    /** Index of {@link Quantity#POWER}. */
    public static final int POWER = 2;

    /** Two conversions of 12 bits at 586 µs at most (SBOS448 "Electrical Characteristics"), rounded up. */
    private static final int CONVERSION_MS = 2;

    private static final int MOST_MICROAMP_PER_BIT = 1_500;
    private static final int TRIGGER =
            Ina219Registers.CONFIG_RESET & ~Ina219Registers.MODE | Ina219Registers.MODE_BOTH_TRIGGERED;

    private final WordRegisters chip;
    private final int microampPerBit;
    private final int calibration;
    private boolean identified;

    /**
     * @param address {@link Ina219Registers#ADDRESS} or up to fifteen higher
     * @param shuntMilliohm the resistor, 1..10_000 mΩ
     * @param microampPerBit step of current, 1..1_500 µA; the largest current is 32767 of them, and power has steps of twenty
     * @throws IllegalArgumentException outside these ranges, or when the calibration register cannot hold the quotient
     */
    public Ina219(I2cBus bus, int address, int shuntMilliohm, int microampPerBit) {
        super(new int[] {Quantity.VOLTAGE, Quantity.CURRENT, Quantity.POWER});
        if (shuntMilliohm < 1 || shuntMilliohm > 10_000) {
            throw new IllegalArgumentException("shuntMilliohm must be 1..10000");
        }
        if (microampPerBit < 1 || microampPerBit > MOST_MICROAMP_PER_BIT) {
            throw new IllegalArgumentException("microampPerBit must be 1..1500");
        }
        this.chip = new WordRegisters(bus, address);
        this.microampPerBit = microampPerBit;
        this.calibration = Ina219Registers.calibration(shuntMilliohm, microampPerBit);
        if (calibration < 2 || calibration > 0xFFFE) {
            throw new IllegalArgumentException("microampPerBit does not suit shuntMilliohm");
        }
    }

    /** {@inheritDoc} The chip has no identity; that it takes and gives back its calibration must do. */
    protected int start(long nowMs) {
        int status = chip.write(Ina219Registers.CALIBRATION, calibration);
        if (status == Hal.OK && !identified) {
            int read = chip.read(Ina219Registers.CALIBRATION);
            status = read < 0 ? read : read == calibration ? Hal.OK : Hal.WRONG_CHIP;
            identified = status == Hal.OK;
        }
        return status == Hal.OK ? chip.write(Ina219Registers.CONFIG, TRIGGER) : status;
    }

    /** {@inheritDoc} */
    protected int collect() {
        int voltage = chip.read(Ina219Registers.BUS);
        if (voltage < 0) {
            return voltage;
        }
        if ((voltage & Ina219Registers.BUS_READY) == 0) {
            return Hal.WOULD_BLOCK;
        }
        int current = chip.read(Ina219Registers.CURRENT);
        int power = chip.read(Ina219Registers.POWER);
        int after = chip.read(Ina219Registers.CALIBRATION);
        if (current < 0 || power < 0 || after < 0) {
            return current < 0 ? current : power < 0 ? power : after;
        }
        if ((voltage & Ina219Registers.BUS_OVERFLOW) != 0 || after != calibration) {
            return Hal.NO_VALUE;
        }
        result(VOLTAGE, Ina219Registers.busMicrovolt(voltage));
        result(CURRENT, (short) current * microampPerBit);
        result(POWER, power * Ina219Registers.POWER_PER_CURRENT * microampPerBit);
        return Hal.OK;
    }

    /** {@inheritDoc} */
    protected int conversionMs() {
        return CONVERSION_MS;
    }

    /** {@inheritDoc} */
    protected void onFailure() {
        identified = false;
    }
}
