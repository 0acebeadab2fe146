package midge.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import midge.gateway.port.Peer;
import midge.profile.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketLogTest {
    private final List<String> lines = new ArrayList<>();
    private final PacketLog log = new PacketLog(session -> "sensor-" + session, lines::add);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0C 0C 20 00 05 00 11 32 31 2E 33 38 | PUBLISH qos 1 topicId 5 msgId 17, 12 octets",
                "08 0C F1 00 05 00 00 31             | PUBLISH qos -1 predefinedId 5 msgId 0 dup retain, 8 octets",
                "08 0C 12 61 62 00 00 31             | PUBLISH qos 0 topic ab msgId 0 retain, 8 octets",
                "07 0D 00 05 00 11 02                | PUBACK topicId 5 msgId 17 returnCode 2, 7 octets",
                "09 12 20 00 03 61 2F 0A 23          | SUBSCRIBE topic a/?# msgId 3, 9 octets",
                "04 18 00 3C                         | DISCONNECT sleepS 60, 4 octets",
                "02 18                               | DISCONNECT, 2 octets",
                "02 17                               | PINGRESP, 2 octets",
                "03 05 01                            | CONNACK returnCode 1, 3 octets",
                "03 1D 00                            | WILLMSGRESP returnCode 0, 3 octets",
                "05 0C 20 00 05                      | malformed, 5 octets",
            })
    void decodesWhatGoesBetweenGatewayAndClient(String hex, String expected) {
        byte[] frame = Hex.bytes("AA " + hex.strip() + " BB");
        log.fromClient(3, new Peer(), frame, 1, frame.length - 2, 0);
        log.toClient(3, new Peer(), frame, 1, frame.length - 2, 0);
        assertThat(lines).containsExactly("sensor-3 -> " + expected, "sensor-3 <- " + expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "34 08 00 01 74 00 21 32 31 2E | PUBLISH qos 2 topic t packetId 33, 10 octets",
                "30 04 00 01 74 31             | PUBLISH qos 0 topic t, 6 octets",
                "40 02 00 07                   | PUBACK packetId 7, 4 octets",
                "E0 00                         | DISCONNECT, 2 octets",
                "40 02 00                      | PUBACK, 3 octets",
            })
    void decodesWhatGoesBetweenGatewayAndBroker(String hex, String expected) {
        byte[] packet = Hex.bytes(hex.strip());
        log.fromBroker(3, packet, 0, packet.length, 0);
        log.toBroker(3, packet, 0, packet.length, 0);
        assertThat(lines).containsExactly("broker for sensor-3 -> " + expected, "broker for sensor-3 <- " + expected);
    }

    @Test
    void callsAStrangerByItsOwnWordsAndLetsNobodyForgeALine() {
        byte[] frame = Hex.bytes("09 04 04 01 00 3C 61 0A 62");
        log.fromClient(-1, new Peer().attach("10.0.0.7:4000"), frame, 0, frame.length, 0);
        log.fromClient(-1, new Peer().attach("10.0.0.7:4000"), Hex.bytes("02 16"), 0, 2, 0);
        assertThat(lines)
                .containsExactly(
                        "a?b -> CONNECT keepAliveS 60 clean, 9 octets", "peer 10.0.0.7:4000 -> PINGREQ, 2 octets");
    }
}
