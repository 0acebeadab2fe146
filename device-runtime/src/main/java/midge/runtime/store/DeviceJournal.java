package midge.runtime.store;

import midge.hal.Hal;
import midge.hal.store.Journal;
import midge.hal.store.JournalFilter;
import midge.hal.store.Storage;
import midge.wire.Ranges;

/**
 * One journal for {@link JournalOutbox} and {@link JournalSession} together, so that a message leaves the outbox and the client's
 * session by one record: a power cut finds it in both or in neither, and it is neither lost nor published under a second identifier.
 *
 * <pre>{@code
 * DeviceJournal journal = new DeviceJournal(first, second, 1_000, 48, 256, 64, 131_072);
 * status = journal.open();                                     // before anything that uses it is made
 * MqttLinkTask link = new MqttLinkTask(runtime, linkConfig, clientConfig, stream, journal.session(), prng);
 * status = journal.session().restore(link.client(), topics, clientConfig.version());
 * OutboxTask outbox = new OutboxTask(runtime, journal.outbox(), new MqttUplink(link, topics), listener, 50);
 * }</pre>
 *
 * What must survive is synced before the call that wrote it returns. Once the storage is half full, stale records are dropped when they
 * outnumber those that count.
 */
public final class DeviceJournal implements JournalFilter {
    private static final int HEAD = 2;
    private static final int RECORD_HEAD = 7;

    private final Journal journal;
    private final JournalOutbox outbox;
    private final JournalSession session;
    private final int storageOctets;
    /** Messages may fill the storage so far; the rest is for the session, without which none could be sent. */
    private final int messageOctets;

    private int records;
    private int compactions;
    private int failures;
    private int lastFailure;

    /**
     * Takes about {@code 9 * messages + 2 * payloadCapacity + packetOctets + 8 * receivedMax + 64} octets of RAM.
     *
     * @param messages that the outbox holds, 1..65_535
     * @param payloadCapacity octets for each payload, 1..1_024
     * @param packetOctets the longest PUBLISH that the client keeps, its {@code slotBytes}, 16..65_533
     * @param receivedMax inbound QoS 2 messages that may be unfinished, 1..65_535
     * @param storageOctets what each of the two storages holds; about {@code 45 + payload} for each message that waits, and some room
     *     for the session, which is kept free; from {@code packetOctets + 9 * receivedMax + 512} to 1_000_000_000
     */
    public DeviceJournal(
            Storage first,
            Storage second,
            int messages,
            int payloadCapacity,
            int packetOctets,
            int receivedMax,
            int storageOctets) {
        Ranges.check("payloadCapacity", payloadCapacity, 1, 1_024);
        Ranges.check("packetOctets", packetOctets, 16, 65_533);
        int message = JournalOutbox.PAYLOAD + payloadCapacity;
        journal = new Journal(first, second, message > HEAD + packetOctets ? message : HEAD + packetOctets);
        outbox = new JournalOutbox(this, messages, payloadCapacity);
        session = new JournalSession(this, outbox, packetOctets, receivedMax);
        int reserve = packetOctets + 9 * receivedMax + 128;
        this.storageOctets = Ranges.check("storageOctets", storageOctets, reserve + 384, 1_000_000_000);
        messageOctets = storageOctets - reserve;
    }

    /** Reads what there is. @return {@link Hal#OK} or the storage's negative code, then nothing can be kept */
    public int open() {
        outbox.clear();
        session.clear();
        records = 0;
        int status = journal.open();
        return status == Hal.OK ? learn(false) : status;
    }

    /** @return the outbox on this journal */
    public JournalOutbox outbox() {
        return outbox;
    }

    /** @return the session on this journal */
    public JournalSession session() {
        return session;
    }

    /** @return how often stale records were dropped since the start */
    public int compactions() {
        return compactions;
    }

    /** @return records that could not be written since the start */
    public int failures() {
        return failures;
    }

    /** @return the code of the last of them, {@link Hal#OK} when there was none */
    public int lastFailure() {
        return lastFailure;
    }

    /** @return octets of half-written records that were found at the start and cut off */
    public long tornOctets() {
        return journal.tornOctets();
    }

    /**
     * Writes one record, making room when there is none.
     *
     * @param durable whether it must survive a power cut from now on; otherwise that is so after the next record that must
     * @return where it stands, or a negative code
     */
    long append(int type, byte[] body, int length, boolean durable) {
        if (journal.length() >= storageOctets / 2 && stale() > records / 2) {
            compact();
        }
        long at = journal.length();
        int status = journal.append(type, body, 0, length);
        if (status == Hal.FULL && compact() == Hal.OK) {
            at = journal.length();
            status = journal.append(type, body, 0, length);
        }
        if (status == Hal.OK) {
            records++;
            status = durable ? journal.sync() : Hal.OK;
        }
        if (status != Hal.OK) {
            failures++;
            lastFailure = status;
            return status;
        }
        return at;
    }

    /** @return records that do not count any more, about */
    private int stale() {
        return records - outbox.depth() - session.facts();
    }

    /**
     * Makes room for one more message, if an eighth of the records is stale: less is not worth the wear.
     *
     * @return whether there is room
     */
    boolean hasRoom(int bodyLength) {
        int octets = RECORD_HEAD + bodyLength;
        if (journal.length() + octets <= messageOctets) {
            return true;
        }
        return stale() > records / 8 && compact() == Hal.OK && journal.length() + octets <= messageOctets;
    }

    /** Drops what is stale. @return {@link Hal#OK} or a negative code, then everything is as before */
    int compact() {
        int status = journal.compact(this);
        if (status != Hal.OK) {
            return status;
        }
        compactions++;
        records = 0;
        return learn(true);
    }

    /** @param again whether everything is known, and only has moved */
    private int learn(boolean again) {
        journal.rewind();
        int found = journal.next();
        while (found > 0) {
            records++;
            int type = journal.type();
            if (type == Fact.MESSAGE || type == Fact.REMOVED) {
                outbox.learn(type, journal.body(), journal.bodyLength(), (int) journal.position(), again);
            } else {
                session.learn(type, journal.body(), journal.bodyLength(), (int) journal.position());
            }
            found = journal.next();
        }
        return found;
    }

    /** Asked by the journal, for the record that it loaded last. */
    public boolean keep(int type, byte[] body, int offset, int length) {
        int at = (int) journal.position();
        return type == Fact.MESSAGE ? outbox.needs(at) : session.needs(at);
    }

    /** Loads the record at {@code at}. @return its body's length, or a negative code */
    int load(long at) {
        int found = journal.read(at);
        return found > 0 ? journal.bodyLength() : found < 0 ? found : Hal.BAD_CRC;
    }

    /** @return the body that {@link #load} found */
    byte[] body() {
        return journal.body();
    }
}
