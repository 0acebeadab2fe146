package midge.sim.live;

/**
 * Adds up how long a device's radio was on and off, and estimates from it what the device draws. The currents are those of a usual
 * 802.15.4 module with its processor, the battery two AA cells in series; no chip's own draw is counted.
 */
public final class StateClock {
    /** Listening, microamperes. */
    public static final int LISTENS_UA = 9_000;
    /** Sending, beyond listening. */
    public static final int SENDS_MORE_UA = 9_000;
    /** Asleep. */
    public static final int SLEEPS_UA = 5;
    /** What the cells hold, milliampere hours. */
    public static final int BATTERY_MAH = 2_400;

    private long lastMs;
    private long listenedMs;
    private long sleptMs;

    StateClock() {}

    /** Counts the time since the last call. */
    void count(long nowMs, boolean on, boolean asleep) {
        long elapsedMs = nowMs - lastMs;
        lastMs = nowMs;
        if (on && asleep) {
            sleptMs += elapsedMs;
        } else if (on) {
            listenedMs += elapsedMs;
        }
    }

    /** {@return how long its radio was on, ms} */
    public long listenedMs() {
        return listenedMs;
    }

    /** {@return how long it slept, ms} */
    public long sleptMs() {
        return sleptMs;
    }

    /**
     * {@return what it draws on average, microamperes; 0 before it ran}
     *
     * @param airtimeUs how long its transmitter was on
     */
    public double averageUa(long airtimeUs) {
        long livedMs = listenedMs + sleptMs;
        if (livedMs == 0) {
            return 0;
        }
        double charge =
                (double) listenedMs * LISTENS_UA + airtimeUs / 1_000.0 * SENDS_MORE_UA + (double) sleptMs * SLEEPS_UA;
        return charge / livedMs;
    }

    /** {@return how many days the cells last at that average; 0 before it ran} */
    public double batteryDays(long airtimeUs) {
        double averageUa = averageUa(airtimeUs);
        return averageUa == 0 ? 0 : BATTERY_MAH * 1_000.0 / averageUa / 24;
    }
}
