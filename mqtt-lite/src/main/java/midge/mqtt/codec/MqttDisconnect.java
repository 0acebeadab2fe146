package midge.mqtt.codec;

import midge.wire.Status;

/**
 * DISCONNECT (MQTT 5.0 and 3.1.1 §3.14): {@code |14 0|Remaining Length|Reason Code, 5.0|Properties, 5.0|}, of which 5.0 may cut the end.
 */
public final class MqttDisconnect extends MqttReasonPacket {
    /** @return {@link Status#OK}, {@link Status#TRUNCATED} or an {@link MqttError} */
    public int wrap(byte[] from, int at, int available, int protocolVersion) {
        int status = openReason(from, at, available, protocolVersion, MqttType.DISCONNECT);
        if (status < 0 || remaining() == 0) {
            return status;
        }
        if (protocolVersion < MqttVersion.V5) {
            return MqttError.TRAILING_OCTETS;
        }
        return remaining() == 1 ? Status.OK : readProperties(MqttType.DISCONNECT);
    }

    /**
     * Writes the 5.0 form, which with success and without properties is that of 3.x too: {@code E0 00}.
     *
     * @param properties bare properties; {@code null} leaves out their length, and with success the reason code too
     * @return octets written; {@link Status#TOO_SMALL} or {@link Status#TOO_LARGE}
     */
    public static int encode(
            byte[] out,
            int at,
            int capacity,
            int reasonCode,
            byte[] properties,
            int propertiesOffset,
            int propertiesLength) {
        return encode(
                MqttType.DISCONNECT, out, at, capacity, reasonCode, properties, propertiesOffset, propertiesLength);
    }
}
