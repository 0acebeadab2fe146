package midge.hal.store;

import midge.hal.Hal;

/**
 * Records that survive a power cut at any moment. They are only ever appended, each with a CRC-32, to one of two storages; when too
 * many of them are stale, those that still matter are copied to the other one, which takes over once it is complete.
 *
 * <p>After a power cut {@link #open} finds every record that was there at the last {@link #sync}, in order, then perhaps some of those
 * appended later, in order and without a gap; half-written ones are cut off and counted. A cut during compaction leaves the old
 * records or the new ones, never a mixture.
 *
 * <p>Memory: one body of {@code maxBody} octets. Nothing is allocated after construction.
 */
public final class Journal {
    private static final int MOST_BODY = 0xFFFF;
    private static final int LEAST_BODY = 16;

    private final JournalArea first;
    private final JournalArea second;
    private final byte[] body;
    private final int maxBody;
    private JournalArea active;
    private boolean opened;
    private JournalArea replacement;
    private long cursor;
    private long position;
    private long tornOctets;

    /**
     * Touches neither storage.
     *
     * @param maxBody largest body, 1..65535 octets; not less than when the records were written, or they count as torn
     * @throws IllegalArgumentException outside that range
     */
    public Journal(Storage first, Storage second, int maxBody) {
        if (maxBody < 1 || maxBody > MOST_BODY) {
            throw new IllegalArgumentException("maxBody must be 1..65535");
        }
        this.first = new JournalArea(first);
        this.second = new JournalArea(second);
        this.active = this.first;
        this.maxBody = maxBody;
        this.body = new byte[maxBody < LEAST_BODY ? LEAST_BODY : maxBody];
    }

    /**
     * Finds the records that there are, or starts empty. Must succeed before anything else; may be called again.
     *
     * @return {@link Hal#OK}, or a storage's negative code
     */
    public int open() {
        opened = false;
        replacement = null;
        int status = first.scan(body);
        if (status == Hal.OK) {
            status = second.scan(body);
        }
        if (status != Hal.OK) {
            return status;
        }
        JournalArea found = newest();
        if (found == null) {
            tornOctets += first.tail() + second.tail();
            found = first;
            status = format();
        } else {
            tornOctets += found.tail();
            status = found.cutTail();
        }
        if (status == Hal.OK) {
            active = found;
            opened = true;
            rewind();
        }
        return status;
    }

    /**
     * Adds a record. It would survive a power cut after the next {@link #sync}. While compacting it goes to the new storage.
     *
     * @param type 1..255, the caller's own numbering
     * @param length 0..maxBody
     * @return {@link Hal#OK}; {@link Hal#FULL} when there is no room (compact, then try again); {@link Hal#INVALID} for another type
     *     or length; {@link Hal#GONE} before {@link #open}; or the storage's code. On failure nothing is added
     */
    public int append(int type, byte[] octets, int offset, int length) {
        if (!opened) {
            return Hal.GONE;
        }
        if (type < 1 || type > 255 || length < 0 || length > maxBody) {
            return Hal.INVALID;
        }
        return (replacement == null ? active : replacement).append(type, octets, offset, length);
    }

    /**
     * @return {@link Hal#OK} once every record appended before would survive a power cut, or a negative code. Records appended while
     *     compacting wait for {@link #endCompaction}
     */
    public int sync() {
        return !opened ? Hal.GONE : active.sync();
    }

    /** Lets {@link #next} start again with the oldest record. */
    public void rewind() {
        cursor = 0;
    }

    /**
     * Loads the next record, to be looked at with {@link #type}, {@link #body}, {@link #bodyLength} and {@link #position}.
     *
     * @return 1 when there is one, 0 at the end, or a negative code
     */
    public int next() {
        int found = 1;
        while (found > 0) {
            found = load(cursor);
            if (found > 0) {
                cursor += found;
                if (active.type() != JournalArea.OWN_TYPE) {
                    return 1;
                }
            }
        }
        return found;
    }

    /**
     * Loads the record at a {@link #position} seen before. {@link #next} goes on where it was. Positions are void after compaction.
     *
     * @return 1; 0 when no good record starts there; or a negative code
     */
    public int read(long at) {
        int found = load(at);
        return found > 0 ? 1 : found;
    }

    /** @return where the record loaded last starts */
    public long position() {
        return position;
    }

    /** @return type of the record loaded last, 1..255 */
    public int type() {
        return active.type();
    }

    /** @return the journal's own array with the body loaded last, from index 0; valid until the next call that loads or opens */
    public byte[] body() {
        return body;
    }

    /** @return octets of the body loaded last */
    public int bodyLength() {
        return active.bodyLength();
    }

    /** @return octets in use, to be weighed against what is still needed: time to compact? */
    public long length() {
        return !opened ? 0 : active.end();
    }

    /** @return octets of half-written or unreadable records that {@link #open} has cut off so far */
    public long tornOctets() {
        return tornOctets;
    }

    /**
     * Starts to write anew: what is appended from now on replaces everything once {@link #endCompaction} succeeds. Until then reading
     * shows the old records.
     *
     * @return {@link Hal#OK} or a negative code, then nothing has changed
     */
    public int beginCompaction() {
        if (!opened) {
            return Hal.GONE;
        }
        JournalArea other = active == first ? second : first;
        int status = other.start(active.generation() + 1);
        replacement = status == Hal.OK ? other : null;
        return status;
    }

    /**
     * Makes the new records the journal, durably, and frees the old storage.
     *
     * @return {@link Hal#OK}; {@link Hal#INVALID} without {@link #beginCompaction}; or the storage's code, then the old records stay
     */
    public int endCompaction() {
        if (replacement == null) {
            return Hal.INVALID;
        }
        int status = replacement.seal();
        if (status != Hal.OK) {
            abandonCompaction();
            return status;
        }
        JournalArea old = active;
        active = replacement;
        replacement = null;
        rewind();
        // The new area is the newest whether or not this succeeds.
        old.clear();
        return Hal.OK;
    }

    /** Drops the new records and goes on with the old ones; harmless when not compacting. */
    public void abandonCompaction() {
        if (replacement != null && replacement.clear() != Hal.OK) {
            // A seal may already be there: at the next open the new records could win over what we append to the old
            // ones.
            opened = false;
        }
        replacement = null;
    }

    /**
     * Keeps the records that {@code filter} wants, in order, and forgets the others.
     *
     * @return {@link Hal#OK}, or a negative code, then all records stay
     */
    public int compact(JournalFilter filter) {
        int status = beginCompaction();
        if (status != Hal.OK) {
            return status;
        }
        rewind();
        int found = next();
        while (found > 0 && status == Hal.OK) {
            if (filter.keep(active.type(), body, 0, active.bodyLength())) {
                status = append(active.type(), body, 0, active.bodyLength());
            }
            found = next();
        }
        if (status != Hal.OK || found < 0) {
            abandonCompaction();
            rewind();
            return status != Hal.OK ? status : found;
        }
        return endCompaction();
    }

    private int load(long at) {
        if (!opened) {
            return Hal.GONE;
        }
        if (at < 0 || at >= active.end()) {
            return 0;
        }
        position = at;
        return active.read(at, body);
    }

    /** @return the sealed area with the higher generation, or null */
    private JournalArea newest() {
        if (!first.sealed() || !second.sealed()) {
            return first.sealed() ? first : second.sealed() ? second : null;
        }
        return first.generation() - second.generation() > 0 ? first : second;
    }

    private int format() {
        int status = first.start(1);
        return status == Hal.OK ? first.seal() : status;
    }
}
