package midge.gateway.table;

/** Octets that wait in order, in blocks of the shared pool: those that a slow broker connection has not taken yet. */
public final class ByteQueue {
    private final BlockPool pool;
    private int head = BlockPool.NONE;
    private int tail = BlockPool.NONE;
    private int headAt;
    private int size;

    /** An empty queue takes nothing from the pool. */
    public ByteQueue(BlockPool pool) {
        this.pool = pool;
    }

    /** @return octets that wait */
    public int size() {
        return size;
    }

    /** Adds all of these octets, or none when the pool is used up. @return whether they were added */
    public boolean add(byte[] octets, int offset, int length) {
        int used = headAt + size;
        int room = head == BlockPool.NONE ? 0 : (BlockPool.BLOCK - used % BlockPool.BLOCK) % BlockPool.BLOCK;
        if (length > room && !extend(length - room)) {
            return false;
        }
        pool.write(head, used, octets, offset, length);
        size += length;
        return true;
    }

    private boolean extend(int octets) {
        int chain = pool.take(octets);
        if (chain == BlockPool.NONE) {
            return false;
        }
        if (head == BlockPool.NONE) {
            head = chain;
        } else {
            pool.append(tail, chain);
        }
        tail = pool.last(chain);
        return true;
    }

    /** @return the array in which the first octets lie, from {@link #offset} on */
    public byte[] array() {
        return pool.array(head);
    }

    /** @return where the first octet lies in {@link #array} */
    public int offset() {
        return pool.offset(head) + headAt;
    }

    /** @return how many octets lie together there; 0 when the queue is empty */
    public int contiguous() {
        return Math.min(size, BlockPool.BLOCK - headAt);
    }

    /** Removes the first octets, at most {@link #contiguous}. */
    public void remove(int octets) {
        headAt += octets;
        size -= octets;
        if (size == 0) {
            clear();
        } else if (headAt == BlockPool.BLOCK) {
            head = pool.giveFirst(head);
            headAt = 0;
        }
    }

    /** Copies all octets out, from the first one on. */
    public void copy(byte[] into, int offset) {
        pool.read(head, headAt, into, offset, size);
    }

    /** Removes everything. */
    public void clear() {
        pool.give(head);
        head = BlockPool.NONE;
        tail = BlockPool.NONE;
        headAt = 0;
        size = 0;
    }
}
