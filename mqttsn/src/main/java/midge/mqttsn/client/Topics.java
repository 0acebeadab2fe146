package midge.mqttsn.client;

import midge.wire.Bytes;

/**
 * The topic table: names and the ids that stand for them with the present gateway. Pre-defined ids are a number space of their own. The
 * names share one array; an entry keeps its index for as long as it is there.
 */
final class Topics {
    static final int NONE = -1;
    /** The application publishes to it, registers it or subscribes to it: kept when the ids are forgotten. */
    static final int OURS = 0x01;
    /** Subscribed to, so the gateway may send with its id. */
    static final int SUBSCRIBED = 0x02;
    /** Its id is pre-defined. */
    static final int PREDEFINED = 0x04;
    /** Registered by the gateway. */
    static final int GIVEN = 0x08;

    static final int NAME_MAX = 255;

    /** Numbers an entry has: its id, where its name starts, and the name's length with the marks, which are 0 for a free entry. */
    static final int ROW = 3;

    private static final int START = 1;
    private static final int SIZE = 2;

    private final char[] rows;
    private final int entries;
    private final byte[] pool;
    private final Outbox outbox;
    private int used;
    private int nextVictim;

    Topics(int entries, int poolOctets, Outbox outbox) {
        this.entries = entries;
        rows = new char[entries * ROW];
        pool = new byte[poolOctets];
        this.outbox = outbox;
    }

    int findName(byte[] name, int at, int length) {
        return findName(name, at, length, 0);
    }

    private int findName(byte[] name, int at, int length, int first) {
        for (int i = first; i < entries; i++) {
            if (isUsed(i) && nameLength(i) == length && Bytes.equal(pool, nameStart(i), name, at, length)) {
                return i;
            }
        }
        return NONE;
    }

    /** As {@link #findName}, among the names whose id the gateway gives: one of them may also have a pre-defined id. */
    int findGivenName(byte[] name, int at, int length) {
        int entry = findName(name, at, length);
        while (entry != NONE && isMarked(entry, PREDEFINED)) {
            entry = findName(name, at, length, entry + 1);
        }
        return entry;
    }

    /** @param predefined which number space {@code id} is from */
    int findId(int id, boolean predefined) {
        for (int i = 0; i < entries; i++) {
            if (isUsed(i) && id(i) == id && isMarked(i, PREDEFINED) == predefined) {
                return i;
            }
        }
        return NONE;
    }

    /**
     * Adds a name that is not there, if need be in the place of one that the application published to and that nothing refers to any
     * more.
     *
     * @return its entry; {@link #NONE} when there is no room
     */
    int add(byte[] name, int at, int length, int mark) {
        int entry = free();
        while (entry == NONE || length > pool.length - used) {
            int victim = victim();
            if (victim == NONE) {
                return NONE;
            }
            remove(victim);
            entry = free();
        }
        System.arraycopy(name, at, pool, used, length);
        rows[entry * ROW] = 0;
        rows[entry * ROW + START] = (char) used;
        rows[entry * ROW + SIZE] = (char) (length << 8 | mark);
        used += length;
        return entry;
    }

    private int free() {
        for (int i = 0; i < entries; i++) {
            if (!isUsed(i)) {
                return i;
            }
        }
        return NONE;
    }

    private int victim() {
        for (int turn = 0; turn < entries; turn++) {
            nextVictim = nextVictim + 1 < entries ? nextVictim + 1 : 0;
            if (isExpendable(nextVictim)) {
                return nextVictim;
            }
        }
        return NONE;
    }

    /** A name that the gateway may send with must stay as long as its id holds. */
    private boolean isExpendable(int i) {
        boolean inbound = isMarked(i, SUBSCRIBED | GIVEN) && id(i) != 0;
        return isUsed(i) && !isMarked(i, PREDEFINED) && !inbound && !outbox.refersTo(i);
    }

    private void remove(int entry) {
        int start = nameStart(entry);
        int length = nameLength(entry);
        System.arraycopy(pool, start + length, pool, start, used - start - length);
        used -= length;
        for (int i = 0; i < entries; i++) {
            if (nameStart(i) > start) {
                rows[i * ROW + START] -= (char) length;
            }
        }
        rows[entry * ROW] = 0;
        rows[entry * ROW + SIZE] = 0;
    }

    /** Gives an entry its id; whoever had that id before has it no more. */
    void assign(int entry, int id) {
        if (!isMarked(entry, PREDEFINED)) {
            int before = findId(id, false);
            if (before != NONE) {
                rows[before * ROW] = 0;
            }
        }
        rows[entry * ROW] = (char) id;
    }

    /** The gateway does not know this id any more. */
    void forgetId(int entry) {
        if (!isMarked(entry, PREDEFINED)) {
            rows[entry * ROW] = 0;
        }
    }

    /** Forgets all ids but the pre-defined ones, and the names that only the gateway brought (a new connection starts without any). */
    void forgetIds() {
        for (int i = 0; i < entries; i++) {
            forgetId(i);
            if (isUsed(i) && !isMarked(i, OURS | PREDEFINED) && !outbox.refersTo(i)) {
                remove(i);
            }
        }
    }

    int id(int entry) {
        return rows[entry * ROW];
    }

    private boolean isUsed(int entry) {
        return (rows[entry * ROW + SIZE] & 0xFF) != 0;
    }

    boolean isMarked(int entry, int mark) {
        return (rows[entry * ROW + SIZE] & mark) != 0;
    }

    void mark(int entry, int mark) {
        rows[entry * ROW + SIZE] |= (char) mark;
    }

    byte[] names() {
        return pool;
    }

    int nameStart(int entry) {
        return rows[entry * ROW + START];
    }

    int nameLength(int entry) {
        return rows[entry * ROW + SIZE] >> 8;
    }
}
