package midge.runtime.store;

import midge.hal.Hal;
import midge.mqtt.client.MqttClient;
import midge.mqtt.client.SessionStore;
import midge.mqtt.codec.MqttPublish;
import midge.runtime.task.PublishTopics;
import midge.wire.Bytes;
import midge.wire.Ranges;
import midge.wire.Status;

/**
 * The client's session on the device's journal. A message of the outbox is not written a second time: the record only says under which
 * packet identifier it travels.
 */
public final class JournalSession implements SessionStore {
    /** More than any device's window. */
    private static final int OUTBOUND_MAX = 64;

    private static final int NONE = -1;

    private final DeviceJournal journal;
    private final JournalOutbox outbox;
    private final PacketIds outbound = new PacketIds(OUTBOUND_MAX);
    /** Of an outbound message: the outbox's token, or {@link #NONE}; and where its RELEASED stands, or {@link #NONE}. */
    private final int[] tokens = new int[OUTBOUND_MAX];

    private final int[] releasedAt = new int[OUTBOUND_MAX];
    private final PacketIds received;
    private final byte[] record;
    private boolean hasSession;
    private int sessionAt = NONE;
    private int orphans;

    JournalSession(DeviceJournal journal, JournalOutbox outbox, int packetOctets, int receivedMax) {
        this.journal = journal;
        this.outbox = outbox;
        received = new PacketIds(Ranges.check("receivedMax", receivedMax, 1, 65_535));
        record = new byte[2 + packetOctets];
    }

    void clear() {
        outbound.clear();
        received.clear();
        hasSession = false;
        sessionAt = NONE;
    }

    /** @return records that count */
    int facts() {
        return 1 + 2 * outbound.count() + received.count();
    }

    public int begin() {
        received.clear();
        long at = journal.append(Fact.SESSION, record, 0, true);
        hasSession = at >= 0;
        sessionAt = (int) at;
        return hasSession ? Status.OK : (int) at;
    }

    public int end() {
        if (!hasSession && received.count() == 0) {
            return Status.OK;
        }
        received.clear();
        hasSession = false;
        return status(journal.append(Fact.NO_SESSION, record, 0, true));
    }

    private static int status(long at) {
        return at < 0 ? (int) at : Status.OK;
    }

    /** {@inheritDoc} {@code BUSY} when storage fails, so that the message waits and is tried again. */
    public int putMessage(int packetId, byte[] packet, int offset, int length) {
        int token = outbox.handing();
        if (outbound.isFull() || token == NONE && length + 2 > record.length) {
            return Status.BUSY;
        }
        Bytes.putU16(record, 0, packetId);
        long at;
        if (token == NONE) {
            System.arraycopy(packet, offset, record, 2, length);
            at = journal.append(Fact.PUT, record, 2 + length, true);
        } else {
            Bytes.putU32(record, 2, token);
            at = journal.append(Fact.HANDED, record, 6, true);
        }
        if (at < 0) {
            return Status.BUSY;
        }
        hold(packetId, (int) at, token, NONE);
        return Status.OK;
    }

    private void hold(int packetId, int at, int token, int released) {
        int index = outbound.add(packetId, at);
        if (index >= 0) {
            tokens[index] = token;
            releasedAt[index] = released;
        }
    }

    public int releaseMessage(int packetId) {
        long at = append(Fact.RELEASED, packetId, true);
        int index = outbound.find(packetId);
        if (at >= 0 && index >= 0) {
            releasedAt[index] = (int) at;
        }
        return status(at);
    }

    /** {@inheritDoc} It need not be durable at once: without it PUBREL is sent again, and every later record brings it along. */
    public int removeMessage(int packetId) {
        int index = outbound.find(packetId);
        if (index < 0) {
            return Status.OK;
        }
        long at = append(Fact.FINISHED, packetId, false);
        if (tokens[index] != NONE) {
            outbox.finished(tokens[index]);
        }
        dropOutbound(index);
        // No room even after compaction: one more, now that nothing of this message counts, says the same as the
        // record.
        return at == Hal.FULL ? journal.compact() : status(at);
    }

    private void dropOutbound(int index) {
        int last = outbound.count() - 1;
        System.arraycopy(tokens, index + 1, tokens, index, last - index);
        System.arraycopy(releasedAt, index + 1, releasedAt, index, last - index);
        outbound.remove(index);
    }

    public int putReceived(int packetId) {
        if (received.isFull()) {
            return Status.BUSY;
        }
        long at = append(Fact.RECEIVED, packetId, true);
        if (at >= 0) {
            received.add(packetId, (int) at);
        }
        return status(at);
    }

    /** {@inheritDoc} Durable before PUBCOMP: after it the server may use the identifier for another message. */
    public int removeReceived(int packetId) {
        int index = received.find(packetId);
        if (index < 0) {
            return Status.OK;
        }
        received.remove(index);
        long at = append(Fact.FORGOTTEN, packetId, true);
        return at == Hal.FULL ? Status.OK : status(at); // no room: compaction has dropped the record that it revokes
    }

    private long append(int type, int packetId, boolean durable) {
        Bytes.putU16(record, 0, packetId);
        return journal.append(type, record, 2, durable);
    }

    void learn(int type, byte[] body, int length, int at) {
        if (type == Fact.SESSION || type == Fact.NO_SESSION) {
            received.clear();
            hasSession = type == Fact.SESSION;
            sessionAt = at;
            return;
        }
        if (length < 2) {
            return;
        }
        int packetId = Bytes.u16(body, 0);
        if (type == Fact.RECEIVED) {
            received.add(packetId, at);
        } else if (type == Fact.FORGOTTEN) {
            received.remove(received.find(packetId));
        } else {
            learnOutbound(type, body, length, packetId, at);
        }
    }

    private void learnOutbound(int type, byte[] body, int length, int packetId, int at) {
        int index = outbound.find(packetId);
        if (type == Fact.PUT || type == Fact.HANDED && length >= 6) {
            hold(packetId, at, type == Fact.PUT ? NONE : (int) Bytes.u32(body, 2), NONE);
        } else if (type == Fact.RELEASED && index < 0) {
            hold(packetId, at, NONE, at);
        } else if (type == Fact.RELEASED) {
            releasedAt[index] = at;
        } else if (type == Fact.FINISHED && index >= 0) {
            if (tokens[index] != NONE) {
                outbox.learnFinished(tokens[index]);
            }
            dropOutbound(index);
        }
    }

    boolean needs(int at) {
        if (hasSession && at == sessionAt || received.holdsPosition(at)) {
            return true;
        }
        for (int i = 0; i < outbound.count(); i++) {
            boolean wholeIsNeeded = releasedAt[i] == NONE || tokens[i] != NONE;
            if (releasedAt[i] == at || wholeIsNeeded && outbound.position(i) == at) {
                return true;
            }
        }
        return false;
    }

    /**
     * Gives a client made anew what the last one left. Before its first {@code onOpen}, and before the outbox task is made.
     *
     * @param topics what the outbox's topic numbers mean
     * @param version the client's protocol level
     * @return {@link Status#OK}; or the first negative code of the client or of storage: what it concerned is not sent again. A message
     *     that the outbox has lost since (it is smaller, or the topic is gone) is no failure: its exchange is ended, {@link #orphans}
     */
    public int restore(MqttClient client, PublishTopics topics, int version) {
        int worst = Status.OK;
        if (hasSession) {
            client.restoreSession();
        }
        for (int i = 0; i < received.count(); i++) {
            int status = client.restoreReceived(received.id(i));
            worst = worst == Status.OK ? status : worst;
        }
        for (int i = 0; i < outbound.count(); i++) {
            int status = isOrphan(topics, i) ? end(client, i) : restoreOutbound(client, topics, version, i);
            if (status == Status.OK && tokens[i] != NONE) {
                outbox.isUnderWay(tokens[i], outbound.id(i));
            }
            worst = worst == Status.OK ? status : worst;
        }
        return worst;
    }

    /** @return whether the outbox does not have the message any more, or not in a form that can be sent */
    private boolean isOrphan(PublishTopics topics, int index) {
        if (releasedAt[index] != NONE || tokens[index] == NONE) {
            return false;
        }
        int status = outbox.loadToken(tokens[index]);
        return status == Hal.NO_VALUE || status == Status.OK && outbox.recordTopic() >= topics.count();
    }

    /**
     * Ends an exchange without its message. The server may have the message, and would take another under this identifier for its
     * copy; PUBREL frees the identifier there, whether it knows it or not.
     */
    private int end(MqttClient client, int index) {
        int packetId = outbound.id(index);
        orphans++;
        tokens[index] = NONE;
        int status = releaseMessage(packetId);
        return status < 0 ? status : client.restoreReleased(packetId);
    }

    /** @return exchanges that were ended at the start because their message was gone */
    public int orphans() {
        return orphans;
    }

    private int restoreOutbound(MqttClient client, PublishTopics topics, int version, int index) {
        int packetId = outbound.id(index);
        if (releasedAt[index] != NONE) {
            return client.restoreReleased(packetId);
        }
        if (tokens[index] == NONE) {
            int length = journal.load(outbound.position(index));
            return length < 0 ? length : client.restoreMessage(journal.body(), 2, length - 2);
        }
        int status = outbox.loadToken(tokens[index]);
        if (status < 0) {
            return status;
        }
        byte[] name = topics.name(outbox.recordTopic());
        boolean retain = topics.retained(outbox.recordTopic());
        int length = MqttPublish.encode(
                record,
                0,
                record.length,
                version,
                MqttPublish.flags(outbox.recordQos(), false, retain),
                name,
                0,
                name.length,
                packetId,
                record,
                0,
                0,
                outbox.record(),
                JournalOutbox.PAYLOAD,
                outbox.recordPayloadLength());
        return length < 0 ? length : client.restoreMessage(record, 0, length);
    }
}
