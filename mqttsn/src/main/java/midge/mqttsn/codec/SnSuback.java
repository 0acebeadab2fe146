package midge.mqttsn.codec;

import midge.wire.Bytes;
import midge.wire.Status;

/** SUBACK, §5.4.16: {@code |8|0x13|Flags|TopicId:2|MsgId:2|ReturnCode|}. TopicId is 0x0000 for wildcards and short names. */
public final class SnSuback extends SnFlyweight {
    private static final int FLAGS = 0;
    private static final int TOPIC_ID = 1;
    private static final int MSG_ID = 3;
    private static final int RETURN_CODE = 5;
    private static final int BODY = 6;

    /** @return a status, as for the whole package; a MsgId of 0 is {@code MALFORMED} */
    public int wrap(byte[] buffer, int offset, int length) {
        int status = open(buffer, offset, length, SnType.SUBACK);
        return status == Status.OK && msgId() == 0 ? Status.MALFORMED : status;
    }

    /** @return the granted QoS */
    public int qos() {
        return SnFlags.qos(u8(FLAGS));
    }

    /** @return the id that PUBLISH will carry, or 0 */
    public int topicId() {
        return u16(TOPIC_ID);
    }

    /** @return MsgId of the SUBSCRIBE */
    public int msgId() {
        return u16(MSG_ID);
    }

    /** @return one of {@link SnReturnCode}, or a reserved value as it came */
    public int returnCode() {
        return u8(RETURN_CODE);
    }

    /** @param flags the granted QoS; other bits are written as 0 @return octets written, or a negative status */
    public static int encode(byte[] out, int at, int capacity, int flags, int topicId, int msgId, int returnCode) {
        int body = SnHeader.put(out, at, capacity, SnType.SUBACK, BODY);
        if (body < 0) {
            return body;
        }
        Bytes.putU8(out, body + FLAGS, flags & SnFlags.QOS_MASK);
        Bytes.putU16(out, body + TOPIC_ID, topicId);
        Bytes.putU16(out, body + MSG_ID, msgId);
        Bytes.putU8(out, body + RETURN_CODE, returnCode);
        return body + BODY - at;
    }
}
