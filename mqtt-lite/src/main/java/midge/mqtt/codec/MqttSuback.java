package midge.mqtt.codec;

import midge.wire.Bytes;
import midge.wire.Status;

/**
 * SUBACK (MQTT 5.0 and 3.1.1 §3.9): {@code |9 0|Remaining Length|Packet Id:2|Properties, 5.0|Code...|}, one code for each filter.
 */
public final class MqttSuback extends MqttPacket {
    private final MqttProperties properties = new MqttProperties();
    private int packetId;
    private int codesAt;

    /** @return {@link Status#OK}, {@link Status#TRUNCATED} or an {@link MqttError} */
    public int wrap(byte[] from, int at, int available, int protocolVersion) {
        int status = open(from, at, available, protocolVersion, MqttType.SUBACK);
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
            int size = properties.wrap(from, codesAt, end, MqttType.SUBACK);
            if (size < 0) {
                return size;
            }
            codesAt += size;
        }
        if (codesAt == end) {
            return MqttError.EMPTY_LIST;
        }
        return protocolVersion < MqttVersion.V5 ? judgeCodes() : Status.OK;
    }

    /** Before 5.0 there is no class by which an unknown code could be understood (3.1.1 §3.9.3-2). */
    private int judgeCodes() {
        for (int i = codesAt; i < end; i++) {
            int code = Bytes.u8(buffer, i);
            if (code > 2 && code != ReasonCode.UNSPECIFIED_ERROR) {
                return MqttError.REASON_CODE;
            }
        }
        return Status.OK;
    }

    /** @return 1..65535 */
    public int packetId() {
        return packetId;
    }

    /** @return this packet's properties, none before 5.0 */
    public MqttProperties properties() {
        return properties;
    }

    /** @return codes in this packet, at least 1 */
    public int count() {
        return end - codesAt;
    }

    /** @param index 0..{@link #count} - 1, in the order of the filters. @return the granted QoS 0..2, or 0x80 and above for failure */
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
     * @param codes one octet for each filter, in their order, at least one
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
        if (packetId <= 0 || packetId > 0xFFFF || codesCount == 0) {
            return Status.INVALID;
        }
        if (((propertiesLength | codesCount) >>> 28) != 0) {
            return Status.TOO_LARGE;
        }
        int remaining = 2 + Encoding.propertiesSize(version, propertiesLength) + codesCount;
        int next = Encoding.begin(out, at, capacity, Encoding.firstOctet(MqttType.SUBACK), remaining);
        if (next < 0) {
            return next;
        }
        Bytes.putU16(out, next, packetId);
        next = Encoding.putProperties(out, next + 2, version, properties, propertiesOffset, propertiesLength);
        System.arraycopy(codes, codesOffset, out, next, codesCount);
        return next + codesCount - at;
    }
}
