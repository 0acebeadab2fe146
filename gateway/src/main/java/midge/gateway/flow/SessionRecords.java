package midge.gateway.flow;

import java.nio.charset.StandardCharsets;
import midge.gateway.port.Peer;
import midge.gateway.port.SessionState;
import midge.gateway.store.RecordWriter;
import midge.gateway.store.StateStore;
import midge.gateway.table.MessageQueue;
import midge.gateway.table.NameList;
import midge.hal.Hal;
import org.jspecify.annotations.Nullable;

/**
 * Turns changes of sessions into records (their fields: {@link RecordKind}), which {@link SessionReplay} turns back after a restart.
 * Without a store every call is idle.
 *
 * <p>What the device and the broker keep is not kept again: an open QoS 1 message comes once more from the one or the other. For QoS 2
 * it has to be told which identifiers of both sides belong together, before either side sees the second one.
 */
final class SessionRecords {
    private static final int FIRST_DUE = 8;
    private static final byte[] NO_IDENTITY = {};

    private final @Nullable StateStore store;
    private final StateStore.Snapshot snapshot = this::writeAll;
    private final byte[] octets = new byte[Peer.MAX_ADDRESS + Peer.MAX_NODE];
    private Session[] due = new Session[FIRST_DUE];
    private int dueCount;
    private @Nullable SessionTable sessions;
    private long snapshotMs;
    private final byte[] topic;
    private final byte[] payload;

    SessionRecords(@Nullable StateStore store, byte[] topic, byte[] payload) {
        this.store = store;
        this.topic = topic;
        this.payload = payload;
    }

    boolean isOn() {
        return store != null;
    }

    /** Tells whose sessions are kept. */
    void attend(SessionTable table) {
        sessions = table;
    }

    /** State, address or the like changed: the record is written at the end of the call, once whatever else changes. */
    void touch(Session session) {
        if (store != null && !session.touched) {
            session.touched = true;
            if (dueCount == due.length) {
                due = java.util.Arrays.copyOf(due, 2 * dueCount);
            }
            due[dueCount++] = session;
        }
    }

    /** Writes what {@link #touch} announced. */
    void settle() {
        for (int i = 0; i < dueCount; i++) {
            Session session = due[i];
            if (session.touched && session.clientId().length > 0) {
                session(session);
            }
            session.touched = false;
        }
        dueCount = 0;
    }

    /** Writes the record of a session at once, as its first one must be. */
    void session(Session session) {
        if (store == null) {
            return;
        }
        RecordWriter record = store.begin(RecordKind.SESSION);
        int id = session.clientId().length;
        record.s32(session.index()).text(session.clientId(), 0, id);
        record.u8(kept(session.state())).u16(session.sleep.durationS());
        session.connect.write(record);
        record.u16(session.register.idBase()).u16(session.reservedMsgId());
        record.u8(session.hasPeer() ? 1 : 0);
        if (session.hasPeer()) {
            Peer peer = session.peer();
            record.u16(peer.listener());
            record.text(octets, 0, peer.address(octets, 0)).text(octets, 0, peer.node(octets, 0));
            byte[] identity = identity(peer);
            record.text(identity, 0, identity.length);
        }
        store.end();
    }

    /** Most links have none, and then nothing is allocated. */
    private static byte[] identity(Peer peer) {
        return peer.identity().isEmpty() ? NO_IDENTITY : peer.identity().getBytes(StandardCharsets.UTF_8);
    }

    /** A client that is awake asks again when it is not answered; one whose CONNECT has no answer yet begins again. */
    static int kept(int state) {
        return switch (state) {
            case SessionState.AWAKE -> SessionState.ASLEEP;
            case SessionState.CONNECTING -> SessionState.DISCONNECTED;
            default -> state;
        };
    }

    /** The object is no client's any more. */
    void end(Session session) {
        session.touched = false;
        mark(RecordKind.SESSION_END, session);
    }

    /** Subscriptions, will and messages are forgotten. */
    void forget(Session session) {
        mark(RecordKind.FORGET, session);
    }

    /** No topic has an id any more. */
    void topicsEnd(Session session) {
        if (store != null) {
            store.begin(RecordKind.TOPICS_END).s32(session.index()).u16(session.register.idBase());
            store.end();
        }
    }

    private void mark(int kind, Session session) {
        if (store != null) {
            store.begin(kind).s32(session.index());
            store.end();
        }
    }

    void will(Session session) {
        if (store != null) {
            session.will.write(store.begin(RecordKind.WILL).s32(session.index()));
            store.end();
        }
    }

    /** @param place of the topic in the session's list */
    void topic(Session session, int place) {
        name(RecordKind.TOPIC, session, session.topics, place);
    }

    /** @param place of the filter in the session's list */
    void subscription(Session session, int place) {
        name(RecordKind.SUBSCRIPTION, session, session.subscriptions, place);
    }

    /** @param place of the filter in the session's list, where it still is */
    void unsubscription(Session session, int place) {
        name(RecordKind.UNSUBSCRIPTION, session, session.subscriptions, place);
    }

    private void name(int kind, Session session, NameList list, int place) {
        if (store != null) {
            RecordWriter record = store.begin(kind).s32(session.index()).s32(list.tag(place));
            record.text(list.names(), list.offset(place), list.length(place));
            store.end();
        }
    }

    /** A QoS 2 message goes up. */
    void up(Session session, Exchange exchange) {
        if (store != null && exchange.qos == 2) {
            store.begin(RecordKind.UP)
                    .s32(session.index())
                    .u16(exchange.packetId)
                    .u16(exchange.msgId)
                    .u16(exchange.topicId)
                    .s32(exchange.hash);
            store.end();
        }
    }

    /** @param finished whether the broker has the message */
    void upEnd(Session session, Exchange exchange, boolean finished) {
        if (store != null && exchange.qos == 2) {
            store.begin(RecordKind.UP_END)
                    .s32(session.index())
                    .u16(exchange.packetId)
                    .u8(finished ? 1 : 0);
            store.end();
        }
    }

    void finished(Session session, int msgId, int hash) {
        if (store != null) {
            store.begin(RecordKind.FINISHED).s32(session.index()).u16(msgId).s32(hash);
            store.end();
        }
    }

    /** A message goes down at QoS 2, or is released. */
    void down(Session session, int message) {
        MessageQueue queue = session.queue;
        if (store != null && queue.qos(message) == 2) {
            down(session, queue.key(message), queue.packetId(message), queue.msgId(message), queue.stage(message));
        }
    }

    void down(Session session, int key, int packetId, int msgId, int stage) {
        if (store != null) {
            store.begin(RecordKind.DOWN)
                    .s32(session.index())
                    .s32(key)
                    .u16(packetId)
                    .u16(msgId)
                    .u8(stage);
            store.end();
        }
    }

    /** A message that nobody else has waits for the client. */
    void keep(Session session, int message, long nowMs) {
        if (store == null) {
            return;
        }
        MessageQueue queue = session.queue;
        if (queue.key(message) == 0) {
            queue.key(message, session.nextKey());
        }
        queue.copyTopic(message, topic, 0);
        queue.copyPayload(message, payload, 0);
        int atS = queue.expiryS(message);
        int leftS = atS == MessageQueue.NEVER ? atS : Math.max(0, atS - (int) (nowMs / 1000));
        store.begin(RecordKind.KEEP)
                .s32(session.index())
                .s32(queue.key(message))
                .u8(queue.qos(message) | (queue.retain(message) ? MessageQueue.RETAIN : 0))
                .s32(leftS)
                .text(topic, 0, queue.topicLength(message))
                .text(payload, 0, queue.payloadLength(message));
        store.end();
    }

    /** A message leaves the queue. */
    void gone(Session session, int message) {
        int key = session.queue.key(message);
        boolean numbered = session.queue.qos(message) == 2 && session.queue.msgId(message) != 0;
        if (store != null && (key != 0 || numbered)) {
            gone(session, key, session.queue.packetId(message));
        }
    }

    void gone(Session session, int key, int packetId) {
        if (store != null) {
            store.begin(RecordKind.GONE).s32(session.index()).s32(key).u16(packetId);
            store.end();
        }
    }

    /** Before the host sends what it gathered. */
    void commit(long nowMs) {
        if (store != null) {
            snapshotMs = nowMs;
            store.commit(snapshot, nowMs);
        }
    }

    /** Writes everything anew, as after a restart. */
    void rewrite(long nowMs) {
        if (store != null) {
            snapshotMs = nowMs;
            store.rewrite(snapshot, nowMs);
        }
    }

    long dueMs() {
        return store == null ? Long.MAX_VALUE : store.dueMs();
    }

    int failure() {
        return store == null ? Hal.OK : store.failure();
    }

    private void writeAll() {
        for (int i = 0; sessions != null && i < sessions.count(); i++) {
            if (sessions.get(i).leavesTrace()) {
                write(sessions.get(i));
            }
        }
    }

    private void write(Session session) {
        session(session);
        will(session);
        for (int i = 0; i < session.topics.count(); i++) {
            topic(session, i);
        }
        for (int i = 0; i < session.subscriptions.count(); i++) {
            subscription(session, i);
        }
        session.upstream.write(this);
        MessageQueue queue = session.queue;
        for (int message = queue.head(); message != MessageQueue.NONE; message = queue.next(message)) {
            if (queue.key(message) != 0) {
                keep(session, message, snapshotMs);
            }
            if (queue.msgId(message) != 0) {
                down(session, message);
            }
        }
        session.deliver.write(this);
    }
}
