package midge.board.posix;

import midge.hal.Hal;
import midge.hal.sense.Quantity;
import midge.hal.sense.Sensor;

/** A temperature that is there at once. */
abstract class Thermometer implements Sensor {
    private int milliCelsius;
    private boolean measuring;
    private long readyAtMs = Long.MAX_VALUE;

    /** {@return thousandths of a degree, or {@link Posix#NO_NUMBER}} */
    abstract int measure();

    @Override
    public int begin(long nowMs) {
        measuring = true;
        readyAtMs = nowMs;
        return Hal.OK;
    }

    @Override
    public long readyAtMs() {
        return readyAtMs;
    }

    @Override
    public int poll(long nowMs) {
        if (!measuring) {
            return Hal.WOULD_BLOCK;
        }
        measuring = false;
        readyAtMs = Long.MAX_VALUE;
        int measured = measure();
        if (measured == Posix.NO_NUMBER) {
            return Hal.NO_VALUE;
        }
        milliCelsius = measured;
        return Hal.OK;
    }

    @Override
    public int valueCount() {
        return 1;
    }

    @Override
    public int quantity(int index) {
        return index == 0 ? Quantity.TEMPERATURE : Quantity.NONE;
    }

    @Override
    public int value(int index) {
        return milliCelsius;
    }
}
