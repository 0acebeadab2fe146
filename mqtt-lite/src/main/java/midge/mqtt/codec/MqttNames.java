package midge.mqtt.codec;

import midge.wire.Status;

/** Words for numbers, for logs and command lines of hosts. A device that does not refer to this class does not carry it. */
public final class MqttNames {
    private static final String UNKNOWN = "unknown";

    private MqttNames() {}

    /** @param type 0..15. @return the name as the standard writes it */
    public static String ofType(int type) {
        switch (type) {
            case MqttType.CONNECT:
                return "CONNECT";
            case MqttType.CONNACK:
                return "CONNACK";
            case MqttType.PUBLISH:
                return "PUBLISH";
            case MqttType.PUBACK:
                return "PUBACK";
            case MqttType.PUBREC:
                return "PUBREC";
            case MqttType.PUBREL:
                return "PUBREL";
            case MqttType.PUBCOMP:
                return "PUBCOMP";
            case MqttType.SUBSCRIBE:
                return "SUBSCRIBE";
            case MqttType.SUBACK:
                return "SUBACK";
            case MqttType.UNSUBSCRIBE:
                return "UNSUBSCRIBE";
            case MqttType.UNSUBACK:
                return "UNSUBACK";
            case MqttType.PINGREQ:
                return "PINGREQ";
            case MqttType.PINGRESP:
                return "PINGRESP";
            case MqttType.DISCONNECT:
                return "DISCONNECT";
            case MqttType.AUTH:
                return "AUTH";
            default:
                return UNKNOWN;
        }
    }

    /** @return the rule that {@code error} of {@link MqttError} or {@link Status} stands for, in lower case */
    public static String ofError(int error) {
        switch (error) {
            case Status.TRUNCATED:
                return "truncated";
            case Status.TOO_LARGE:
                return "packet too large";
            case MqttError.RESERVED_TYPE:
                return "reserved packet type";
            case MqttError.RESERVED_FLAGS:
                return "wrong header flags";
            case MqttError.REMAINING_LENGTH:
                return "bad remaining length";
            case MqttError.WRONG_TYPE:
                return "wrong packet type";
            case MqttError.FIELD_LENGTH:
                return "a field runs beyond the packet";
            case MqttError.TRAILING_OCTETS:
                return "octets after the last field";
            case MqttError.QOS:
                return "QoS 3";
            case MqttError.DUP_AT_QOS_0:
                return "DUP at QoS 0";
            case MqttError.PACKET_ID_ZERO:
                return "packet identifier 0";
            case MqttError.UTF8:
                return "bad UTF-8";
            case MqttError.UTF8_NUL:
                return "U+0000 in a string";
            case MqttError.TOPIC_EMPTY:
                return "empty topic name";
            case MqttError.TOPIC_WILDCARD:
                return "wildcard in a topic name";
            case MqttError.TOPIC_FILTER:
                return "bad topic filter";
            case MqttError.SHARED_FILTER:
                return "bad shared subscription";
            case MqttError.EMPTY_LIST:
                return "nothing in the list";
            case MqttError.SUBSCRIPTION_OPTIONS:
                return "bad subscription options";
            case MqttError.NO_LOCAL_SHARED:
                return "No Local on a shared subscription";
            case MqttError.PROTOCOL_NAME:
                return "unknown protocol name";
            case MqttError.PROTOCOL_LEVEL:
                return "unknown protocol level";
            case MqttError.CONNECT_FLAGS:
                return "bad connect flags";
            case MqttError.CONNACK_FLAGS:
                return "bad CONNACK flags";
            case MqttError.SESSION_PRESENT:
                return "session present in a refusal";
            case MqttError.REASON_CODE:
                return "bad reason code";
            case MqttError.PROPERTY_UNKNOWN:
                return "unknown property";
            case MqttError.PROPERTY_MISPLACED:
                return "property not allowed here";
            case MqttError.PROPERTY_REPEATED:
                return "repeated property";
            case MqttError.PROPERTY_VALUE:
                return "property value out of range";
            case MqttError.PROPERTY_LENGTH:
                return "bad property length";
            case MqttError.AUTHENTICATION_DATA:
                return "authentication data without method";
            case MqttError.TOPIC_ALIAS:
                return "bad topic alias";
            case MqttError.CONNACK_EXPECTED:
                return "no CONNACK first";
            case MqttError.CONNACK_REPEATED:
                return "second CONNACK";
            case MqttError.UNEXPECTED_PACKET:
                return "unexpected packet";
            case MqttError.CODE_COUNT:
                return "wrong number of reason codes";
            case MqttError.RECEIVE_MAXIMUM:
                return "receive maximum exceeded";
            case MqttError.AUTHENTICATION_METHOD:
                return "authentication method changed";
            case MqttError.KEEP_ALIVE:
                return "no PINGRESP";
            case MqttError.SESSION_LOST:
                return "session lost";
            case MqttError.STORE:
                return "session store failed";
            case MqttError.ALIAS_TOPIC_LENGTH:
                return "aliased topic too long";
            case MqttError.PAYLOAD:
                return "payload not available";
            case MqttError.CONNECT_TIMEOUT:
                return "no CONNACK in time";
            case MqttError.SESSION_UNKNOWN:
                return "session present but unknown";
            default:
                return UNKNOWN;
        }
    }

    /** @return the meaning of a 5.0 reason code in lower case */
    public static String ofReason(int code) {
        switch (code) {
            case ReasonCode.SUCCESS:
                return "success";
            case ReasonCode.GRANTED_QOS_1:
                return "granted QoS 1";
            case ReasonCode.GRANTED_QOS_2:
                return "granted QoS 2";
            case ReasonCode.DISCONNECT_WITH_WILL:
                return "disconnect with will";
            case ReasonCode.NO_MATCHING_SUBSCRIBERS:
                return "no matching subscribers";
            case ReasonCode.NO_SUBSCRIPTION_EXISTED:
                return "no subscription existed";
            case ReasonCode.CONTINUE_AUTHENTICATION:
                return "continue authentication";
            case ReasonCode.REAUTHENTICATE:
                return "reauthenticate";
            case ReasonCode.UNSPECIFIED_ERROR:
                return "unspecified error";
            case ReasonCode.MALFORMED_PACKET:
                return "malformed packet";
            case ReasonCode.PROTOCOL_ERROR:
                return "protocol error";
            case ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR:
                return "implementation specific error";
            case ReasonCode.UNSUPPORTED_PROTOCOL_VERSION:
                return "unsupported protocol version";
            case ReasonCode.CLIENT_IDENTIFIER_NOT_VALID:
                return "client identifier not valid";
            case ReasonCode.BAD_USER_NAME_OR_PASSWORD:
                return "bad user name or password";
            case ReasonCode.NOT_AUTHORIZED:
                return "not authorized";
            case ReasonCode.SERVER_UNAVAILABLE:
                return "server unavailable";
            case ReasonCode.SERVER_BUSY:
                return "server busy";
            case ReasonCode.BANNED:
                return "banned";
            case ReasonCode.SERVER_SHUTTING_DOWN:
                return "server shutting down";
            case ReasonCode.BAD_AUTHENTICATION_METHOD:
                return "bad authentication method";
            case ReasonCode.KEEP_ALIVE_TIMEOUT:
                return "keep alive timeout";
            case ReasonCode.SESSION_TAKEN_OVER:
                return "session taken over";
            case ReasonCode.TOPIC_FILTER_INVALID:
                return "topic filter invalid";
            case ReasonCode.TOPIC_NAME_INVALID:
                return "topic name invalid";
            case ReasonCode.PACKET_IDENTIFIER_IN_USE:
                return "packet identifier in use";
            case ReasonCode.PACKET_IDENTIFIER_NOT_FOUND:
                return "packet identifier not found";
            case ReasonCode.RECEIVE_MAXIMUM_EXCEEDED:
                return "receive maximum exceeded";
            case ReasonCode.TOPIC_ALIAS_INVALID:
                return "topic alias invalid";
            case ReasonCode.PACKET_TOO_LARGE:
                return "packet too large";
            case ReasonCode.MESSAGE_RATE_TOO_HIGH:
                return "message rate too high";
            case ReasonCode.QUOTA_EXCEEDED:
                return "quota exceeded";
            case ReasonCode.ADMINISTRATIVE_ACTION:
                return "administrative action";
            case ReasonCode.PAYLOAD_FORMAT_INVALID:
                return "payload format invalid";
            case ReasonCode.RETAIN_NOT_SUPPORTED:
                return "retain not supported";
            case ReasonCode.QOS_NOT_SUPPORTED:
                return "QoS not supported";
            case ReasonCode.USE_ANOTHER_SERVER:
                return "use another server";
            case ReasonCode.SERVER_MOVED:
                return "server moved";
            case ReasonCode.SHARED_SUBSCRIPTIONS_NOT_SUPPORTED:
                return "shared subscriptions not supported";
            case ReasonCode.CONNECTION_RATE_EXCEEDED:
                return "connection rate exceeded";
            case ReasonCode.MAXIMUM_CONNECT_TIME:
                return "maximum connect time";
            case ReasonCode.SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED:
                return "subscription identifiers not supported";
            case ReasonCode.WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED:
                return "wildcard subscriptions not supported";
            default:
                return UNKNOWN;
        }
    }
}
