package midge.mqttsn.codec;

import midge.wire.Bytes;
import midge.wire.Status;

/**
 * WILLTOPIC (§5.4.7) and WILLTOPICUPD (§5.4.22): {@code |Length|MsgType|Flags|WillTopic…|}, or {@code |2|MsgType|} which deletes the
 * stored will, topic and message.
 */
public final class SnWillTopic extends SnFlyweight {
    private static final int TOPIC = 1;

    /** @return a status, as for the whole package */
    public int wrap(byte[] buffer, int offset, int length) {
        int status = open(buffer, offset, length);
        return status == Status.OK && !fits(type()) ? Status.MALFORMED : status;
    }

    private static boolean fits(int type) {
        return type == SnType.WILLTOPIC || type == SnType.WILLTOPICUPD;
    }

    /** @return whether this deletes the will; there are no flags then */
    public boolean isEmpty() {
        return end() == body();
    }

    /** @return the Flags octet as it came, 0 when empty; only QoS and Retain count here */
    public int flags() {
        return isEmpty() ? 0 : u8(0);
    }

    /** @return index of the will topic */
    public int topicOffset() {
        return isEmpty() ? end() : body() + TOPIC;
    }

    /** @return octets of the will topic; 0 when empty */
    public int topicLength() {
        return end() - topicOffset();
    }

    /**
     * @param type WILLTOPIC or WILLTOPICUPD
     * @param flags the will's QoS and {@link SnFlags#RETAIN}
     * @param topicLength 0 writes the empty form
     * @return octets written, or a negative status
     */
    public static int encode(
            byte[] out, int at, int capacity, int type, int flags, byte[] topic, int topicOffset, int topicLength) {
        if (!fits(type)) {
            return Status.INVALID;
        }
        int length = topicLength == 0 ? 0 : TOPIC + topicLength;
        int body = SnHeader.put(out, at, capacity, type, length);
        if (body < 0) {
            return body;
        }
        if (length != 0) {
            Bytes.putU8(out, body, flags & (SnFlags.QOS_MASK | SnFlags.RETAIN));
            System.arraycopy(topic, topicOffset, out, body + TOPIC, topicLength);
        }
        return body + length - at;
    }
}
