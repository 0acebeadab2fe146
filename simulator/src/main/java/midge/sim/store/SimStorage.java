package midge.sim.store;

import java.util.Arrays;
import midge.hal.Hal;
import midge.hal.store.Storage;
import midge.wire.Prng;
import midge.wire.Ranges;

/**
 * A file, or a region of flash, of a simulated machine: a crash takes a part of what was not synced, and may leave half of what was being
 * written. Its {@link PowerSupply} may end at any octet.
 */
public final class SimStorage implements Storage {
    private static final int FIRST_SIZE = 4_096;
    /** Less than the record that a journal begins with, so that what is left is never whole. */
    private static final int TORN_MOST = 13;

    private final PowerSupply power;
    private final int capacity;
    private byte[] octets = new byte[FIRST_SIZE];
    private int length;
    private int durable;
    private boolean syncs = true;

    /** An empty file on a large disk. */
    public SimStorage() {
        this(new PowerSupply(), Integer.MAX_VALUE);
    }

    /**
     * Empty flash.
     *
     * @param power    of the machine
     * @param capacity octets
     */
    public SimStorage(PowerSupply power, int capacity) {
        this.power = power;
        this.capacity = Ranges.check("capacity", capacity, 1, Integer.MAX_VALUE);
    }

    /** From now on it only says that it has made octets durable: a bug that drivers of flash have. */
    public void forgetToSync() {
        syncs = false;
    }

    /** The process is killed, or its machine loses power. */
    public void crash(Prng prng) {
        length = durable + prng.below(length - durable + 1);
        if (length > 0 && prng.below(2) == 0) {
            // The beginning of one more record: what journals begin with is as good as any.
            byte[] torn = Arrays.copyOf(octets, Math.min(length, 1 + prng.below(TORN_MOST)));
            put(torn, 0, Math.min(torn.length - 1, capacity - length));
        }
        durable = length;
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public int append(byte[] bytes, int offset, int count) {
        if (count > capacity - length) {
            return Hal.FULL;
        }
        int written = power.take(count);
        put(bytes, offset, written);
        if (written < count) {
            throw new PowerSupply.Cut();
        }
        return Hal.OK;
    }

    private void put(byte[] bytes, int offset, int count) {
        if (count > octets.length - length) {
            octets = Arrays.copyOf(octets, Math.max(2 * octets.length, length + count));
        }
        System.arraycopy(bytes, offset, octets, length, count);
        length += count;
    }

    @Override
    public int sync() {
        power.step();
        if (syncs) {
            durable = length;
        }
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
        power.step();
        length = (int) toLength;
        durable = length;
        return Hal.OK;
    }
}
