package midge.gateway.store;

import midge.hal.Hal;
import midge.hal.store.Storage;

/**
 * A storage whose small pieces go through a buffer: what is appended waits for {@link #flush}, and reading takes larger pieces than it
 * is asked for. Nothing is allocated after construction.
 */
final class BufferedStorage implements Storage {
    private static final int SIZE = 64 * 1024;

    private final Storage storage;
    private final byte[] unwritten = new byte[SIZE];
    private int waiting;
    private final byte[] window = new byte[SIZE];
    private long windowAt;
    private int windowLength;

    BufferedStorage(Storage storage) {
        this.storage = storage;
    }

    /** Hands everything to the storage. @return {@link Hal#OK}, or its code; then what waited is lost */
    int flush() {
        int length = waiting;
        waiting = 0;
        return length == 0 ? Hal.OK : storage.append(unwritten, 0, length);
    }

    @Override
    public long length() {
        return storage.length() + waiting;
    }

    @Override
    public int append(byte[] octets, int offset, int length) {
        windowLength = 0;
        int status = length > SIZE - waiting ? flush() : Hal.OK;
        if (status != Hal.OK || length > SIZE) {
            return status != Hal.OK ? status : storage.append(octets, offset, length);
        }
        System.arraycopy(octets, offset, unwritten, waiting, length);
        waiting += length;
        return Hal.OK;
    }

    @Override
    public int sync() {
        int status = flush();
        return status == Hal.OK ? storage.sync() : status;
    }

    @Override
    public int read(long at, byte[] into, int offset, int capacity) {
        int status = flush();
        if (status != Hal.OK || capacity > SIZE) {
            return status != Hal.OK ? status : storage.read(at, into, offset, capacity);
        }
        if (at < windowAt || at + capacity > windowAt + windowLength) {
            int count = storage.read(at, window, 0, SIZE);
            windowAt = at;
            windowLength = Math.max(count, 0);
            if (count < 0) {
                return count;
            }
        }
        int inWindow = (int) (at - windowAt);
        int count = Math.max(0, Math.min(capacity, windowLength - inWindow));
        System.arraycopy(window, inWindow, into, offset, count);
        return count;
    }

    @Override
    public int truncate(long length) {
        windowLength = 0;
        if (length == 0) {
            waiting = 0; // also the way out after a failure
            return storage.length() == 0 ? Hal.OK : storage.truncate(0);
        }
        int status = flush();
        return status == Hal.OK ? storage.truncate(length) : status;
    }
}
