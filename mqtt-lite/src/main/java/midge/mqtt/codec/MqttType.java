package midge.mqtt.codec;

/** Control packet types, the high four bits of the first octet (MQTT 5.0 §2.1.2). */
public final class MqttType {
    public static final int CONNECT = 1;
    public static final int CONNACK = 2;
    public static final int PUBLISH = 3;
    public static final int PUBACK = 4;
    public static final int PUBREC = 5;
    public static final int PUBREL = 6;
    public static final int PUBCOMP = 7;
    public static final int SUBSCRIBE = 8;
    public static final int SUBACK = 9;
    public static final int UNSUBSCRIBE = 10;
    public static final int UNSUBACK = 11;
    public static final int PINGREQ = 12;
    public static final int PINGRESP = 13;
    public static final int DISCONNECT = 14;
    /** MQTT 5.0 only. */
    public static final int AUTH = 15;

    private MqttType() {}

    /** @param firstOctet the packet's first octet, signed or not. @return its type, 0..15 */
    public static int of(int firstOctet) {
        return (firstOctet >>> 4) & 0x0F;
    }

    /** @return the low four bits that this type must carry; 0 for PUBLISH, where they mean something */
    static int flags(int type) {
        return type == PUBREL || type == SUBSCRIBE || type == UNSUBSCRIBE ? 0x02 : 0;
    }
}
