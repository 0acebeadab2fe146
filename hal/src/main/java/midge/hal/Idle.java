package midge.hal;

/** Where the one thread of a device rests between turns. */
public interface Idle {
    /**
     * Returns at {@code deadlineMs} at the latest, earlier after {@link #wake}. Returning too early is harmless.
     *
     * @param deadlineMs in the time of {@link Clock}; {@code Long.MAX_VALUE} means until woken
     */
    void until(long deadlineMs);

    /** Ends the present or next {@link #until} at once. Safe from interrupt handlers and other threads. */
    void wake();
}
