package midge.board.file;

import midge.hal.Hal;
import midge.hal.sense.Quantity;
import midge.hal.sense.Sensor;

/** Counts its measurements: a sensor for trying out the way to a broker, where every reading differs from the one before. */
final class Counter implements Sensor {
    private int value;

    /** @param first what the first measurement gives */
    Counter(int first) {
        value = first - 1;
    }

    @Override
    public int begin(long nowMs) {
        return Hal.OK;
    }

    @Override
    public long readyAtMs() {
        return Long.MIN_VALUE;
    }

    @Override
    public int poll(long nowMs) {
        value++;
        return Hal.OK;
    }

    @Override
    public int valueCount() {
        return 1;
    }

    @Override
    public int quantity(int index) {
        return Quantity.COUNT;
    }

    @Override
    public int value(int index) {
        return value;
    }
}
