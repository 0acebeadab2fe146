package midge.runtime.task;

import midge.hal.Hal;
import midge.hal.sense.Quantity;
import midge.hal.sense.Sensor;
import midge.wire.Ranges;

/**
 * A sensor that is measured several times, some time apart, and gives of each of its values the mean, the least and the greatest: value
 * {@code i} of the sensor becomes the values {@code 3 i}, {@code 3 i + 1} and {@code 3 i + 2}. A measurement that fails is left out; when all do,
 * so does this one. Give the sampling task a {@code timeoutMs} as long as the whole series.
 */
public final class Aggregate implements Sensor {
    /** Values that are made of one. */
    public static final int VALUES = 3;
    /** The most values that the sensor may have. */
    public static final int SENSOR_VALUES_MAX = SamplingConfig.MAX_VALUES / VALUES;

    private static final int IDLE = 0;
    private static final int PAUSING = 1;
    private static final int MEASURING = 2;

    private final Sensor sensor;
    private final int shots;
    private final int intervalMs;
    private final long[] sums;
    private final int[] least;
    private final int[] greatest;
    private final int[] values;

    private int phase = IDLE;
    private int taken;
    private int good;
    private int failure;
    private long shotAtMs;

    /**
     * @param sensor with at most {@link #SENSOR_VALUES_MAX} values
     * @param shots measurements that make one, 1..10_000
     * @param intervalMs from the start of one to the start of the next, 0..3_600_000 ms
     */
    public Aggregate(Sensor sensor, int shots, int intervalMs) {
        this.sensor = sensor;
        this.shots = Ranges.check("shots", shots, 1, 10_000);
        this.intervalMs = Ranges.check("intervalMs", intervalMs, 0, 3_600_000);
        int count = Ranges.check("valueCount", sensor.valueCount(), 1, SENSOR_VALUES_MAX);
        sums = new long[count];
        least = new int[count];
        greatest = new int[count];
        values = new int[VALUES * count];
    }

    public int begin(long nowMs) {
        taken = 0;
        good = 0;
        failure = Hal.NO_VALUE;
        shotAtMs = nowMs;
        phase = PAUSING;
        return Hal.OK;
    }

    public long readyAtMs() {
        return phase == MEASURING ? sensor.readyAtMs() : phase == PAUSING ? shotAtMs : Long.MAX_VALUE;
    }

    public int poll(long nowMs) {
        if (phase == IDLE || phase == PAUSING && nowMs < shotAtMs) {
            return Hal.WOULD_BLOCK;
        }
        if (phase == PAUSING) {
            int status = sensor.begin(nowMs);
            if (status == Hal.WOULD_BLOCK) {
                shotAtMs = sensor.readyAtMs() > nowMs ? sensor.readyAtMs() : nowMs + 1;
                return status;
            }
            if (status < 0) {
                return over(status, nowMs);
            }
            phase = MEASURING;
        }
        int status = sensor.poll(nowMs);
        return status == Hal.WOULD_BLOCK ? status : over(status, nowMs);
    }

    /** One measurement is over. */
    private int over(int status, long nowMs) {
        taken++;
        if (status < 0) {
            failure = status;
        } else {
            add();
        }
        if (taken < shots) {
            phase = PAUSING;
            shotAtMs = shotAtMs + intervalMs > nowMs ? shotAtMs + intervalMs : nowMs;
            return Hal.WOULD_BLOCK;
        }
        phase = IDLE;
        if (good == 0) {
            return failure;
        }
        finish();
        return Hal.OK;
    }

    private void add() {
        for (int i = 0; i < sums.length; i++) {
            int value = sensor.value(i);
            sums[i] = value + (good == 0 ? 0 : sums[i]);
            least[i] = good == 0 || value < least[i] ? value : least[i];
            greatest[i] = good == 0 || value > greatest[i] ? value : greatest[i];
        }
        good++;
    }

    private void finish() {
        for (int i = 0; i < sums.length; i++) {
            long half = sums[i] < 0 ? -(good / 2) : good / 2; // rounds half away from zero
            values[VALUES * i] = (int) ((sums[i] + half) / good);
            values[VALUES * i + 1] = least[i];
            values[VALUES * i + 2] = greatest[i];
        }
    }

    public int valueCount() {
        return values.length;
    }

    public int quantity(int index) {
        return index < 0 || index >= values.length ? Quantity.NONE : sensor.quantity(index / VALUES);
    }

    public int value(int index) {
        return values[index];
    }
}
