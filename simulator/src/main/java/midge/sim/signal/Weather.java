package midge.sim.signal;

import midge.wire.Prng;

/**
 * Weather whose quantities belong together: a front brings pressure down, clouds, cold and damp; by day the sun warms and dries the air. Not
 * a forecast, but charts of it look right. Ask in the order of time.
 */
public final class Weather {
    private static final int STEP_MS = 60_000;
    private static final int FRONT_MAX = 1_000;
    private static final int FRONT_STEP = 14;

    private final Signal front;
    private final DayCurve sun;

    /** @param dayMs how long a day is */
    public Weather(Prng prng, long dayMs) {
        front = new RandomWalk(
                prng, 0, -FRONT_MAX, FRONT_MAX, FRONT_STEP, (int) Math.max(1, STEP_MS * dayMs / 86_400_000L));
        sun = new DayCurve(0, 1_000, dayMs);
    }

    /** {@return -1000 for a deep low with rain .. 1000 for a high with a clear sky} */
    private int fair(long nowMs) {
        return front.at(nowMs);
    }

    /** {@return thousandths of a degree Celsius: 10 to 14 degrees at night, up to 26 on a fair afternoon} */
    public Signal milliCelsius() {
        return nowMs -> 12_000 + 2 * fair(nowMs) + sun.at(nowMs) * (9_000 + 3 * fair(nowMs)) / 1_000;
    }

    /** {@return pascal at sea level: 99,000 to 103,000} */
    public Signal pascal() {
        return nowMs -> 101_000 + 2 * fair(nowMs);
    }

    /** {@return thousandths of a percent of relative humidity: damp at night and in a low} */
    public Signal milliPercent() {
        return nowMs -> Math.min(100_000, 78_000 - 12 * fair(nowMs) - 30 * sun.at(nowMs));
    }

    /** {@return thousandths of a lux: none at night, 80,000 lux under a clear sky} */
    public Signal milliLux() {
        return nowMs -> Math.max(0, sun.at(nowMs) - 250) * (45_000 + 35 * fair(nowMs));
    }
}
