package midge.sensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import midge.hal.Hal;
import midge.hal.sense.Sensor;
import midge.profile.Allocation;

/** Takes measurements the way that the runtime does, moving the test's clock instead of waiting. */
public final class Measuring {
    private static final int LONGEST_MS = 120_000;

    private Measuring() {}

    /** @return how one measurement ended; the clock stands at its end */
    public static int once(Sensor sensor, TestClock clock) {
        int status = sensor.begin(clock.nowMs);
        for (int tries = 0; status == Hal.WOULD_BLOCK && tries < 10; tries++) {
            clock.nowMs = sensor.readyAtMs();
            status = sensor.begin(clock.nowMs);
        }
        return status == Hal.OK ? finish(sensor, clock) : status;
    }

    /** As {@link #once}, for a measurement that has begun. */
    public static int finish(Sensor sensor, TestClock clock) {
        long startMs = clock.nowMs;
        int status = Hal.WOULD_BLOCK;
        while (status == Hal.WOULD_BLOCK) {
            assertTrue(sensor.readyAtMs() - startMs < LONGEST_MS, "no end in sight");
            clock.nowMs = Math.max(clock.nowMs, sensor.readyAtMs());
            status = sensor.poll(clock.nowMs);
        }
        assertEquals(Hal.WOULD_BLOCK, sensor.poll(clock.nowMs), "a measurement ends once");
        assertEquals(Long.MAX_VALUE, sensor.readyAtMs());
        return status;
    }

    /** Takes a measurement that must succeed. @return its first value */
    public static int value(Sensor sensor, TestClock clock) {
        assertEquals(Hal.OK, once(sensor, clock));
        return sensor.value(0);
    }

    /** Asserts that a thousand measurements allocate nothing. */
    public static void allocatesNothing(Sensor sensor, TestClock clock) {
        assertEquals(0, Allocation.of(() -> {
            for (int i = 0; i < 1_000; i++) {
                assertEquals(Hal.OK, once(sensor, clock));
                sensor.value(0);
            }
        }));
    }
}
