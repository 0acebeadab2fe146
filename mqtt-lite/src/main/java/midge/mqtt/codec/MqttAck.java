package midge.mqtt.codec;

import midge.wire.Bytes;
import midge.wire.Status;

/**
 * PUBACK, PUBREC, PUBREL and PUBCOMP (MQTT 5.0 §3.4 to §3.7), which share one shape:
 * {@code |Type Flags|Remaining Length|Packet Id:2|Reason Code, 5.0|Properties, 5.0|}. In 5.0 the end may be cut: without a reason code
 * it is success, without properties there are none.
 */
public final class MqttAck extends MqttPacket {
    private final MqttProperties properties = new MqttProperties();
    private int packetId;
    private int reasonCode;

    /** @return {@link Status#OK}, {@link Status#TRUNCATED} or an {@link MqttError} */
    public int wrap(byte[] from, int at, int available, int protocolVersion) {
        if (available < 1) {
            return Status.TRUNCATED;
        }
        int type = MqttType.of(from[at]);
        if (type < MqttType.PUBACK || type > MqttType.PUBCOMP) {
            return type == 0 ? MqttError.RESERVED_TYPE : MqttError.WRONG_TYPE;
        }
        int status = open(from, at, available, protocolVersion, type);
        if (status < 0) {
            return status;
        }
        packetId = readPacketId(from, body, end);
        if (packetId < 0) {
            return packetId;
        }
        properties.clear();
        reasonCode = ReasonCode.SUCCESS;
        if (end - body == 2) {
            return Status.OK;
        }
        return protocolVersion < MqttVersion.V5 ? MqttError.TRAILING_OCTETS : readReason(body + 2, type);
    }

    private int readReason(int at, int type) {
        reasonCode = Bytes.u8(buffer, at);
        if (end - at == 1) {
            return Status.OK;
        }
        int size = properties.wrap(buffer, at + 1, end, type);
        if (size < 0) {
            return size;
        }
        return at + 1 + size == end ? Status.OK : MqttError.TRAILING_OCTETS;
    }

    /** @return {@link MqttType#PUBACK} .. {@link MqttType#PUBCOMP} */
    public int type() {
        return MqttType.of(buffer[offset]);
    }

    /** @return 1..65535 */
    public int packetId() {
        return packetId;
    }

    /** @return a {@link ReasonCode}; success before 5.0 */
    public int reasonCode() {
        return reasonCode;
    }

    /** @return this packet's properties, none before 5.0 */
    public MqttProperties properties() {
        return properties;
    }

    /**
     * Writes the short form, which all versions read as success.
     *
     * @param type {@link MqttType#PUBACK} .. {@link MqttType#PUBCOMP}
     * @return 4; {@link Status#TOO_SMALL}, or {@link Status#INVALID} for another type or an id outside 1..65535
     */
    public static int encode(byte[] out, int at, int capacity, int type, int packetId) {
        if (type < MqttType.PUBACK || type > MqttType.PUBCOMP || packetId <= 0 || packetId > 0xFFFF) {
            return Status.INVALID;
        }
        if (capacity < 4) {
            return Status.TOO_SMALL;
        }
        Bytes.putU8(out, at, Encoding.firstOctet(type));
        Bytes.putU8(out, at + 1, 2);
        Bytes.putU16(out, at + 2, packetId);
        return 4;
    }

    /**
     * Writes the 5.0 form.
     *
     * @param properties bare properties; {@code null} leaves out their length, and with success the reason code too
     * @return octets written; {@link Status#TOO_SMALL}, {@link Status#TOO_LARGE} or {@link Status#INVALID}
     */
    public static int encode(
            byte[] out,
            int at,
            int capacity,
            int type,
            int packetId,
            int reasonCode,
            byte[] properties,
            int propertiesOffset,
            int propertiesLength) {
        if (properties == null && reasonCode == ReasonCode.SUCCESS) {
            return encode(out, at, capacity, type, packetId);
        }
        if (type < MqttType.PUBACK || type > MqttType.PUBCOMP || packetId <= 0 || packetId > 0xFFFF) {
            return Status.INVALID;
        }
        int size = Encoding.reasonSize(reasonCode, properties, propertiesLength);
        int next = Encoding.begin(out, at, capacity, Encoding.firstOctet(type), 2 + size);
        if (next < 0) {
            return next;
        }
        Bytes.putU16(out, next, packetId);
        return Encoding.putReason(out, next + 2, reasonCode, properties, propertiesOffset, propertiesLength) - at;
    }
}
