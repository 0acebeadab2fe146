package midge.board.jvm;

import midge.hal.Clock;

/** The JVM's monotonic clock. */
public final class JvmClock implements Clock {
    private final long startNs = System.nanoTime();

    @Override
    public long nowMs() {
        return (System.nanoTime() - startNs) / 1_000_000;
    }
}
