package midge.runtime;

/** One thing that a device does, a short step at a time. It never waits: it returns and says when to come back. */
public interface Task {
    /** Nothing to wait for: run again only after {@link DeviceRuntime#wake(int)}. */
    long NEVER = Long.MAX_VALUE;

    /**
     * Does what is due and returns soon. Being called too early is harmless.
     *
     * @param nowMs monotonic time, never smaller than in the call before; it may leap forward
     * @return when to be run next; {@code nowMs} or earlier means in the next turn, {@link #NEVER} only when woken
     */
    long run(long nowMs);
}
