package midge.sim.signal;

/** A physical value over time, in the unit of the chip that feels it. */
public interface Signal {
    /**
     * The value at a time. Signals that draw random numbers must be asked in the order of time.
     *
     * @param nowMs world time, milliseconds
     */
    int at(long nowMs);

    /** {@return a signal that never changes} */
    static Signal constant(int value) {
        return nowMs -> value;
    }

    /** {@return a sine around {@code mean}, at its mean and rising at 0 ms} */
    static Signal sine(int mean, int amplitude, long periodMs) {
        return nowMs ->
                mean + (int) Math.round(amplitude * StrictMath.sin(2 * StrictMath.PI * (nowMs % periodMs) / periodMs));
    }

    /** {@return the sum of two signals} */
    default Signal plus(Signal other) {
        return nowMs -> at(nowMs) + other.at(nowMs);
    }
}
