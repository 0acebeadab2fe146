package midge.sensors.bh1750;

import midge.hal.Hal;
import midge.sensors.model.I2cModel;

/**
 * A BH1750FVI as seen from the bus: power state, one-time and continuous measurements, result register. A measurement takes the light
 * as it is when it starts; it reaches the register when it ends. Resolution at high resolution 833 mlx: a reading is within
 * {@link #RESOLUTION_MILLI_LUX} of the held value. The measurement time register is fixed at its default, 69.
 */
public final class Bh1750Model extends I2cModel {
    /** No reading differs more from {@link #heldMilliLux}. */
    public static final int RESOLUTION_MILLI_LUX = 834;

    private static final int TYPICAL_HIGH_MS = 120;
    private static final int TYPICAL_LOW_MS = 16;

    private boolean powered;
    private int mode;
    private int counts;
    private int milliLux = 100_000;
    private int latchedMilliLux;
    private int heldMilliLux;

    /** Powered down, as after power-on. */
    public Bh1750Model() {}

    /** @param milliLux 0 or more; above 54_612_500 (27_306_250 in the high-2 mode) the counter stays at its end */
    public void milliLux(int milliLux) {
        this.milliLux = milliLux;
    }

    /** @return the light that the result stands for, exactly as it was set when the measurement began; 0 when cleared */
    public int heldMilliLux() {
        return heldMilliLux;
    }

    /** {@inheritDoc} */
    protected void onPowerOn() {
        powered = false;
        mode = 0;
        clear();
    }

    /** {@inheritDoc} */
    protected int onWrite(byte[] octets, int offset, int length, long nowMs) {
        update(nowMs);
        for (int i = 0; i < length; i++) {
            obey(octets[offset + i] & 0xFF, nowMs);
        }
        return Hal.OK;
    }

    /** {@inheritDoc} */
    protected int onRead(byte[] into, int offset, int length, long nowMs) {
        update(nowMs);
        for (int i = 0; i < length; i++) {
            into[offset + i] = (byte) (i == 0 ? counts >> 8 : i == 1 ? counts : 0xFF);
        }
        return Hal.OK;
    }

    private void obey(int command, long nowMs) {
        if (command == Bh1750Commands.POWER_DOWN) {
            powered = false;
            stopConversion();
        } else if (command == Bh1750Commands.POWER_ON) {
            powered = true;
        } else if (command == Bh1750Commands.RESET) {
            if (powered) {
                clear();
            }
        } else if (isMeasurement(command)) {
            powered = true;
            mode = command;
            measure(nowMs);
        }
    }

    private static boolean isMeasurement(int command) {
        int resolution = command & 0x0F;
        return (command >> 4 == 1 || command >> 4 == 2) && (resolution <= 1 || resolution == 3);
    }

    private void measure(long nowMs) {
        latchedMilliLux = milliLux;
        boolean low = mode == Bh1750Commands.CONTINUOUS_LOW || mode == Bh1750Commands.ONE_TIME_LOW;
        startConversion(nowMs, low ? TYPICAL_LOW_MS : TYPICAL_HIGH_MS);
    }

    private void update(long nowMs) {
        if (!conversionEnds(nowMs)) {
            return;
        }
        heldMilliLux = latchedMilliLux;
        boolean high2 = mode == Bh1750Commands.CONTINUOUS_HIGH_2 || mode == Bh1750Commands.ONE_TIME_HIGH_2;
        long exact = latchedMilliLux * (high2 ? 6L : 3L) / 2500;
        counts = exact > Bh1750Commands.SATURATED ? Bh1750Commands.SATURATED : (int) exact;
        if (mode >> 4 == 1) {
            measure(nowMs);
        } else {
            powered = false;
        }
    }

    private void clear() {
        counts = 0;
        heldMilliLux = 0;
    }
}
