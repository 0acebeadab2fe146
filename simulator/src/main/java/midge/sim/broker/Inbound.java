package midge.sim.broker;

import java.util.Arrays;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttError;
import midge.mqtt.codec.MqttProperties;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.MqttVersion;
import midge.mqtt.codec.Property;
import midge.mqtt.codec.ReasonCode;
import midge.wire.Status;
import org.jspecify.annotations.Nullable;

/** PUBLISH from clients, and their answers to ours (MQTT 5.0 §3.3 to §3.7, §4.3). */
final class Inbound {
    private Inbound() {}

    static int onPublish(Connection connection, Session session, byte[] octets, int offset, int length) {
        BrokerCore core = connection.core;
        MqttPublish publish = core.codecs.publish;
        int status = publish.wrap(octets, offset, length, connection.version());
        if (status < 0) {
            return status;
        }
        if (publish.properties().contains(Property.SUBSCRIPTION_IDENTIFIER)) {
            return MqttError.PROPERTY_MISPLACED; // only a server sends it [5: 3.3.4-6]
        }
        if (publish.properties().number(Property.TOPIC_ALIAS, 0) > core.config.topicAliasMaximum()) {
            return MqttError.TOPIC_ALIAS;
        }
        String topic = topic(connection, publish);
        if (topic == null) {
            return MqttError.UNEXPECTED_PACKET; // an alias that was never set
        }
        if (TopicTree.levels(topic) > TopicTree.LEVELS_MAX) {
            return MqttError.TOPIC_WILDCARD;
        }
        return take(connection, session, publish, topic);
    }

    private static @Nullable String topic(Connection connection, MqttPublish publish) {
        int alias = (int) publish.properties().number(Property.TOPIC_ALIAS, 0);
        if (publish.topicLength() == 0) {
            return connection.aliases.get(alias);
        }
        String topic = Message.key(publish.buffer(), publish.topicOffset(), publish.topicLength());
        if (alias != 0) {
            connection.aliases.put(alias, topic);
        }
        return topic;
    }

    private static int take(Connection connection, Session session, MqttPublish publish, String topic) {
        int packetId = publish.packetId();
        int qos = publish.qos();
        if (qos == 2 && session.received.get(packetId)) {
            connection.ack(MqttType.PUBREC, packetId, ReasonCode.SUCCESS); // repeated: taken over already [5: 4.3.3-10]
            return Status.OK;
        }
        boolean limited = qos == 2 && connection.version() >= MqttVersion.V5;
        if (limited && session.received.cardinality() >= connection.core.config.receiveMaximum()) {
            return MqttError.RECEIVE_MAXIMUM;
        }
        connection.core.counters.publishesReceived++;
        int reason = Router.isReserved(topic)
                ? ReasonCode.NOT_AUTHORIZED
                : route(connection.core, session, publish, topic, qos);
        if (qos == 1) {
            connection.ack(MqttType.PUBACK, packetId, reason);
        } else if (qos == 2) {
            session.received.set(packetId, !ReasonCode.isFailure(reason));
            connection.ack(MqttType.PUBREC, packetId, reason);
        }
        return Status.OK;
    }

    private static int route(BrokerCore core, Session session, MqttPublish publish, String topic, int qos) {
        MqttProperties properties = publish.properties();
        int at = publish.payloadOffset();
        Message message = new Message(
                topic,
                Arrays.copyOfRange(publish.buffer(), at, at + publish.payloadLength()),
                qos,
                publish.retain(),
                PassedOn.properties(properties),
                PassedOn.expiresMs(properties.number(Property.MESSAGE_EXPIRY_INTERVAL, -1), core.nowMs),
                session.clientId);
        return core.router.publish(message) > 0 ? ReasonCode.SUCCESS : ReasonCode.NO_MATCHING_SUBSCRIBERS;
    }

    static int onAck(Connection connection, Session session, byte[] octets, int offset, int length) {
        MqttAck ack = connection.core.codecs.ack;
        int status = ack.wrap(octets, offset, length, connection.version());
        if (status < 0) {
            return status;
        }
        int packetId = ack.packetId();
        switch (ack.type()) {
            case MqttType.PUBACK -> session.onPuback(packetId);
            case MqttType.PUBREC -> session.onPubrec(connection, packetId, ack.reasonCode());
            case MqttType.PUBCOMP -> session.onPubcomp(packetId);
            default -> onPubrel(connection, session, packetId);
        }
        return Status.OK;
    }

    private static void onPubrel(Connection connection, Session session, int packetId) {
        boolean known = session.received.get(packetId);
        session.received.clear(packetId);
        connection.ack(MqttType.PUBCOMP, packetId, known ? ReasonCode.SUCCESS : ReasonCode.PACKET_IDENTIFIER_NOT_FOUND);
    }
}
