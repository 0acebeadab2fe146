package midge.mqtt.codec;

import midge.wire.Bytes;
import midge.wire.Status;

/**
 * UNSUBACK (MQTT 5.0 and 3.1.1 §3.11): {@code |11 0|Remaining Length|Packet Id:2|Properties, 5.0|Code..., 5.0|}.
 */
public final class MqttUnsuback extends MqttPacket {
    private final MqttProperties properties = new MqttProperties();
    private int packetId;
    private int codesAt;

    /** @return {@link Status#OK}, {@link Status#TRUNCATED} or an {@link MqttError} */
    public int wrap(byte[] from, int at, int available, int protocolVersion) {
        int status = open(from, at, available, protocolVersion, MqttType.UNSUBACK);
        if (status < 0) {
            return status;
        }
        packetId = readPacketId(from, body, end);
        if (packetId < 0) {
            return packetId;
        }
        properties.clear();
        codesAt = body + 2;
        if (protocolVersion >= MqttVersion.V5) {
            int size = properties.wrap(from, codesAt, end, MqttType.UNSUBACK);
            if (size < 0) {
                return size;
            }
            codesAt += size;
        }
        if (protocolVersion < MqttVersion.V5) {
            return codesAt == end ? Status.OK : MqttError.TRAILING_OCTETS;
        }
        return codesAt == end ? MqttError.EMPTY_LIST : Status.OK;
    }

    /** @return 1..65535 */
    public int packetId() {
        return packetId;
    }

    /** @return this packet's properties, none before 5.0 */
    public MqttProperties properties() {
        return properties;
    }

    /** @return codes in this packet: one for each filter in 5.0, 0 before */
    public int count() {
        return end - codesAt;
    }

    /** @param index 0..{@link #count} - 1, in the order of the filters. @return a {@link ReasonCode} */
    public int code(int index) {
        return Bytes.u8(buffer, codesAt + index);
    }

    /** @return where the codes begin in {@link #buffer}, one octet each */
    public int codesOffset() {
        return codesAt;
    }

    /**
     * @param packetId 1..65535
     * @param properties bare properties; ignored before 5.0, unused when the length is 0
     * @param codes one octet for each filter, in their order; ignored before 5.0
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
            byte[] codes,
            int codesOffset,
            int codesCount) {
        if (packetId <= 0 || packetId > 0xFFFF || (version >= MqttVersion.V5 && codesCount == 0)) {
            return Status.INVALID;
        }
        if (((propertiesLength | codesCount) >>> 28) != 0) {
            return Status.TOO_LARGE;
        }
        int count = version < MqttVersion.V5 ? 0 : codesCount;
        int remaining = 2 + Encoding.propertiesSize(version, propertiesLength) + count;
        int next = Encoding.begin(out, at, capacity, Encoding.firstOctet(MqttType.UNSUBACK), remaining);
        if (next < 0) {
            return next;
        }
        Bytes.putU16(out, next, packetId);
        next = Encoding.putProperties(out, next + 2, version, properties, propertiesOffset, propertiesLength);
        if (count > 0) {
            System.arraycopy(codes, codesOffset, out, next, count);
        }
        return next + count - at;
    }
}
