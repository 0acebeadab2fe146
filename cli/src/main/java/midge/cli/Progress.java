package midge.cli;

import java.util.function.Supplier;

/** One line on a terminal that tells how far a long work has come; nothing where standard error is not a terminal. */
final class Progress {
    private static final long EVERY_NS = 500_000_000;

    private final boolean shown;
    private long nextNs = System.nanoTime() + 2 * EVERY_NS;
    private boolean open;

    Progress(boolean quiet) {
        // The launcher knows: Java 17 only tells whether input and output are terminals, and -l has a pipe for input.
        shown = !quiet && Boolean.getBoolean("midge.progress");
    }

    /** Shows the present state, at most twice a second. */
    void show(Supplier<String> state) {
        if (!shown) {
            return;
        }
        long nowNs = System.nanoTime();
        if (nowNs - nextNs >= 0) {
            nextNs = nowNs + EVERY_NS;
            open = true;
            System.err.print("\r\033[K" + state.get());
            System.err.flush();
        }
    }

    /** Takes the line away, before something else is printed. */
    void end() {
        if (open) {
            open = false;
            System.err.print("\r\033[K");
            System.err.flush();
        }
    }
}
