package midge.runtime.task;

import midge.hal.Hal;
import midge.hal.sense.Sensor;

/** A sensor whose values, delays and failures the test sets. */
final class FakeSensor implements Sensor {
    final int[] quantities;
    final int[] next;
    final int[] values;
    long conversionMs;
    int beginCode = Hal.OK;
    int pollCode = Hal.OK;
    /** Added to every value at each measurement. */
    int step;

    int begun;
    long begunAtMs = -1;
    private long readyAtMs;

    FakeSensor(int... quantities) {
        this.quantities = quantities;
        next = new int[quantities.length];
        values = new int[quantities.length];
    }

    public int begin(long nowMs) {
        begun++;
        begunAtMs = nowMs;
        readyAtMs = nowMs + conversionMs;
        return beginCode;
    }

    public long readyAtMs() {
        return readyAtMs;
    }

    public int poll(long nowMs) {
        if (nowMs < readyAtMs) {
            return Hal.WOULD_BLOCK;
        }
        if (pollCode == Hal.OK) {
            for (int i = 0; i < values.length; i++) {
                values[i] = next[i];
                next[i] += step;
            }
        }
        return pollCode;
    }

    public int valueCount() {
        return quantities.length;
    }

    public int quantity(int index) {
        return quantities[index];
    }

    public int value(int index) {
        return values[index];
    }
}
