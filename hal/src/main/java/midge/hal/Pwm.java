package midge.hal;

/**
 * One output that repeats a pulse.
 *
 * <p><em>For board authors:</em> round the period and the pulse to what the timer can do, to the nearest; change both together, so
 * that no pulse of a mixed kind goes out. Keep the output going without further calls.
 */
public interface Pwm {
    /**
     * Sets the pulse. It goes on until the next call.
     *
     * @param periodNs time from pulse to pulse, 1_000..1_000_000_000 ns
     * @param highNs time that the output is high in each, 0 (always low) ..periodNs (always high)
     * @return {@link Hal#OK}; {@link Hal#INVALID} outside these ranges; {@link Hal#UNSUPPORTED} when the timer cannot come within a
     *     tenth of the period; another negative code when the output is gone. On failure the output goes on as before
     */
    int set(int periodNs, int highNs);
}
