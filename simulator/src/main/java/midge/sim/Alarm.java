package midge.sim;

/**
 * One deadline that moves often. {@link World#at} cannot take an event back; an alarm keeps at most a few stale ones in the queue, so
 * that a host may set it after every call without filling the world with events.
 */
public final class Alarm {
    private final World world;
    private final Runnable action;
    private long dueMs = World.NEVER;
    private long queuedMs = World.NEVER;

    /**
     * @param action runs in the world each time a set deadline has come; it may set the alarm again
     */
    public Alarm(World world, Runnable action) {
        this.world = world;
        this.action = action;
    }

    /**
     * Replaces the deadline.
     *
     * @param atMs world time; {@link World#NEVER} switches the alarm off
     */
    public void set(long atMs) {
        dueMs = atMs;
        if (atMs < queuedMs) {
            enqueue(atMs);
        }
    }

    /** {@return the deadline set last, {@link World#NEVER} when off} */
    public long dueMs() {
        return dueMs;
    }

    private void enqueue(long atMs) {
        queuedMs = atMs;
        world.at(atMs, () -> ring(atMs));
    }

    private void ring(long atMs) {
        if (atMs != queuedMs) {
            return; // replaced by an earlier one meanwhile
        }
        queuedMs = World.NEVER;
        if (dueMs > world.nowMs()) {
            if (dueMs != World.NEVER) {
                enqueue(dueMs);
            }
            return;
        }
        dueMs = World.NEVER;
        action.run();
    }
}
