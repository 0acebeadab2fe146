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

    private final char[] ids;
    private final char[] starts;
    private final byte[] lengths;
    /** 0 for a free entry. */
    private final byte[] marks;

    private final byte[] pool;
    private final Outbox outbox;
    private int used;
    private int nextVictim;

    Topics(int entries, int poolOctets, Outbox outbox) {
        ids = new char[entries];
        starts = new char[entries];
        lengths = new byte[entries];
        marks = new byte[entries];
        pool = new byte[poolOctets];
        this.outbox = outbox;
    }

    int findName(byte[] name, int at, int length) {
        for (int i = 0; i < marks.length; i++) {
            if (marks[i] != 0 && nameLength(i) == length && Bytes.equal(pool, starts[i], name, at, length)) {
                return i;
            }
        }
        return NONE;
    }

    /** @param predefined which number space {@code id} is from */
    int findId(int id, boolean predefined) {
        for (int i = 0; i < marks.length; i++) {
            if (marks[i] != 0 && ids[i] == id && isMarked(i, PREDEFINED) == predefined) {
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
        starts[entry] = (char) used;
        lengths[entry] = (byte) length;
        marks[entry] = (byte) mark;
        ids[entry] = 0;
        used += length;
        return entry;
    }

    private int free() {
        for (int i = 0; i < marks.length; i++) {
            if (marks[i] == 0) {
                return i;
            }
        }
        return NONE;
    }

    private int victim() {
        for (int turn = 0; turn < marks.length; turn++) {
            nextVictim = nextVictim + 1 < marks.length ? nextVictim + 1 : 0;
            if (isExpendable(nextVictim)) {
                return nextVictim;
            }
        }
        return NONE;
    }

    /** A name that the gateway may send with must stay as long as its id holds. */
    private boolean isExpendable(int i) {
        boolean inbound = isMarked(i, SUBSCRIBED | GIVEN) && ids[i] != 0;
        return marks[i] != 0 && !isMarked(i, PREDEFINED) && !inbound && !outbox.refersTo(i);
    }

    private void remove(int entry) {
        int start = starts[entry];
        int length = nameLength(entry);
        System.arraycopy(pool, start + length, pool, start, used - start - length);
        used -= length;
        for (int i = 0; i < marks.length; i++) {
            if (starts[i] > start) {
                starts[i] -= (char) length;
            }
        }
        marks[entry] = 0;
        ids[entry] = 0;
    }

    /** Gives an entry its id; whoever had that id before has it no more. */
    void assign(int entry, int id) {
        if (!isMarked(entry, PREDEFINED)) {
            int before = findId(id, false);
            if (before != NONE) {
                ids[before] = 0;
            }
        }
        ids[entry] = (char) id;
    }

    /** The gateway does not know this id any more. */
    void forgetId(int entry) {
        if (!isMarked(entry, PREDEFINED)) {
            ids[entry] = 0;
        }
    }

    /** Forgets all ids but the pre-defined ones, and the names that only the gateway brought (a new connection starts without any). */
    void forgetIds() {
        for (int i = 0; i < marks.length; i++) {
            forgetId(i);
            if (marks[i] != 0 && !isMarked(i, OURS | PREDEFINED) && !outbox.refersTo(i)) {
                remove(i);
            }
        }
    }

    int id(int entry) {
        return ids[entry];
    }

    boolean isMarked(int entry, int mark) {
        return (marks[entry] & mark) != 0;
    }

    void mark(int entry, int mark) {
        marks[entry] |= (byte) mark;
    }

    byte[] names() {
        return pool;
    }

    int nameStart(int entry) {
        return starts[entry];
    }

    int nameLength(int entry) {
        return lengths[entry] & 0xFF;
    }
}
