package midge.mqtt.codec;

import midge.wire.Bytes;
import midge.wire.Status;

/**
 * DISCONNECT (MQTT 5.0 and 3.1.1 §3.14): {@code |14 0|Remaining Length|Reason Code, 5.0|Properties, 5.0|}, of which 5.0 may cut the end.
 */
public final class MqttDisconnect extends MqttPacket {
    private final MqttProperties properties = new MqttProperties();
    private int reasonCode;

    /** @return {@link Status#OK}, {@link Status#TRUNCATED} or an {@link MqttError} */
    public int wrap(byte[] from, int at, int available, int protocolVersion) {
        int status = open(from, at, available, protocolVersion, MqttType.DISCONNECT);
        if (status < 0) {
            return status;
        }
        properties.clear();
        reasonCode = ReasonCode.SUCCESS;
        if (body == end) {
            return Status.OK;
        }
        return protocolVersion < MqttVersion.V5 ? MqttError.TRAILING_OCTETS : readReason();
    }

    private int readReason() {
        reasonCode = Bytes.u8(buffer, body);
        if (end - body == 1) {
            return Status.OK;
        }
        int size = properties.wrap(buffer, body + 1, end, MqttType.DISCONNECT);
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
        int size = Encoding.reasonSize(reasonCode, properties, propertiesLength);
        int next = Encoding.begin(out, at, capacity, Encoding.firstOctet(MqttType.DISCONNECT), size);
        if (next < 0) {
            return next;
        }
        return Encoding.putReason(out, next, reasonCode, properties, propertiesOffset, propertiesLength) - at;
    }
}
