package midge.mqttsn.client;

/** The client's named deadlines. */
final class Timers {
    /** T_retry of the exchange in hand (§6.13). */
    static final int RETRY = 0;
    /** Next keep-alive ping (§6.11). */
    static final int KEEP_ALIVE = 1;
    /** End of the sleep (§6.14). */
    static final int SLEEP = 2;
    /** T_wait after "congestion". */
    static final int WAIT = 3;
    /** Until then a DISCONNECT may be a late copy of the answer to our own; nothing happens when it is due. */
    static final int LATE = 4;
    /** How many there are. */
    static final int COUNT = 5;

    private static final long NEVER = Long.MAX_VALUE;

    private final long[] atMs = {NEVER, NEVER, NEVER, NEVER, NEVER};

    void start(int timer, long deadlineMs) {
        atMs[timer] = deadlineMs;
    }

    void stop(int timer) {
        atMs[timer] = NEVER;
    }

    boolean isRunning(int timer) {
        return atMs[timer] != NEVER;
    }

    boolean isDue(int timer, long nowMs) {
        return nowMs >= atMs[timer];
    }

    /** @return the deadline; {@code Long.MAX_VALUE} when it is not running */
    long deadlineMs(int timer) {
        return atMs[timer];
    }
}
