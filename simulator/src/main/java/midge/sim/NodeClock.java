package midge.sim;

import midge.hal.Clock;
import midge.wire.Ranges;

/** The clock of one node: begins anywhere, runs a little too fast or slow, and may leap forward as after deep sleep. */
public final class NodeClock implements Clock {
    private static final int PPM = 1_000_000;

    private final World world;
    private final long bornMs;
    private final int driftPpm;
    private long offsetMs;

    /** A clock that shows the world's time. */
    public NodeClock(World world) {
        this(world, world.nowMs(), 0);
    }

    /**
     * @param startMs  what the clock shows now
     * @param driftPpm microseconds that it gains in a second of the world, -100_000..100_000; a cheap crystal has +-50
     */
    public NodeClock(World world, long startMs, int driftPpm) {
        this.world = world;
        this.driftPpm = Ranges.check("driftPpm", driftPpm, -100_000, 100_000);
        bornMs = world.nowMs();
        offsetMs = startMs;
    }

    @Override
    public long nowMs() {
        return offsetMs + scaled(world.nowMs() - bornMs);
    }

    /**
     * Moves the clock forward at once.
     *
     * @param byMs 0 or above: it never goes back
     */
    public void leap(long byMs) {
        if (byMs < 0) {
            throw new IllegalArgumentException("byMs is " + byMs + ", must be 0 or above");
        }
        offsetMs += byMs;
    }

    /** {@return the first world time at which this clock shows {@code nodeMs} or more, not before now; {@link World#NEVER} stays so} */
    public long worldMs(long nodeMs) {
        if (nodeMs == World.NEVER) {
            return World.NEVER;
        }
        long wanted = nodeMs - offsetMs;
        long guess = Math.max(world.nowMs(), bornMs + wanted - scaledDrift(wanted) - 2);
        while (offsetMs + scaled(guess - bornMs) < nodeMs) {
            guess++;
        }
        return guess;
    }

    private long scaled(long elapsedMs) {
        return elapsedMs + Math.floorDiv(elapsedMs * driftPpm, PPM);
    }

    private long scaledDrift(long nodeElapsedMs) {
        return Math.floorDiv(nodeElapsedMs * driftPpm, PPM + driftPpm);
    }
}
