package midge.mqtt.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.Stream;
import midge.profile.Hex;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Packets that an independent decoder has read, see examples.txt. */
class ExamplesTest {
    record Example(String name, int version, byte[] packet, String meaning) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Example> examples() {
        return Rows.of("/midge/mqtt/codec/examples.txt").stream()
                .map(r -> new Example(r[0], Integer.parseInt(r[1]), Hex.bytes(r[2]), r[3]))
                .toList();
    }

    static Stream<Example> all() {
        return examples().stream();
    }

    @ParameterizedTest
    @MethodSource("all")
    void saysWhatTheOtherDecoderSaw(Example example) {
        Packets packets = new Packets();
        assertEquals(0, packets.wrap(example.packet, 0, example.packet.length, example.version));
        assertEquals(example.meaning, PacketText.of(packets, MqttHeader.type(example.packet, 0)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void isWrittenAgainWithTheSameOctets(Example example) {
        assertEquals(Hex.of(example.packet), Hex.of(new Packets().roundTrip(example.packet, example.version)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void isReadAnywhereInAnArrayAndUpToItsOwnEnd(Example example) {
        byte[] among = new byte[example.packet.length + 9];
        System.arraycopy(example.packet, 0, among, 4, example.packet.length);
        Packets packets = new Packets();
        assertEquals(0, packets.wrap(among, 4, among.length - 4, example.version));
        assertEquals(example.meaning, PacketText.of(packets, MqttHeader.type(example.packet, 0)));
    }

    @ParameterizedTest
    @MethodSource("all")
    void isTruncatedWhereverItIsCut(Example example) {
        Packets packets = new Packets();
        for (int cut = 1; cut < example.packet.length; cut++) {
            assertEquals(-2, packets.wrap(example.packet, 0, cut, example.version), "cut at " + cut);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void isNotWrittenWhereItDoesNotFit(Example example) {
        Packets packets = new Packets();
        int length = example.packet.length;
        assertEquals(0, packets.wrap(example.packet, 0, length, example.version));
        byte[] out = new byte[length];
        int type = MqttHeader.type(example.packet, 0);
        for (int capacity = 0; capacity < length; capacity++) {
            assertEquals(-1, packets.encodeAgain(out, 0, capacity, type, example.version), "room for " + capacity);
        }
        assertEquals(length, packets.encodeAgain(out, 0, length, type, example.version));
    }
}
