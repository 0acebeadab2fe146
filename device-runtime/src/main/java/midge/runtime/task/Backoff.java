package midge.runtime.task;

import midge.wire.Prng;
import midge.wire.Ranges;

/** Growing waits between attempts: each about twice the one before, up to a limit, a random part of it cut off. */
final class Backoff {
    private final int minMs;
    private final int maxMs;
    private final Prng prng;
    private int attempts;

    /** @param minMs the first wait, ms, 1 or more. @param maxMs the longest, at least {@code minMs} */
    Backoff(int minMs, int maxMs, Prng prng) {
        this.minMs = Ranges.check("backoffMinMs", minMs, 1, Integer.MAX_VALUE);
        this.maxMs = Ranges.check("backoffMaxMs", maxMs, minMs, Integer.MAX_VALUE);
        this.prng = prng;
    }

    /** @return how long to wait before the next attempt, ms: half to all of the present limit, so that devices that fell together part */
    int nextMs() {
        long limit = minMs;
        for (int i = 0; i < attempts && limit < maxMs; i++) {
            limit *= 2;
        }
        if (limit >= maxMs) {
            limit = maxMs;
        } else {
            attempts++;
        }
        int half = (int) (limit / 2);
        return (int) limit - prng.below(half + 1);
    }

    /** It worked: the next wait is a short one again. */
    void reset() {
        attempts = 0;
    }
}
