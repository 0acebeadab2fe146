package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import midge.mqtt.codec.MqttType;
import midge.mqttsn.client.SnClientConfig;
import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnType;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One full session through a real gateway to a real broker; an independent reader must find each frame of it, and find each good. */
class SessionCaptureIT {
    private static final Path FILE = Path.of("target", "captures", "session.pcap");

    private static String tshark;
    private static Map<String, Integer> snFrames;
    private static Map<String, Integer> mqttPackets;

    @BeforeAll
    static void recordsOneSession(@TempDir Path folder) throws IOException {
        tshark = Peers.require("tshark", "tshark");
        int port = Mosquitto.freePort();
        try (SessionCapture capture = new SessionCapture(FILE);
                Mosquitto broker = new Mosquitto(folder);
                TcpProxy towardsBroker = new TcpProxy(broker.port(), capture);
                Program gateway = MidgeProgram.start(
                        "gateway",
                        "--listen",
                        "udp://127.0.0.1:" + port,
                        "--broker",
                        towardsBroker.uri(),
                        "--predefined",
                        "7=site/predefined");
                UdpProxy towardsGateway = new UdpProxy(port, capture)) {
            gateway.await("MQTT-SN on", 60_000);
            try (SnDevice device = new SnDevice(towardsGateway.address(), configuration())) {
                live(device, broker);
            }
            gateway.signal("INT");
            assertThat(gateway.exitCode(20_000)).isEqualTo(130);
            assertThat(gateway.err()).as("what the gateway complained of").isEmpty();
            snFrames = capture.snFrames();
            mqttPackets = capture.mqttPackets();
        }
    }

    private static SnClientConfig configuration() {
        return SnClientConfig.builder("device-1")
                .will("site/will", SnDevice.octets("gone"), SnFlags.QOS_1)
                .willRoom(32, 32)
                .predefined(7, "site/predefined")
                .retryMs(5_000)
                .build();
    }

    private static void live(SnDevice device, Mosquitto broker) {
        device.publish("site/predefined", -1, "from nobody");
        device.publish("nb", -1, "from nobody");
        device.connect();
        for (String topic : List.of("site/normal", "sh", "site/predefined")) {
            for (int qos = 0; qos <= 2; qos++) {
                device.publish(topic, qos, "QoS " + qos);
            }
        }
        device.subscribe("down/+/#", 2);
        device.subscribe("down/name", 1);
        device.subscribe("dn", 1);
        device.subscribe("site/predefined", 0);
        List<String> expected = new ArrayList<>();
        for (String topic : List.of("down/a/b", "dn", "site/predefined")) {
            for (int qos = 0; qos <= 2; qos++) {
                publish(broker, topic, qos);
                int granted = topic.equals("dn") ? Math.min(1, qos) : topic.equals("down/a/b") ? qos : 0;
                expected.add(topic + " " + granted + " sent at " + qos);
                device.awaitMessages(expected.size());
            }
        }
        device.updateWill("site/will/2", "gone for good");
        device.sleep(60);
        publish(broker, "down/c", 1);
        publish(broker, "down/d", 2);
        expected.addAll(List.of("down/c 1 sent at 1", "down/d 2 sent at 2"));
        device.collect(expected.size());
        assertThat(device.messages()).isEqualTo(expected);
        device.connect();
        device.publish("site/normal", 1, "awake");
        for (String filter : List.of("down/+/#", "down/name", "dn", "site/predefined")) {
            device.unsubscribe(filter);
        }
        device.disconnect();
    }

    private static void publish(Mosquitto broker, String topic, int qos) {
        String program = Peers.require("mosquitto_pub", "mosquitto-clients");
        String port = Integer.toString(broker.port());
        String level = Integer.toString(qos);
        try (Program pub = Program.start(
                program, "-h", "127.0.0.1", "-p", port, "-t", topic, "-q", level, "-m", "sent at " + qos)) {
            assertThat(pub.exitCode(10_000)).isZero();
        }
    }

    @Test
    void hasNoMalformedFrame() {
        assertThat(tshark("-Y", "_ws.malformed")).isEmpty();
    }

    @Test
    void hasNothingThatTheReadersExpertsDoubt() {
        assertThat(tshark("-Y", "_ws.expert.severity >= 6291456 || tcp.analysis.flags"))
                .isEmpty();
    }

    @Test
    void hasEachFrameThatTheClientAndTheGatewayExchanged() {
        assertThat(decoded("udp.dstport", "1884", "mqttsn.msg.type")).isEqualTo(snFrames);
    }

    @Test
    void hasEachPacketThatTheGatewayAndTheBrokerExchanged() {
        assertThat(decoded("tcp.dstport", "1883", "mqtt.msgtype")).isEqualTo(mqttPackets);
    }

    @Test
    void hasEachMessageTypeOfMqttSnInItsDirection() {
        List<String> up = types(
                true,
                SnType.CONNECT,
                SnType.WILLTOPIC,
                SnType.WILLMSG,
                SnType.REGISTER,
                SnType.REGACK,
                SnType.PUBLISH,
                SnType.PUBACK,
                SnType.PUBREC,
                SnType.PUBREL,
                SnType.PUBCOMP,
                SnType.SUBSCRIBE,
                SnType.UNSUBSCRIBE,
                SnType.PINGREQ,
                SnType.DISCONNECT,
                SnType.WILLTOPICUPD,
                SnType.WILLMSGUPD);
        List<String> down = types(
                false,
                SnType.CONNACK,
                SnType.WILLTOPICREQ,
                SnType.WILLMSGREQ,
                SnType.REGISTER,
                SnType.REGACK,
                SnType.PUBLISH,
                SnType.PUBACK,
                SnType.PUBREC,
                SnType.PUBREL,
                SnType.PUBCOMP,
                SnType.SUBACK,
                SnType.UNSUBACK,
                SnType.PINGRESP,
                SnType.DISCONNECT,
                SnType.WILLTOPICRESP,
                SnType.WILLMSGRESP);
        assertThat(decoded("udp.dstport", "1884", "mqttsn.msg.type").keySet())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(up.stream(), down.stream()).toList());
    }

    @Test
    void hasEachMessageTypeOfMqttInItsDirection() {
        List<String> up = types(
                true,
                MqttType.CONNECT,
                MqttType.PUBLISH,
                MqttType.PUBACK,
                MqttType.PUBREC,
                MqttType.PUBREL,
                MqttType.PUBCOMP,
                MqttType.SUBSCRIBE,
                MqttType.UNSUBSCRIBE,
                MqttType.DISCONNECT);
        List<String> down = types(
                false,
                MqttType.CONNACK,
                MqttType.PUBLISH,
                MqttType.PUBACK,
                MqttType.PUBREC,
                MqttType.PUBREL,
                MqttType.PUBCOMP,
                MqttType.SUBACK,
                MqttType.UNSUBACK);
        assertThat(decoded("tcp.dstport", "1883", "mqtt.msgtype").keySet())
                .containsAll(up)
                .containsAll(down);
    }

    @Test
    void tellsTheTopicsAndTheWillAsTheClientMeantThem() {
        assertThat(tshark("-Y", "mqttsn.will.topic", "-T", "fields", "-e", "mqttsn.will.topic"))
                .containsExactly("site/will", "site/will/2");
        assertThat(tshark("-Y", "mqtt.willtopic", "-T", "fields", "-e", "mqtt.willtopic"))
                .startsWith("site/will")
                .endsWith("site/will/2");
        assertThat(tshark("-Y", "mqttsn.sleep.timer", "-T", "fields", "-e", "mqttsn.sleep.timer"))
                .contains("60");
    }

    @Test
    void hasPublishesOfEachTopicTypeAtEachQos() {
        List<String> wanted = new ArrayList<>(List.of("0x01\t0x03", "0x02\t0x03"));
        for (String type : List.of("0x00", "0x01", "0x02")) {
            for (String qos : List.of("0x00", "0x01", "0x02")) {
                wanted.add(type + "\t" + qos);
            }
        }
        String up = "mqttsn.msg.type == 0x0c && udp.dstport == 1884";
        assertThat(tshark("-Y", up, "-T", "fields", "-e", "mqttsn.topic.id.type", "-e", "mqttsn.qos"))
                .containsOnlyOnceElementsOf(wanted.subList(0, 2))
                .containsAll(wanted);
    }

    private static List<String> types(boolean up, int... types) {
        return IntStream.of(types)
                .mapToObj(type -> SessionCapture.key(up, type))
                .toList();
    }

    /** {@return what tshark decoded, counted by direction and type} */
    private static Map<String, Integer> decoded(String portField, String serverPort, String typeField) {
        return tshark("-Y", typeField, "-T", "fields", "-e", portField, "-e", typeField).stream()
                .map(line -> line.split("\t"))
                .flatMap(fields -> Stream.of(fields[1].split(","))
                        .map(type -> SessionCapture.key(fields[0].equals(serverPort), Integer.decode(type))))
                .collect(Collectors.toMap(key -> key, key -> 1, Integer::sum, TreeMap::new));
    }

    private static List<String> tshark(String... options) {
        List<String> command = new ArrayList<>(List.of(tshark, "-r", FILE.toString()));
        command.addAll(List.of("-d", "udp.port==1884,mqttsn", "-d", "tcp.port==1883,mqtt"));
        command.addAll(List.of(options));
        try (Program program = Program.start(command)) {
            assertThat(program.exitCode(60_000)).as(program.err().toString()).isZero();
            return program.out();
        }
    }
}
