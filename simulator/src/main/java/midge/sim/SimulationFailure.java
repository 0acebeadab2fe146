package midge.sim;

/** Something in a simulated world threw or broke a rule. The message begins with what is needed to see it again: the seed. */
public final class SimulationFailure extends AssertionError {
    private static final long serialVersionUID = 1;

    private final long seed;

    /**
     * @param seed of the world
     * @param atMs its time
     * @param cause what was thrown
     */
    public SimulationFailure(long seed, long atMs, Throwable cause) {
        super(String.format("seed 0x%x, at %d ms: %s", seed, atMs, cause), cause);
        this.seed = seed;
    }

    /** {@return the seed that shows it again} */
    public long seed() {
        return seed;
    }
}
