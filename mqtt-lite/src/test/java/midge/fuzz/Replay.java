package midge.fuzz;

import java.util.HexFormat;
import java.util.List;

/** Runs a target on its kept corpus and on mutations of it, in an ordinary test. */
public final class Replay {
    private static final long SEED = Long.getLong("midge.fuzz.seed", 1);

    private Replay() {}

    /**
     * Throws an error that shows the input as a line for {@code <Target>-found.txt}.
     *
     * @param mutations how many; {@code -Dmidge.fuzz.seed} chooses others than the usual
     */
    public static void of(FuzzTarget target, int mutations) {
        List<byte[]> corpus = Corpus.of(target);
        for (byte[] input : corpus) {
            run(target, input, "a kept input");
        }
        Mutator mutator = new Mutator(corpus, SEED);
        for (int i = 0; i < mutations; i++) {
            run(target, mutator.next(), "mutation " + i + " of seed " + SEED);
        }
    }

    private static void run(FuzzTarget target, byte[] input, String what) {
        try {
            target.fuzz(input);
        } catch (RuntimeException | Error e) {
            String name = target.getClass().getSimpleName();
            throw new AssertionError(name + ", " + what + ": " + HexFormat.of().formatHex(input), e);
        }
    }
}
