package midge.hal.store;

import midge.hal.Hal;

/** Storage in an array: for boards without flash, where a restart forgets everything, and for tests. */
public final class RamStorage implements Storage {
    private final byte[] octets;
    private int length;

    /** @param capacity octets, allocated at once */
    public RamStorage(int capacity) {
        octets = new byte[capacity];
    }

    /** {@inheritDoc} */
    public long length() {
        return length;
    }

    /** {@inheritDoc} */
    public int append(byte[] bytes, int offset, int count) {
        if (count > octets.length - length) {
            return Hal.FULL;
        }
        System.arraycopy(bytes, offset, octets, length, count);
        length += count;
        return Hal.OK;
    }

    /** {@inheritDoc} */
    public int sync() {
        return Hal.OK;
    }

    /** {@inheritDoc} */
    public int read(long at, byte[] into, int offset, int capacity) {
        if (at < 0) {
            return Hal.INVALID;
        }
        long waiting = length - at;
        int count = waiting <= 0 ? 0 : waiting < capacity ? (int) waiting : capacity;
        if (count > 0) {
            System.arraycopy(octets, (int) at, into, offset, count);
        }
        return count;
    }

    /** {@inheritDoc} */
    public int truncate(long toLength) {
        if (toLength < 0 || toLength > length) {
            return Hal.INVALID;
        }
        length = (int) toLength;
        return Hal.OK;
    }
}
