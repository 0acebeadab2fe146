package midge.mqtt.codec;

import midge.wire.Status;

/** The fixed header, {@code |Type:4 Flags:4|Remaining Length:1..4|} (MQTT 5.0 §2.1), of a packet of any type. */
public final class MqttHeader {
    /** The longest fixed header, octets. */
    public static final int SIZE_MAX = 5;

    private MqttHeader() {}

    /** @return the packet type of the octet at {@code at}, 0..15, see {@link MqttType} */
    public static int type(byte[] buffer, int at) {
        return MqttType.of(buffer[at]);
    }

    /**
     * The whole packet's length, header included, as soon as the header is there.
     *
     * @return 2..268 435 460; {@link Status#TRUNCATED}; {@link MqttError#RESERVED_TYPE}; {@link MqttError#REMAINING_LENGTH}
     */
    public static int packetLength(byte[] buffer, int at, int available) {
        if (available < 1) {
            return Status.TRUNCATED;
        }
        if ((buffer[at] & 0xF0) == 0) {
            return MqttError.RESERVED_TYPE;
        }
        int remaining = VariableInteger.read(buffer, at + 1, available - 1);
        if (remaining < 0) {
            return remaining == Status.TRUNCATED ? Status.TRUNCATED : MqttError.REMAINING_LENGTH;
        }
        return 1 + VariableInteger.size(remaining) + remaining;
    }
}
