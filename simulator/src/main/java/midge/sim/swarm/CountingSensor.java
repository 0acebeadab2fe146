package midge.sim.swarm;

import midge.hal.Hal;
import midge.hal.sense.Quantity;
import midge.hal.sense.Sensor;

/**
 * Measures nothing: its values are numbers that no other reading of the world has. The first digit, from 1, is the device's, the second the
 * value's, the rest counts over all lives of the device.
 */
final class CountingSensor implements Sensor {
    static final int VALUES = 2;
    private static final int DEVICE = 10_000_000;
    private static final int VALUE = 1_000_000;

    private final int device;
    private int count;

    CountingSensor(int device) {
        this.device = device;
    }

    @Override
    public int begin(long nowMs) {
        count++;
        return Hal.OK;
    }

    @Override
    public long readyAtMs() {
        return 0;
    }

    @Override
    public int poll(long nowMs) {
        return Hal.OK;
    }

    @Override
    public int valueCount() {
        return VALUES;
    }

    @Override
    public int quantity(int index) {
        return index < VALUES ? Quantity.COUNT : Quantity.NONE;
    }

    @Override
    public int value(int index) {
        return (device + 1) * DEVICE + index * VALUE + count;
    }
}
