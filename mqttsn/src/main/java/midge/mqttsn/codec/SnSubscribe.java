package midge.mqttsn.codec;

import midge.wire.Bytes;
import midge.wire.Status;

/**
 * SUBSCRIBE and UNSUBSCRIBE, §5.4.15 and §5.4.17: {@code |Length|MsgType|Flags|MsgId:2|topic…|}. The topic is a full name or filter
 * (type 00), a pre-defined id (01) or a short name (10).
 */
public final class SnSubscribe extends SnFlyweight {
    private static final int FLAGS = 0;
    private static final int MSG_ID = 1;
    private static final int TOPIC = 3;
    private static final int ID_LENGTH = 2;

    /**
     * @return a status, as for the whole package. A reserved topic type passes, since it wants an answer; a MsgId of 0, or an id or
     *     short name of other than two octets, is {@code MALFORMED}
     */
    public int wrap(byte[] buffer, int offset, int length) {
        int status = open(buffer, offset, length);
        if (status != Status.OK) {
            return status;
        }
        if (!fits(type()) || msgId() == 0) {
            return Status.MALFORMED;
        }
        return isTwoOctets(flags()) && topicLength() != ID_LENGTH ? Status.MALFORMED : Status.OK;
    }

    private static boolean fits(int type) {
        return type == SnType.SUBSCRIBE || type == SnType.UNSUBSCRIBE;
    }

    private static boolean isTwoOctets(int flags) {
        int type = SnFlags.topicIdType(flags);
        return type == SnFlags.TOPIC_PREDEFINED || type == SnFlags.TOPIC_SHORT;
    }

    /** @return the Flags octet as it came; UNSUBSCRIBE uses only the TopicIdType */
    public int flags() {
        return u8(FLAGS);
    }

    /** @return the requested QoS 0, 1 or 2; -1 for bits that make no sense here */
    public int qos() {
        return SnFlags.qos(flags());
    }

    /** @return one of the four TOPIC_ values of {@link SnFlags} */
    public int topicIdType() {
        return SnFlags.topicIdType(flags());
    }

    /** @return 1..65535 */
    public int msgId() {
        return u16(MSG_ID);
    }

    /** @return the pre-defined id, or a short name's two octets as one number; 0 for a topic of another length */
    public int topicId() {
        return topicLength() == ID_LENGTH ? u16(TOPIC) : 0;
    }

    /** @return index of the topic: name, or the two octets of id or short name */
    public int topicOffset() {
        return body() + TOPIC;
    }

    /** @return octets of the topic, at least 1 */
    public int topicLength() {
        return end() - topicOffset();
    }

    /**
     * Writes the form with a full name or filter, TopicIdType 00.
     *
     * @param type SUBSCRIBE or UNSUBSCRIBE
     * @param flags DUP and the requested QoS; ignored for UNSUBSCRIBE
     * @return octets written, or a negative status
     */
    public static int encode(
            byte[] out,
            int at,
            int capacity,
            int type,
            int flags,
            int msgId,
            byte[] name,
            int nameOffset,
            int nameLength) {
        if (nameLength < 1) {
            return Status.INVALID;
        }
        int body = put(out, at, capacity, type, flags & ~SnFlags.TOPIC_MASK, msgId, nameLength);
        if (body < 0) {
            return body;
        }
        System.arraycopy(name, nameOffset, out, body + TOPIC, nameLength);
        return body + TOPIC + nameLength - at;
    }

    /**
     * Writes the form with a pre-defined id or a short name, which {@code flags} must tell.
     *
     * @param topicId the id, or the short name's two octets as one number
     * @return octets written, or a negative status
     */
    public static int encode(byte[] out, int at, int capacity, int type, int flags, int msgId, int topicId) {
        if (!isTwoOctets(flags)) {
            return Status.INVALID;
        }
        int body = put(out, at, capacity, type, flags, msgId, ID_LENGTH);
        if (body < 0) {
            return body;
        }
        Bytes.putU16(out, body + TOPIC, topicId);
        return body + TOPIC + ID_LENGTH - at;
    }

    private static int put(byte[] out, int at, int capacity, int type, int flags, int msgId, int topicLength) {
        if (!fits(type) || msgId == 0) {
            return Status.INVALID;
        }
        int body = SnHeader.put(out, at, capacity, type, TOPIC + topicLength);
        if (body < 0) {
            return body;
        }
        int used = type == SnType.SUBSCRIBE ? SnFlags.DUP | SnFlags.QOS_MASK | SnFlags.TOPIC_MASK : SnFlags.TOPIC_MASK;
        Bytes.putU8(out, body + FLAGS, flags & used);
        Bytes.putU16(out, body + MSG_ID, msgId);
        return body;
    }
}
