package midge.sim.signal;

import midge.wire.Prng;
import midge.wire.Ranges;

/** Wanders in steps, inside bounds: at a bound it turns back. */
public final class RandomWalk implements Signal {
    private final Prng prng;
    private final int min;
    private final int max;
    private final int stepMax;
    private final int stepMs;
    private int value;
    private long steppedMs;

    /**
     * A walk that begins at {@code start} at 0 ms.
     *
     * @param stepMax the largest step either way
     * @param stepMs  time between two steps, 1 or more
     */
    public RandomWalk(Prng prng, int start, int min, int max, int stepMax, int stepMs) {
        this.prng = prng;
        this.value = Ranges.check("start", start, min, max);
        this.min = min;
        this.max = max;
        this.stepMax = Ranges.check("stepMax", stepMax, 0, max - min);
        this.stepMs = Ranges.check("stepMs", stepMs, 1, Integer.MAX_VALUE);
    }

    @Override
    public int at(long nowMs) {
        for (; steppedMs + stepMs <= nowMs; steppedMs += stepMs) {
            int next = value + prng.below(2 * stepMax + 1) - stepMax;
            value = next < min ? 2 * min - next : next > max ? 2 * max - next : next;
        }
        return value;
    }
}
