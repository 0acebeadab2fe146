package midge.mqtt.codec;

import midge.wire.Bytes;
import midge.wire.Status;

/** PINGREQ and PINGRESP (MQTT 5.0 §3.12, §3.13): {@code |Type 0|0|}. */
public final class MqttPing extends MqttPacket {
    /** @return {@link Status#OK}, {@link Status#TRUNCATED} or an {@link MqttError} */
    public int wrap(byte[] from, int at, int available, int protocolVersion) {
        boolean response = available > 0 && MqttType.of(from[at]) == MqttType.PINGRESP;
        int status = open(from, at, available, protocolVersion, response ? MqttType.PINGRESP : MqttType.PINGREQ);
        if (status < 0) {
            return status;
        }
        return body == end ? Status.OK : MqttError.TRAILING_OCTETS;
    }

    /** @return {@link MqttType#PINGREQ} or {@link MqttType#PINGRESP} */
    public int type() {
        return MqttType.of(buffer[offset]);
    }

    /** @param type {@link MqttType#PINGREQ} or {@link MqttType#PINGRESP}. @return 2, or {@link Status#TOO_SMALL} */
    public static int encode(byte[] out, int at, int capacity, int type) {
        if (capacity < 2) {
            return Status.TOO_SMALL;
        }
        Bytes.putU8(out, at, Encoding.firstOctet(type));
        Bytes.putU8(out, at + 1, 0);
        return 2;
    }
}
