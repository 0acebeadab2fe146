package midge.board.serial;

/** Octets on their way between two threads, no more than fit. */
final class OctetRing {
    private final byte[] octets;
    private int at;
    private int count;
    private boolean isTaken;
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

    /** {@return whether {@link #offer} would take anything} */
    synchronized boolean hasRoom() {
        return count < octets.length;
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

    /** {@return up to {@code most} octets, at least one unless the ring is closed; waits for them, and is through with those before} */
    synchronized byte[] take(int most) throws InterruptedException {
        isTaken = false;
        notifyAll();
        while (!isClosed && count == 0) {
            wait();
        }
        byte[] taken = new byte[isClosed ? 0 : Math.min(most, count)];
        poll(taken, 0, taken.length);
        isTaken = true;
        return taken;
    }

    /** {@return whether all is taken and done with, for which it waits so long at most} */
    synchronized boolean awaitEmpty(long limitMs) throws InterruptedException {
        long endNs = System.nanoTime() + limitMs * 1_000_000;
        long leftMs = limitMs;
        while (!isClosed && (count > 0 || isTaken) && leftMs > 0) {
            wait(leftMs);
            leftMs = (endNs - System.nanoTime()) / 1_000_000;
        }
        return count == 0 && !isTaken;
    }

    /** Ends all waits; takes nothing more. */
    synchronized void close() {
        isClosed = true;
        notifyAll();
    }
}
