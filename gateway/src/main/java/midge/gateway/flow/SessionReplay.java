package midge.gateway.flow;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import midge.gateway.config.GatewayConfig;
import midge.gateway.port.Peer;
import midge.gateway.port.SessionState;
import midge.gateway.store.RecordReader;
import midge.gateway.store.StateStore;
import midge.gateway.table.MessageQueue;
import midge.gateway.table.NameList;
import midge.topic.TopicFilter;
import midge.topic.TopicName;
import midge.topic.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * Makes sessions of the records that {@link SessionRecords} wrote, once, before the first datagram. A journal is input like any other:
 * what does not fit the configuration or the format is passed over, and nothing throws.
 */
public final class SessionReplay {
    /** So many broker connections are opened in a second. */
    private static final int OPENED_PER_SECOND = 1_000;

    private static final int LEAST_SPREAD_MS = 50;

    /** Lists that found no memory, which may have become less than the process before had. */
    private final Set<NameList> incomplete = Collections.newSetFromMap(new IdentityHashMap<>());

    private final Services services;
    private final SessionTable sessions;
    private final GatewayConfig config;
    private final Map<Integer, Life> lives = new HashMap<>();
    private int passedOver;

    /** From when on the records of a number are those of its last client. */
    private static final class Life {
        final long begin;
        final byte[] clientId;
        int state;
        int reservedMsgId;
        boolean worthwhile;

        @Nullable
        Session session;

        Life(long begin, byte[] clientId) {
            this.begin = begin;
            this.clientId = clientId;
        }
    }

    /** Replays into an empty table. */
    public SessionReplay(Services services, SessionTable sessions) {
        this.services = services;
        this.sessions = sessions;
        config = services.config;
    }

    /** @return records that made no sense, or were of clients for whom there is no room */
    public int passedOver() {
        return passedOver;
    }

    /** Reads the journal and goes on where it ends. @return how many clients are known again */
    public int run(StateStore store, long nowMs) {
        store.rewind();
        for (long number = 0; store.next(); number++) {
            census(number, store.type(), store.record());
        }
        store.rewind();
        for (long number = 0; store.next(); number++) {
            apply(number, store.type(), store.record(), nowMs);
        }
        int restored = 0;
        int connected = (int) lives.values().stream()
                .filter(life -> SessionState.isConnected(life.state))
                .count();
        int withinMs = LEAST_SPREAD_MS + (int) (connected * 1000L / OPENED_PER_SECOND);
        for (Life life : lives.values()) {
            if (life.session != null) {
                restored++;
                life.session.restore(life.state, life.reservedMsgId, withinMs, nowMs);
            }
        }
        services.records.rewrite(nowMs);
        return restored;
    }

    /** First look: whose records count. */
    private void census(long number, int type, RecordReader record) {
        int index = record.s32();
        if (type == RecordKind.SESSION_END) {
            lives.remove(index);
        } else if (type == RecordKind.SESSION) {
            record.text();
            Life life = lives.get(index);
            byte[] clientId = record.textCopy();
            if (life == null || !java.util.Arrays.equals(life.clientId, clientId)) {
                life = new Life(number, clientId);
                lives.put(index, life);
            }
            life.state = record.u8();
            record.u16();
            record.u8();
            record.u16();
            life.worthwhile = SessionState.isConnected(life.state) || !ConnectFlow.isClean(record.u8());
        }
    }

    private void apply(long number, int type, RecordReader record, long nowMs) {
        Life life = lives.get(record.s32());
        if (life == null || number < life.begin || !life.worthwhile) {
            return;
        }
        if (type == RecordKind.SESSION) {
            applySession(life, record, nowMs);
        } else if (life.session == null || !apply(life.session, type, record, nowMs)) {
            passedOver++;
        }
    }

    private void applySession(Life life, RecordReader record, long nowMs) {
        record.text();
        int state = record.u8();
        int sleepS = record.u16();
        int flags = record.u8();
        int keepAliveS = record.u16();
        int bits = record.u8();
        int idBase = record.u16();
        int msgId = record.u16();
        if (life.session == null) {
            life.session = take(life.clientId, nowMs);
        }
        boolean sensible = state <= SessionState.LOST
                && idBase >= 1
                && idBase <= RegisterFlow.highestBase(config)
                && record.isSound();
        Session session = life.session;
        if (session == null || !sensible) {
            passedOver++;
            return;
        }
        life.state = SessionRecords.kept(state);
        life.reservedMsgId = msgId;
        session.sleep.restore(sleepS);
        session.connect.restore(flags, keepAliveS, bits, nowMs);
        session.register.restore(idBase);
        if (record.u8() == 1) {
            bind(session, record);
        }
    }

    private @Nullable Session take(byte[] id, long nowMs) {
        boolean usable = id.length > 0 && id.length <= config.maxClientId() && Utf8.check(id, 0, id.length) >= 0;
        return usable && sessions.find(id, 0, id.length) == null ? sessions.add(id, 0, id.length, nowMs) : null;
    }

    private void bind(Session session, RecordReader record) {
        int listener = record.u16();
        if (record.text() > Peer.MAX_ADDRESS || record.textLength() == 0) {
            return;
        }
        Peer peer = new Peer().set(listener, record.octets(), record.textOffset(), record.textLength());
        if (record.text() <= Peer.MAX_NODE && record.isSound()) {
            peer.node(record.octets(), record.textOffset(), record.textLength());
            record.text();
            peer.identify(new String(record.textCopy(), StandardCharsets.UTF_8));
            sessions.bind(session, peer);
        }
    }

    private boolean apply(Session session, int type, RecordReader record, long nowMs) {
        switch (type) {
            case RecordKind.WILL -> will(session, record);
            case RecordKind.TOPIC, RecordKind.SUBSCRIPTION -> name(session, type, record);
            case RecordKind.UNSUBSCRIPTION -> unsubscribe(session, record);
            case RecordKind.TOPICS_END -> session.register.restoreEnd(record.u16());
            case RecordKind.FORGET -> session.forgetSession(nowMs);
            case RecordKind.UP, RecordKind.UP_END, RecordKind.FINISHED -> up(session, type, record);
            case RecordKind.DOWN -> down(session, record);
            case RecordKind.KEEP -> keep(session, record, nowMs);
            case RecordKind.GONE -> session.deliver.restoreGone(record.s32(), record.u16());
            default -> {
                return false;
            }
        }
        return record.isSound();
    }

    private void will(Session session, RecordReader record) {
        if (record.u8() == 0) {
            session.will.forget();
            return;
        }
        int flags = record.u8();
        record.text();
        byte[] topic = record.textCopy();
        record.text();
        if (record.isSound() && topic.length <= config.maxTopic() && record.textLength() <= config.maxDatagram()) {
            session.will.restore(topic, flags, record.textCopy());
        }
    }

    private void name(Session session, int type, RecordReader record) {
        int tag = record.s32();
        int length = record.text();
        byte[] octets = record.octets();
        int at = record.textOffset();
        boolean topic = type == RecordKind.TOPIC;
        int check = topic ? TopicName.check(octets, at, length) : TopicFilter.check(octets, at, length);
        if (!record.isSound() || length > config.maxTopic() || check < 0) {
            return;
        }
        NameList list = topic ? session.topics : session.subscriptions;
        int place = list.find(octets, at, length);
        if (place >= 0) {
            list.tag(place, tag);
        } else if (!incomplete.contains(list) && list.add(octets, at, length, tag) < 0) {
            incomplete.add(list); // an id is a place in the list: none behind a gap may be taken
        }
    }

    private static void unsubscribe(Session session, RecordReader record) {
        record.s32();
        record.text();
        int place = session.subscriptions.find(record.octets(), record.textOffset(), record.textLength());
        if (place >= 0) {
            session.subscriptions.remove(place);
        }
    }

    /** Towards a connection that all share, the numbers would be others now. */
    private void up(Session session, int type, RecordReader record) {
        int id = record.u16();
        if (type == RecordKind.UP_END) {
            session.upstream.restoreEnd(id, record.u8() == 1);
        } else if (type == RecordKind.FINISHED) {
            session.upstream.restoreFinished(id, record.s32());
        } else {
            int msgId = record.u16();
            int topicId = record.u16();
            int hash = record.s32();
            if (id != 0 && record.isSound() && !config.aggregating()) {
                session.upstream.restore(id, msgId, topicId, hash);
            }
        }
    }

    private static void down(Session session, RecordReader record) {
        int key = record.s32();
        int packetId = record.u16();
        int msgId = record.u16();
        int stage = record.u8();
        if (record.isSound() && msgId != 0) {
            session.deliver.restore(key, packetId, msgId, stage);
        }
    }

    private void keep(Session session, RecordReader record, long nowMs) {
        int key = record.s32();
        int flags = record.u8();
        int leftS = record.s32();
        int topicLength = record.text();
        int topicAt = record.textOffset();
        int length = record.text();
        byte[] octets = record.octets();
        boolean usable = record.isSound()
                && key > 0
                && (flags & ~MessageQueue.RETAIN) <= 2
                && topicLength > 0
                && topicLength <= config.maxTopic()
                && length <= config.maxDatagram()
                && session.queue.count() < config.queueMessages();
        if (!usable) {
            return;
        }
        int message = session.queue.add(flags, 0, octets, topicAt, topicLength, octets, record.textOffset(), length);
        if (message != MessageQueue.NONE) {
            session.queue.key(message, key);
            session.restoreKey(key);
            long atS = nowMs / 1000 + leftS;
            session.queue.expiryS(message, leftS < 0 ? 0 : (int) Math.min(MessageQueue.NEVER, atS));
        }
    }
}
