package midge.mqtt.codec;

/** The properties of MQTT 5.0 (§2.2.2.2): identifiers, and for each its type and the packets that may carry it. */
public final class Property {
    public static final int PAYLOAD_FORMAT_INDICATOR = 0x01;
    public static final int MESSAGE_EXPIRY_INTERVAL = 0x02;
    public static final int CONTENT_TYPE = 0x03;
    public static final int RESPONSE_TOPIC = 0x08;
    public static final int CORRELATION_DATA = 0x09;
    public static final int SUBSCRIPTION_IDENTIFIER = 0x0B;
    public static final int SESSION_EXPIRY_INTERVAL = 0x11;
    public static final int ASSIGNED_CLIENT_IDENTIFIER = 0x12;
    public static final int SERVER_KEEP_ALIVE = 0x13;
    public static final int AUTHENTICATION_METHOD = 0x15;
    public static final int AUTHENTICATION_DATA = 0x16;
    public static final int REQUEST_PROBLEM_INFORMATION = 0x17;
    public static final int WILL_DELAY_INTERVAL = 0x18;
    public static final int REQUEST_RESPONSE_INFORMATION = 0x19;
    public static final int RESPONSE_INFORMATION = 0x1A;
    public static final int SERVER_REFERENCE = 0x1C;
    public static final int REASON_STRING = 0x1F;
    public static final int RECEIVE_MAXIMUM = 0x21;
    public static final int TOPIC_ALIAS_MAXIMUM = 0x22;
    public static final int TOPIC_ALIAS = 0x23;
    public static final int MAXIMUM_QOS = 0x24;
    public static final int RETAIN_AVAILABLE = 0x25;
    public static final int USER_PROPERTY = 0x26;
    public static final int MAXIMUM_PACKET_SIZE = 0x27;
    public static final int WILDCARD_SUBSCRIPTION_AVAILABLE = 0x28;
    public static final int SUBSCRIPTION_IDENTIFIER_AVAILABLE = 0x29;
    public static final int SHARED_SUBSCRIPTION_AVAILABLE = 0x2A;

    /** Where the will's properties stand, beside the packet types of {@link MqttType}. */
    public static final int WILL = 0;

    /** {@link #type}: no such property. */
    public static final int NONE = 0;
    /** {@link #type}: one octet. */
    public static final int BYTE = 1;
    /** {@link #type}: two octets. */
    public static final int TWO_BYTE = 2;
    /** {@link #type}: four octets. */
    public static final int FOUR_BYTE = 3;
    /** {@link #type}: see {@link VariableInteger}. */
    public static final int VARIABLE = 4;
    /** {@link #type}: UTF-8 with a two-octet length. */
    public static final int STRING = 5;
    /** {@link #type}: octets with a two-octet length. */
    public static final int BINARY = 6;
    /** {@link #type}: two strings, name and value. */
    public static final int PAIR = 7;

    private static final int COUNT = 0x2B;
    private static final int CONNECT = 1 << MqttType.CONNECT;
    private static final int CONNACK = 1 << MqttType.CONNACK;
    private static final int DISCONNECT = 1 << MqttType.DISCONNECT;
    private static final int AUTH = 1 << MqttType.AUTH;
    private static final int MESSAGE = 1 << MqttType.PUBLISH | 1 << WILL;
    private static final int ACKS = 1 << MqttType.PUBACK
            | 1 << MqttType.PUBREC
            | 1 << MqttType.PUBREL
            | 1 << MqttType.PUBCOMP
            | 1 << MqttType.SUBACK
            | 1 << MqttType.UNSUBACK;
    private static final int EVERYWHERE = CONNECT
            | CONNACK
            | DISCONNECT
            | AUTH
            | MESSAGE
            | ACKS
            | 1 << MqttType.SUBSCRIBE
            | 1 << MqttType.UNSUBSCRIBE;

    /** By identifier: the type in the high half, a bit for each packet in the low half. */
    private static final int[] TABLE = new int[COUNT];

    static {
        TABLE[PAYLOAD_FORMAT_INDICATOR] = row(BYTE, MESSAGE);
        TABLE[MESSAGE_EXPIRY_INTERVAL] = row(FOUR_BYTE, MESSAGE);
        TABLE[CONTENT_TYPE] = row(STRING, MESSAGE);
        TABLE[RESPONSE_TOPIC] = row(STRING, MESSAGE);
        TABLE[CORRELATION_DATA] = row(BINARY, MESSAGE);
        TABLE[SUBSCRIPTION_IDENTIFIER] = row(VARIABLE, 1 << MqttType.PUBLISH | 1 << MqttType.SUBSCRIBE);
        TABLE[SESSION_EXPIRY_INTERVAL] = row(FOUR_BYTE, CONNECT | CONNACK | DISCONNECT);
        TABLE[ASSIGNED_CLIENT_IDENTIFIER] = row(STRING, CONNACK);
        TABLE[SERVER_KEEP_ALIVE] = row(TWO_BYTE, CONNACK);
        TABLE[AUTHENTICATION_METHOD] = row(STRING, CONNECT | CONNACK | AUTH);
        TABLE[AUTHENTICATION_DATA] = row(BINARY, CONNECT | CONNACK | AUTH);
        TABLE[REQUEST_PROBLEM_INFORMATION] = row(BYTE, CONNECT);
        TABLE[WILL_DELAY_INTERVAL] = row(FOUR_BYTE, 1 << WILL);
        TABLE[REQUEST_RESPONSE_INFORMATION] = row(BYTE, CONNECT);
        TABLE[RESPONSE_INFORMATION] = row(STRING, CONNACK);
        TABLE[SERVER_REFERENCE] = row(STRING, CONNACK | DISCONNECT);
        TABLE[REASON_STRING] = row(STRING, CONNACK | DISCONNECT | AUTH | ACKS);
        TABLE[RECEIVE_MAXIMUM] = row(TWO_BYTE, CONNECT | CONNACK);
        TABLE[TOPIC_ALIAS_MAXIMUM] = row(TWO_BYTE, CONNECT | CONNACK);
        TABLE[TOPIC_ALIAS] = row(TWO_BYTE, 1 << MqttType.PUBLISH);
        TABLE[MAXIMUM_QOS] = row(BYTE, CONNACK);
        TABLE[RETAIN_AVAILABLE] = row(BYTE, CONNACK);
        TABLE[USER_PROPERTY] = row(PAIR, EVERYWHERE);
        TABLE[MAXIMUM_PACKET_SIZE] = row(FOUR_BYTE, CONNECT | CONNACK);
        TABLE[WILDCARD_SUBSCRIPTION_AVAILABLE] = row(BYTE, CONNACK);
        TABLE[SUBSCRIPTION_IDENTIFIER_AVAILABLE] = row(BYTE, CONNACK);
        TABLE[SHARED_SUBSCRIPTION_AVAILABLE] = row(BYTE, CONNACK);
    }

    private Property() {}

    /** @param id 0..255. @return {@link #NONE} .. {@link #PAIR} */
    public static int type(int id) {
        return id < COUNT ? TABLE[id] >>> 16 : NONE;
    }

    /**
     * @param id 0..255
     * @param packet a packet type of {@link MqttType}, or {@link #WILL}
     * @return whether that packet may carry the property; some only in one direction, which is not looked at here
     */
    public static boolean isAllowed(int id, int packet) {
        return id < COUNT && (TABLE[id] & (1 << packet)) != 0;
    }

    /** @return the type of a property that {@code packet} may carry, or an {@link MqttError} */
    static int judge(int id, int packet) {
        int row = id < COUNT ? TABLE[id] : NONE;
        if (row == NONE) {
            return MqttError.PROPERTY_UNKNOWN;
        }
        return (row & (1 << packet)) == 0 ? MqttError.PROPERTY_MISPLACED : row >>> 16;
    }

    /** @return whether the property may come more than once in one packet */
    public static boolean isRepeatable(int id, int packet) {
        return id == USER_PROPERTY || (id == SUBSCRIPTION_IDENTIFIER && packet == MqttType.PUBLISH);
    }

    private static int row(int type, int packets) {
        return type << 16 | packets;
    }
}
