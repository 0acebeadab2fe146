package midge.sensors.ads1115;

import midge.hal.Hal;
import midge.hal.I2cBus;
import midge.hal.sense.Quantity;
import midge.sensors.driver.TimedSensor;
import midge.sensors.driver.WordRegisters;

/**
 * One input of an ADS1115, measured against ground in single shots at 128 per second. One value, voltage. Several of these may share
 * a chip when their measurements do not overlap.
 *
 * <p>{@code NO_VALUE} means over-range, or that the configuration is no longer ours: a reset, or somebody else's measurement.
 */
public final class Ads1115 extends TimedSensor {
    /** 1/128 s and the oscillator's 10 %, SBAS444 "Electrical Characteristics": 8.6 ms, rounded up. */
    private static final int CONVERSION_MS = 9;

    private final WordRegisters chip;
    private final int range;
    private final int config;

    /**
     * @param address {@link Ads1115Registers#ADDRESS} or up to three higher
     * @param input 0..3
     * @param range code, 0 ({@link Ads1115Registers#RANGE_6144_MV})..5
     * @throws IllegalArgumentException for another input or range
     */
    public Ads1115(I2cBus bus, int address, int input, int range) {
        super(new int[] {Quantity.VOLTAGE});
        if (input < 0 || input > 3 || range < 0 || range > 5) {
            throw new IllegalArgumentException("input must be 0..3 and range 0..5");
        }
        this.chip = new WordRegisters(bus, address);
        this.range = range;
        this.config = Ads1115Registers.START
                | (Ads1115Registers.AIN0_TO_GROUND + input) << Ads1115Registers.MUX_SHIFT
                | range << Ads1115Registers.RANGE_SHIFT
                | Ads1115Registers.SINGLE_SHOT
                | Ads1115Registers.RATE_128_AND_NO_COMPARATOR;
    }

    /** {@inheritDoc} */
    protected int start(long nowMs) {
        return chip.write(Ads1115Registers.CONFIG, config);
    }

    /** {@inheritDoc} */
    protected int collect() {
        int status = ready();
        if (status != Hal.OK) {
            return status;
        }
        int word = chip.read(Ads1115Registers.CONVERSION);
        if (word == Ads1115Registers.OVER || word == Ads1115Registers.UNDER) {
            return Hal.NO_VALUE;
        }
        // 0 is also what the register holds after a reset: was there one since we looked?
        status = word == 0 ? ready() : Hal.OK;
        if (word < 0 || status != Hal.OK) {
            return word < 0 ? word : status;
        }
        result(0, Ads1115Registers.microvolt(word, range));
        return Hal.OK;
    }

    /** {@inheritDoc} */
    protected int conversionMs() {
        return CONVERSION_MS;
    }

    /** {@inheritDoc} */
    protected void onFailure() {}

    private int ready() {
        int read = chip.read(Ads1115Registers.CONFIG);
        if (read < 0) {
            return read;
        }
        if ((read | Ads1115Registers.START) != config) {
            return Hal.NO_VALUE;
        }
        return (read & Ads1115Registers.START) == 0 ? Hal.WOULD_BLOCK : Hal.OK;
    }
}
