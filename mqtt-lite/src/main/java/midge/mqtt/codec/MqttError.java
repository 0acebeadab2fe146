package midge.mqtt.codec;

import midge.topic.TopicFilter;
import midge.topic.TopicName;
import midge.topic.Utf8;
import midge.wire.Status;

/**
 * Which rule a packet broke: -20..-99, apart from {@link Status}. The connection cannot go on after any of them; {@link #reasonCode}
 * tells what an MQTT 5.0 DISCONNECT says about it. Section numbers are those of MQTT 5.0.
 */
public final class MqttError {
    /** Packet type 0, or AUTH before 5.0 (§2.1.2). */
    public static final int RESERVED_TYPE = -20;
    /** The low four bits of the first octet are not what the type prescribes (§2.1.3). */
    public static final int RESERVED_FLAGS = -21;
    /** Remaining length of more than four octets, or not in the shortest form (§1.5.5). */
    public static final int REMAINING_LENGTH = -22;
    /** A good packet of another type than the one asked for. */
    public static final int WRONG_TYPE = -23;
    /** A field runs beyond the end of its packet. */
    public static final int FIELD_LENGTH = -24;
    /** Octets after the last field. */
    public static final int TRAILING_OCTETS = -25;
    /** QoS 3 (§3.3.1-4). */
    public static final int QOS = -26;
    /** DUP at QoS 0 (§3.3.1-2). */
    public static final int DUP_AT_QOS_0 = -27;
    /** Packet identifier 0 (§2.2.1-3). */
    public static final int PACKET_ID_ZERO = -28;
    /** Not well-formed UTF-8 (§1.5.4-1). */
    public static final int UTF8 = Utf8.INVALID;
    /** U+0000 in a string (§1.5.4-2). */
    public static final int UTF8_NUL = Utf8.NUL;
    /** Empty topic name, and no alias to stand for it (§4.7.3-1). */
    public static final int TOPIC_EMPTY = TopicName.EMPTY;
    /** Wildcard in a topic name (§3.3.2-2). */
    public static final int TOPIC_WILDCARD = TopicName.WILDCARD;
    /** Not a topic filter (§4.7.1). */
    public static final int TOPIC_FILTER = TopicFilter.INVALID;
    /** {@code $share/} without a good name and filter (§4.8.2). */
    public static final int SHARED_FILTER = TopicFilter.SHARED_INVALID;
    /** SUBSCRIBE or UNSUBSCRIBE without a filter, SUBACK without a code (§3.8.3-2, §3.10.3-2). */
    public static final int EMPTY_LIST = -35;
    /** Reserved bits, QoS 3 or retain handling 3 in a subscription's options (§3.8.3-5). */
    public static final int SUBSCRIPTION_OPTIONS = -36;
    /** No Local on a shared subscription (§3.8.3-4). */
    public static final int NO_LOCAL_SHARED = -37;
    /** Not the protocol name of any version (§3.1.2-1). */
    public static final int PROTOCOL_NAME = -38;
    /** The name is known but not this level of it: answer CONNACK 0x84, or 0x01 (§3.1.2-2). */
    public static final int PROTOCOL_LEVEL = -39;
    /** Connect flags that exclude each other, or the reserved bit (§3.1.2.3). */
    public static final int CONNECT_FLAGS = -40;
    /** Reserved bits in the CONNACK flags (§3.2.2-1). */
    public static final int CONNACK_FLAGS = -41;
    /** Session present in a CONNACK that refuses (§3.2.2-6). */
    public static final int SESSION_PRESENT = -42;
    /** A reason or return code without a meaning that could be guessed. */
    public static final int REASON_CODE = -43;

    /** No such property (§2.2.2.2). */
    public static final int PROPERTY_UNKNOWN = -50;
    /** A property that this packet may not carry. */
    public static final int PROPERTY_MISPLACED = -51;
    /** A property that may come once came twice. */
    public static final int PROPERTY_REPEATED = -52;
    /** A value outside the property's range, such as Receive Maximum 0. */
    public static final int PROPERTY_VALUE = -53;
    /** The properties' length, or one property, runs beyond the end; or the length is missing or not in its shortest form. */
    public static final int PROPERTY_LENGTH = -54;
    /** Authentication Data without an Authentication Method (§3.1.2.11.10). */
    public static final int AUTHENTICATION_DATA = -55;
    /** Topic alias 0, above the announced maximum, or never set (§3.3.2-8). */
    public static final int TOPIC_ALIAS = -56;

    /** Something else than CONNACK (or AUTH in 5.0) came first (§3.2.0-1). */
    public static final int CONNACK_EXPECTED = -70;
    /** A second CONNACK (§3.2.0-2). */
    public static final int CONNACK_REPEATED = -71;
    /** A packet that only the other side may send, or not in this state. */
    public static final int UNEXPECTED_PACKET = -72;
    /** SUBACK or UNSUBACK with another number of codes than there were filters (§3.9.3-1). */
    public static final int CODE_COUNT = -73;
    /** More unacknowledged QoS 1/2 messages than our Receive Maximum (§3.3.4-9). */
    public static final int RECEIVE_MAXIMUM = -74;
    /** AUTH with another method than CONNECT (§4.12.0-5). */
    public static final int AUTHENTICATION_METHOD = -75;
    /** No PINGRESP in time. */
    public static final int KEEP_ALIVE = -76;
    /** Session present although nothing was kept (§3.2.2-4). */
    public static final int SESSION_UNKNOWN = -77;
    /** For a message: the server has lost the session, so nobody knows whether it arrived. */
    public static final int SESSION_LOST = -78;
    /** The session store failed, so an acknowledgement would promise too much. */
    public static final int STORE = -79;
    /** A topic that the server has aliased is longer than this side can keep. */
    public static final int ALIAS_TOPIC_LENGTH = -80;
    /** The application could not go on with a payload that it had begun. */
    public static final int PAYLOAD = -81;
    /** No CONNACK in time. */
    public static final int CONNECT_TIMEOUT = -82;

    private MqttError() {}

    /** @return the {@link ReasonCode} with which 5.0 answers {@code error}, in DISCONNECT or CONNACK; for either side */
    public static int reasonCode(int error) {
        switch (error) {
            case Status.TOO_LARGE:
                return ReasonCode.PACKET_TOO_LARGE;
            case TOPIC_WILDCARD:
                return ReasonCode.TOPIC_NAME_INVALID;
            case TOPIC_ALIAS:
                return ReasonCode.TOPIC_ALIAS_INVALID;
            case RECEIVE_MAXIMUM:
                return ReasonCode.RECEIVE_MAXIMUM_EXCEEDED;
            case PROTOCOL_NAME:
            case PROTOCOL_LEVEL:
                return ReasonCode.UNSUPPORTED_PROTOCOL_VERSION;
            case ALIAS_TOPIC_LENGTH:
                return ReasonCode.IMPLEMENTATION_SPECIFIC_ERROR;
            case KEEP_ALIVE:
            case STORE:
            case PAYLOAD:
            case CONNECT_TIMEOUT:
                return ReasonCode.UNSPECIFIED_ERROR;
            default:
                return isProtocolError(error) ? ReasonCode.PROTOCOL_ERROR : ReasonCode.MALFORMED_PACKET;
        }
    }

    /** Good octets in the wrong place, as against octets that cannot be read. */
    private static boolean isProtocolError(int error) {
        switch (error) {
            case RESERVED_TYPE:
            case WRONG_TYPE:
            case PACKET_ID_ZERO:
            case TOPIC_EMPTY:
            case EMPTY_LIST:
            case NO_LOCAL_SHARED:
            case REASON_CODE:
            case SESSION_PRESENT:
            case PROPERTY_MISPLACED:
            case PROPERTY_REPEATED:
            case PROPERTY_VALUE:
            case AUTHENTICATION_DATA:
                return true;
            default:
                return error <= CONNACK_EXPECTED;
        }
    }
}
