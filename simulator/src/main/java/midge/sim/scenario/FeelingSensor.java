package midge.sim.scenario;

import midge.hal.sense.Sensor;

/** A sensor whose chip feels the present values of its signals when a measurement begins; in between nobody looks at it. */
record FeelingSensor(Sensor sensor, Runnable feel) implements Sensor {
    @Override
    public int begin(long nowMs) {
        feel.run();
        return sensor.begin(nowMs);
    }

    @Override
    public long readyAtMs() {
        return sensor.readyAtMs();
    }

    @Override
    public int poll(long nowMs) {
        return sensor.poll(nowMs);
    }

    @Override
    public int valueCount() {
        return sensor.valueCount();
    }

    @Override
    public int quantity(int index) {
        return sensor.quantity(index);
    }

    @Override
    public int value(int index) {
        return sensor.value(index);
    }
}
