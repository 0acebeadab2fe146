package midge.wire;

/**
 * A small deterministic generator (xorshift64*, 2^64-1 period) for jitter and back-off; not for secrets. A board seeds it from
 * entropy, the simulator from the seed of its run.
 */
public final class Prng {
    private long state;

    /** @param seed any value; 0 is replaced, since the generator would stay there */
    public Prng(long seed) {
        state = seed == 0 ? 0x9E3779B97F4A7C15L : seed;
    }

    /** @return 32 random bits */
    public int nextInt() {
        state ^= state >>> 12;
        state ^= state << 25;
        state ^= state >>> 27;
        return (int) ((state * 0x2545F4914F6CDD1DL) >>> 32);
    }

    /** @return a number in 0..bound-1; 0 when {@code bound} is below 2 */
    public int below(int bound) {
        return bound < 2 ? 0 : (int) (((nextInt() & 0xFFFFFFFFL) * bound) >>> 32);
    }
}
