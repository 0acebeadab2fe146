package midge.sim.signal;

/**
 * A day: the low at 4 o'clock, the high ten hours later, so that it warms faster than it cools. 0 ms is 6 o'clock.
 *
 * @param low   at night
 * @param high  in the afternoon
 * @param dayMs how long a day is; 86,400,000 for a real one, less to see something soon
 */
public record DayCurve(int low, int high, long dayMs) implements Signal {
    private static final double COLDEST = 4.0 / 24;
    private static final double BEGIN = 6.0 / 24;
    private static final double RISE = 10.0 / 24;

    @Override
    public int at(long nowMs) {
        double day = BEGIN - COLDEST + (double) (nowMs % dayMs) / dayMs;
        double sinceColdest = day - Math.floor(day);
        double half = sinceColdest < RISE ? sinceColdest / RISE : 1 + (sinceColdest - RISE) / (1 - RISE);
        double warmth = (1 - StrictMath.cos(StrictMath.PI * half)) / 2;
        return low + (int) Math.round((high - low) * warmth);
    }
}
