package midge.sim.check;

/** A promise was broken. */
public final class Violation extends AssertionError {
    private static final long serialVersionUID = 1;

    private final String checker;

    Violation(String checker, String what) {
        super(checker + ": " + what);
        this.checker = checker;
    }

    /** {@return simple name of the checker that found it} */
    public String checker() {
        return checker;
    }
}
