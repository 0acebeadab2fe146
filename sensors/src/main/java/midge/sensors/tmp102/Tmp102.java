package midge.sensors.tmp102;

import midge.hal.Hal;
import midge.hal.I2cBus;
import midge.hal.sense.Quantity;
import midge.sensors.driver.TimedSensor;
import midge.sensors.driver.WordRegisters;

/**
 * Texas Instruments TMP102 on I2C, shut down between one-shot conversions. One value, temperature, in steps of 0.0625 °C.
 *
 * <p>{@code NO_VALUE} means the scale's end, or a reset in the middle: that is seen because a reset ends the shutdown.
 */
public final class Tmp102 extends TimedSensor {
    /** Longest conversion, SBOS397 "Electrical Characteristics": 35 ms. */
    private static final int CONVERSION_MS = 35;

    private static final int TOP = 0x7FF0;
    private static final int BOTTOM = 0x8000;
    private static final int POWER_ON = 0x0000;

    private final WordRegisters chip;

    /** @param address {@link Tmp102Registers#ADDRESS} or up to three higher */
    public Tmp102(I2cBus bus, int address) {
        super(new int[] {Quantity.TEMPERATURE});
        chip = new WordRegisters(bus, address);
    }

    /** {@inheritDoc} The chip has no identity; bits of the configuration that never change must do. */
    protected int start(long nowMs) {
        int configuration = chip.read(Tmp102Registers.CONFIGURATION);
        if (configuration < 0) {
            return configuration;
        }
        int fixed = configuration & (Tmp102Registers.RESOLUTION | Tmp102Registers.ALWAYS_ZERO);
        if (fixed != Tmp102Registers.RESOLUTION) {
            return Hal.WRONG_CHIP;
        }
        int oneShot = Tmp102Registers.CONFIGURATION_RESET | Tmp102Registers.ONE_SHOT | Tmp102Registers.SHUTDOWN;
        return chip.write(Tmp102Registers.CONFIGURATION, oneShot);
    }

    /** {@inheritDoc} */
    protected int collect() {
        int status = ready();
        if (status != Hal.OK) {
            return status;
        }
        int word = chip.read(Tmp102Registers.TEMPERATURE);
        if (word == TOP || word == BOTTOM) {
            return Hal.NO_VALUE;
        }
        // 0 °C is also what the register holds after a reset: was there one since we looked?
        status = word == POWER_ON ? ready() : Hal.OK;
        if (word < 0 || status != Hal.OK) {
            return word < 0 ? word : status;
        }
        result(0, Tmp102Registers.milliCelsius(word));
        return Hal.OK;
    }

    /** {@inheritDoc} */
    protected int conversionMs() {
        return CONVERSION_MS;
    }

    /** {@inheritDoc} */
    protected void onFailure() {}

    /** In shutdown the one-shot bit reads 0 while converting and 1 afterwards. */
    private int ready() {
        int configuration = chip.read(Tmp102Registers.CONFIGURATION);
        if (configuration < 0) {
            return configuration;
        }
        if ((configuration & Tmp102Registers.SHUTDOWN) == 0) {
            return Hal.NO_VALUE;
        }
        return (configuration & Tmp102Registers.ONE_SHOT) == 0 ? Hal.WOULD_BLOCK : Hal.OK;
    }
}
