package midge.mqtt.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import midge.profile.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MalformedTest {
    static List<String[]> refused() {
        return Rows.of("/midge/mqtt/codec/malformed.txt");
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("refused")
    void namesTheRuleThatThePacketBreaks(String version, String hex, String rule) throws ReflectiveOperationException {
        byte[] packet = Hex.bytes(hex);
        int status = new Packets().wrap(packet, 0, packet.length, Integer.parseInt(version));
        int expected = MqttError.class.getField(rule).getInt(null);
        assertEquals(expected, status, () -> rule + " but was " + MqttNames.ofError(status));
    }

    @ParameterizedTest
    @CsvSource({
        // what a strict server said to the same packets
        "36 06 00 01 74 00 01 00, 0x81",
        "80 07 00 01 00 00 01 74 00, 0x81",
        "32 06 00 01 74 00 00 00, 0x82",
        "30 05 00 02 C0 80 00, 0x81",
        "30 05 00 02 41 00 00, 0x81",
        "30 03 00 01 61, 0x81",
        "00 00, 0x82",
        // from the text: 3.3.2.3.4, 3.1.2.11.3, 3.3.2-2
        "30 06 00 00 03 23 00 00, 0x94",
        "20 06 00 00 03 21 00 00, 0x82",
        "30 05 00 02 2B 61 00, 0x90",
        "30 FF FF FF FF 01, 0x81",
    })
    void isAnsweredWithTheReasonCodeOfItsClass(String hex, String reason) {
        byte[] packet = Hex.bytes(hex);
        int status = new Packets().wrap(packet, 0, packet.length, MqttVersion.V5);
        assertEquals(Integer.decode(reason), MqttError.reasonCode(status));
    }

    @Test
    void aPacketOfAnotherTypeIsNotMistaken() {
        byte[] pingreq = Hex.bytes("C0 00");
        byte[] connack = Hex.bytes("20 02 00 00");
        assertEquals(MqttError.WRONG_TYPE, new MqttPublish().wrap(pingreq, 0, 2, 4));
        assertEquals(MqttError.WRONG_TYPE, new MqttAck().wrap(pingreq, 0, 2, 4));
        assertEquals(MqttError.WRONG_TYPE, new MqttConnect().wrap(pingreq, 0, 2));
        assertEquals(MqttError.WRONG_TYPE, new MqttPing().wrap(connack, 0, 4, 4));
        assertEquals(MqttError.WRONG_TYPE, new MqttSubscribe().wrap(connack, 0, 4, 4));
    }

    @ParameterizedTest
    @CsvSource({"6A 02 00 0B", "8A 06 00 01 00 01 74 00", "AA 05 00 02 00 01 61"})
    void mqtt31MayMarkAResendWithDup(String hex) {
        byte[] packet = Hex.bytes(hex);
        assertEquals(0, new Packets().wrap(packet, 0, packet.length, MqttVersion.V3_1));
        assertEquals(MqttError.RESERVED_FLAGS, new Packets().wrap(packet, 0, packet.length, MqttVersion.V3_1_1));
    }

    @ParameterizedTest
    @CsvSource({
        "4, 30 03 00 01 61", // empty payload
        "5, 30 04 00 01 61 00",
        "3, 82 06 00 01 00 01 74 FC", // 3.1 ignores the upper bits of the options
        "3, 20 02 FF 00", // and the first octet of CONNACK
        "5, 10 0D 00 04 4D 51 54 54 05 02 00 00 00 00 00", // empty client identifier
        "5, 10 10 00 04 4D 51 54 54 05 42 00 00 00 00 00 00 01 70", // password alone
        "5, 40 03 00 07 5A", // a reason code that is not in the table
        "4, A2 0C 00 01 00 08 24 73 68 61 72 65 2F 67", // $share means nothing before 5.0
        "5, 30 09 00 01 74 04 0B 05 0B 06 68", // several subscription identifiers
    })
    void isNotStricterThanTheStandards(int version, String hex) {
        byte[] packet = Hex.bytes(hex);
        assertEquals(0, new Packets().wrap(packet, 0, packet.length, version));
    }
}
