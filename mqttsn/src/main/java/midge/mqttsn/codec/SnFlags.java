package midge.mqttsn.codec;

/**
 * The Flags octet (§5.3.4): {@code |DUP|QoS:2|Retain|Will|CleanSession|TopicIdType:2|}. Each message uses some of the bits; the others
 * are sent as 0 and not looked at.
 */
public final class SnFlags {
    public static final int DUP = 0x80;
    public static final int RETAIN = 0x10;
    public static final int WILL = 0x08;
    public static final int CLEAN_SESSION = 0x04;

    /** The two QoS bits. */
    public static final int QOS_MASK = 0x60;

    public static final int QOS_0 = 0x00;
    public static final int QOS_1 = 0x20;
    public static final int QOS_2 = 0x40;
    /** Only in a PUBLISH from a client: no connection, no answer (§6.8). */
    public static final int QOS_MINUS_1 = 0x60;

    /** The two TopicIdType bits. */
    public static final int TOPIC_MASK = 0x03;
    /** A topic id given out by the gateway; in SUBSCRIBE and UNSUBSCRIBE a full topic name. */
    public static final int TOPIC_NORMAL = 0x00;
    /** A topic id that both sides know beforehand. */
    public static final int TOPIC_PREDEFINED = 0x01;
    /** The two octets are the topic name itself. */
    public static final int TOPIC_SHORT = 0x02;
    /** Not a topic reference; receivers answer "not supported". */
    public static final int TOPIC_RESERVED = 0x03;

    private SnFlags() {}

    /** @return -1, 0, 1 or 2 */
    public static int qos(int flags) {
        int bits = (flags & QOS_MASK) >> 5;
        return bits == 3 ? -1 : bits;
    }

    /** @param qos -1, 0, 1 or 2; only the low two bits are used @return the QoS bits, other bits 0 */
    public static int ofQos(int qos) {
        return (qos & 3) << 5;
    }

    /** @return {@link #TOPIC_NORMAL}, {@link #TOPIC_PREDEFINED}, {@link #TOPIC_SHORT} or {@link #TOPIC_RESERVED} */
    public static int topicIdType(int flags) {
        return flags & TOPIC_MASK;
    }

    /** @return whether a PUBLISH with these flags belongs to an exchange with a MsgId, that is QoS 1 or 2 */
    static boolean needsMsgId(int flags) {
        return qos(flags) > 0;
    }
}
