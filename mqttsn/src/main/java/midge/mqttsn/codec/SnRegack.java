package midge.mqttsn.codec;

import midge.wire.Status;

/** REGACK, §5.4.11: {@code |7|0x0B|TopicId:2|MsgId:2|ReturnCode|}. */
public final class SnRegack extends SnTopicReply {
    /** @return a status, as for the whole package; a MsgId of 0 is {@code MALFORMED} */
    public int wrap(byte[] buffer, int offset, int length) {
        int status = open(buffer, offset, length, SnType.REGACK);
        return status == Status.OK && msgId() == 0 ? Status.MALFORMED : status;
    }

    /** @return octets written, or a negative status */
    public static int encode(byte[] out, int at, int capacity, int topicId, int msgId, int returnCode) {
        return put(out, at, capacity, SnType.REGACK, topicId, msgId, returnCode);
    }
}
