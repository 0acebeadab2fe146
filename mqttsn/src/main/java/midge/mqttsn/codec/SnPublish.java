package midge.mqttsn.codec;

import midge.wire.Bytes;
import midge.wire.Status;

/**
 * PUBLISH, §5.4.12: {@code |Length|0x0C|Flags|TopicId:2|MsgId:2|Data…|}.
 *
 * <p>An extension that some peers have lets QoS -1 carry a full name: type bits 00, TopicId is then the length of the name, which stands
 * before the data. A view reads it only if made so; otherwise such a frame is {@code UNSUPPORTED}.
 */
public final class SnPublish extends SnFlyweight {
    private static final int FLAGS = 0;
    private static final int TOPIC_ID = 1;
    private static final int MSG_ID = 3;
    private static final int DATA = 5;

    private final boolean fullNames;

    /** Without the extension. */
    public SnPublish() {
        this(false);
    }

    /** @param fullNames whether to read the extension for full names at QoS -1 */
    public SnPublish(boolean fullNames) {
        this.fullNames = fullNames;
    }

    /**
     * @return a status, as for the whole package. A reserved topic type passes at QoS 0, 1 and 2, which want an answer, and is
     *     {@code MALFORMED} at QoS -1; so is a MsgId of 0 at QoS 1 and 2
     */
    public int wrap(byte[] buffer, int offset, int length) {
        int status = open(buffer, offset, length, SnType.PUBLISH);
        if (status != Status.OK) {
            return status;
        }
        if (SnFlags.needsMsgId(flags())) {
            return msgId() == 0 ? Status.MALFORMED : Status.OK;
        }
        return qos() == -1 ? judgeUnconnected() : Status.OK;
    }

    private int judgeUnconnected() {
        if (topicIdType() == SnFlags.TOPIC_RESERVED) {
            return Status.MALFORMED;
        }
        if (topicIdType() != SnFlags.TOPIC_NORMAL) {
            return Status.OK;
        }
        if (!fullNames) {
            return Status.UNSUPPORTED;
        }
        return topicId() == 0 || topicId() > end() - body() - DATA ? Status.MALFORMED : Status.OK;
    }

    /** @return the Flags octet as it came */
    public int flags() {
        return u8(FLAGS);
    }

    /** @return -1, 0, 1 or 2 */
    public int qos() {
        return SnFlags.qos(flags());
    }

    /** @return whether the sender marked this as sent before; never a reason by itself to take it for a duplicate */
    public boolean dup() {
        return (flags() & SnFlags.DUP) != 0;
    }

    /** @return the Retain bit */
    public boolean retain() {
        return (flags() & SnFlags.RETAIN) != 0;
    }

    /** @return one of the four TOPIC_ values of {@link SnFlags} */
    public int topicIdType() {
        return SnFlags.topicIdType(flags());
    }

    /** @return the topic id, or the two octets of a short name as one number; the length of the name if {@link #hasFullName} */
    public int topicId() {
        return u16(TOPIC_ID);
    }

    /** @return index of the two octets that a short name is */
    public int topicIdOffset() {
        return body() + TOPIC_ID;
    }

    /** @return 1..65535 at QoS 1 and 2; without meaning at QoS 0 and -1 */
    public int msgId() {
        return u16(MSG_ID);
    }

    /** @return whether this carries a full topic name, which only the extension at QoS -1 does */
    public boolean hasFullName() {
        return (flags() & (SnFlags.QOS_MASK | SnFlags.TOPIC_MASK)) == SnFlags.QOS_MINUS_1;
    }

    /** @return index of the full name */
    public int nameOffset() {
        return body() + DATA;
    }

    /** @return octets of the full name; 0 when there is none */
    public int nameLength() {
        return hasFullName() ? topicId() : 0;
    }

    /** @return index of the application's data */
    public int dataOffset() {
        return body() + DATA + nameLength();
    }

    /** @return octets of data, may be 0 */
    public int dataLength() {
        return end() - dataOffset();
    }

    /**
     * @param flags DUP, QoS, Retain and TopicIdType
     * @param topicId the id, or the two octets of a short name as one number
     * @param msgId 1..65535 at QoS 1 and 2; written as 0 otherwise
     * @return octets written, or a negative status
     */
    public static int encode(
            byte[] out, int at, int capacity, int flags, int topicId, int msgId, byte[] data, int offset, int length) {
        int id = SnFlags.needsMsgId(flags) ? msgId : 0;
        if (SnFlags.topicIdType(flags) == SnFlags.TOPIC_RESERVED || SnFlags.needsMsgId(flags) && id == 0) {
            return Status.INVALID;
        }
        int body = SnHeader.put(out, at, capacity, SnType.PUBLISH, DATA + length);
        if (body < 0) {
            return body;
        }
        Bytes.putU8(out, body + FLAGS, flags & ~(SnFlags.WILL | SnFlags.CLEAN_SESSION));
        Bytes.putU16(out, body + TOPIC_ID, topicId);
        Bytes.putU16(out, body + MSG_ID, id);
        System.arraycopy(data, offset, out, body + DATA, length);
        return body + DATA + length - at;
    }

    /**
     * Writes the extension: QoS -1 with a full name.
     *
     * @param retain the Retain bit
     * @param nameLength 1..65535
     * @return octets written, or a negative status
     */
    public static int encodeNamed(
            byte[] out,
            int at,
            int capacity,
            boolean retain,
            byte[] name,
            int nameOffset,
            int nameLength,
            byte[] data,
            int offset,
            int length) {
        if (nameLength < 1) {
            return Status.INVALID;
        }
        int body = SnHeader.put(out, at, capacity, SnType.PUBLISH, DATA + nameLength + length);
        if (body < 0) {
            return body;
        }
        Bytes.putU8(out, body + FLAGS, SnFlags.QOS_MINUS_1 | (retain ? SnFlags.RETAIN : 0));
        Bytes.putU16(out, body + TOPIC_ID, nameLength);
        Bytes.putU16(out, body + MSG_ID, 0);
        System.arraycopy(name, nameOffset, out, body + DATA, nameLength);
        System.arraycopy(data, offset, out, body + DATA + nameLength, length);
        return body + DATA + nameLength + length - at;
    }
}
