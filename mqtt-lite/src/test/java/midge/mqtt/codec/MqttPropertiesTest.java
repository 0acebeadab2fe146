package midge.mqtt.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import midge.profile.Hex;
import midge.wire.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MqttPropertiesTest {
    private static final List<String> PACKETS = List.of(
            "Will",
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
            "AUTH");

    private final MqttProperties properties = new MqttProperties();
    private final MqttPropertiesWriter writer = new MqttPropertiesWriter();

    static List<String[]> table() {
        return Rows.of("/midge/mqtt/codec/properties.txt");
    }

    private static int value(String type) {
        return switch (type) {
            case "byte" -> Property.BYTE;
            case "two" -> Property.TWO_BYTE;
            case "four" -> Property.FOUR_BYTE;
            case "variable" -> Property.VARIABLE;
            case "string" -> Property.STRING;
            case "binary" -> Property.BINARY;
            default -> Property.PAIR;
        };
    }

    /** A good value for the type, its octets and what reading it shows. */
    private static String[] sample(int type) {
        return switch (type) {
            case Property.BYTE -> new String[] {"01", "1"};
            case Property.TWO_BYTE -> new String[] {"12 34", "4660"};
            case Property.FOUR_BYTE -> new String[] {"FF FF FF FE", "4294967294"};
            case Property.VARIABLE -> new String[] {"FF FF FF 7F", "268435455"};
            case Property.STRING -> new String[] {"00 02 C3 A9", "\"é\""};
            case Property.BINARY -> new String[] {"00 02 00 FF", "00 FF"};
            default -> new String[] {"00 01 6B 00 02 C3 A9", "k:é"};
        };
    }

    @Test
    void theTableHasAllProperties() {
        assertEquals(27, table().size());
    }

    @ParameterizedTest(name = "0x{0} {1}")
    @MethodSource("table")
    void isReadInItsPacketsAndRefusedInAllOthers(String hexId, String name, String type, String places)
            throws Exception {
        int id = Integer.parseInt(hexId, 16);
        assertEquals(id, Property.class.getField(name).getInt(null));
        assertEquals(value(type), Property.type(id));
        byte[] bare = Hex.bytes(hexId + sample(value(type))[0]);
        for (int packet = 0; packet < PACKETS.size(); packet++) {
            boolean allowed = places.equals("all")
                    ? packet != MqttType.PINGREQ && packet != MqttType.PINGRESP
                    : List.of(places.split(" ")).contains(PACKETS.get(packet));
            int expected = !allowed
                    ? MqttError.PROPERTY_MISPLACED
                    : id == Property.AUTHENTICATION_DATA ? MqttError.AUTHENTICATION_DATA : Status.OK;
            assertEquals(expected, properties.wrapBare(bare, 0, bare.length, packet), PACKETS.get(packet));
        }
    }

    @ParameterizedTest(name = "0x{0} {1}")
    @MethodSource("table")
    void comesOnceUnlessItMayBeRepeated(String hexId, String name, String type, String places) {
        int id = Integer.parseInt(hexId, 16);
        String one = hexId + sample(value(type))[0];
        byte[] twice = Hex.bytes(one + one);
        String place = places.equals("all") ? "PUBACK" : places.split(" ")[0];
        boolean repeatable = id == 0x26 || (id == 0x0B && place.equals("PUBLISH"));
        assertEquals(
                repeatable ? Status.OK : MqttError.PROPERTY_REPEATED,
                properties.wrapBare(twice, 0, twice.length, PACKETS.indexOf(place)));
    }

    @ParameterizedTest(name = "0x{0} {1}")
    @MethodSource("table")
    void isFoundWithItsValueAndWrittenAgain(String hexId, String name, String type, String places) {
        int id = Integer.parseInt(hexId, 16);
        // Among user properties, and with what Authentication Data needs.
        String around = "26 00 01 61 00 01 62" + (id == 0x16 ? "15 00 01 6D" : "");
        byte[] section = Hex.bytes(around + hexId + sample(value(type))[0] + "26 00 00 00 00");
        int packet = places.equals("all") ? MqttType.PUBACK : PACKETS.indexOf(places.split(" ")[0]);
        assertEquals(Status.OK, properties.wrapBare(section, 0, section.length, packet));
        assertTrue(properties.contains(id));
        assertTrue(properties.find(id));
        if (id != Property.USER_PROPERTY) {
            String shown = PacketText.properties(properties);
            assertTrue(shown.contains(hexId + "=" + sample(value(type))[1]), shown);
        }
        assertEquals(Hex.of(section), Hex.of(writeAgain(section.length)));
    }

    private byte[] writeAgain(int capacity) {
        byte[] out = new byte[capacity];
        writer.reset(out, 0, capacity);
        properties.rewind();
        while (properties.next()) {
            byte[] b = properties.buffer();
            switch (Property.type(properties.id())) {
                case Property.PAIR ->
                    writer.putUser(
                            b,
                            properties.nameOffset(),
                            properties.nameLength(),
                            b,
                            properties.valueOffset(),
                            properties.valueLength());
                case Property.STRING, Property.BINARY ->
                    writer.put(properties.id(), b, properties.valueOffset(), properties.valueLength());
                default -> writer.put(properties.id(), properties.value());
            }
        }
        assertEquals(Status.OK, writer.status());
        assertEquals(capacity, writer.length());
        return out;
    }

    @ParameterizedTest
    @CsvSource({"01, byte", "17, byte", "19, byte", "24, byte", "25, byte", "28, byte", "29, byte", "2A, byte"})
    void anOctetIsAChoiceOfTwo(String hexId, String type) {
        int id = Integer.parseInt(hexId, 16);
        int packet = Property.isAllowed(id, MqttType.CONNECT)
                ? MqttType.CONNECT
                : Property.isAllowed(id, MqttType.CONNACK) ? MqttType.CONNACK : MqttType.PUBLISH;
        byte[] bare = Hex.bytes(hexId + "00");
        assertEquals(0, properties.wrapBare(bare, 0, 2, packet));
        bare[1] = 2;
        assertEquals(MqttError.PROPERTY_VALUE, properties.wrapBare(bare, 0, 2, packet));
    }

    @Test
    void repeatedUserPropertiesKeepTheirOrder() {
        byte[] section = Hex.bytes("26 00 01 6B 00 01 31 26 00 01 6B 00 01 32");
        assertEquals(0, properties.wrapBare(section, 0, section.length, MqttType.PUBLISH));
        assertEquals(" {26=k:1 26=k:2}", PacketText.properties(properties));
        assertFalse(properties.next());
    }

    @Test
    void givesADefaultForANumberThatIsNotThere() {
        byte[] section = Hex.bytes("21 00 0A");
        properties.wrapBare(section, 0, 3, MqttType.CONNACK);
        assertEquals(10, properties.number(Property.RECEIVE_MAXIMUM, 65_535));
        assertEquals(2, properties.number(Property.MAXIMUM_QOS, 2));
    }

    @Test
    void aSectionThatWasRefusedShowsNothing() {
        byte[] good = Hex.bytes("21 00 0A");
        byte[] bad = Hex.bytes("21 00 0A 21 00 0B");
        properties.wrapBare(good, 0, 3, MqttType.CONNACK);
        assertEquals(MqttError.PROPERTY_REPEATED, properties.wrapBare(bad, 0, 6, MqttType.CONNACK));
        assertFalse(properties.contains(Property.RECEIVE_MAXIMUM));
        assertFalse(properties.next());
        assertEquals(0, properties.length());
    }

    @Test
    void theWriterRefusesWhatTheTypeDoesNotHold() {
        byte[] out = new byte[16];
        byte[] text = "text".getBytes(UTF_8);
        assertEquals(
                Status.INVALID,
                writer.reset(out, 0, 16).put(Property.MAXIMUM_QOS, 256).status());
        assertEquals(
                Status.INVALID,
                writer.reset(out, 0, 16).put(Property.RECEIVE_MAXIMUM, 65_536).status());
        assertEquals(
                Status.INVALID,
                writer.reset(out, 0, 16)
                        .put(Property.SESSION_EXPIRY_INTERVAL, 1L << 32)
                        .status());
        assertEquals(
                Status.INVALID,
                writer.reset(out, 0, 16)
                        .put(Property.SUBSCRIPTION_IDENTIFIER, 1 << 28)
                        .status());
        assertEquals(
                Status.INVALID,
                writer.reset(out, 0, 16).put(Property.REASON_STRING, 1).status());
        assertEquals(
                Status.INVALID,
                writer.reset(out, 0, 16).put(Property.MAXIMUM_QOS, text, 0, 4).status());
        assertEquals(0, writer.length());
    }

    @Test
    void theWriterStopsAtTheEndOfItsRoomAndStaysStopped() {
        byte[] out = new byte[8];
        byte[] text = "text".getBytes(UTF_8);
        writer.reset(out, 1, 6).put(Property.REASON_STRING, text, 0, 4);
        assertEquals(Status.TOO_SMALL, writer.status());
        writer.put(Property.MAXIMUM_QOS, 1);
        assertEquals(0, writer.length());
        assertEquals(
                Status.OK,
                writer.reset(out, 1, 7).put(Property.REASON_STRING, text, 0, 4).status());
        assertEquals("00 1F 00 04 74 65 78 74", Hex.of(out));
    }
}
