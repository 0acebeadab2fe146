package midge.mqtt.codec;

import midge.wire.Status;

/**
 * UNSUBACK (MQTT 5.0 and 3.1.1 §3.11): {@code |11 0|Remaining Length|Packet Id:2|Properties, 5.0|Code..., 5.0|}.
 */
public final class MqttUnsuback extends MqttCodeList {
    /** @return {@link Status#OK}, {@link Status#TRUNCATED} or an {@link MqttError} */
    public int wrap(byte[] from, int at, int available, int protocolVersion) {
        int status = openList(from, at, available, protocolVersion, MqttType.UNSUBACK);
        if (status < 0) {
            return status;
        }
        if (protocolVersion < MqttVersion.V5) {
            return count() == 0 ? Status.OK : MqttError.TRAILING_OCTETS;
        }
        return count() == 0 ? MqttError.EMPTY_LIST : Status.OK;
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
        boolean withCodes = version >= MqttVersion.V5;
        if (withCodes && codesCount == 0) {
            return Status.INVALID;
        }
        return encode(
                MqttType.UNSUBACK,
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
                withCodes ? codesCount : 0);
    }
}
