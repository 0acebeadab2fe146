package midge.gateway.table;

import java.util.Arrays;

/**
 * Token buckets for keys of which there may be any number: a fixed table, in which a new key takes the place of the one whose bucket has
 * been full for longest. A bucket is one number, the time at which it will be full again; so an idle one costs nothing to keep up.
 *
 * <p>A key that gave way begins with a full bucket. Somebody who sends from very many addresses therefore gets around the limit of each,
 * but takes no memory and nobody else's tokens.
 */
public final class RateTable {
    private static final int WAYS = 4;
    private static final long MICROS = 1_000;

    private final int sets;
    private final int[] keys;
    private final long[] fullAtUs;
    private final long perTokenUs;
    private final long depthUs;
    private final int salt;

    /**
     * @param places how many keys are told apart, a multiple of 4
     * @param perSecond tokens that come back in a second, 1..1_000_000
     * @param burst tokens of a full bucket, at least 1
     * @param salt any number, so that nobody knows which keys share a set
     */
    public RateTable(int places, int perSecond, int burst, int salt) {
        sets = places / WAYS;
        keys = new int[sets * WAYS];
        fullAtUs = new long[sets * WAYS];
        Arrays.fill(fullAtUs, Long.MIN_VALUE / 2);
        perTokenUs = 1_000_000L / perSecond;
        depthUs = burst * perTokenUs;
        this.salt = salt;
    }

    /** @return whether the key's bucket had a token, which is then taken */
    public boolean take(int key, long nowMs) {
        long nowUs = nowMs * MICROS;
        int place = place(key, nowUs);
        long fullAt = Math.max(fullAtUs[place], nowUs) + perTokenUs;
        if (fullAt - nowUs > depthUs) {
            return false;
        }
        fullAtUs[place] = fullAt;
        return true;
    }

    private int place(int key, long nowUs) {
        int first = Integer.remainderUnsigned(Hashes.mix(key ^ salt, salt), sets) * WAYS;
        int oldest = first;
        for (int i = first; i < first + WAYS; i++) {
            if (keys[i] == key && fullAtUs[i] > Long.MIN_VALUE / 2) {
                return i;
            }
            oldest = fullAtUs[i] < fullAtUs[oldest] ? i : oldest;
        }
        keys[oldest] = key;
        fullAtUs[oldest] = nowUs;
        return oldest;
    }
}
