package midge.sim.check;

/** What checkers may know of a device, besides what it says on the air. */
public abstract class DeviceFacts {
    private final String name;
    private final int node;

    /**
     * @param node its number on the radio
     */
    protected DeviceFacts(String name, int node) {
        this.name = name;
        this.node = node;
    }

    /** {@return its name, which is its client id} */
    public final String name() {
        return name;
    }

    /** {@return its number on the radio} */
    public final int node() {
        return node;
    }

    /** {@return whether it asks for clean sessions} */
    public abstract boolean clean();

    /** {@return whether its gateway counts it as connected, by what it knows itself} */
    public abstract boolean connected();

    /** {@return readings that wait in its outbox} */
    public abstract int waiting();

    /** {@return room of its outbox} */
    public abstract int outboxCapacity();

    /** {@return whether its outbox is on flash, so that readings outlive its power} */
    public abstract boolean keepsReadings();

    /** {@return how often its power failed} */
    public abstract int crashes();

    /** {@return how often it counted a connection as lost, over all its lives} */
    public abstract int losses();

    @Override
    public final String toString() {
        return name;
    }
}
