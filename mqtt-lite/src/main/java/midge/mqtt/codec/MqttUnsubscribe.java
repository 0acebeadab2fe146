package midge.mqtt.codec;

import midge.wire.Status;

/**
 * UNSUBSCRIBE (MQTT 5.0 and 3.1.1 §3.10):
 * {@code |10 2|Remaining Length|Packet Id:2|Properties, 5.0|} then one or more of {@code |Filter Length:2|Filter...|}.
 */
public final class MqttUnsubscribe extends MqttFilterList {
    public MqttUnsubscribe() {
        super(0);
    }

    /** @return {@link Status#OK}, {@link Status#TRUNCATED} or an {@link MqttError} */
    public int wrap(byte[] from, int at, int available, int protocolVersion) {
        return wrap(from, at, available, protocolVersion, MqttType.UNSUBSCRIBE);
    }

    int judgeOptions() {
        return Status.OK;
    }

    /**
     * Writes one entry of the list that {@link #encode} takes.
     *
     * @return octets written, {@link Status#TOO_SMALL} or {@link Status#INVALID}
     */
    public static int entry(byte[] list, int at, int capacity, byte[] filter, int offset, int length) {
        if (!Encoding.isField(length)) {
            return Status.INVALID;
        }
        if (capacity - 2 < length) {
            return Status.TOO_SMALL;
        }
        return Encoding.putField(list, at, filter, offset, length) - at;
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
                MqttType.UNSUBSCRIBE,
                packetId,
                properties,
                propertiesOffset,
                propertiesLength,
                list,
                listOffset,
                listLength);
    }
}
