package midge.sim.live;

import io.netty.channel.EventLoop;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import midge.sim.SimulationFailure;
import midge.sim.World;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** Drives a {@link World} by the wall clock on an event loop: what is due in the world happens when the clock shows it. */
public final class LiveWorld {
    private static final int TICK_MS = 2;

    private final World world;
    private final EventLoop loop;
    private final Runnable afterTick;
    private long startNs;
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
        startNs = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(world.nowMs());
        ticker = loop.scheduleAtFixedRate(this::tick, 0, TICK_MS, TimeUnit.MILLISECONDS);
    }

    /** Stops it. */
    public void stop() {
        if (ticker != null) {
            ticker.cancel(false);
        }
    }

    private void tick() {
        try {
            world.runUntil(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs));
        } catch (SimulationFailure fault) {
            // A fault in one device must not stop the world: the next tick goes on behind the event that failed.
            Logger.error(fault, "an event of the virtual world failed");
        }
        afterTick.run();
    }
}
