package midge.fuzz;

/** Where the coverage-guided fuzzer enters; {@code -Dmidge.fuzz.target} names the class of the target. */
public final class Driver {
    private static final FuzzTarget TARGET = make();

    private Driver() {}

    private static FuzzTarget make() {
        try {
            return Corpus.target(System.getProperty("midge.fuzz.target", ""));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException("midge.fuzz.target names no target", e);
        }
    }

    /** The name is the fuzzer's. */
    public static void fuzzerTestOneInput(byte[] data) {
        TARGET.fuzz(data);
    }
}
