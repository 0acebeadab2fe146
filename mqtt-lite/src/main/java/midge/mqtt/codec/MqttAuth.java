package midge.mqtt.codec;

import midge.wire.Bytes;
import midge.wire.Status;

/**
 * AUTH (MQTT 5.0 §3.15): {@code |15 0|Remaining Length|Reason Code|Properties|}; of length 0 it is success without properties.
 */
public final class MqttAuth extends MqttPacket {
    private final MqttProperties properties = new MqttProperties();
    private int reasonCode;

    /** @return {@link Status#OK}, {@link Status#TRUNCATED} or an {@link MqttError} */
    public int wrap(byte[] from, int at, int available, int protocolVersion) {
        if (protocolVersion < MqttVersion.V5) {
            return MqttError.RESERVED_TYPE;
        }
        int status = open(from, at, available, protocolVersion, MqttType.AUTH);
        if (status < 0) {
            return status;
        }
        properties.clear();
        reasonCode = ReasonCode.SUCCESS;
        if (body == end) {
            return Status.OK;
        }
        return readReason();
    }

    private int readReason() {
        reasonCode = Bytes.u8(buffer, body);
        if (reasonCode != ReasonCode.SUCCESS
                && reasonCode != ReasonCode.CONTINUE_AUTHENTICATION
                && reasonCode != ReasonCode.REAUTHENTICATE) {
            return MqttError.REASON_CODE;
        }
        if (end - body == 1) {
            return MqttError.PROPERTY_LENGTH;
        }
        int size = properties.wrap(buffer, body + 1, end, MqttType.AUTH);
        if (size < 0) {
            return size;
        }
        return body + 1 + size == end ? Status.OK : MqttError.TRAILING_OCTETS;
    }

    /** @return a {@link ReasonCode}; success when the packet has none */
    public int reasonCode() {
        return reasonCode;
    }

    /** @return this packet's properties */
    public MqttProperties properties() {
        return properties;
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
        int size = Encoding.reasonSize(reasonCode, properties, propertiesLength);
        int next = Encoding.begin(out, at, capacity, Encoding.firstOctet(MqttType.AUTH), size);
        if (next < 0) {
            return next;
        }
        return Encoding.putReason(out, next, reasonCode, properties, propertiesOffset, propertiesLength) - at;
    }
}
