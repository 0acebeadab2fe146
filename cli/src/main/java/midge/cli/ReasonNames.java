package midge.cli;

import java.util.Map;
import midge.mqtt.codec.ReasonCode;

/** Reason codes of MQTT 5.0 in words; those of older versions are mapped to them before. */
final class ReasonNames {
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(ReasonCode.UNSPECIFIED_ERROR, "unspecified error"),
            Map.entry(ReasonCode.MALFORMED_PACKET, "malformed packet"),
            Map.entry(ReasonCode.PROTOCOL_ERROR, "protocol error"),
            Map.entry(ReasonCode.UNSUPPORTED_PROTOCOL_VERSION, "unsupported protocol version"),
            Map.entry(ReasonCode.CLIENT_IDENTIFIER_NOT_VALID, "client identifier not valid"),
            Map.entry(ReasonCode.BAD_USER_NAME_OR_PASSWORD, "bad user name or password"),
            Map.entry(ReasonCode.NOT_AUTHORIZED, "not authorized"),
            Map.entry(ReasonCode.SERVER_UNAVAILABLE, "server unavailable"),
            Map.entry(ReasonCode.SERVER_BUSY, "server busy"),
            Map.entry(ReasonCode.BANNED, "banned"),
            Map.entry(ReasonCode.SERVER_SHUTTING_DOWN, "server shutting down"),
            Map.entry(ReasonCode.KEEP_ALIVE_TIMEOUT, "keep alive timeout"),
            Map.entry(ReasonCode.SESSION_TAKEN_OVER, "another client connected with the same client id"),
            Map.entry(ReasonCode.TOPIC_FILTER_INVALID, "topic filter invalid"),
            Map.entry(ReasonCode.TOPIC_NAME_INVALID, "topic name invalid"),
            Map.entry(ReasonCode.PACKET_TOO_LARGE, "packet too large"),
            Map.entry(ReasonCode.QUOTA_EXCEEDED, "quota exceeded"),
            Map.entry(ReasonCode.ADMINISTRATIVE_ACTION, "administrative action"),
            Map.entry(ReasonCode.RETAIN_NOT_SUPPORTED, "retain not supported"),
            Map.entry(ReasonCode.QOS_NOT_SUPPORTED, "QoS not supported"));

    private ReasonNames() {}

    static String of(int code) {
        return NAMES.getOrDefault(code, String.format("reason 0x%02X", code));
    }
}
