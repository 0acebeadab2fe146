package midge.gateway.app;

import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttHeader;
import midge.mqtt.codec.MqttNames;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.MqttVersion;
import midge.mqttsn.codec.SnConnect;
import midge.mqttsn.codec.SnDisconnect;
import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnMessage;
import midge.mqttsn.codec.SnPublish;
import midge.mqttsn.codec.SnSubscribe;
import midge.mqttsn.codec.SnType;

/** Packets in words: type, ids, flags and sizes. */
public final class PacketText {
    private static final String[] SN_NAMES = {
        "ADVERTISE",
        "SEARCHGW",
        "GWINFO",
        "(03)",
        "CONNECT",
        "CONNACK",
        "WILLTOPICREQ",
        "WILLTOPIC",
        "WILLMSGREQ",
        "WILLMSG",
        "REGISTER",
        "REGACK",
        "PUBLISH",
        "PUBACK",
        "PUBCOMP",
        "PUBREC",
        "PUBREL",
        "(11)",
        "SUBSCRIBE",
        "SUBACK",
        "UNSUBSCRIBE",
        "UNSUBACK",
        "PINGREQ",
        "PINGRESP",
        "DISCONNECT",
        "(19)",
        "WILLTOPICUPD",
        "WILLTOPICRESP",
        "WILLMSGUPD",
        "WILLMSGRESP",
    };

    private final SnMessage message = new SnMessage();
    private final SnConnect connect = new SnConnect();
    private final SnPublish publish = new SnPublish(true);
    private final SnSubscribe subscribe = new SnSubscribe();
    private final SnDisconnect disconnect = new SnDisconnect();
    private final MqttPublish mqttPublish = new MqttPublish();
    private final MqttAck mqttAck = new MqttAck();

    /** {@return the name of a type of MQTT-SN messages, a number in brackets where it is reserved} */
    static String typeName(int type) {
        return type < SN_NAMES.length ? SN_NAMES[type] : "(" + type + ")";
    }

    /** {@return an MQTT-SN message in words} */
    public String ofSn(byte[] frame, int offset, int length) {
        if (message.wrap(frame, offset, length) < 0) {
            return "malformed, " + length + " octets";
        }
        int type = message.type();
        StringBuilder out = new StringBuilder(typeName(type));
        switch (type) {
            case SnType.CONNECT -> connect(out, frame, offset, length);
            case SnType.PUBLISH -> publish(out, frame, offset, length);
            case SnType.SUBSCRIBE, SnType.UNSUBSCRIBE -> subscribe(out, frame, offset, length);
            case SnType.DISCONNECT -> sleep(out, frame, offset, length);
            default -> {
                field(out, "topicId", message.topicId());
                field(out, "msgId", message.msgId());
                field(out, "returnCode", message.returnCode());
            }
        }
        return out.append(", ").append(length).append(" octets").toString();
    }

    private void connect(StringBuilder out, byte[] frame, int offset, int length) {
        if (connect.wrap(frame, offset, length) >= 0) {
            field(out, "keepAliveS", connect.keepAliveS());
            out.append(connect.cleanSession() ? " clean" : "").append(connect.will() ? " will" : "");
        }
    }

    private void publish(StringBuilder out, byte[] frame, int offset, int length) {
        if (publish.wrap(frame, offset, length) < 0) {
            return;
        }
        out.append(" qos ").append(publish.qos());
        if (publish.hasFullName()) {
            out.append(" topic ").append(PacketLog.printable(frame, publish.nameOffset(), publish.nameLength()));
        } else {
            topic(out, publish.topicIdType(), publish.topicId());
        }
        field(out, "msgId", publish.msgId());
        out.append(publish.dup() ? " dup" : "").append(publish.retain() ? " retain" : "");
    }

    private void subscribe(StringBuilder out, byte[] frame, int offset, int length) {
        if (subscribe.wrap(frame, offset, length) < 0) {
            return;
        }
        if (subscribe.topicIdType() == SnFlags.TOPIC_NORMAL) {
            out.append(" topic ").append(PacketLog.printable(frame, subscribe.topicOffset(), subscribe.topicLength()));
        } else {
            topic(out, subscribe.topicIdType(), subscribe.topicId());
        }
        field(out, "msgId", subscribe.msgId());
    }

    private static void topic(StringBuilder out, int topicIdType, int topicId) {
        if (topicIdType == SnFlags.TOPIC_SHORT) {
            byte[] name = {(byte) (topicId >> 8), (byte) topicId};
            out.append(" topic ").append(PacketLog.printable(name, 0, name.length));
        } else {
            field(out, topicIdType == SnFlags.TOPIC_PREDEFINED ? "predefinedId" : "topicId", topicId);
        }
    }

    private void sleep(StringBuilder out, byte[] frame, int offset, int length) {
        if (disconnect.wrap(frame, offset, length) >= 0 && disconnect.durationS() > 0) {
            field(out, "sleepS", disconnect.durationS());
        }
    }

    private static void field(StringBuilder out, String name, int value) {
        if (value >= 0) {
            out.append(' ').append(name).append(' ').append(value);
        }
    }

    /** {@return an MQTT packet in words} */
    public String ofMqtt(byte[] packet, int offset, int length) {
        int type = MqttHeader.type(packet, offset);
        StringBuilder out = new StringBuilder(MqttNames.ofType(type));
        switch (type) {
            case MqttType.PUBLISH -> mqttPublish(out, packet, offset, length);
            case MqttType.PUBACK, MqttType.PUBREC, MqttType.PUBREL, MqttType.PUBCOMP -> {
                if (mqttAck.wrap(packet, offset, length, MqttVersion.V3_1_1) >= 0) {
                    field(out, "packetId", mqttAck.packetId());
                }
            }
            default -> {}
        }
        return out.append(", ").append(length).append(" octets").toString();
    }

    private void mqttPublish(StringBuilder out, byte[] packet, int offset, int length) {
        if (mqttPublish.wrap(packet, offset, length, MqttVersion.V3_1_1) < 0) {
            return;
        }
        out.append(" qos ").append(mqttPublish.qos()).append(" topic ");
        out.append(PacketLog.printable(packet, mqttPublish.topicOffset(), mqttPublish.topicLength()));
        if (mqttPublish.qos() > 0) {
            field(out, "packetId", mqttPublish.packetId());
        }
    }
}
