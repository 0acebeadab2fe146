package midge.mqtt.codec;

import midge.topic.TopicFilter;
import midge.wire.Bytes;
import midge.wire.Status;

/**
 * SUBSCRIBE (MQTT 5.0 and 3.1.1 §3.8):
 * {@code |8 2|Remaining Length|Packet Id:2|Properties, 5.0|} then one or more of {@code |Filter Length:2|Filter...|Options|}.
 */
public final class MqttSubscribe extends MqttFilterList {
    /** Option of 5.0: do not send me what I publish myself. */
    public static final int NO_LOCAL = 0x04;
    /** Option of 5.0: keep RETAIN as the publisher had it. */
    public static final int RETAIN_AS_PUBLISHED = 0x08;
    /** Option of 5.0: send retained messages only when the subscription is new. */
    public static final int RETAIN_IF_NEW = 0x10;
    /** Option of 5.0: send no retained messages. */
    public static final int RETAIN_NEVER = 0x20;

    private static final int RETAIN_HANDLING = 0x30;
    private static final int QOS = 0x03;
    private static final int RESERVED = 0xC0;

    public MqttSubscribe() {
        super(1);
    }

    /** @return {@link Status#OK}, {@link Status#TRUNCATED} or an {@link MqttError} */
    public int wrap(byte[] from, int at, int available, int protocolVersion) {
        return wrap(from, at, available, protocolVersion, MqttType.SUBSCRIBE);
    }

    int judgeOptions() {
        return judgeOptions(options(), version, buffer, filterOffset(), filterLength());
    }

    /**
     * Judges the options of one subscription.
     *
     * @return {@link Status#OK}, {@link MqttError#SUBSCRIPTION_OPTIONS} or {@link MqttError#NO_LOCAL_SHARED}
     */
    public static int judgeOptions(int options, int version, byte[] filter, int offset, int length) {
        if ((options & QOS) == QOS) {
            return MqttError.SUBSCRIPTION_OPTIONS;
        }
        if (version < MqttVersion.V5) {
            // 3.1 calls the upper bits unused; 3.1.1 wants them to be 0.
            return version == MqttVersion.V3_1_1 && options > QOS ? MqttError.SUBSCRIPTION_OPTIONS : Status.OK;
        }
        if ((options & RESERVED) != 0 || (options & RETAIN_HANDLING) == RETAIN_HANDLING) {
            return MqttError.SUBSCRIPTION_OPTIONS;
        }
        boolean noLocalShared = (options & NO_LOCAL) != 0 && TopicFilter.isShared(filter, offset, length);
        return noLocalShared ? MqttError.NO_LOCAL_SHARED : Status.OK;
    }

    /** @return the current filter's options: maximum QoS in bits 0 and 1, and the flags of this class */
    public int options() {
        return Bytes.u8(buffer, filterOffset() + filterLength());
    }

    /** @return the current filter's maximum QoS, 0..2 */
    public int qos() {
        return options() & QOS;
    }

    /**
     * Writes one entry of the list that {@link #encode} takes.
     *
     * @param options maximum QoS, and in 5.0 the flags of this class
     * @return octets written, {@link Status#TOO_SMALL} or {@link Status#INVALID}
     */
    public static int entry(byte[] list, int at, int capacity, byte[] filter, int offset, int length, int options) {
        if (!Encoding.isField(length)) {
            return Status.INVALID;
        }
        if (capacity - 3 < length) {
            return Status.TOO_SMALL;
        }
        Bytes.putU8(list, Encoding.putField(list, at, filter, offset, length), options);
        return 3 + length;
    }

    /**
     * @param packetId 1..65535
     * @param properties bare properties; ignored before 5.0, unused when the length is 0
     * @param list entries written by {@link #entry}, at least one
     * @return octets written; {@link Status#TOO_SMALL}, {@link Status#TOO_LARGE} or {@link Status#INVALID}
     */
    public static int encode(
            byte[] out,
            int at,
            int capacity,
            int version,
            int packetId,
            byte[] properties,
            int propertiesOffset,
            int propertiesLength,
            byte[] list,
            int listOffset,
            int listLength) {
        return encodeList(
                out,
                at,
                capacity,
                version,
                MqttType.SUBSCRIBE,
                packetId,
                properties,
                propertiesOffset,
                propertiesLength,
                list,
                listOffset,
                listLength);
    }
}
