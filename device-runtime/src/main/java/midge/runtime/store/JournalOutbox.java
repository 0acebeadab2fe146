package midge.runtime.store;

import midge.hal.Hal;
import midge.runtime.task.Outbox;
import midge.wire.Bytes;
import midge.wire.Ranges;
import midge.wire.Status;

/** An {@link Outbox} that outlives a restart. In RAM it holds nine octets for each message; the rest is read when it is sent. */
public final class JournalOutbox implements Outbox {
    static final int PAYLOAD = 14;
    private static final int TOPIC = 4;
    private static final int QOS = 5;
    private static final int STAMP = 6;
    private static final int NONE = -1;

    private final DeviceJournal journal;
    private final int payloadCapacity;
    private final int[] tokens;
    private final int[] positions;
    private final byte[] topics;
    /** The record used last, written or read. */
    private final byte[] record;

    private int recordToken = NONE;
    private int recordLength;
    private int depth;
    private int relocated;
    private int handing = NONE;
    private int underWay = NONE;
    /** A message that storage knows to be finished, and the outbox task not yet. */
    private int finished = NONE;

    private int overflowed;

    JournalOutbox(DeviceJournal journal, int capacity, int payloadCapacity) {
        this.journal = journal;
        this.payloadCapacity = payloadCapacity;
        tokens = new int[Ranges.check("messages", capacity, 1, 65_535)];
        positions = new int[capacity];
        topics = new byte[capacity];
        record = new byte[PAYLOAD + payloadCapacity];
    }

    public int depth() {
        return depth;
    }

    public int capacity() {
        return tokens.length;
    }

    public int payloadCapacity() {
        return payloadCapacity;
    }

    /** {@inheritDoc} On return it would survive a power cut. {@code BUSY} also when the storage is full. */
    public int add(int topic, int qos, byte[] payload, int offset, int length, int token, long stampMs) {
        if (length > payloadCapacity) {
            return Status.TOO_LARGE;
        }
        if (depth == tokens.length || !journal.hasRoom(PAYLOAD + length)) {
            return Status.BUSY;
        }
        Bytes.putU32(record, 0, token);
        record[TOPIC] = (byte) topic;
        record[QOS] = (byte) qos;
        Bytes.putU32(record, STAMP, stampMs >>> 32);
        Bytes.putU32(record, STAMP + 4, stampMs);
        System.arraycopy(payload, offset, record, PAYLOAD, length);
        recordLength = PAYLOAD + length;
        recordToken = NONE;
        long at = journal.append(Fact.MESSAGE, record, recordLength, true);
        if (at < 0) {
            return at == Hal.FULL ? Status.BUSY : (int) at;
        }
        recordToken = token;
        tokens[depth] = token;
        positions[depth] = (int) at;
        topics[depth] = (byte) topic;
        depth++;
        return Status.OK;
    }

    private int load(int position) {
        if (tokens[position] == recordToken) {
            return Status.OK;
        }
        recordToken = NONE;
        int length = journal.load(positions[position]);
        if (length < PAYLOAD || length > record.length) {
            return length < 0 ? length : Hal.BAD_CRC;
        }
        System.arraycopy(journal.body(), 0, record, 0, length);
        recordLength = length;
        recordToken = tokens[position];
        return Status.OK;
    }

    public int topic(int position) {
        return topics[position] & 0xFF;
    }

    public int qos(int position) {
        return load(position) < 0 ? 0 : record[QOS];
    }

    public int token(int position) {
        return tokens[position];
    }

    /** {@inheritDoc} Of a message from before the restart: on the clock of that time. */
    public long stampMs(int position) {
        return load(position) < 0 ? 0 : Bytes.u32(record, STAMP) << 32 | Bytes.u32(record, STAMP + 4);
    }

    public int payload(int position, byte[] into, int offset, int capacity) {
        int status = load(position);
        if (status < 0) {
            return status;
        }
        int length = recordLength - PAYLOAD;
        if (length > capacity) {
            return Status.TOO_SMALL;
        }
        System.arraycopy(record, PAYLOAD, into, offset, length);
        return length;
    }

    public void remove(int position) {
        int token = tokens[position];
        drop(position);
        if (token == finished) {
            finished = NONE;
            return;
        }
        Bytes.putU32(record, 0, token);
        recordToken = NONE;
        // When there is no room, compaction has dropped the message already. Any other failure is counted there.
        journal.append(Fact.REMOVED, record, 4, false);
    }

    private void drop(int position) {
        int later = depth - position - 1;
        System.arraycopy(tokens, position + 1, tokens, position, later);
        System.arraycopy(positions, position + 1, positions, position, later);
        System.arraycopy(topics, position + 1, topics, position, later);
        depth--;
    }

    public void handing(int position) {
        handing = position < 0 ? NONE : tokens[position];
    }

    public int underWay() {
        return depth > 0 ? underWay : NONE;
    }

    /** @return the token of the message that the client is about to take, or -1 */
    int handing() {
        return handing;
    }

    /** After {@link #open}: the oldest message travels under this packet identifier. */
    void isUnderWay(int token, int packetId) {
        underWay = depth > 0 && tokens[0] == token ? packetId : NONE;
    }

    /** Storage knows that this message is finished; the outbox task will remove it. */
    void finished(int token) {
        finished = token;
    }

    /** As {@link #finished}, while records are read back. */
    void learnFinished(int token) {
        int position = find(token);
        if (position >= 0) {
            drop(position);
        }
    }

    /** Loads the message with this token into {@link #record}. @return {@link Status#OK} or a negative code */
    int loadToken(int token) {
        int position = find(token);
        return position < 0 ? Hal.NO_VALUE : load(position);
    }

    byte[] record() {
        return record;
    }

    int recordTopic() {
        return record[TOPIC] & 0xFF;
    }

    int recordQos() {
        return record[QOS];
    }

    int recordPayloadLength() {
        return recordLength - PAYLOAD;
    }

    private int find(int token) {
        for (int i = 0; i < depth; i++) {
            if (tokens[i] == token) {
                return i;
            }
        }
        return NONE;
    }

    void clear() {
        depth = 0;
        recordToken = NONE;
        handing = NONE;
        underWay = NONE;
        finished = NONE;
    }

    void learn(int type, byte[] body, int length, int at, boolean again) {
        if (length < 4) {
            return;
        }
        int token = (int) Bytes.u32(body, 0);
        if (type == Fact.REMOVED) {
            learnFinished(token);
        } else if (again) {
            relocate(token, at);
        } else {
            if (depth == tokens.length) {
                drop(0); // the outbox is smaller than it was
                overflowed++;
            }
            tokens[depth] = token;
            positions[depth] = at;
            topics[depth] = length > TOPIC ? body[TOPIC] : 0;
            depth++;
        }
    }

    /** Messages come in the order that they have here. */
    private void relocate(int token, int at) {
        relocated = relocated < depth ? relocated : 0;
        for (int i = 0; i < depth; i++) {
            int position = (relocated + i) % depth;
            if (tokens[position] == token) {
                positions[position] = at;
                relocated = position + 1;
                return;
            }
        }
    }

    boolean needs(int at) {
        // Positions grow with the order.
        int low = 0;
        int high = depth - 1;
        while (low <= high) {
            int middle = (low + high) / 2;
            if (positions[middle] == at) {
                return tokens[middle] != finished;
            }
            if (positions[middle] < at) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    /** @return messages that did not fit at the start, because this outbox is smaller than the one that wrote them */
    public int overflowed() {
        return overflowed;
    }
}
