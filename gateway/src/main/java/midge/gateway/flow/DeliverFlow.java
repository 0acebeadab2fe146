package midge.gateway.flow;

import midge.gateway.port.GatewayCounters;
import midge.gateway.table.MessageQueue;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttType;
import midge.mqttsn.codec.SnAck;
import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnPuback;
import midge.mqttsn.codec.SnReturnCode;
import midge.mqttsn.codec.SnType;
import midge.wire.Bytes;

/**
 * Messages from the session's queue to the client (§6.6, §6.14), oldest first, one QoS 1 or 2 exchange at a
 * time (A16). The broker gets PUBACK, PUBREC and PUBCOMP only when the client's came, so its own window holds back the rest (A38).
 *
 * <p>A topic that the client has no id for is registered first (§6.5). What does not get an answer is sent again; after N_retry the
 * client is lost (A15).
 */
final class DeliverFlow {
    /** Not sent yet. */
    static final int WAITING = 0;
    /** Sent before, and to be sent again with DUP when the client is there again. */
    private static final int INTERRUPTED = 1;
    /** Awaits PUBACK or PUBREC. */
    private static final int SENT = 2;
    /** The client has it; awaits PUBREL of the broker. */
    static final int RECEIVED = 3;
    /** Awaits PUBCOMP of the client. */
    private static final int RELEASED = 4;
    /** As {@link #RELEASED}, to be sent again when the client is there again. */
    private static final int RELEASE_INTERRUPTED = 5;

    private static final int NONE = MessageQueue.NONE;

    private final Session session;
    private final Services services;
    private final MessageQueue queue;
    private int attempts;
    /** How often the topic of the message at the head was told again. */
    private int repairs;

    private boolean pausing;
    /** A QoS 2 message that the process before had under way; the broker will come back to it, or its PUBREL. */
    private int oldPacketId;

    private int oldMsgId;
    private int sentType;
    private int sentTopicId;

    DeliverFlow(Session session) {
        this.session = session;
        services = session.services;
        queue = session.queue;
    }

    /** Delivers as far as possible; to be called whenever something changed. */
    void pump(long nowMs) {
        while (session.isListening() && !isBusy() && queue.head() != NONE) {
            begin(queue.head(), nowMs);
        }
        session.onIdle(nowMs);
    }

    private boolean isBusy() {
        if (pausing || session.register.isOpen() || session.subscribe.isAwaitingSuback()) {
            return true;
        }
        int stage = queue.head() == NONE ? WAITING : queue.stage(queue.head());
        return stage == SENT || stage == RECEIVED || stage == RELEASED;
    }

    /** @return whether nothing can be done for the client now: the queue is empty, or waits for somebody else */
    boolean isIdle() {
        int head = queue.head();
        return head == NONE || pausing || (queue.stage(head) == RECEIVED && !session.link.isUp());
    }

    private void begin(int message, long nowMs) {
        attempts = 0;
        if (queue.stage(message) == RELEASE_INTERRUPTED) {
            sendPubrel(message, nowMs);
            return;
        }
        if (queue.stage(message) == WAITING && session.intake.isExpired(message, nowMs)) {
            session.intake.discard(message, GatewayCounters.DROP_EXPIRED, nowMs);
            return;
        }
        int topicLength = queue.topicLength(message);
        byte[] topic = services.topic;
        queue.copyTopic(message, topic, 0);
        int predefinedId = session.subscribe.predefinedId(topic, topicLength);
        if (predefinedId > 0) {
            send(message, SnFlags.TOPIC_PREDEFINED, predefinedId, nowMs);
        } else if (topicLength == 2) {
            send(message, SnFlags.TOPIC_SHORT, Bytes.u16(topic, 0), nowMs);
        } else {
            beginRegistered(message, session.register.idOf(topic, 0, topicLength), nowMs);
        }
    }

    private void beginRegistered(int message, int id, long nowMs) {
        if (id == 0) {
            session.intake.discard(message, GatewayCounters.DROP_NO_TOPIC_ID, nowMs);
        } else if (session.register.isRefused(id)) {
            session.intake.discard(message, GatewayCounters.DROP_REFUSED_BY_CLIENT, nowMs);
        } else if (session.register.isKnown(id)) {
            send(message, SnFlags.TOPIC_NORMAL, id, nowMs);
        } else {
            session.register.begin(id, nowMs);
        }
    }

    private void send(int message, int topicIdType, int topicId, long nowMs) {
        int qos = queue.qos(message);
        boolean dup = queue.stage(message) == INTERRUPTED;
        if (qos > 0 && queue.msgId(message) == 0) {
            queue.msgId(message, session.nextMsgId());
            services.records.down(session, message);
        }
        sentType = topicIdType;
        sentTopicId = topicId;
        transmit(message, dup, nowMs);
        if (qos == 0) {
            services.count(GatewayCounters.DELIVERED_DOWN);
            remove(message);
        } else {
            queue.stage(message, SENT);
            startRetry(nowMs);
        }
    }

    private void remove(int message) {
        services.records.gone(session, message);
        queue.remove(message);
    }

    private void transmit(int message, boolean dup, long nowMs) {
        int length = queue.payloadLength(message);
        queue.copyPayload(message, services.payload, 0);
        int flags = SnFlags.ofQos(queue.qos(message))
                | sentType
                | (dup ? SnFlags.DUP : 0)
                | (queue.retain(message) ? SnFlags.RETAIN : 0);
        services.downlink.publish(session, flags, sentTopicId, queue.msgId(message), services.payload, length, nowMs);
    }

    private void sendPubrel(int message, long nowMs) {
        queue.stage(message, RELEASED);
        services.downlink.ack(session, SnType.PUBREL, queue.msgId(message), nowMs);
        startRetry(nowMs);
    }

    private void startRetry(long nowMs) {
        session.ask();
        session.setTimer(Timers.DELIVER, nowMs + services.config.retryMs());
    }

    void onTimer(long nowMs) {
        int head = queue.head();
        if (pausing) {
            pausing = false;
            pump(nowMs);
        } else if (head != NONE && (queue.stage(head) == SENT || queue.stage(head) == RELEASED)) {
            if (attempts++ == services.config.retryLimit()) {
                session.lose(nowMs);
                return;
            }
            session.repeat();
            if (queue.stage(head) == SENT) {
                transmit(head, true, nowMs);
                startRetry(nowMs);
            } else {
                sendPubrel(head, nowMs);
            }
        }
    }

    /** PUBACK of the client: the end of QoS 1, or a refusal at any QoS. */
    boolean onPuback(byte[] frame, int offset, int length, long nowMs) {
        SnPuback puback = services.snPuback;
        if (puback.wrap(frame, offset, length) < 0) {
            return false;
        }
        int message = queue.head();
        int returnCode = puback.returnCode();
        if (message == NONE
                || queue.stage(message) != SENT
                || puback.msgId() != queue.msgId(message)
                || (returnCode == SnReturnCode.ACCEPTED && queue.qos(message) != 1)) {
            onLatePuback(puback, nowMs);
            return true;
        }
        session.stopTimer(Timers.DELIVER);
        if (returnCode == SnReturnCode.ACCEPTED) {
            complete(message, MqttType.PUBACK, nowMs);
        } else {
            onRefused(message, returnCode, nowMs);
        }
        pump(nowMs);
        return true;
    }

    /** At QoS 0 a client can only say that it does not know the id (MsgId 0): the next message is registered first. */
    private void onLatePuback(SnPuback puback, long nowMs) {
        int id = puback.topicId();
        boolean unknown = puback.returnCode() == SnReturnCode.INVALID_TOPIC_ID && puback.msgId() == 0;
        if (unknown && session.register.place(id) >= 0 && !session.register.isRefused(id)) {
            session.register.markUnknown(id);
        } else {
            session.drop(GatewayCounters.DROP_STRAY, nowMs);
        }
    }

    private void onRefused(int message, int returnCode, long nowMs) {
        boolean unknownId = returnCode == SnReturnCode.INVALID_TOPIC_ID && sentType == SnFlags.TOPIC_NORMAL;
        if (unknownId && repairs < Math.max(1, services.config.retryLimit())) {
            // The client has no such id (any more): tell it, and try again (§6.6). More than once, since a REGISTER of
            // an earlier
            // connection that comes late takes the name away from the new id.
            repairs++;
            session.register.markUnknown(sentTopicId);
            queue.stage(message, INTERRUPTED);
        } else if (returnCode == SnReturnCode.CONGESTION) {
            queue.stage(message, INTERRUPTED);
            pausing = true;
            session.setTimer(Timers.DELIVER, nowMs + services.config.waitMs());
        } else {
            repairs = 0;
            session.intake.discard(message, GatewayCounters.DROP_REFUSED_BY_CLIENT, nowMs);
        }
    }

    /** The client had no room for the topic of the message at the head. */
    void onTopicRefused(long nowMs) {
        if (queue.head() != NONE) {
            session.intake.discard(queue.head(), GatewayCounters.DROP_REFUSED_BY_CLIENT, nowMs);
        }
    }

    private void complete(int message, int ackType, long nowMs) {
        services.count(GatewayCounters.DELIVERED_DOWN);
        repairs = 0;
        if (queue.packetId(message) != 0) {
            session.link.sendAck(ackType, queue.packetId(message), nowMs);
        }
        remove(message);
    }

    /** PUBREC or PUBCOMP of the client. */
    boolean onAck(byte[] frame, int offset, int length, long nowMs) {
        SnAck ack = services.snAck;
        if (ack.wrap(frame, offset, length) < 0) {
            return false;
        }
        int message = queue.head();
        int stage = message == NONE || queue.msgId(message) != ack.msgId() ? WAITING : queue.stage(message);
        if (ack.type() == SnType.PUBREC && stage == SENT && queue.qos(message) == 2) {
            session.stopTimer(Timers.DELIVER);
            onPubrec(message, nowMs);
        } else if (ack.type() == SnType.PUBREC && stage == RELEASED) {
            services.count(GatewayCounters.DUPLICATES);
            services.downlink.ack(session, SnType.PUBREL, ack.msgId(), nowMs);
        } else if (ack.type() == SnType.PUBCOMP && stage == RELEASED) {
            session.stopTimer(Timers.DELIVER);
            complete(message, MqttType.PUBCOMP, nowMs);
            pump(nowMs);
        } else {
            session.drop(GatewayCounters.DROP_STRAY, nowMs);
        }
        return true;
    }

    private void onPubrec(int message, long nowMs) {
        attempts = 0;
        if (queue.packetId(message) == 0) {
            queue.stage(message, RELEASED);
            services.records.down(session, message);
            sendPubrel(message, nowMs);
        } else {
            queue.stage(message, RECEIVED);
            session.link.sendAck(MqttType.PUBREC, queue.packetId(message), nowMs);
            session.onIdle(nowMs);
        }
    }

    /** PUBREL of the broker: passed on, or answered when there is nothing to release any more (MQTT 3.1.1 §4.3.3). */
    boolean onPubrel(byte[] packet, int offset, int length, long nowMs) {
        MqttAck pubrel = services.ack;
        if (pubrel.wrap(packet, offset, length, services.config.mqttVersion()) < 0) {
            return false;
        }
        int message = queue.find(pubrel.packetId());
        if (message == NONE && pubrel.packetId() == oldPacketId && recall()) {
            pump(nowMs);
        } else if (message == NONE) {
            session.link.sendAck(MqttType.PUBCOMP, pubrel.packetId(), nowMs);
        } else if (queue.stage(message) == RECEIVED) {
            release(message, nowMs);
        } else {
            session.drop(GatewayCounters.DROP_BROKER_STRAY, nowMs);
        }
        return true;
    }

    private void release(int message, long nowMs) {
        if (session.isListening()) {
            attempts = 0;
            sendPubrel(message, nowMs);
        } else {
            queue.stage(message, RELEASE_INTERRUPTED);
        }
    }

    /** The client is to get PUBREL for the message that the process before had under way. @return false without memory for it */
    private boolean recall() {
        int message = queue.add(2, oldPacketId, services.topic, 0, 0, services.payload, 0, 0);
        if (message == NONE) {
            return false;
        }
        queue.msgId(message, oldMsgId);
        queue.stage(message, RELEASE_INTERRUPTED);
        oldPacketId = 0;
        return true;
    }

    /** The broker sends a message again that the process before had under way: the client knows it by its old MsgId. */
    void recognize(int message) {
        if (oldPacketId != 0 && queue.qos(message) == 2 && queue.packetId(message) == oldPacketId) {
            queue.msgId(message, oldMsgId);
            queue.stage(message, INTERRUPTED);
            oldPacketId = 0;
        }
    }

    /** A broker that has lost the session knows none of its packet identifiers, and will send no PUBREL. */
    void onLinkUp(boolean sessionPresent, long nowMs) {
        if (!sessionPresent) {
            if (oldPacketId != 0 && !recall()) {
                services.records.gone(session, 0, oldPacketId);
                oldPacketId = 0;
            }
            forgetPacketIds();
            keepAll(nowMs);
            if (queue.head() != NONE && queue.stage(queue.head()) == RECEIVED) {
                release(queue.head(), nowMs);
            }
        }
    }

    /** On disk too: the broker's next session begins with the same identifiers for other messages. */
    private void forgetPacketIds() {
        for (int message = queue.head(); message != NONE; message = queue.next(message)) {
            if (queue.key(message) == 0) {
                services.records.gone(session, message);
            }
        }
        queue.forgetPacketIds();
    }

    /** The client cannot be sent to for now: the open exchange is taken up again later, with its MsgId. */
    void interrupt() {
        session.stopTimer(Timers.DELIVER);
        pausing = false;
        int head = queue.head();
        if (head != NONE && queue.stage(head) == SENT) {
            queue.stage(head, INTERRUPTED);
        } else if (head != NONE && queue.stage(head) == RELEASED) {
            queue.stage(head, RELEASE_INTERRUPTED);
        }
    }

    /** The client left: what the broker keeps for it need not be kept here too, and QoS 0 is not kept at all. */
    void release(long nowMs) {
        int message = queue.head();
        while (message != NONE) {
            int next = queue.next(message);
            if (queue.stage(message) == WAITING && (queue.qos(message) == 0 || queue.packetId(message) != 0)) {
                if (queue.qos(message) == 0) {
                    session.drop(GatewayCounters.DROP_SESSION_END, nowMs);
                }
                remove(message);
            }
            message = next;
        }
    }

    /** The session ended: nothing is delivered any more. */
    void forget(long nowMs) {
        while (queue.head() != NONE) {
            session.drop(GatewayCounters.DROP_SESSION_END, nowMs);
            queue.remove(queue.head());
        }
        repairs = 0;
        oldPacketId = 0;
    }

    /** What only the gateway has goes to the journal: messages that the broker does not hold. */
    void keepAll(long nowMs) {
        for (int message = queue.head(); message != NONE; message = queue.next(message)) {
            if (queue.packetId(message) == 0 && queue.key(message) == 0) {
                services.records.keep(session, message, nowMs);
                if (queue.msgId(message) != 0) {
                    services.records.down(session, message);
                }
            }
        }
    }

    /** Writes what {@link #restore} needs. */
    void write(SessionRecords records) {
        if (oldPacketId != 0) {
            records.down(session, 0, oldPacketId, oldMsgId, INTERRUPTED);
        }
    }

    /**
     * A QoS 2 message was under way when the process before ended.
     *
     * @param key of one that the gateway alone has; 0: the broker has it
     */
    void restore(int key, int packetId, int msgId, int stage) {
        if (key == 0) {
            oldPacketId = packetId;
            oldMsgId = msgId;
            return;
        }
        int message = find(key);
        if (message != NONE) {
            queue.msgId(message, msgId);
            queue.stage(message, stage >= RECEIVED ? RELEASE_INTERRUPTED : INTERRUPTED);
        }
    }

    void restoreGone(int key, int packetId) {
        if (key != 0 && find(key) != NONE) {
            queue.remove(find(key));
        }
        oldPacketId = oldPacketId == packetId ? 0 : oldPacketId;
    }

    private int find(int key) {
        int message = queue.head();
        while (message != NONE && queue.key(message) != key) {
            message = queue.next(message);
        }
        return message;
    }
}
