package midge.cli;

import java.nio.charset.StandardCharsets;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttConnack;
import midge.mqtt.codec.MqttConnect;
import midge.mqtt.codec.MqttDisconnect;
import midge.mqtt.codec.MqttProperties;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttSuback;
import midge.mqtt.codec.MqttSubscribe;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.MqttUnsuback;
import midge.mqtt.codec.MqttUnsubscribe;
import midge.mqtt.codec.Property;
import midge.wire.Status;

/** One line about one packet for {@code -d}: its fields, but no password and no payload. */
final class PacketWords {
    private static final String[] NAMES = {
        "type 0",
        "CONNECT",
        "CONNACK",
        "PUBLISH",
        "PUBACK",
        "PUBREC",
        "PUBREL",
        "PUBCOMP",
        "SUBSCRIBE",
        "SUBACK",
        "UNSUBSCRIBE",
        "UNSUBACK",
        "PINGREQ",
        "PINGRESP",
        "DISCONNECT",
        "AUTH"
    };

    private PacketWords() {}

    static String of(byte[] b, int at, int length, int version) {
        int type = MqttType.of(b[at]);
        return NAMES[type] + fields(type, b, at, length, version);
    }

    private static String fields(int type, byte[] b, int at, int length, int version) {
        return switch (type) {
            case MqttType.CONNECT -> connect(b, at, length);
            case MqttType.CONNACK -> connack(b, at, length, version);
            case MqttType.PUBLISH -> publish(b, at, length, version);
            case MqttType.PUBACK, MqttType.PUBREC, MqttType.PUBREL, MqttType.PUBCOMP -> ack(b, at, length, version);
            case MqttType.SUBSCRIBE -> subscribe(b, at, length, version);
            case MqttType.SUBACK -> suback(b, at, length, version);
            case MqttType.UNSUBSCRIBE -> unsubscribe(b, at, length, version);
            case MqttType.UNSUBACK -> unsuback(b, at, length, version);
            case MqttType.DISCONNECT -> disconnect(b, at, length, version);
            default -> "";
        };
    }

    private static String connect(byte[] b, int at, int length) {
        MqttConnect p = new MqttConnect();
        if (p.wrap(b, at, length) != Status.OK) {
            return unreadable(length);
        }
        StringBuilder words = new StringBuilder(" id ").append(quoted(b, p.clientIdOffset(), p.clientIdLength()));
        words.append(", level ").append(p.version()).append(p.clean() ? ", clean" : ", session kept");
        words.append(", keep alive ").append(p.keepAliveS()).append(" s");
        if (p.hasUserName()) {
            words.append(", user ").append(quoted(b, p.userNameOffset(), p.userNameLength()));
        }
        if (p.hasPassword()) {
            words.append(", a password");
        }
        if (p.hasWill()) {
            words.append(", will ").append(quoted(b, p.willTopicOffset(), p.willTopicLength()));
            words.append(" QoS ").append(p.willQos()).append(p.willRetain() ? " retained" : "");
            words.append(properties(p.willProperties(), p.version()));
        }
        return words + properties(p.properties(), p.version());
    }

    private static String connack(byte[] b, int at, int length, int version) {
        MqttConnack p = new MqttConnack();
        if (p.wrap(b, at, length, version) != Status.OK) {
            return unreadable(length);
        }
        String verdict = p.reasonCode() == 0 ? " accepted" : " " + ReasonNames.of(p.reasonCode());
        return verdict + (p.sessionPresent() ? ", session present" : "") + properties(p.properties(), version);
    }

    private static String publish(byte[] b, int at, int length, int version) {
        MqttPublish p = new MqttPublish();
        if (p.wrap(b, at, length, version) != Status.OK) {
            return unreadable(length);
        }
        return " " + quoted(b, p.topicOffset(), p.topicLength()) + ", QoS " + p.qos()
                + (p.qos() > 0 ? ", id " + p.packetId() : "")
                + (p.dup() ? ", DUP" : "")
                + (p.retain() ? ", retained" : "")
                + ", " + p.payloadLength() + " octets" + properties(p.properties(), version);
    }

    private static String ack(byte[] b, int at, int length, int version) {
        MqttAck p = new MqttAck();
        if (p.wrap(b, at, length, version) != Status.OK) {
            return unreadable(length);
        }
        String reason = p.reasonCode() == 0 ? "" : ", " + ReasonNames.of(p.reasonCode());
        return " id " + p.packetId() + reason + properties(p.properties(), version);
    }

    private static String subscribe(byte[] b, int at, int length, int version) {
        MqttSubscribe p = new MqttSubscribe();
        if (p.wrap(b, at, length, version) != Status.OK) {
            return unreadable(length);
        }
        StringBuilder words = new StringBuilder(" id ").append(p.packetId());
        p.rewind();
        while (p.next()) {
            words.append(", ").append(quoted(b, p.filterOffset(), p.filterLength()));
            words.append(" QoS ").append(p.qos());
            words.append(p.options() > 3 ? String.format(" options 0x%02X", p.options()) : "");
        }
        return words + properties(p.properties(), version);
    }

    private static String suback(byte[] b, int at, int length, int version) {
        MqttSuback p = new MqttSuback();
        if (p.wrap(b, at, length, version) != Status.OK) {
            return unreadable(length);
        }
        StringBuilder words = new StringBuilder(" id ").append(p.packetId());
        for (int i = 0; i < p.count(); i++) {
            int code = p.code(i);
            words.append(code < 3 ? ", QoS " + code : ", " + ReasonNames.of(code));
        }
        return words + properties(p.properties(), version);
    }

    private static String unsubscribe(byte[] b, int at, int length, int version) {
        MqttUnsubscribe p = new MqttUnsubscribe();
        if (p.wrap(b, at, length, version) != Status.OK) {
            return unreadable(length);
        }
        StringBuilder words = new StringBuilder(" id ").append(p.packetId());
        p.rewind();
        while (p.next()) {
            words.append(", ").append(quoted(b, p.filterOffset(), p.filterLength()));
        }
        return words + properties(p.properties(), version);
    }

    private static String unsuback(byte[] b, int at, int length, int version) {
        MqttUnsuback p = new MqttUnsuback();
        return p.wrap(b, at, length, version) == Status.OK
                ? " id " + p.packetId() + properties(p.properties(), version)
                : unreadable(length);
    }

    private static String disconnect(byte[] b, int at, int length, int version) {
        MqttDisconnect p = new MqttDisconnect();
        if (p.wrap(b, at, length, version) != Status.OK) {
            return unreadable(length);
        }
        String reason = p.reasonCode() == 0 ? "" : " " + ReasonNames.of(p.reasonCode());
        return reason + properties(p.properties(), version);
    }

    private static String unreadable(int length) {
        return " of " + length + " octets, malformed";
    }

    private static String properties(MqttProperties properties, int version) {
        StringBuilder words = new StringBuilder();
        if (version < 5) {
            return "";
        }
        properties.rewind();
        while (properties.next()) {
            byte[] b = properties.buffer();
            words.append(", ").append(PropertyOptions.name(properties.id())).append(' ');
            switch (Property.type(properties.id())) {
                case Property.PAIR ->
                    words.append(quoted(b, properties.nameOffset(), properties.nameLength()))
                            .append(' ')
                            .append(quoted(b, properties.valueOffset(), properties.valueLength()));
                case Property.STRING -> words.append(quoted(b, properties.valueOffset(), properties.valueLength()));
                case Property.BINARY -> words.append(properties.valueLength()).append(" octets");
                default -> words.append(properties.value());
            }
        }
        return words.toString();
    }

    /** Text of the network, fit for a terminal. */
    private static String quoted(byte[] b, int offset, int length) {
        String text = new String(b, offset, length, StandardCharsets.UTF_8);
        StringBuilder fit = new StringBuilder("'");
        text.codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .forEach(fit::appendCodePoint);
        return fit.append('\'').toString();
    }
}
