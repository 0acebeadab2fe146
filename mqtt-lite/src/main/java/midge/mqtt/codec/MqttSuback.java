package midge.mqtt.codec;

import midge.wire.Bytes;
import midge.wire.Status;

/**
 * SUBACK (MQTT 5.0 and 3.1.1 §3.9): {@code |9 0|Remaining Length|Packet Id:2|Properties, 5.0|Code...|}, one code for each filter.
 */
public final class MqttSuback extends MqttCodeList {
    /** @return {@link Status#OK}, {@link Status#TRUNCATED} or an {@link MqttError} */
    public int wrap(byte[] from, int at, int available, int protocolVersion) {
        int status = openList(from, at, available, protocolVersion, MqttType.SUBACK);
        if (status < 0) {
            return status;
        }
        if (count() == 0) {
            return MqttError.EMPTY_LIST;
        }
        return protocolVersion < MqttVersion.V5 ? judgeCodes() : Status.OK;
    }

    /** Before 5.0 there is no class by which an unknown code could be understood (3.1.1 §3.9.3-2). */
    private int judgeCodes() {
        for (int i = codesOffset(); i < end; i++) {
            int code = Bytes.u8(buffer, i);
            if (code > 2 && code != ReasonCode.UNSPECIFIED_ERROR) {
                return MqttError.REASON_CODE;
            }
        }
        return Status.OK;
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
        if (codesCount == 0) {
            return Status.INVALID;
        }
        return encode(
                MqttType.SUBACK,
                out,
                at,
                capacity,
                version,
                packetId,
                properties,
                propertiesOffset,
                propertiesLength,
                codes,
                codesOffset,
                codesCount);
    }
}
