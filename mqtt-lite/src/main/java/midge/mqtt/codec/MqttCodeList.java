package midge.mqtt.codec;

import midge.wire.Bytes;
import midge.wire.Status;

/** What SUBACK and UNSUBACK share: |Packet Id:2|Properties, 5.0|Code...|, one code for each filter of the request. */
public abstract class MqttCodeList extends MqttPacket {
    private final MqttProperties properties = new MqttProperties();
    private int packetId;
    private int codesAt;

    MqttCodeList() {}

    /** Reads all but the codes, which are the caller's to judge. */
    final int openList(byte[] from, int at, int available, int protocolVersion, int type) {
        int status = open(from, at, available, protocolVersion, type);
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
            int size = properties.wrap(from, codesAt, end, type);
            if (size < 0) {
                return size;
            }
            codesAt += size;
        }
        return Status.OK;
    }

    /** @return 1..65535 */
    public final int packetId() {
        return packetId;
    }

    /** @return this packet's properties, none before 5.0 */
    public final MqttProperties properties() {
        return properties;
    }

    /** @return codes in this packet: one for each filter, at least 1; 0 in an UNSUBACK before 5.0 */
    public final int count() {
        return end - codesAt;
    }

    /**
     * @param index 0..{@link #count} - 1, in the order of the filters
     * @return a {@link ReasonCode}; in SUBACK the granted QoS 0..2, or 0x80 and above for failure
     */
    public final int code(int index) {
        return Bytes.u8(buffer, codesAt + index);
    }

    /** @return where the codes begin in {@link #buffer}, one octet each */
    public final int codesOffset() {
        return codesAt;
    }

    static int encode(
            int type,
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
        if (packetId <= 0 || packetId > 0xFFFF) {
            return Status.INVALID;
        }
        if (((propertiesLength | codesCount) >>> 28) != 0) {
            return Status.TOO_LARGE;
        }
        int remaining = 2 + Encoding.propertiesSize(version, propertiesLength) + codesCount;
        int next = Encoding.begin(out, at, capacity, Encoding.firstOctet(type), remaining);
        if (next < 0) {
            return next;
        }
        Bytes.putU16(out, next, packetId);
        next = Encoding.putProperties(out, next + 2, version, properties, propertiesOffset, propertiesLength);
        if (codesCount > 0) {
            System.arraycopy(codes, codesOffset, out, next, codesCount);
        }
        return next + codesCount - at;
    }
}
