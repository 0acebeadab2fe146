package midge.gateway.flow;

import midge.gateway.config.GatewayConfig;
import midge.gateway.port.GatewayCounters;
import midge.gateway.port.SessionState;
import midge.gateway.table.MessageQueue;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.Property;
import midge.wire.Bytes;

/**
 * Takes the broker's messages into the session's queue, from where {@link DeliverFlow} brings them to the client. What has no room is
 * dropped as A38 has it, and acknowledged, since the broker would only send it again.
 */
final class Intake {
    private static final int NONE = MessageQueue.NONE;

    private final Session session;
    private final Services services;
    private final MessageQueue queue;

    Intake(Session session) {
        this.session = session;
        services = session.services;
        queue = session.queue;
    }

    /** A PUBLISH of the broker. */
    boolean onPublish(byte[] packet, int offset, int length, long nowMs) {
        MqttPublish publish = services.publish;
        if (publish.wrap(packet, offset, length, services.config.mqttVersion()) < 0) {
            return false;
        }
        if (publish.topicLength() == 0) {
            return false; // only an alias, which this gateway never allowed
        }
        int packetId = publish.packetId();
        int known = packetId == 0 ? NONE : queue.find(packetId);
        if (known != NONE) {
            // The broker sends it again after a reconnect; the client's answer is passed on when it comes, or was lost
            // on the way.
            services.count(GatewayCounters.DUPLICATES);
            if (queue.stage(known) >= DeliverFlow.RECEIVED) {
                session.link.sendAck(MqttType.PUBREC, packetId, nowMs);
            }
        } else {
            take(publish, publish.qos(), packetId, nowMs);
        }
        return true;
    }

    /**
     * Takes a message that was wrapped without error.
     *
     * @param qos at which the client gets it
     * @param packetId under which the broker awaits an answer, 0: it has it already
     */
    void take(MqttPublish publish, int qos, int packetId, long nowMs) {
        if (!session.rules().mayRead(publish.buffer(), publish.topicOffset(), publish.topicLength())) {
            giveUp(qos, packetId, GatewayCounters.DROP_DENIED, nowMs);
        } else if (isTooLong(publish)) {
            session.drop(GatewayCounters.DROP_TOO_LONG, nowMs);
            acknowledge(qos, packetId, nowMs);
        } else if (makeRoom(publish, qos, packetId, nowMs)) {
            enqueue(publish, qos, packetId, nowMs);
            session.deliver.pump(nowMs);
        }
    }

    /** A PUBLISH too large to be looked at whole: acknowledged by what is known of it, and dropped (§6.10). */
    boolean onOversized(byte[] packet, int offset, int length, long nowMs) {
        int qos = (packet[offset] >> 1) & 3;
        int topicAt = offset + 1;
        while (packet[topicAt] < 0) {
            topicAt++;
        }
        topicAt++;
        int idAt = topicAt + 2 + Bytes.u16(packet, topicAt);
        session.drop(GatewayCounters.DROP_TOO_LONG, nowMs);
        if (qos == 0) {
            return true;
        }
        if (qos == 3 || idAt + 2 > offset + length || Bytes.u16(packet, idAt) == 0) {
            return false;
        }
        acknowledge(qos, Bytes.u16(packet, idAt), nowMs);
        return true;
    }

    private boolean isTooLong(MqttPublish publish) {
        GatewayConfig config = services.config;
        int head = publish.payloadLength() + 7 <= 255 ? 7 : 9;
        return publish.topicLength() > config.maxTopic()
                || publish.payloadLength() + head > config.maxDatagram()
                || publish.topicLength() + 8 > config.maxDatagram();
    }

    /** Drops older messages as A38 has it, until this one fits. @return false when it must give way itself, which is then done */
    private boolean makeRoom(MqttPublish publish, int qos, int packetId, long nowMs) {
        GatewayConfig config = services.config;
        int octets = publish.topicLength() + publish.payloadLength();
        while (queue.count() >= config.queueMessages()
                || (queue.count() > 0 && queue.octets() + octets > config.queueOctets())) {
            int victim = oldestIdle(0);
            if (victim == NONE && qos > 0) {
                victim = oldestIdle(2);
            }
            if (victim == NONE) {
                giveUp(qos, packetId, qos == 0 ? GatewayCounters.DROP_QUEUE_QOS0 : GatewayCounters.DROP_QUEUE, nowMs);
                return false;
            }
            discard(
                    victim,
                    queue.qos(victim) == 0 ? GatewayCounters.DROP_QUEUE_QOS0 : GatewayCounters.DROP_QUEUE,
                    nowMs);
        }
        return true;
    }

    /** @return the oldest message that is not under way, of at most this QoS */
    private int oldestIdle(int qosMax) {
        int message = queue.head();
        if (message != NONE && session.register.isOpen()) {
            message = queue.next(message);
        }
        while (message != NONE && (queue.stage(message) != DeliverFlow.WAITING || queue.qos(message) > qosMax)) {
            message = queue.next(message);
        }
        return message;
    }

    private void enqueue(MqttPublish publish, int qos, int packetId, long nowMs) {
        byte[] buffer = publish.buffer();
        int message = queue.add(
                qos | (publish.retain() ? MessageQueue.RETAIN : 0),
                packetId,
                buffer,
                publish.topicOffset(),
                publish.topicLength(),
                buffer,
                publish.payloadOffset(),
                publish.payloadLength());
        if (message == NONE) {
            giveUp(qos, packetId, GatewayCounters.DROP_NO_MEMORY, nowMs);
            return;
        }
        session.deliver.recognize(message);
        long livesS = publish.properties().number(Property.MESSAGE_EXPIRY_INTERVAL, -1);
        if (livesS >= 0) {
            queue.expiryS(message, (int) Math.min(MessageQueue.NEVER, seconds(nowMs) + livesS));
        }
        if (packetId == 0 && (qos > 0 || session.is(SessionState.ASLEEP))) {
            services.records.keep(session, message, nowMs);
        }
    }

    /** @return whether the message has waited longer than its sender wanted (MQTT 5.0 §3.3.2.3.3) */
    boolean isExpired(int message, long nowMs) {
        int atS = queue.expiryS(message);
        return atS != MessageQueue.NEVER && seconds(nowMs) >= atS;
    }

    private static long seconds(long nowMs) {
        return nowMs / 1000;
    }

    private void giveUp(int qos, int packetId, int counter, long nowMs) {
        session.drop(counter, nowMs);
        acknowledge(qos, packetId, nowMs);
    }

    private void acknowledge(int qos, int packetId, long nowMs) {
        if (packetId != 0) {
            session.link.sendAck(qos == 1 ? MqttType.PUBACK : MqttType.PUBREC, packetId, nowMs);
        }
    }

    /** Drops a message that the client never got; the broker counts it as delivered. */
    void discard(int message, int counter, long nowMs) {
        session.drop(counter, nowMs);
        acknowledge(queue.qos(message), queue.packetId(message), nowMs);
        services.records.gone(session, message);
        queue.remove(message);
    }
}
