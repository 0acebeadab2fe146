package midge.sim.store;

/**
 * The power of one machine, as its storage feels it: it may end in the middle of a write. Each octet that is written is a step; so is making
 * octets durable, and cutting them off.
 */
public final class PowerSupply {
    /** The power has ended: whatever the machine was doing, it does no more. To be caught where the machine is run. */
    public static final class Cut extends RuntimeException {
        private static final long serialVersionUID = 1;

        Cut() {
            super("the power has ended", null, false, false);
        }
    }

    private long stepsLeft = Long.MAX_VALUE;

    /** Power that lasts. */
    public PowerSupply() {}

    /** Lets the power end after so many steps, 0 or above. */
    public void endAfter(long steps) {
        if (steps < 0) {
            throw new IllegalArgumentException("steps is " + steps + ", must be 0 or above");
        }
        stepsLeft = steps;
    }

    /** Lets the power last, or come back. */
    public void last() {
        stepsLeft = Long.MAX_VALUE;
    }

    /** {@return how many of {@code wanted} steps can be made; when that is less, the caller makes them and throws {@link Cut}} */
    int take(int wanted) {
        if (stepsLeft == Long.MAX_VALUE) {
            return wanted;
        }
        int taken = (int) Math.min(wanted, stepsLeft);
        stepsLeft -= taken;
        return taken;
    }

    /** Makes one step. */
    void step() {
        if (take(1) < 1) {
            throw new Cut();
        }
    }
}
