package midge.hal;

/**
 * Resets the board when nobody says for a while that all is well.
 *
 * <p><em>For users:</em> feed it from the one place that is reached only when every task is alive, never from an interrupt.
 */
public interface Watchdog {
    /** Starts it, or starts it again. It cannot be stopped. */
    void feed();

    /** @return longest time between two feeds, ms */
    int timeoutMs();
}
