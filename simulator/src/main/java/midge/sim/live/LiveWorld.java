package midge.sim.live;

import io.netty.channel.EventLoop;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import midge.sim.SimulationFailure;
import midge.sim.World;
import midge.wire.Ranges;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Drives a {@link World} by the wall clock on an event loop: what is due in the world happens when the clock shows it, or sooner by a factor.
 * Everything happens on the loop.
 */
public final class LiveWorld {
    /** The largest factor. */
    public static final int SPEED_MAX = 100;

    private static final int TICK_MS = 2;
    /** A world that cannot keep up gives the loop back after this time and falls behind. */
    private static final long BUDGET_NS = 20_000_000;

    private final World world;
    private final EventLoop loop;
    private final Runnable afterTick;
    private int speed = 1;
    private boolean paused;
    private long lastNs;
    /** Nanoseconds of the world that are due beyond its whole milliseconds. */
    private long owedNs;

    private @Nullable ScheduledFuture<?> ticker;

    /**
     * A world at rest.
     *
     * @param afterTick runs on the loop after each tick, to send what the world's events have left
     */
    public LiveWorld(World world, EventLoop loop, Runnable afterTick) {
        this.world = world;
        this.loop = loop;
        this.afterTick = afterTick;
    }

    /** Lets time flow. */
    public void start() {
        lastNs = System.nanoTime();
        ticker = loop.scheduleAtFixedRate(this::tick, 0, TICK_MS, TimeUnit.MILLISECONDS);
    }

    /** Stops it for good. */
    public void stop() {
        if (ticker != null) {
            ticker.cancel(false);
        }
    }

    /** Seconds of the world in one of the wall, 1 to {@link #SPEED_MAX}. */
    public void setSpeed(int factor) {
        speed = Ranges.check("speed", factor, 1, SPEED_MAX);
    }

    /** {@return seconds of the world in one of the wall} */
    public int speed() {
        return speed;
    }

    /** Holds time, or lets it flow again. */
    public void setPaused(boolean hold) {
        paused = hold;
    }

    /** {@return whether time is held} */
    public boolean isPaused() {
        return paused;
    }

    /** Moves a world that is held by {@code ms}. */
    public void step(int ms) {
        run(world.nowMs() + ms, Long.MAX_VALUE);
        afterTick.run();
    }

    private void tick() {
        long nowNs = System.nanoTime();
        long elapsedNs = nowNs - lastNs;
        lastNs = nowNs;
        if (!paused) {
            owedNs += elapsedNs * speed;
            long dueMs = owedNs / 1_000_000;
            long targetMs = world.nowMs() + dueMs;
            run(targetMs, nowNs + BUDGET_NS);
            owedNs -= dueMs * 1_000_000;
        }
        afterTick.run();
    }

    private void run(long targetMs, long endNs) {
        try {
            while (world.nowMs() < targetMs && System.nanoTime() < endNs) {
                world.runUntil(Math.min(targetMs, Math.max(world.nowMs() + 1, world.nextEventMs())));
            }
        } catch (SimulationFailure fault) {
            // A fault in one device must not stop the world: the next tick goes on behind the event that failed.
            Logger.error(fault, "an event of the virtual world failed");
        }
    }
}
