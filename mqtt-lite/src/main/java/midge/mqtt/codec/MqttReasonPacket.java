package midge.mqtt.codec;

import midge.wire.Bytes;
import midge.wire.Status;

/** What DISCONNECT and AUTH share: |Reason Code|Properties|, which 5.0 lets end early. */
public abstract class MqttReasonPacket extends MqttPacket {
    private final MqttProperties properties = new MqttProperties();
    private int reasonCode;

    MqttReasonPacket() {}

    /** Reads the header and, if there is one, the reason code. The caller goes on with {@link #readProperties}. */
    final int openReason(byte[] from, int at, int available, int protocolVersion, int type) {
        int status = open(from, at, available, protocolVersion, type);
        if (status < 0) {
            return status;
        }
        properties.clear();
        reasonCode = body == end ? ReasonCode.SUCCESS : Bytes.u8(from, body);
        return Status.OK;
    }

    /** @return octets after the fixed header */
    final int remaining() {
        return end - body;
    }

    /** Reads the properties after the reason code, and nothing may follow them. */
    final int readProperties(int type) {
        int size = properties.wrap(buffer, body + 1, end, type);
        if (size < 0) {
            return size;
        }
        return body + 1 + size == end ? Status.OK : MqttError.TRAILING_OCTETS;
    }

    /** @return a {@link ReasonCode}; success when the packet has none */
    public final int reasonCode() {
        return reasonCode;
    }

    /** @return this packet's properties */
    public final MqttProperties properties() {
        return properties;
    }

    static int encode(
            int type,
            byte[] out,
            int at,
            int capacity,
            int reasonCode,
            byte[] properties,
            int propertiesOffset,
            int propertiesLength) {
        int size = Encoding.reasonSize(reasonCode, properties, propertiesLength);
        int next = Encoding.begin(out, at, capacity, Encoding.firstOctet(type), size);
        if (next < 0) {
            return next;
        }
        return Encoding.putReason(out, next, reasonCode, properties, propertiesOffset, propertiesLength) - at;
    }
}
