package midge.sim.gateway;

import java.util.Arrays;
import midge.hal.Hal;
import midge.hal.store.Storage;
import midge.wire.Prng;

/** A file on a simulated machine: a crash takes a part of what was not synced, and may leave half of what was being written. */
public final class SimStorage implements Storage {
    private static final int FIRST_SIZE = 4_096;
    private static final int TORN_MOST = 40;

    private byte[] octets = new byte[FIRST_SIZE];
    private int length;
    private int durable;

    /** An empty file. */
    public SimStorage() {}

    /** The process is killed, or its machine loses power. */
    void crash(Prng prng) {
        length = durable + prng.below(length - durable + 1);
        if (length > 0 && prng.below(2) == 0) {
            // The beginning of one more record: what journals begin with is as good as any.
            byte[] torn = Arrays.copyOf(octets, Math.min(length, 1 + prng.below(TORN_MOST)));
            append(torn, 0, torn.length - 1);
        }
        durable = length;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int append(byte[] bytes, int offset, int count) {
        if (count > octets.length - length) {
            octets = Arrays.copyOf(octets, Math.max(2 * octets.length, length + count));
        }
        System.arraycopy(bytes, offset, octets, length, count);
        length += count;
        return Hal.OK;
    }

    @Override
    public int sync() {
        durable = length;
        return Hal.OK;
    }

    @Override
    public int read(long at, byte[] into, int offset, int capacity) {
        if (at < 0) {
            return Hal.INVALID;
        }
        int count = (int) Math.max(0, Math.min(capacity, length - at));
        System.arraycopy(octets, (int) Math.min(at, length), into, offset, count);
        return count;
    }

    @Override
    public int truncate(long toLength) {
        if (toLength < 0 || toLength > length) {
            return Hal.INVALID;
        }
        length = (int) toLength;
        durable = length;
        return Hal.OK;
    }
}
