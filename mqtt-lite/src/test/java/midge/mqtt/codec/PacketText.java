package midge.mqtt.codec;

import java.nio.charset.StandardCharsets;
import midge.profile.Hex;

/** A packet in words, for comparison with the tables. */
final class PacketText {
    private PacketText() {}

    static String of(Packets p, int type) {
        String head = MqttNames.ofType(type);
        switch (type) {
            case MqttType.CONNECT:
                return head + connect(p.connect);
            case MqttType.CONNACK:
                return head
                        + (p.connack.sessionPresent() ? " present" : "")
                        + " code="
                        + p.connack.code()
                        + properties(p.connack.properties());
            case MqttType.PUBLISH:
                return head + publish(p.publish);
            case MqttType.SUBSCRIBE:
                return head + subscribe(p.subscribe);
            case MqttType.UNSUBSCRIBE:
                return head + unsubscribe(p.unsubscribe);
            case MqttType.SUBACK:
                StringBuilder s = new StringBuilder(" id=" + p.suback.packetId() + properties(p.suback.properties()));
                for (int i = 0; i < p.suback.count(); i++) {
                    s.append(hex(" ", p.suback.code(i)));
                }
                return head + s;
            case MqttType.UNSUBACK:
                StringBuilder u =
                        new StringBuilder(" id=" + p.unsuback.packetId() + properties(p.unsuback.properties()));
                for (int i = 0; i < p.unsuback.count(); i++) {
                    u.append(hex(" ", p.unsuback.code(i)));
                }
                return head + u;
            case MqttType.PINGREQ:
            case MqttType.PINGRESP:
                return head;
            case MqttType.DISCONNECT:
                return head + hex(" reason=", p.disconnect.reasonCode()) + properties(p.disconnect.properties());
            case MqttType.AUTH:
                return head + hex(" reason=", p.auth.reasonCode()) + properties(p.auth.properties());
            default:
                return head
                        + " id="
                        + p.ack.packetId()
                        + hex(" reason=", p.ack.reasonCode())
                        + properties(p.ack.properties());
        }
    }

    private static String connect(MqttConnect c) {
        byte[] b = c.buffer();
        String text = " version=" + c.version() + (c.clean() ? " clean" : "") + " keepAlive=" + c.keepAliveS();
        text += properties(c.properties()) + " id=" + text(b, c.clientIdOffset(), c.clientIdLength());
        if (c.hasWill()) {
            text += " will=" + text(b, c.willTopicOffset(), c.willTopicLength());
            text += ":" + text(b, c.willPayloadOffset(), c.willPayloadLength()) + properties(c.willProperties());
            text += " willQos=" + c.willQos() + (c.willRetain() ? " willRetain" : "");
        }
        text += c.hasUserName() ? " user=" + text(b, c.userNameOffset(), c.userNameLength()) : "";
        return text + (c.hasPassword() ? " password=" + text(b, c.passwordOffset(), c.passwordLength()) : "");
    }

    private static String publish(MqttPublish p) {
        String text = " qos=" + p.qos() + (p.dup() ? " dup" : "") + (p.retain() ? " retain" : "");
        text += (p.qos() > 0 ? " id=" + p.packetId() : "") + properties(p.properties());
        text += " topic=" + text(p.buffer(), p.topicOffset(), p.topicLength());
        return text + " payload=" + text(p.buffer(), p.payloadOffset(), p.payloadLength());
    }

    private static String subscribe(MqttSubscribe s) {
        StringBuilder text = new StringBuilder(" id=" + s.packetId() + properties(s.properties()));
        s.rewind();
        while (s.next()) {
            text.append(' ').append(text(s.buffer(), s.filterOffset(), s.filterLength()));
            text.append(hex(":", s.options()));
        }
        return text.toString();
    }

    private static String unsubscribe(MqttUnsubscribe u) {
        StringBuilder text = new StringBuilder(" id=" + u.packetId() + properties(u.properties()));
        u.rewind();
        while (u.next()) {
            text.append(' ').append(text(u.buffer(), u.filterOffset(), u.filterLength()));
        }
        return text.toString();
    }

    static String properties(MqttProperties p) {
        StringBuilder text = new StringBuilder();
        p.rewind();
        while (p.next()) {
            text.append(text.isEmpty() ? " {" : " ");
            text.append(String.format("%02X=", p.id())).append(value(p));
        }
        return text.isEmpty() ? "" : text.append('}').toString();
    }

    private static String value(MqttProperties p) {
        String value = text(p.buffer(), p.valueOffset(), p.valueLength());
        return switch (Property.type(p.id())) {
            case Property.PAIR -> text(p.buffer(), p.nameOffset(), p.nameLength()) + ":" + value;
            case Property.STRING -> '"' + value + '"';
            case Property.BINARY -> Hex.of(p.buffer(), p.valueOffset(), p.valueLength());
            default -> Long.toString(p.value());
        };
    }

    static String text(byte[] b, int at, int length) {
        return new String(b, at, length, StandardCharsets.UTF_8);
    }

    private static String hex(String before, int code) {
        return before + String.format("0x%02X", code);
    }
}
