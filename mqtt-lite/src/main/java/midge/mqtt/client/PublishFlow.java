package midge.mqtt.client;

import midge.mqtt.codec.MqttError;
import midge.mqtt.codec.MqttProperties;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.MqttVersion;
import midge.mqtt.codec.Property;
import midge.topic.TopicName;
import midge.wire.Bytes;
import midge.wire.Status;

/** New outbound messages: judged, encoded into a slot or the send buffer, and handed to {@link InFlight} (MQTT 5.0 §3.3). */
final class PublishFlow {
    private static final byte[] NOTHING = new byte[0];

    private final int version;
    private final TransmitQueue queue;
    private final ServerLimits limits;
    private final InFlight inFlight;
    private final OutboundWindow window;
    private final AliasTable aliases;
    private final MqttProperties judged = new MqttProperties();
    /** For a QoS 0 message with an alias: the alias and then the application's properties. */
    private final byte[] aliasProperties;

    PublishFlow(MqttClientConfig config, TransmitQueue queue, ServerLimits limits, InFlight inFlight) {
        version = config.version;
        this.queue = queue;
        this.limits = limits;
        this.inFlight = inFlight;
        window = inFlight.window();
        aliases = inFlight.aliases();
        aliasProperties = config.topicAliasesOut > 0 ? new byte[config.slotBytes + 16] : NOTHING;
    }

    /** @return a token, or a negative status; see {@link MqttClient#publish} */
    int publish(
            int qos,
            boolean retain,
            byte[] topic,
            int topicOffset,
            int topicLength,
            byte[] properties,
            int propertiesOffset,
            int propertiesLength,
            byte[] payload,
            int payloadOffset,
            int payloadLength) {
        int status = judge(qos, topic, topicOffset, topicLength, properties, propertiesOffset, propertiesLength);
        if (status < 0) {
            return status;
        }
        if (qos == 0) {
            return publishAtOnce(
                    retain,
                    topic,
                    topicOffset,
                    topicLength,
                    properties,
                    propertiesOffset,
                    propertiesLength,
                    payload,
                    payloadOffset,
                    payloadLength);
        }
        OutboundMessage m = window.acquire();
        if (m == null) {
            return Status.BUSY;
        }
        int length = MqttPublish.encode(
                window.arena,
                m.at,
                window.slotBytes,
                version,
                MqttPublish.flags(qos, false, retain),
                topic,
                topicOffset,
                topicLength,
                m.packetId,
                properties,
                propertiesOffset,
                propertiesLength,
                payload,
                payloadOffset,
                payloadLength);
        return length < 0 ? length : inFlight.accept(m, qos, retain, length, 0);
    }

    int publishPulled(
            int qos,
            boolean retain,
            byte[] topic,
            int topicOffset,
            int topicLength,
            byte[] properties,
            int propertiesOffset,
            int propertiesLength,
            int payloadLength) {
        int status = judge(qos, topic, topicOffset, topicLength, properties, propertiesOffset, propertiesLength);
        if (status < 0) {
            return status;
        }
        if (qos == 0 && !inFlight.isConnected()) {
            return Status.NOT_CONNECTED;
        }
        OutboundMessage m = window.acquire();
        if (m == null) {
            return Status.BUSY;
        }
        int length = MqttPublish.encodeHeader(
                window.arena,
                m.at,
                window.slotBytes,
                version,
                MqttPublish.flags(qos, false, retain),
                topic,
                topicOffset,
                topicLength,
                m.packetId,
                properties,
                propertiesOffset,
                propertiesLength,
                payloadLength);
        return length < 0 ? length : inFlight.accept(m, qos, retain, length, payloadLength);
    }

    private int judge(int qos, byte[] topic, int topicOffset, int topicLength, byte[] properties, int at, int length) {
        if (qos < 0 || qos > 2 || topicLength > TopicName.LENGTH_MAX) {
            return Status.INVALID;
        }
        int status = TopicName.check(topic, topicOffset, topicLength);
        if (status < 0 || length == 0) {
            return status;
        }
        if (version < MqttVersion.V5) {
            return Status.UNSUPPORTED;
        }
        status = judged.wrapBare(properties, at, length, MqttType.PUBLISH);
        if (status < 0) {
            return status;
        }
        // Aliases are this client's business; subscription identifiers are the server's (§3.3.4-6).
        boolean foreign = judged.contains(Property.TOPIC_ALIAS) || judged.contains(Property.SUBSCRIPTION_IDENTIFIER);
        return foreign ? MqttError.PROPERTY_MISPLACED : Status.OK;
    }

    private int publishAtOnce(
            boolean retain,
            byte[] topic,
            int topicOffset,
            int topicLength,
            byte[] properties,
            int propertiesOffset,
            int propertiesLength,
            byte[] payload,
            int payloadOffset,
            int payloadLength) {
        if (!inFlight.isConnected()) {
            return Status.NOT_CONNECTED;
        }
        int room = queue.room();
        boolean mayAlias = mayAlias(topicLength, propertiesLength, payloadLength);
        int known = mayAlias ? aliases.find(topic, topicOffset, topicLength) : 0;
        int fresh = mayAlias && known == 0 ? aliases.next(topicLength, limits.topicAliasMax) : 0;
        byte[] bare = properties;
        int bareOffset = propertiesOffset;
        int bareLength = propertiesLength;
        if (known + fresh > 0) {
            aliasProperties[0] = Property.TOPIC_ALIAS;
            Bytes.putU16(aliasProperties, 1, known + fresh);
            System.arraycopy(properties, propertiesOffset, aliasProperties, 3, propertiesLength);
            bare = aliasProperties;
            bareOffset = 0;
            bareLength += 3;
        }
        int length = MqttPublish.encode(
                queue.octets(),
                queue.tail(),
                room,
                version,
                MqttPublish.flags(0, false, retain),
                topic,
                topicOffset,
                known > 0 ? 0 : topicLength,
                0,
                bare,
                bareOffset,
                bareLength,
                payload,
                payloadOffset,
                payloadLength);
        if (length < 0) {
            return length == Status.TOO_SMALL && !queue.isEmpty() ? Status.BUSY : length;
        }
        int status = limits.judge(0, retain, length);
        if (status < 0) {
            return status;
        }
        queue.commit(length);
        if (fresh > 0) {
            aliases.add(topic, topicOffset, topicLength);
        }
        return 0;
    }

    private boolean mayAlias(int topicLength, int propertiesLength, int payloadLength) {
        return limits.topicAliasMax > 0
                && aliases.capacity() > 0
                && propertiesLength + 3 <= aliasProperties.length
                && limits.packetSizeMax - 24 - topicLength - propertiesLength >= payloadLength;
    }
}
