package midge.sim.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttPropertiesWriter;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.MqttVersion;
import midge.mqtt.codec.Property;
import midge.mqttsn.codec.SnAck;
import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnPuback;
import midge.mqttsn.codec.SnPublish;
import midge.mqttsn.codec.SnReturnCode;
import midge.mqttsn.codec.SnType;
import org.junit.jupiter.api.Test;

/** What one reading costs on the air, by the encoders themselves: the table of docs/octets-on-air.md. */
class OctetsOnAirTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "octets-on-air.md");
    private static final byte[] READING = SnFrame.octets("21.5");
    private static final byte[] TOPIC = SnFrame.octets("house/attic/temp/out"); // 20 characters
    private static final int IP = 20;
    private static final int UDP = 8;
    private static final int TCP = 20;
    private static final int TLS_RECORD = 5 + 1 + 16;
    private static final int DTLS_RECORD = 13 + 8 + 8;

    private final byte[] out = new byte[200];
    private final StringBuilder table = new StringBuilder(
            "| protocol | topic | QoS | messages | octets of the protocol | on air | on air, secured |\n"
                    + "|---|---|---|---|---|---|---|\n");

    @Test
    void theTableOfTheDocumentIsWhatTheEncodersWrite() throws IOException {
        addSn("pre-defined id", SnFlags.TOPIC_PREDEFINED, -1);
        addSn("short name", SnFlags.TOPIC_SHORT, -1);
        for (int qos = 0; qos <= 2; qos++) {
            addSn("normal id", SnFlags.TOPIC_NORMAL, qos);
            addSn("pre-defined id", SnFlags.TOPIC_PREDEFINED, qos);
            addSn("short name", SnFlags.TOPIC_SHORT, qos);
        }
        for (int qos = 0; qos <= 2; qos++) {
            addMqtt("MQTT 3.1.1", "name of 20", qos, publish(MqttVersion.V3_1_1, qos, false));
            addMqtt("MQTT 5.0", "name of 20", qos, publish(MqttVersion.V5, qos, false));
            addMqtt("MQTT 5.0", "alias", qos, publish(MqttVersion.V5, qos, true));
        }
        System.out.println(table);
        assertThat(Files.readString(DOCUMENT)).contains(table);
    }

    private void addSn(String topic, int topicType, int qos) {
        int flags = SnFlags.ofQos(qos) | topicType;
        int octets = good(SnPublish.encode(out, 0, out.length, flags, 0x7431, 1, READING, 0, READING.length));
        int messages = 1;
        if (qos == 1) {
            octets += good(SnPuback.encode(out, 0, out.length, 0x7431, 1, SnReturnCode.ACCEPTED));
            messages = 2;
        } else if (qos == 2) {
            for (int type : new int[] {SnType.PUBREC, SnType.PUBREL, SnType.PUBCOMP}) {
                octets += good(SnAck.encode(out, 0, out.length, type, 1));
            }
            messages = 4;
        }
        int onAir = octets + messages * (IP + UDP);
        row("MQTT-SN 1.2", topic, qos, messages, octets, onAir, onAir + messages * DTLS_RECORD);
    }

    private int publish(int version, int qos, boolean alias) {
        byte[] properties = new byte[10];
        MqttPropertiesWriter writer = new MqttPropertiesWriter().reset(properties, 0, properties.length);
        if (alias) {
            writer.put(Property.TOPIC_ALIAS, 1);
        }
        return good(MqttPublish.encode(
                out,
                0,
                out.length,
                version,
                MqttPublish.flags(qos, false, false),
                TOPIC,
                0,
                alias ? 0 : TOPIC.length,
                qos == 0 ? 0 : 1,
                properties,
                0,
                writer.length(),
                READING,
                0,
                READING.length));
    }

    private void addMqtt(String protocol, String topic, int qos, int publish) {
        int octets = publish;
        int messages = 1;
        if (qos == 1) {
            octets += good(MqttAck.encode(out, 0, out.length, MqttType.PUBACK, 1));
            messages = 2;
        } else if (qos == 2) {
            for (int type = MqttType.PUBREC; type <= MqttType.PUBCOMP; type++) {
                octets += good(MqttAck.encode(out, 0, out.length, type, 1));
            }
            messages = 4;
        }
        int segments = messages + 1; // the last one has nothing to ride on its acknowledgement
        int onAir = octets + segments * (IP + TCP);
        row(protocol, topic, qos, messages, octets, onAir, onAir + messages * TLS_RECORD);
    }

    private static int good(int length) {
        assertThat(length).isPositive();
        return length;
    }

    private void row(String protocol, String topic, int qos, int messages, int octets, int onAir, int secured) {
        table.append(String.format(
                "| %s | %s | %d | %d | %d | %d | %d |\n", protocol, topic, qos, messages, octets, onAir, secured));
    }
}
