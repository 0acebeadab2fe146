package midge.mqttsn.codec;

import midge.wire.Bytes;
import midge.wire.Status;

/** REGISTER, §5.4.10: {@code |Length|0x0A|TopicId:2|MsgId:2|TopicName…|}. TopicId is 0x0000 from a client. */
public final class SnRegister extends SnFlyweight {
    private static final int TOPIC_ID = 0;
    private static final int MSG_ID = 2;
    private static final int NAME = 4;

    /** @return a status, as for the whole package; a MsgId of 0 is {@code MALFORMED} */
    public int wrap(byte[] buffer, int offset, int length) {
        int status = open(buffer, offset, length, SnType.REGISTER);
        return status == Status.OK && msgId() == 0 ? Status.MALFORMED : status;
    }

    /** @return the id that the gateway gives the name; 0 from a client */
    public int topicId() {
        return u16(TOPIC_ID);
    }

    /** @return 1..65535 */
    public int msgId() {
        return u16(MSG_ID);
    }

    /** @return index of the topic name */
    public int nameOffset() {
        return body() + NAME;
    }

    /** @return octets of the topic name, at least 1 */
    public int nameLength() {
        return end() - nameOffset();
    }

    /** @param msgId 1..65535 @param nameLength at least 1 @return octets written, or a negative status */
    public static int encode(
            byte[] out, int at, int capacity, int topicId, int msgId, byte[] name, int nameOffset, int nameLength) {
        if (nameLength < 1 || msgId == 0) {
            return Status.INVALID;
        }
        int body = SnHeader.put(out, at, capacity, SnType.REGISTER, NAME + nameLength);
        if (body < 0) {
            return body;
        }
        Bytes.putU16(out, body + TOPIC_ID, topicId);
        Bytes.putU16(out, body + MSG_ID, msgId);
        System.arraycopy(name, nameOffset, out, body + NAME, nameLength);
        return body + NAME + nameLength - at;
    }
}
