package midge.runtime.task;

import midge.hal.Hal;
import midge.hal.sense.Quantity;
import midge.hal.sense.Sensor;
import midge.mqttsn.client.SnCounters;

/**
 * The device's own state as a sensor: sample it like any other, each value on its topic, or all in one message with {@link
 * HealthFormat}.
 */
public final class HealthReading implements Sensor {
    /** Whole seconds since the first measurement. */
    public static final int UPTIME = 0;
    /** Frames sent again, since the start. */
    public static final int RETRANSMISSIONS = 1;
    /** Messages and frames given up for want of room, since the start. */
    public static final int DROPS = 2;
    /** Messages that wait in the outbox. */
    public static final int WAITING = 3;
    /** How many values there are. */
    public static final int VALUES = 4;

    private final LinkTask link;
    private final OutboxTask outbox;
    private final int[] values = new int[VALUES];
    private boolean started;
    private long startedAtMs;
    private long begunAtMs = Long.MAX_VALUE;

    /** Looks at these two whenever it is sampled. */
    public HealthReading(LinkTask link, OutboxTask outbox) {
        this.link = link;
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
        SnCounters counters = link.client().counters();
        long uptimeS = (nowMs - startedAtMs) / 1_000;
        values[UPTIME] = uptimeS > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) uptimeS;
        values[RETRANSMISSIONS] = counters.retransmissions();
        values[DROPS] = outbox.dropped() + link.framesLost() + counters.dropped();
        values[WAITING] = outbox.depth();
        return Hal.OK;
    }

    public int valueCount() {
        return VALUES;
    }

    public int quantity(int index) {
        switch (index) {
            case UPTIME:
                return Quantity.DURATION;
            case RETRANSMISSIONS:
            case DROPS:
            case WAITING:
                return Quantity.COUNT;
            default:
                return Quantity.NONE;
        }
    }

    public int value(int index) {
        return index < 0 || index >= VALUES ? 0 : values[index];
    }
}
