package midge.board.serial;

/** Octets on their way between two threads, no more than fit. */
final class OctetRing {
    private final byte[] octets;
    private int at;
    private int count;
    private boolean isClosed;

    OctetRing(int size) {
        octets = new byte[size];
    }

    /** {@return octets taken, as many as there is room for} */
    synchronized int offer(byte[] from, int offset, int length) {
        int taken = isClosed ? 0 : Math.min(length, octets.length - count);
        int end = (at + count) % octets.length;
        int first = Math.min(taken, octets.length - end);
        System.arraycopy(from, offset, octets, end, first);
        System.arraycopy(from, offset + first, octets, 0, taken - first);
        count += taken;
        notifyAll();
        return taken;
    }

    /** Puts all, waiting for room; what does not fit is lost once the ring is closed. */
    synchronized void put(byte[] from, int length) throws InterruptedException {
        int done = 0;
        while (!isClosed && done < length) {
            int taken = offer(from, done, length - done);
            done += taken;
            if (taken == 0) {
                wait();
            }
        }
    }

    /** {@return octets copied, as many as there are} */
    synchronized int poll(byte[] into, int offset, int capacity) {
        int taken = Math.min(capacity, count);
        int first = Math.min(taken, octets.length - at);
        System.arraycopy(octets, at, into, offset, first);
        System.arraycopy(octets, 0, into, offset + first, taken - first);
        at = (at + taken) % octets.length;
        count -= taken;
        if (taken > 0) {
            notifyAll();
        }
        return taken;
    }

    /** {@return up to {@code most} octets, at least one unless the ring is closed; waits for them} */
    synchronized byte[] take(int most) throws InterruptedException {
        while (!isClosed && count == 0) {
            wait();
        }
        byte[] taken = new byte[isClosed ? 0 : Math.min(most, count)];
        poll(taken, 0, taken.length);
        return taken;
    }

    /** Ends all waits; takes nothing more. */
    synchronized void close() {
        isClosed = true;
        notifyAll();
    }
}
