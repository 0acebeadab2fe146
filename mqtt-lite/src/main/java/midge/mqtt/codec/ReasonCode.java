package midge.mqtt.codec;

/** MQTT 5.0 reason codes (§2.4), with the packets that may carry them; 0x80 and above is failure. Also the CONNACK codes of 3.x. */
public final class ReasonCode {
    /** Success, normal disconnection or granted QoS 0. */
    public static final int SUCCESS = 0x00;
    /** SUBACK. */
    public static final int GRANTED_QOS_1 = 0x01;
    /** SUBACK. */
    public static final int GRANTED_QOS_2 = 0x02;
    /** DISCONNECT from a client that wants its will published. */
    public static final int DISCONNECT_WITH_WILL = 0x04;
    /** PUBACK, PUBREC. */
    public static final int NO_MATCHING_SUBSCRIBERS = 0x10;
    /** UNSUBACK. */
    public static final int NO_SUBSCRIPTION_EXISTED = 0x11;
    /** AUTH. */
    public static final int CONTINUE_AUTHENTICATION = 0x18;
    /** AUTH from a client. */
    public static final int REAUTHENTICATE = 0x19;
    /** CONNACK, PUBACK, PUBREC, SUBACK, UNSUBACK, DISCONNECT. */
    public static final int UNSPECIFIED_ERROR = 0x80;
    /** CONNACK, DISCONNECT. */
    public static final int MALFORMED_PACKET = 0x81;
    /** CONNACK, DISCONNECT. */
    public static final int PROTOCOL_ERROR = 0x82;
    /** CONNACK, PUBACK, PUBREC, SUBACK, UNSUBACK, DISCONNECT. */
    public static final int IMPLEMENTATION_SPECIFIC_ERROR = 0x83;
    /** CONNACK. */
    public static final int UNSUPPORTED_PROTOCOL_VERSION = 0x84;
    /** CONNACK. */
    public static final int CLIENT_IDENTIFIER_NOT_VALID = 0x85;
    /** CONNACK. */
    public static final int BAD_USER_NAME_OR_PASSWORD = 0x86;
    /** CONNACK, PUBACK, PUBREC, SUBACK, UNSUBACK, DISCONNECT from a server. */
    public static final int NOT_AUTHORIZED = 0x87;
    /** CONNACK. */
    public static final int SERVER_UNAVAILABLE = 0x88;
    /** CONNACK, DISCONNECT from a server. */
    public static final int SERVER_BUSY = 0x89;
    /** CONNACK. */
    public static final int BANNED = 0x8A;
    /** DISCONNECT from a server. */
    public static final int SERVER_SHUTTING_DOWN = 0x8B;
    /** CONNACK, DISCONNECT from a server. */
    public static final int BAD_AUTHENTICATION_METHOD = 0x8C;
    /** DISCONNECT from a server. */
    public static final int KEEP_ALIVE_TIMEOUT = 0x8D;
    /** DISCONNECT from a server. */
    public static final int SESSION_TAKEN_OVER = 0x8E;
    /** SUBACK, UNSUBACK, DISCONNECT from a server. */
    public static final int TOPIC_FILTER_INVALID = 0x8F;
    /** CONNACK, PUBACK, PUBREC, DISCONNECT. */
    public static final int TOPIC_NAME_INVALID = 0x90;
    /** PUBACK, PUBREC, SUBACK, UNSUBACK. */
    public static final int PACKET_IDENTIFIER_IN_USE = 0x91;
    /** PUBREL, PUBCOMP. */
    public static final int PACKET_IDENTIFIER_NOT_FOUND = 0x92;
    /** DISCONNECT. */
    public static final int RECEIVE_MAXIMUM_EXCEEDED = 0x93;
    /** DISCONNECT. */
    public static final int TOPIC_ALIAS_INVALID = 0x94;
    /** CONNACK, DISCONNECT. */
    public static final int PACKET_TOO_LARGE = 0x95;
    /** DISCONNECT. */
    public static final int MESSAGE_RATE_TOO_HIGH = 0x96;
    /** CONNACK, PUBACK, PUBREC, SUBACK, DISCONNECT. */
    public static final int QUOTA_EXCEEDED = 0x97;
    /** DISCONNECT. */
    public static final int ADMINISTRATIVE_ACTION = 0x98;
    /** CONNACK, PUBACK, PUBREC, DISCONNECT. */
    public static final int PAYLOAD_FORMAT_INVALID = 0x99;
    /** CONNACK, DISCONNECT from a server. */
    public static final int RETAIN_NOT_SUPPORTED = 0x9A;
    /** CONNACK, DISCONNECT from a server. */
    public static final int QOS_NOT_SUPPORTED = 0x9B;
    /** CONNACK, DISCONNECT from a server; for now. */
    public static final int USE_ANOTHER_SERVER = 0x9C;
    /** CONNACK, DISCONNECT from a server; for good. */
    public static final int SERVER_MOVED = 0x9D;
    /** SUBACK, DISCONNECT from a server. */
    public static final int SHARED_SUBSCRIPTIONS_NOT_SUPPORTED = 0x9E;
    /** CONNACK, DISCONNECT from a server. */
    public static final int CONNECTION_RATE_EXCEEDED = 0x9F;
    /** DISCONNECT from a server. */
    public static final int MAXIMUM_CONNECT_TIME = 0xA0;
    /** SUBACK, DISCONNECT from a server. */
    public static final int SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED = 0xA1;
    /** SUBACK, DISCONNECT from a server. */
    public static final int WILDCARD_SUBSCRIPTIONS_NOT_SUPPORTED = 0xA2;

    /** CONNACK 3.x: the server does not speak this protocol level. */
    public static final int V3_UNACCEPTABLE_PROTOCOL = 1;
    /** CONNACK 3.x: the client identifier is not allowed. */
    public static final int V3_IDENTIFIER_REJECTED = 2;
    /** CONNACK 3.x: try again later. */
    public static final int V3_SERVER_UNAVAILABLE = 3;
    /** CONNACK 3.x. */
    public static final int V3_BAD_USER_NAME_OR_PASSWORD = 4;
    /** CONNACK 3.x. */
    public static final int V3_NOT_AUTHORIZED = 5;

    private ReasonCode() {}

    /** @return whether {@code code} reports failure; a code outside the table counts by its class */
    public static boolean isFailure(int code) {
        return code >= UNSPECIFIED_ERROR;
    }

    /** @return the 5.0 code that means what the CONNACK return code {@code returnCode} of 3.1 and 3.1.1 means */
    public static int ofV3(int returnCode) {
        switch (returnCode) {
            case 0:
                return SUCCESS;
            case V3_UNACCEPTABLE_PROTOCOL:
                return UNSUPPORTED_PROTOCOL_VERSION;
            case V3_IDENTIFIER_REJECTED:
                return CLIENT_IDENTIFIER_NOT_VALID;
            case V3_SERVER_UNAVAILABLE:
                return SERVER_UNAVAILABLE;
            case V3_BAD_USER_NAME_OR_PASSWORD:
                return BAD_USER_NAME_OR_PASSWORD;
            case V3_NOT_AUTHORIZED:
                return NOT_AUTHORIZED;
            default:
                return UNSPECIFIED_ERROR;
        }
    }
}
