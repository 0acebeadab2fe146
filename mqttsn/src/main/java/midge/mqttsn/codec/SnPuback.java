package midge.mqttsn.codec;

/**
 * PUBACK, §5.4.13: {@code |7|0x0D|TopicId:2|MsgId:2|ReturnCode|}. As an error it may answer any QoS; for QoS 0 its MsgId is 0.
 */
public final class SnPuback extends SnTopicReply {
    /** @return a status, as for the whole package */
    public int wrap(byte[] buffer, int offset, int length) {
        return open(buffer, offset, length, SnType.PUBACK);
    }

    /** @return octets written, or a negative status */
    public static int encode(byte[] out, int at, int capacity, int topicId, int msgId, int returnCode) {
        return put(out, at, capacity, SnType.PUBACK, topicId, msgId, returnCode);
    }
}
