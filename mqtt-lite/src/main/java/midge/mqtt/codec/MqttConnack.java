package midge.mqtt.codec;

import midge.wire.Bytes;
import midge.wire.Status;

/** CONNACK (MQTT 5.0 and 3.1.1 §3.2): {@code |2 0|Remaining Length|Session Present in bit 0|Reason or Return Code|Properties, 5.0|}. */
public final class MqttConnack extends MqttPacket {
    private final MqttProperties properties = new MqttProperties();

    /** @return {@link Status#OK}, {@link Status#TRUNCATED} or an {@link MqttError} */
    public int wrap(byte[] from, int at, int available, int protocolVersion) {
        int status = open(from, at, available, protocolVersion, MqttType.CONNACK);
        if (status < 0) {
            return status;
        }
        properties.clear();
        if (end - body < 2) {
            return MqttError.FIELD_LENGTH;
        }
        if (version != MqttVersion.V3_1) {
            int flags = Bytes.u8(from, body);
            if (flags > 1) {
                return MqttError.CONNACK_FLAGS;
            }
            if (flags == 1 && code() != 0) {
                return MqttError.SESSION_PRESENT;
            }
        }
        int next = body + 2;
        if (version >= MqttVersion.V5) {
            int size = properties.wrap(from, next, end, MqttType.CONNACK);
            if (size < 0) {
                return size;
            }
            next += size;
        }
        return next == end ? Status.OK : MqttError.TRAILING_OCTETS;
    }

    /** @return whether the server has kept this client's session; never in MQTT 3.1 */
    public boolean sessionPresent() {
        return version != MqttVersion.V3_1 && buffer[body] != 0;
    }

    /** @return the code as sent: a {@link ReasonCode} in 5.0, a return code 0..255 in 3.x; 0 is accepted in all of them */
    public int code() {
        return Bytes.u8(buffer, body + 1);
    }

    /** @return {@link #code} as a 5.0 {@link ReasonCode}, whatever the version */
    public int reasonCode() {
        return version < MqttVersion.V5 ? ReasonCode.ofV3(code()) : code();
    }

    /** @return this packet's properties, none before 5.0 */
    public MqttProperties properties() {
        return properties;
    }

    /**
     * @param code as the version has it, see {@link #code}
     * @param properties bare properties; ignored before 5.0, unused when the length is 0
     * @return octets written; {@link Status#TOO_SMALL} or {@link Status#TOO_LARGE}
     */
    public static int encode(
            byte[] out,
            int at,
            int capacity,
            int version,
            boolean sessionPresent,
            int code,
            byte[] properties,
            int propertiesOffset,
            int propertiesLength) {
        int remaining = 2 + Encoding.propertiesSize(version, propertiesLength);
        int next = Encoding.begin(out, at, capacity, Encoding.firstOctet(MqttType.CONNACK), remaining);
        if (next < 0) {
            return next;
        }
        Bytes.putU8(out, next, sessionPresent ? 1 : 0);
        Bytes.putU8(out, next + 1, code);
        return Encoding.putProperties(out, next + 2, version, properties, propertiesOffset, propertiesLength) - at;
    }
}
