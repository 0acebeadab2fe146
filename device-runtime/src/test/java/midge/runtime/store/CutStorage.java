package midge.runtime.store;

import java.util.Arrays;
import midge.hal.Hal;
import midge.hal.store.Storage;

/** Storage of a board whose power ends after so many steps: each octet appended, each truncation and each sync is one. */
final class CutStorage implements Storage {
    /** The power is gone: whatever the device was doing, it does no more. */
    static final class PowerCut extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Power shared by the storages of one board. */
    static final class Power {
        long stepsLeft = Long.MAX_VALUE;
        long used;

        void step() {
            used++;
            if (stepsLeft-- <= 0) {
                throw new PowerCut();
            }
        }
    }

    private final Power power;
    private final int capacity;
    private byte[] octets;
    private int length;
    private int durable;

    CutStorage(Power power, int capacity) {
        this.power = power;
        this.capacity = capacity;
        octets = new byte[256];
    }

    int unsynced() {
        return length - durable;
    }

    /** The last {@code lost} octets never reached the medium. */
    void afterCut(int lost) {
        length -= Math.min(lost, unsynced());
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
        if (length + count > octets.length) {
            octets = Arrays.copyOf(octets, 2 * (length + count));
        }
        for (int i = 0; i < count; i++) {
            power.step();
            octets[length++] = bytes[offset + i];
        }
        return Hal.OK;
    }

    @Override
    public int sync() {
        power.step();
        durable = length;
        return Hal.OK;
    }

    @Override
    public int read(long at, byte[] into, int offset, int count) {
        int got = Math.max(0, Math.min(count, length - (int) at));
        System.arraycopy(octets, (int) Math.min(at, length), into, offset, got);
        return got;
    }

    @Override
    public int truncate(long toLength) {
        power.step();
        length = (int) toLength;
        durable = Math.min(durable, length);
        return Hal.OK;
    }
}
