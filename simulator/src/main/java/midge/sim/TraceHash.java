package midge.sim;

/** A 64-bit digest of a run's history, where order counts. Quick, not cryptographic. */
final class TraceHash {
    private long value = 0x243F6A8885A308D3L;

    /** The finalizer of SplitMix64: every input bit changes about half of the output bits. */
    static long mix(long x) {
        long y = (x ^ (x >>> 30)) * 0xBF58476D1CE4E5B9L;
        y = (y ^ (y >>> 27)) * 0x94D049BB133111EBL;
        return y ^ (y >>> 31);
    }

    void add(long number) {
        value = mix((value + 0x9E3779B97F4A7C15L) ^ number);
    }

    void add(byte[] octets, int offset, int length) {
        long word = length;
        for (int i = 0; i < length; i++) {
            word = word << 8 | (octets[offset + i] & 0xFF);
            if ((i & 7) == 7) {
                add(word);
                word = 0;
            }
        }
        add(word);
        add(length);
    }

    long value() {
        return value;
    }
}
