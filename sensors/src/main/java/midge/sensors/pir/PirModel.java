package midge.sensors.pir;

import midge.hal.Clock;
import midge.hal.DigitalIn;
import midge.hal.Hal;

/**
 * An HC-SR501: high from a motion until the hold time after the last one, then blind for {@link #BLIND_MS}. During warm-up the output
 * goes up and down every five seconds, whatever moves.
 */
public final class PirModel implements DigitalIn {
    /** After the output fell, motion is not seen for this long. */
    public static final int BLIND_MS = 2_500;

    private static final int RESTLESS_MS = 5_000;
    private static final long NEVER = Long.MIN_VALUE / 2;

    private final Clock clock;
    private final int holdMs;
    private final int warmUpMs;
    private long poweredAtMs;
    private long highUntilMs = NEVER;
    private boolean absent;
    private int stuckAt = -1;
    private long bouncesUntilMs = NEVER;
    private boolean bounce;

    /**
     * Switched on now.
     *
     * @param holdMs how long one motion keeps the output high (a trimmer: 3_000..300_000)
     * @param warmUpMs how long its output means nothing (60_000)
     */
    public PirModel(Clock clock, int holdMs, int warmUpMs) {
        this.clock = clock;
        this.holdMs = holdMs;
        this.warmUpMs = warmUpMs;
        this.poweredAtMs = clock.nowMs();
    }

    /** Something moves before it, now. */
    public void move() {
        long nowMs = clock.nowMs();
        boolean blind = nowMs >= highUntilMs && nowMs < highUntilMs + BLIND_MS;
        if (!blind && !warmingUp(nowMs)) {
            highUntilMs = nowMs + holdMs;
        }
    }

    /** @return 1 while it reports motion, 0 otherwise; what {@link #read} gives without faults and after warm-up */
    public int heldMotion() {
        return clock.nowMs() < highUntilMs ? 1 : 0;
    }

    /** Fault: the pin cannot be read, {@link Hal#GONE}. */
    public void absent(boolean absent) {
        this.absent = absent;
    }

    /** Fault: the output stays at a level. @param level 0 or 1, or -1 to end it */
    public void stuckAt(int level) {
        stuckAt = level;
    }

    /** Fault: from now on and for {@code ms} every look at the pin sees another level. */
    public void bounceForMs(int ms) {
        bouncesUntilMs = clock.nowMs() + ms;
    }

    /** The supply fails for a moment: warm-up starts again. */
    public void powerCycle() {
        poweredAtMs = clock.nowMs();
        highUntilMs = NEVER;
    }

    /** {@inheritDoc} */
    public int read() {
        long nowMs = clock.nowMs();
        if (absent) {
            return Hal.GONE;
        }
        if (stuckAt >= 0) {
            return stuckAt;
        }
        if (nowMs < bouncesUntilMs) {
            bounce = !bounce;
            return bounce ? 1 : 0;
        }
        if (warmingUp(nowMs)) {
            return (int) ((nowMs - poweredAtMs) / RESTLESS_MS & 1);
        }
        return heldMotion();
    }

    private boolean warmingUp(long nowMs) {
        return nowMs - poweredAtMs < warmUpMs;
    }
}
