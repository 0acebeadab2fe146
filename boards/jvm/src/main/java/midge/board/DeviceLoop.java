package midge.board;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import midge.board.jvm.SelectorIdle;
import midge.runtime.DeviceRuntime;
import midge.runtime.task.OutboxTask;
import midge.runtime.task.SamplingTask;

/**
 * A device at work: the strict objects of {@code midge.runtime} that a {@link Device} described, and their loop. Used by one thread;
 * only {@link #wake} may be called by others.
 */
public final class DeviceLoop implements AutoCloseable {
    /** Longest time for the last messages and the goodbye. */
    private static final int GOODBYE_MS = 3_000;

    private final Device device;
    private final SelectorIdle idle;
    private final Assembly parts;
    private final DeviceRuntime runtime;
    private final Line line;
    private final OutboxTask outbox;
    private boolean wasConnected;
    private String toldTrouble = "";

    DeviceLoop(Device device) throws IOException {
        this.device = device;
        idle = new SelectorIdle(device.clock);
        try {
            parts = new Assembly(device, idle);
        } catch (IOException | RuntimeException e) {
            idle.close();
            throw e;
        }
        runtime = parts.runtime;
        line = parts.line;
        outbox = parts.outbox;
    }

    /** Runs until {@code ends}, which is asked after each turn; then says goodbye. */
    public void run(BooleanSupplier ends) {
        long next = runtime.turn(device.clock.nowMs());
        report();
        while (!ends.getAsBoolean()) {
            idle.until(next);
            next = runtime.turn(device.clock.nowMs());
            report();
        }
        line.stop();
        runtime.wakeAll();
        long giveUpMs = device.clock.nowMs() + GOODBYE_MS;
        while (!line.stopped() && device.clock.nowMs() < giveUpMs) {
            next = runtime.turn(device.clock.nowMs());
            idle.until(Math.min(next, giveUpMs));
        }
    }

    private void report() {
        boolean connected = line.connected();
        if (connected && !wasConnected) {
            device.says.accept("connected to " + Lines.shown(device.over));
            toldTrouble = "";
        } else if (!connected) {
            String trouble = line.trouble();
            boolean isNew = !trouble.isEmpty() && !trouble.equals(toldTrouble);
            if (wasConnected || isNew) {
                device.says.accept("no connection to " + Lines.shown(device.over)
                        + (trouble.isEmpty() ? "" : ": " + trouble) + "; trying again, readings are kept");
                toldTrouble = trouble;
            }
        }
        wasConnected = connected;
    }

    /** Ends the rest of {@link #run} at once; safe from any thread. */
    public void wake() {
        idle.wake();
    }

    /** {@return whether every sensor has measured at least once, or failed} */
    public boolean hasMeasured() {
        return parts.sampling.stream().allMatch(task -> task.measurements() + task.failures() > 0);
    }

    /** {@return whether every message so far has come to its end} */
    public boolean isDelivered() {
        return outbox.empty();
    }

    /** {@return measurements that failed, of all sensors} */
    public int failures() {
        return parts.sampling.stream().mapToInt(SamplingTask::failures).sum();
    }

    /** {@return whether there is a connection} */
    public boolean isConnected() {
        return line.connected();
    }

    /** {@return the present state in one line} */
    public String status() {
        return device.name + ": " + (line.connected() ? "connected" : "not connected") + ", " + outbox.delivered()
                + " delivered, " + outbox.depth() + " waiting"
                + (outbox.dropped() > 0 ? ", " + outbox.dropped() + " dropped" : "")
                + (failures() > 0 ? ", " + failures() + " measurements failed" : "");
    }

    @Override
    public void close() throws IOException {
        parts.close();
        idle.close();
    }
}
