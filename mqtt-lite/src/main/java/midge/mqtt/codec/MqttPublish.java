package midge.mqtt.codec;

import midge.topic.TopicName;
import midge.wire.Bytes;
import midge.wire.Status;

/**
 * PUBLISH (MQTT 5.0 and 3.1.1 §3.3):
 * {@code |3 DUP:1 QoS:2 RETAIN:1|Remaining Length|Topic Length:2|Topic...|Packet Id:2, QoS > 0|Properties, 5.0|Payload...|}.
 */
public final class MqttPublish extends MqttPacket {
    /** Flag: sent before. */
    public static final int DUP = 0x08;
    /** Flag: to be kept by the server, or kept by it. */
    public static final int RETAIN = 0x01;

    private static final int QOS_MASK = 0x06;
    private static final int FIRST_OCTET = MqttType.PUBLISH << 4;

    private final MqttProperties properties = new MqttProperties();
    private int topicLength;
    private int packetId;
    private int payloadOffset;

    /** @return the low four bits of the first octet. @param qos 0..2 */
    public static int flags(int qos, boolean dup, boolean retain) {
        return qos << 1 | (dup ? DUP : 0) | (retain ? RETAIN : 0);
    }

    /** @return {@link Status#OK}, {@link Status#TRUNCATED} or an {@link MqttError} */
    public int wrap(byte[] from, int at, int available, int protocolVersion) {
        int status = open(from, at, available, protocolVersion);
        if (status < 0) {
            return status;
        }
        int first = from[at] & 0xFF;
        if ((first & 0xF0) != FIRST_OCTET) {
            return first < 0x10 ? MqttError.RESERVED_TYPE : MqttError.WRONG_TYPE;
        }
        int next = skipField(from, body, end);
        if (next < 0) {
            return next;
        }
        topicLength = next - body - 2;
        int qosBits = first & QOS_MASK;
        packetId = 0;
        if (qosBits != 0) {
            if (qosBits == QOS_MASK) {
                return MqttError.QOS;
            }
            packetId = readPacketId(from, next, end);
            if (packetId < 0) {
                return packetId;
            }
            next += 2;
        } else if ((first & DUP) != 0) {
            return MqttError.DUP_AT_QOS_0;
        }
        return protocolVersion < MqttVersion.V5 ? finish(next) : finishV5(next);
    }

    private int finish(int payloadAt) {
        properties.clear();
        payloadOffset = payloadAt;
        return TopicName.check(buffer, body + 2, topicLength);
    }

    private int finishV5(int propertiesAt) {
        // Sections of no property are the most frequent ones.
        if (propertiesAt < end && buffer[propertiesAt] == 0) {
            return finish(propertiesAt + 1);
        }
        int size = properties.wrap(buffer, propertiesAt, end, MqttType.PUBLISH);
        if (size < 0) {
            return size;
        }
        payloadOffset = propertiesAt + size;
        if (topicLength == 0 && properties.contains(Property.TOPIC_ALIAS)) {
            return Status.OK;
        }
        return TopicName.check(buffer, body + 2, topicLength);
    }

    /** @return 0..2 */
    public int qos() {
        return (buffer[offset] & QOS_MASK) >> 1;
    }

    /** @return whether DUP is set: the sender has sent this before */
    public boolean dup() {
        return (buffer[offset] & DUP) != 0;
    }

    /** @return whether RETAIN is set */
    public boolean retain() {
        return (buffer[offset] & RETAIN) != 0;
    }

    /** @return where the topic name begins in {@link #buffer} */
    public int topicOffset() {
        return body + 2;
    }

    /** @return octets of the topic name; 0 only in 5.0, when {@link Property#TOPIC_ALIAS} stands for it */
    public int topicLength() {
        return topicLength;
    }

    /** @return 1..65535; 0 at QoS 0 */
    public int packetId() {
        return packetId;
    }

    /** @return this packet's properties, none before 5.0 */
    public MqttProperties properties() {
        return properties;
    }

    /** @return where the payload begins in {@link #buffer} */
    public int payloadOffset() {
        return payloadOffset;
    }

    /** @return octets of payload, may be 0 */
    public int payloadLength() {
        return end - payloadOffset;
    }

    /**
     * Writes a PUBLISH of MQTT 3.1 or 3.1.1.
     *
     * @param flags see {@link #flags}
     * @param packetId 1..65535; ignored at QoS 0
     * @return octets written; {@link Status#TOO_SMALL}, {@link Status#TOO_LARGE} or {@link Status#INVALID}
     */
    public static int encode(
            byte[] out,
            int at,
            int capacity,
            int flags,
            byte[] topic,
            int topicOffset,
            int topicLength,
            int packetId,
            byte[] payload,
            int payloadOffset,
            int payloadLength) {
        int idSize = (flags & QOS_MASK) == 0 ? 0 : 2;
        if (!isWritable(flags, topicLength, packetId)) {
            return Status.INVALID;
        }
        int remaining = 2 + topicLength + idSize + payloadLength;
        int next = Encoding.begin(out, at, capacity, FIRST_OCTET | flags, remaining);
        if (next < 0) {
            return next;
        }
        next = Encoding.putField(out, next, topic, topicOffset, topicLength);
        if (idSize != 0) {
            Bytes.putU16(out, next, packetId);
            next += 2;
        }
        System.arraycopy(payload, payloadOffset, out, next, payloadLength);
        return next + payloadLength - at;
    }

    /**
     * Writes a PUBLISH of any version.
     *
     * @param properties bare properties, see {@link MqttPropertiesWriter}; ignored before 5.0, unused when the length is 0
     * @return octets written; {@link Status#TOO_SMALL}, {@link Status#TOO_LARGE} or {@link Status#INVALID}
     */
    public static int encode(
            byte[] out,
            int at,
            int capacity,
            int version,
            int flags,
            byte[] topic,
            int topicOffset,
            int topicLength,
            int packetId,
            byte[] properties,
            int propertiesOffset,
            int propertiesLength,
            byte[] payload,
            int payloadOffset,
            int payloadLength) {
        int header = encodeHeader(
                out,
                at,
                capacity - payloadLength,
                version,
                flags,
                topic,
                topicOffset,
                topicLength,
                packetId,
                properties,
                propertiesOffset,
                propertiesLength,
                payloadLength);
        if (header < 0) {
            return header;
        }
        System.arraycopy(payload, payloadOffset, out, at + header, payloadLength);
        return header + payloadLength;
    }

    /**
     * Writes everything before the payload, for a sender that passes the payload on from where it lies.
     *
     * @param payloadLength octets that will follow
     * @return octets written; {@link Status#TOO_SMALL}, {@link Status#TOO_LARGE} or {@link Status#INVALID}
     */
    public static int encodeHeader(
            byte[] out,
            int at,
            int capacity,
            int version,
            int flags,
            byte[] topic,
            int topicOffset,
            int topicLength,
            int packetId,
            byte[] properties,
            int propertiesOffset,
            int propertiesLength,
            int payloadLength) {
        if (!isWritable(flags, topicLength, packetId)) {
            return Status.INVALID;
        }
        if (((propertiesLength | payloadLength) >>> 28) != 0) {
            return Status.TOO_LARGE;
        }
        int idSize = (flags & QOS_MASK) == 0 ? 0 : 2;
        int before = 2 + topicLength + idSize + Encoding.propertiesSize(version, propertiesLength);
        int next = Encoding.beginHeader(out, at, capacity, FIRST_OCTET | flags, before, payloadLength);
        if (next < 0) {
            return next;
        }
        next = Encoding.putField(out, next, topic, topicOffset, topicLength);
        if (idSize != 0) {
            Bytes.putU16(out, next, packetId);
            next += 2;
        }
        return Encoding.putProperties(out, next, version, properties, propertiesOffset, propertiesLength) - at;
    }

    private static boolean isWritable(int flags, int topicLength, int packetId) {
        if ((flags & QOS_MASK) == 0) {
            return Encoding.isField(topicLength) && (flags & ~RETAIN) == 0;
        }
        return Encoding.isField(topicLength)
                && (flags & ~0x0F) == 0
                && (flags & QOS_MASK) != QOS_MASK
                && packetId > 0
                && packetId <= 0xFFFF;
    }
}
