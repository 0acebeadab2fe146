package midge.hal;

/**
 * Sends a short trigger pulse on one pin and measures the pulse that comes back on another.
 *
 * <p><em>For board authors:</em> take both edges' times from hardware or from the kernel's event timestamps, not when a listener
 * happens to run: 100 µs too late are 17 mm of air. Allow 60 ms for the whole echo.
 */
public interface EchoTimer {
    /** Sends a trigger pulse of at least 10 µs; an echo under way is forgotten. @return {@link Hal#OK} or a negative code */
    int trigger();

    /**
     * @return length of the echo pulse that followed the last {@link #trigger}, µs; {@link Hal#WOULD_BLOCK} while it has not ended;
     *     {@link Hal#NO_VALUE} when none came within the board's time-out; another negative code when the pins failed
     */
    int echoUs();
}
