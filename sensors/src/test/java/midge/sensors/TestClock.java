package midge.sensors;

import midge.hal.Clock;

/** Time that the test moves. */
public final class TestClock implements Clock {
    public long nowMs = 1_000_000;

    @Override
    public long nowMs() {
        return nowMs;
    }
}
