package midge.sim;

import midge.wire.Prng;

/**
 * A virtual clock and the queue of what will happen. Everything in a simulation happens in one thread, inside {@link #step}: first what
 * is due first, and of things due in the same millisecond the one that was asked for first. Together with random numbers that all come
 * from one seed this makes a run repeatable, which {@link #traceHash} proves.
 *
 * <p>The world does not wait: {@link #runUntil} is as fast as the machine. A driver that wants real time looks at {@link #nextEventMs}
 * and calls {@link #runUntil} when that time has come.
 */
public final class World {
    /** What {@link #nextEventMs} says when nothing is planned. */
    public static final long NEVER = Long.MAX_VALUE;

    private final EventQueue queue = new EventQueue();
    private final TraceHash trace = new TraceHash();
    private final long seed;
    private long nowMs;
    private long eventsRun;

    /**
     * A world that begins at 0 ms.
     *
     * @param seed decides every random number in it
     */
    public World(long seed) {
        this(seed, 0);
    }

    /**
     * @param startMs where the clock begins, 0 or above; a value near 2^31 or 2^32 finds code that keeps time in an int
     */
    public World(long seed, long startMs) {
        if (startMs < 0) {
            throw new IllegalArgumentException("startMs is " + startMs + ", must be 0 or above");
        }
        this.seed = seed;
        nowMs = startMs;
    }

    /** {@return the number that decides this run} */
    public long seed() {
        return seed;
    }

    /** {@return the virtual time, milliseconds} */
    public long nowMs() {
        return nowMs;
    }

    /** {@return a generator of its own for {@code purpose}: drawing from it does not change what others draw} */
    public Prng prng(String purpose) {
        return new Prng(seedFor(purpose));
    }

    /** {@return a seed that depends only on the world's seed and on {@code purpose}} */
    public long seedFor(String purpose) {
        long mixed = TraceHash.mix(seed + 0x9E3779B97F4A7C15L);
        for (int i = 0; i < purpose.length(); i++) {
            mixed = TraceHash.mix(mixed ^ purpose.charAt(i));
        }
        return mixed;
    }

    /** Plans {@code action}. A time that has passed means as soon as possible, after what is already planned for now. */
    public void at(long atMs, Runnable action) {
        queue.add(Math.max(atMs, nowMs), action);
    }

    /** Plans {@code action} for {@code delayMs} from now. */
    public void after(long delayMs, Runnable action) {
        at(nowMs + delayMs, action);
    }

    /** {@return when the next thing happens, {@link #NEVER} if nothing is planned} */
    public long nextEventMs() {
        return queue.isEmpty() ? NEVER : queue.firstMs();
    }

    /**
     * Moves the clock to the next event and runs it.
     *
     * @return false when nothing was planned
     * @throws SimulationFailure when the event throws: it names the seed and the time
     */
    public boolean step() {
        if (queue.isEmpty()) {
            return false;
        }
        nowMs = queue.firstMs();
        Runnable action = queue.remove();
        eventsRun++;
        try {
            action.run();
        } catch (SimulationFailure failure) {
            throw failure;
        } catch (RuntimeException | AssertionError cause) {
            throw new SimulationFailure(seed, nowMs, cause);
        }
        return true;
    }

    /** Runs everything that is due up to and including {@code endMs}, then sets the clock to it. */
    public void runUntil(long endMs) {
        while (nextEventMs() <= endMs && step()) {
            // the step is the work
        }
        nowMs = Math.max(nowMs, endMs);
    }

    /** As {@link #runUntil}, counted from now. */
    public void runFor(long durationMs) {
        runUntil(nowMs + durationMs);
    }

    /** Folds octets that reached {@code node}, and the time, into the trace hash. */
    public void trace(int kind, int node, byte[] octets, int offset, int length) {
        trace.add(nowMs);
        trace.add(((long) kind << 32) | (node & 0xFFFFFFFFL));
        trace.add(octets, offset, length);
    }

    /** Folds a happening without octets, and the time, into the trace hash. */
    public void trace(int kind, int node, long detail) {
        trace.add(nowMs);
        trace.add(((long) kind << 32) | (node & 0xFFFFFFFFL));
        trace.add(detail);
    }

    /** {@return a digest of all that was traced: two runs of one seed must agree in it} */
    public long traceHash() {
        return trace.value();
    }

    /** {@return events run so far} */
    public long eventsRun() {
        return eventsRun;
    }
}
