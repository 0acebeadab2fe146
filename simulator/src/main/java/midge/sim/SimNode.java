package midge.sim;

import java.util.function.LongUnaryOperator;

/**
 * Runs one device in the world the way that a board's main loop does: a turn, rest until the deadline that it returned, another turn.
 * What interrupts a board's rest, such as a frame that arrives, calls {@link #wake} here.
 */
public final class SimNode {
    /** So many turns in one millisecond are taken for an endless loop. */
    private static final int TURNS_PER_MS = 10_000;

    private final NodeClock clock;
    private final LongUnaryOperator turn;
    private final Alarm alarm;
    private final World world;
    private boolean running;
    private boolean begun;
    private boolean turning;
    private boolean wokenInTurn;
    private long lastTurnMs = -1;
    private int turnsThisMs;
    private long turns;

    /**
     * @param clock of the node; deadlines are in its time
     * @param turn  takes the node's time, returns when it wants to run next, {@code Long.MAX_VALUE} for not before it is woken
     */
    public SimNode(World world, NodeClock clock, LongUnaryOperator turn) {
        this.world = world;
        this.clock = clock;
        this.turn = turn;
        alarm = new Alarm(world, this::run);
    }

    /** Switches the node on: the first turn comes at {@code atMs}, world time. */
    public void start(long atMs) {
        running = true;
        begun = false;
        alarm.set(Math.max(atMs, world.nowMs()));
    }

    /** Switches the node off: no turn comes until {@link #start}. */
    public void stop() {
        running = false;
        alarm.set(World.NEVER);
    }

    /** Asks for a turn now. Harmless in a turn, and when the node is off or not started yet. */
    public void wake() {
        if (turning) {
            wokenInTurn = true;
        } else if (running && begun) {
            alarm.set(world.nowMs());
        }
    }

    /** {@return turns so far} */
    public long turns() {
        return turns;
    }

    private void run() {
        if (!running) {
            return;
        }
        guardAgainstSpinning();
        begun = true;
        turns++;
        turning = true;
        wokenInTurn = false;
        long nextMs;
        try {
            nextMs = turn.applyAsLong(clock.nowMs());
        } finally {
            turning = false;
        }
        if (running) {
            alarm.set(wokenInTurn ? world.nowMs() : clock.worldMs(nextMs));
        }
    }

    private void guardAgainstSpinning() {
        turnsThisMs = world.nowMs() == lastTurnMs ? turnsThisMs + 1 : 0;
        lastTurnMs = world.nowMs();
        if (turnsThisMs > TURNS_PER_MS) {
            throw new IllegalStateException("a node wants another turn at once, again and again");
        }
    }
}
