package midge.gateway.table;

/**
 * Messages on their way to one client, oldest first, in blocks of the shared pool; the one at the head may be in flight. A message is
 * named by the number of its chain and begins with a head of its own:
 * {@code |next:4|topic length:4|payload length:4|packet id:2|MsgId:2|flags|stage|expiry:4|key:4|topic...|payload...|}.
 */
public final class MessageQueue {
    /** No message. */
    public static final int NONE = BlockPool.NONE;
    /** The message does not expire. */
    public static final int NEVER = Integer.MAX_VALUE;
    /** Flag: to be sent with Retain. */
    public static final int RETAIN = 0x04;

    private static final int NEXT = 0;
    private static final int TOPIC_LENGTH = 4;
    private static final int PAYLOAD_LENGTH = 8;
    private static final int PACKET_ID = 12;
    private static final int MSG_ID = 14;
    private static final int FLAGS = 16;
    private static final int STAGE = 17;
    private static final int EXPIRY = 18;
    private static final int KEY = 22;
    private static final int TOPIC = 26;
    private static final int QOS = 0x03;

    private final BlockPool pool;
    private int head = NONE;
    private int tail = NONE;
    private int count;
    private int octets;

    /** An empty queue takes nothing from the pool. */
    public MessageQueue(BlockPool pool) {
        this.pool = pool;
    }

    /**
     * Adds a message at the end, in stage 0.
     *
     * @param flags    QoS 0..2 and {@link #RETAIN}
     * @param packetId the broker's packet identifier; 0 for none
     * @return the message, or {@link #NONE} when the pool is used up
     */
    public int add(
            int flags,
            int packetId,
            byte[] topic,
            int topicOffset,
            int topicLength,
            byte[] payload,
            int payloadOffset,
            int payloadLength) {
        int message = pool.take(TOPIC + topicLength + payloadLength);
        if (message == NONE) {
            return NONE;
        }
        pool.putS32(message, NEXT, NONE);
        pool.putS32(message, TOPIC_LENGTH, topicLength);
        pool.putS32(message, PAYLOAD_LENGTH, payloadLength);
        pool.putU16(message, PACKET_ID, packetId);
        pool.putU16(message, MSG_ID, 0);
        pool.putU8(message, FLAGS, flags);
        pool.putU8(message, STAGE, 0);
        pool.putS32(message, EXPIRY, NEVER);
        pool.putS32(message, KEY, 0);
        pool.write(message, TOPIC, topic, topicOffset, topicLength);
        pool.write(message, TOPIC + topicLength, payload, payloadOffset, payloadLength);
        if (tail == NONE) {
            head = message;
        } else {
            pool.putS32(tail, NEXT, message);
        }
        tail = message;
        count++;
        octets += topicLength + payloadLength;
        return message;
    }

    /** @return messages in the queue */
    public int count() {
        return count;
    }

    /** @return octets of their topics and payloads */
    public int octets() {
        return octets;
    }

    /** @return the oldest message, or {@link #NONE} */
    public int head() {
        return head;
    }

    /** @return the message after this one, or {@link #NONE} */
    public int next(int message) {
        return pool.s32(message, NEXT);
    }

    /** @return the message with this packet identifier of the broker, or {@link #NONE} */
    public int find(int packetId) {
        int message = head;
        while (message != NONE && packetId(message) != packetId) {
            message = next(message);
        }
        return message;
    }

    /** Takes a message out and gives its memory back. */
    public void remove(int message) {
        int before = NONE;
        for (int at = head; at != message; at = next(at)) {
            before = at;
        }
        int after = next(message);
        if (before == NONE) {
            head = after;
        } else {
            pool.putS32(before, NEXT, after);
        }
        if (after == NONE) {
            tail = before;
        }
        count--;
        octets -= topicLength(message) + payloadLength(message);
        pool.give(message);
    }

    /** @return 0..2 */
    public int qos(int message) {
        return pool.u8(message, FLAGS) & QOS;
    }

    /** @return whether it goes out with Retain */
    public boolean retain(int message) {
        return (pool.u8(message, FLAGS) & RETAIN) != 0;
    }

    /** @return octets of topic name */
    public int topicLength(int message) {
        return pool.s32(message, TOPIC_LENGTH);
    }

    /** @return octets of payload */
    public int payloadLength(int message) {
        return pool.s32(message, PAYLOAD_LENGTH);
    }

    /** @return the broker's packet identifier, 0 for none */
    public int packetId(int message) {
        return pool.u16(message, PACKET_ID);
    }

    /** Sets the packet identifier. */
    public void packetId(int message, int packetId) {
        pool.putU16(message, PACKET_ID, packetId);
    }

    /** The broker knows nothing of any of these messages any more. */
    public void forgetPacketIds() {
        for (int message = head; message != NONE; message = next(message)) {
            pool.putU16(message, PACKET_ID, 0);
        }
    }

    /** @return the MsgId under which it went to the client, 0 before that */
    public int msgId(int message) {
        return pool.u16(message, MSG_ID);
    }

    /** Sets the MsgId. */
    public void msgId(int message, int msgId) {
        pool.putU16(message, MSG_ID, msgId);
    }

    /** @return how far its delivery has come; the owner's own numbers 0..255, 0 at first */
    public int stage(int message) {
        return pool.u8(message, STAGE);
    }

    /** Sets the stage. */
    public void stage(int message, int stage) {
        pool.putU8(message, STAGE, stage);
    }

    /** @return from when on the message is of no more use, in the owner's seconds; {@link #NEVER} at first */
    public int expiryS(int message) {
        return pool.s32(message, EXPIRY);
    }

    /** Sets when the message expires. */
    public void expiryS(int message, int atS) {
        pool.putS32(message, EXPIRY, atS);
    }

    /** @return the owner's number for it, 0 at first */
    public int key(int message) {
        return pool.s32(message, KEY);
    }

    /** Sets the owner's number. */
    public void key(int message, int key) {
        pool.putS32(message, KEY, key);
    }

    /** Copies the topic name out. */
    public void copyTopic(int message, byte[] into, int offset) {
        pool.read(message, TOPIC, into, offset, topicLength(message));
    }

    /** Copies the payload out. */
    public void copyPayload(int message, byte[] into, int offset) {
        pool.read(message, TOPIC + topicLength(message), into, offset, payloadLength(message));
    }
}
