package midge.gateway.store;

import midge.gateway.config.Durability;
import midge.hal.Hal;
import midge.hal.store.Journal;
import midge.hal.store.Storage;

/**
 * The journal of one gateway core. Records gather until {@link #commit}, which the host calls before it sends anything that depends on
 * them.
 *
 * <p>A record says what holds from now on, so older ones become stale; when they outweigh the others by far, the owner writes all that
 * holds anew. The same heals a storage that failed (a full disk): nothing is appended to what may have a gap, and every
 * {@value #REPAIR_MS} ms all is written anew until that succeeds. The gateway goes on meanwhile.
 */
public final class StateStore {
    private static final long REPAIR_MS = 10_000;
    private static final long SMALLEST_BOUND = 1024 * 1024;
    private static final long NEVER = Long.MAX_VALUE;

    private final BufferedStorage first;
    private final BufferedStorage second;
    private final Journal journal;
    private final RecordWriter writer = new RecordWriter();
    private final RecordReader reader = new RecordReader();
    private final Durability durability;
    private final int batchMs;
    private int type;
    private int failure = Hal.GONE;
    /** Before the journal was read nothing may be written: it would be written anew, without what it holds. */
    private boolean opened;

    private boolean changed;
    private boolean reading;
    private long bound = SMALLEST_BOUND;
    private long repairMs = Long.MIN_VALUE;
    private long syncDueMs = NEVER;
    private long failures;

    /** Writes all that holds. */
    public interface Snapshot {
        /** To be answered by {@link #begin} and {@link #end} for each record. */
        void write();
    }

    /**
     * @param first, second the two storages of a {@link Journal}, of no other core
     * @param batchMs for {@link Durability#BATCH}
     */
    public StateStore(Storage first, Storage second, Durability durability, int batchMs) {
        this.first = new BufferedStorage(first);
        this.second = new BufferedStorage(second);
        this.durability = durability;
        this.batchMs = batchMs;
        journal = new Journal(this.first, this.second, RecordWriter.SIZE);
    }

    /** Finds the records of the process before. @return {@link Hal#OK}, or the code of a storage that cannot be used */
    public int open() {
        failure = journal.open();
        opened = true;
        return failure;
    }

    /** @return octets at the end of the journal that a process left half-written, and that were cut off */
    public long tornOctets() {
        return journal.tornOctets();
    }

    /** @return how often a storage failed */
    public long failures() {
        return failures;
    }

    /** @return {@link Hal#OK} while everything is kept, and before {@link #open}; else why not, a code of {@link Hal} */
    public int failure() {
        return opened ? failure : Hal.OK;
    }

    /** @return octets of journal */
    public long length() {
        return journal.length();
    }

    /** Starts reading with the oldest record. Until the next {@link #rewrite} nothing is added. */
    public void rewind() {
        reading = true;
        journal.rewind();
    }

    /** @return whether there is a next record, which {@link #type} and {@link #record} then show */
    public boolean next() {
        boolean found = journal.next() > 0;
        if (found) {
            reader.wrap(journal.body(), journal.bodyLength());
        }
        return found;
    }

    /** @return the type of the record that {@link #next} found, 1..255 */
    public int type() {
        return journal.type();
    }

    /** @return its fields */
    public RecordReader record() {
        return reader;
    }

    /** Begins a record. @return where its fields go */
    public RecordWriter begin(int recordType) {
        type = recordType;
        writer.reset();
        return writer;
    }

    /** Adds the record to the journal. */
    public void end() {
        if (failure != Hal.OK || reading) {
            return;
        }
        if (writer.isSpoilt()) {
            throw new IllegalStateException("a record of type " + type + " exceeds " + RecordWriter.SIZE + " octets");
        }
        changed = true;
        attempt(journal.append(type, writer.octets(), 0, writer.length()));
    }

    /** @return when {@link #commit} is due at the latest, {@link Long#MAX_VALUE}: not before the next change */
    public long dueMs() {
        return failure == Hal.OK || !opened ? syncDueMs : repairMs;
    }

    /** Writes everything anew. */
    public void rewrite(Snapshot snapshot, long nowMs) {
        reading = false;
        boolean broken = failure != Hal.OK;
        failure = broken ? journal.open() : Hal.OK;
        attempt(journal.beginCompaction());
        if (failure == Hal.OK) {
            snapshot.write();
            attempt(failure == Hal.OK ? journal.endCompaction() : failure);
        }
        changed = false;
        syncDueMs = NEVER;
        if (failure == Hal.OK) {
            bound = Math.max(SMALLEST_BOUND, 3 * journal.length());
        } else {
            journal.abandonCompaction();
            failures++;
            repairMs = nowMs + REPAIR_MS;
        }
    }

    private void attempt(int status) {
        failure = failure == Hal.OK ? status : failure;
    }

    /**
     * Hands the records to the operating system, and to the disk as far as the durability wants it.
     *
     * @param snapshot asked when the journal has grown too much, or failed
     */
    public void commit(Snapshot snapshot, long nowMs) {
        if (!opened || (failure != Hal.OK && nowMs < repairMs)) {
            return;
        }
        if (failure == Hal.OK && changed && journal.length() <= bound) {
            changed = false;
            write(nowMs);
        }
        if (failure != Hal.OK || changed) {
            rewrite(snapshot, nowMs);
        } else if (nowMs >= syncDueMs) {
            sync();
        }
    }

    private void write(long nowMs) {
        if (durability == Durability.ALWAYS) {
            sync();
            return;
        }
        attempt(first.flush());
        attempt(second.flush());
        if (durability == Durability.BATCH) {
            syncDueMs = Math.min(syncDueMs, nowMs + batchMs);
        }
    }

    private void sync() {
        syncDueMs = NEVER;
        attempt(journal.sync());
    }
}
