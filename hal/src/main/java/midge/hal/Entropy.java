package midge.hal;

/** A source of unpredictable bits, asked once to seed {@code midge.wire.Prng}. */
public interface Entropy {
    /** @return 64 bits that differ between boards and between starts */
    long seed();
}
