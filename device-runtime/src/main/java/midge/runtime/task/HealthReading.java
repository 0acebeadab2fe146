package midge.runtime.task;

import midge.hal.Hal;
import midge.hal.sense.Quantity;
import midge.hal.sense.Sensor;

/**
 * The device's own state as a sensor: sample it like any other, each value on its topic, or all in one message with {@link
 * HealthFormat}.
 */
public final class HealthReading implements Sensor {
    /** Whole seconds since the first measurement. */
    public static final int UPTIME = 0;
    /** What {@link LinkHealth#retries} says. */
    public static final int RETRIES = 1;
    /** Messages and frames given up for want of room, since the start. */
    public static final int DROPS = 2;
    /** Messages that wait in the outbox. */
    public static final int WAITING = 3;
    /** Free memory, octets, or {@link BoardHealth#UNKNOWN}. */
    public static final int FREE = 4;
    /** Signal strength, dBm, or {@link BoardHealth#UNKNOWN}. */
    public static final int RSSI = 5;
    /** How many values there are. */
    public static final int VALUES = 6;

    private final LinkHealth link;
    private final BoardHealth board;
    private final OutboxTask outbox;
    private final int[] values = new int[VALUES];
    private boolean started;
    private long startedAtMs;
    private long begunAtMs = Long.MAX_VALUE;

    /**
     * Looks at these whenever it is sampled.
     *
     * @param board {@code null} for one that can tell nothing
     */
    public HealthReading(LinkHealth link, BoardHealth board, OutboxTask outbox) {
        this.link = link;
        this.board = board;
        this.outbox = outbox;
    }

    public int begin(long nowMs) {
        if (!started) {
            started = true;
            startedAtMs = nowMs;
        }
        begunAtMs = nowMs;
        return Hal.OK;
    }

    public long readyAtMs() {
        return begunAtMs;
    }

    public int poll(long nowMs) {
        if (begunAtMs == Long.MAX_VALUE) {
            return Hal.WOULD_BLOCK;
        }
        begunAtMs = Long.MAX_VALUE;
        long uptimeS = (nowMs - startedAtMs) / 1_000;
        values[UPTIME] = uptimeS > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) uptimeS;
        values[RETRIES] = link.retries();
        values[DROPS] = outbox.dropped() + link.drops();
        values[WAITING] = outbox.depth();
        values[FREE] = board == null ? BoardHealth.UNKNOWN : board.freeOctets();
        values[RSSI] = board == null ? BoardHealth.UNKNOWN : board.rssiDbm();
        return Hal.OK;
    }

    public int valueCount() {
        return VALUES;
    }

    public int quantity(int index) {
        switch (index) {
            case UPTIME:
                return Quantity.DURATION;
            case RETRIES:
            case DROPS:
            case WAITING:
                return Quantity.COUNT;
            case FREE:
                return Quantity.MEMORY;
            case RSSI:
                return Quantity.SIGNAL;
            default:
                return Quantity.NONE;
        }
    }

    public int value(int index) {
        return index < 0 || index >= VALUES ? 0 : values[index];
    }
}
