package midge.bench.gateway;

/** Counts durations in buckets that are at most a sixteenth wide, so that percentiles are right within 7 %. */
final class Latencies {
    private static final int STEPS = 16;
    private static final int STEP_BITS = 4;

    private final long[] counts = new long[64 * STEPS];
    private long count;

    void add(long nanos) {
        counts[bucket(Math.max(STEPS, nanos))]++;
        count++;
    }

    private static int bucket(long nanos) {
        int exponent = 63 - Long.numberOfLeadingZeros(nanos);
        int step = (int) (nanos >>> (exponent - STEP_BITS)) & (STEPS - 1);
        return exponent * STEPS + step;
    }

    /** {@return the upper end of a bucket, ns} */
    private static long end(int bucket) {
        int exponent = bucket / STEPS;
        return (long) (STEPS + bucket % STEPS + 1) << (exponent - STEP_BITS);
    }

    long count() {
        return count;
    }

    /**
     * @param share 0..1, such as 0.99
     * @return what this share of the durations does not exceed, ns; 0 when there are none
     */
    long percentile(double share) {
        long wanted = (long) Math.ceil(share * count);
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted && seen > 0) {
                return end(i);
            }
        }
        return 0;
    }
}
