package midge.mqtt.codec;

import midge.wire.Status;

/**
 * AUTH (MQTT 5.0 §3.15): {@code |15 0|Remaining Length|Reason Code|Properties|}; of length 0 it is success without properties.
 */
public final class MqttAuth extends MqttReasonPacket {
    /** @return {@link Status#OK}, {@link Status#TRUNCATED} or an {@link MqttError} */
    public int wrap(byte[] from, int at, int available, int protocolVersion) {
        if (protocolVersion < MqttVersion.V5) {
            return MqttError.RESERVED_TYPE;
        }
        int status = openReason(from, at, available, protocolVersion, MqttType.AUTH);
        if (status < 0 || remaining() == 0) {
            return status;
        }
        int reason = reasonCode();
        if (reason != ReasonCode.SUCCESS
                && reason != ReasonCode.CONTINUE_AUTHENTICATION
                && reason != ReasonCode.REAUTHENTICATE) {
            return MqttError.REASON_CODE;
        }
        return remaining() == 1 ? MqttError.PROPERTY_LENGTH : readProperties(MqttType.AUTH);
    }

    /**
     * Writes an AUTH.
     *
     * @param properties bare properties; {@code null} only with success, then the packet ends after its header
     * @return octets written; {@link Status#TOO_SMALL}, {@link Status#TOO_LARGE} or {@link Status#INVALID}
     */
    public static int encode(
            byte[] out,
            int at,
            int capacity,
            int reasonCode,
            byte[] properties,
            int propertiesOffset,
            int propertiesLength) {
        if (properties == null && reasonCode != ReasonCode.SUCCESS) {
            return Status.INVALID;
        }
        return encode(MqttType.AUTH, out, at, capacity, reasonCode, properties, propertiesOffset, propertiesLength);
    }
}
