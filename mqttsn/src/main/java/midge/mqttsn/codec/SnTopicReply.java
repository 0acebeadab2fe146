package midge.mqttsn.codec;

import midge.wire.Bytes;

/** The shape of REGACK and PUBACK: {@code |7|MsgType|TopicId:2|MsgId:2|ReturnCode|}. */
abstract class SnTopicReply extends SnFlyweight {
    private static final int TOPIC_ID = 0;
    private static final int MSG_ID = 2;
    private static final int RETURN_CODE = 4;
    private static final int BODY = 5;

    SnTopicReply() {}

    /** @return the topic id that this is about */
    public final int topicId() {
        return u16(TOPIC_ID);
    }

    /** @return MsgId of the message that this answers */
    public final int msgId() {
        return u16(MSG_ID);
    }

    /** @return one of {@link SnReturnCode}, or a reserved value as it came */
    public final int returnCode() {
        return u8(RETURN_CODE);
    }

    static int put(byte[] out, int at, int capacity, int type, int topicId, int msgId, int returnCode) {
        int body = SnHeader.put(out, at, capacity, type, BODY);
        if (body < 0) {
            return body;
        }
        Bytes.putU16(out, body + TOPIC_ID, topicId);
        Bytes.putU16(out, body + MSG_ID, msgId);
        Bytes.putU8(out, body + RETURN_CODE, returnCode);
        return body + BODY - at;
    }
}
