package midge.gateway.table;

/** One cheap 32-bit hash (FNV-1a with a final mix) for the tables here and for recognising a repeated message. Not for secrets. */
public final class Hashes {
    /** What a hash starts from. */
    public static final int SEED = 0x811C9DC5;

    private static final int PRIME = 0x01000193;

    private Hashes() {}

    /** @return {@code hash} with one more number in it */
    public static int mix(int hash, int value) {
        int h = (hash ^ value) * PRIME;
        return h ^ h >>> 15;
    }

    /** @return {@code hash} with {@code length} more octets in it */
    public static int of(int hash, byte[] octets, int offset, int length) {
        int h = hash;
        for (int i = offset; i < offset + length; i++) {
            h = (h ^ octets[i]) * PRIME;
        }
        return h ^ h >>> 15;
    }
}
