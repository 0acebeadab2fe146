package midge.sensors.model;

/** The faults and the conversion clock that chip models share. All faults are off at construction. */
public abstract class ModelChip {
    private static final long IDLE = Long.MIN_VALUE;

    private boolean absent;
    private boolean neverReady;
    private int slowByMs;
    private int powerCycleIn;
    private long doneAtMs = IDLE;

    /** For models only. */
    protected ModelChip() {}

    /** Unplugs the chip ({@code true}), or plugs it in again. It comes back with its power-on state. */
    public final void absent(boolean absent) {
        if (this.absent && !absent) {
            powerCycle();
        }
        this.absent = absent;
    }

    /** Conversions started from now on never end. */
    public final void neverReady(boolean neverReady) {
        this.neverReady = neverReady;
    }

    /** Conversions started from now on take {@code ms} longer. */
    public final void slowByMs(int ms) {
        slowByMs = ms;
    }

    /** The supply fails for a moment just before the {@code transactions}-th access from now; 1 is the next one, 0 never. */
    public final void powerCycleBefore(int transactions) {
        powerCycleIn = transactions;
    }

    /** The supply fails for a moment: registers get their power-on values, a running conversion is lost. */
    public final void powerCycle() {
        doneAtMs = IDLE;
        onPowerOn();
    }

    /** Sets every register to its power-on value. Physical values stay: they belong to the world. */
    protected abstract void onPowerOn();

    /** Counts one access. @return whether the chip is there to answer it */
    protected final boolean answers() {
        if (powerCycleIn > 0 && --powerCycleIn == 0) {
            powerCycle();
        }
        return !absent;
    }

    /** Starts a conversion of {@code ms}, giving up a running one. */
    protected final void startConversion(long nowMs, int ms) {
        doneAtMs = neverReady ? Long.MAX_VALUE : nowMs + ms + slowByMs;
    }

    /** Gives up a running conversion. */
    protected final void stopConversion() {
        doneAtMs = IDLE;
    }

    /** @return whether a conversion runs; one that is due is still running until {@link #conversionEnds} was asked */
    protected final boolean converting() {
        return doneAtMs != IDLE;
    }

    /** @return true once for every conversion, when it is over: the time to move its result to the registers */
    protected final boolean conversionEnds(long nowMs) {
        if (doneAtMs == IDLE || nowMs < doneAtMs) {
            return false;
        }
        doneAtMs = IDLE;
        return true;
    }
}
