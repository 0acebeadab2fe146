package midge.mqtt.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import midge.profile.Hex;
import midge.wire.Status;
import org.junit.jupiter.api.Test;

class MqttFramerTest {
    private static final byte[] PINGRESP = Hex.bytes("D0 00");

    private static byte[] stream(List<ExamplesTest.Example> examples) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        examples.forEach(e -> all.writeBytes(e.packet()));
        return all.toByteArray();
    }

    /** Feeds one chunk, from a copy that is spoilt afterwards as its owner may do. */
    private static void feed(MqttFramer framer, byte[] bytes, int from, int to, List<String> packets) {
        byte[] chunk = Arrays.copyOfRange(bytes, from, to);
        assertEquals(Status.OK, framer.push(chunk, 0, chunk.length));
        int n = framer.next();
        while (n > 0 || n == Status.TOO_SMALL) {
            if (n > 0) {
                packets.add(Hex.of(framer.buffer(), framer.offset(), n));
            } else {
                assertEquals(Status.OK, framer.lend(new byte[framer.needed()]));
            }
            n = framer.next();
        }
        assertEquals(0, n);
        Arrays.fill(chunk, (byte) 0);
    }

    @Test
    void givesEveryPacketWhateverTheChunking() {
        List<ExamplesTest.Example> examples = ExamplesTest.examples();
        List<String> expected = examples.stream().map(e -> Hex.of(e.packet())).toList();
        byte[] stream = stream(examples);
        Random random = new Random(0x4D51);
        for (int round = 0; round < 500; round++) {
            MqttFramer framer = round % 2 == 0 ? new MqttFramer(131) : new MqttFramer(new byte[0], 131);
            List<String> packets = new ArrayList<>();
            int chunkMax = 1 + random.nextInt(round < 250 ? 8 : 400);
            for (int at = 0; at < stream.length; ) {
                int end = Math.min(stream.length, at + 1 + random.nextInt(chunkMax));
                feed(framer, stream, at, end, packets);
                at = end;
            }
            assertEquals(expected, packets);
            assertTrue(framer.isEmpty());
        }
    }

    @Test
    void givesEveryPacketOctetByOctet() {
        List<ExamplesTest.Example> examples = ExamplesTest.examples();
        byte[] stream = stream(examples);
        MqttFramer framer = new MqttFramer(131);
        List<String> packets = new ArrayList<>();
        for (int i = 0; i < stream.length; i++) {
            feed(framer, stream, i, i + 1, packets);
        }
        assertEquals(examples.stream().map(e -> Hex.of(e.packet())).toList(), packets);
    }

    @Test
    void handsOutAWholePacketWhereItLies() {
        byte[] chunk = Hex.bytes("FF D0 00 D0");
        MqttFramer framer = new MqttFramer(16);
        framer.push(chunk, 1, 3);
        assertEquals(2, framer.next());
        assertSame(chunk, framer.buffer());
        assertEquals(1, framer.offset());
        assertEquals(0, framer.next());
        framer.push(new byte[] {0}, 0, 1);
        assertEquals(2, framer.next());
        assertNotSame(chunk, framer.buffer());
        assertEquals("D0 00", Hex.of(framer.buffer(), framer.offset(), 2));
    }

    @Test
    void takesAPacketOfTheMaximumAndNoneAboveIt() {
        byte[] four = Hex.bytes("40 02 00 01");
        MqttFramer framer = new MqttFramer(4);
        framer.push(four, 0, 4);
        assertEquals(4, framer.next());
        assertEquals(0, framer.next());
        framer.push(Hex.bytes("40 03"), 0, 2);
        assertEquals(Status.TOO_LARGE, framer.next());
        assertEquals(Status.TOO_LARGE, framer.next());
        assertEquals(Status.TOO_LARGE, framer.push(four, 0, 4));
        framer.reset();
        assertEquals(Status.OK, framer.push(four, 0, 4));
        assertEquals(4, framer.next());
    }

    @Test
    void tellsAnOversizedPacketByItsHeaderAlone() {
        MqttFramer framer = new MqttFramer(64);
        framer.push(Hex.bytes("30 FF FF FF"), 0, 4);
        assertEquals(0, framer.next());
        framer.push(Hex.bytes("7F"), 0, 1);
        assertEquals(Status.TOO_LARGE, framer.next());
    }

    @Test
    void aHeaderLongerThanTheMaximumPacketHarmsNothing() {
        MqttFramer framer = new MqttFramer(2);
        List<String> none = new ArrayList<>();
        byte[] header = Hex.bytes("30 80 80 80 80");
        for (int i = 0; i < 4; i++) {
            feed(framer, header, i, i + 1, none);
        }
        framer.push(header, 4, 1);
        assertEquals(MqttError.REMAINING_LENGTH, framer.next());
    }

    @Test
    void stopsAtABadHeaderWhole() {
        MqttFramer framer = new MqttFramer(64);
        framer.push(Hex.bytes("D0 00 00 00"), 0, 4);
        assertEquals(2, framer.next());
        assertEquals(MqttError.RESERVED_TYPE, framer.next());
        assertEquals(MqttError.RESERVED_TYPE, framer.push(PINGRESP, 0, 2));
    }

    @Test
    void doesNotTakeAChunkBeforeTheLastOneIsUsedUp() {
        MqttFramer framer = new MqttFramer(64);
        framer.push(PINGRESP, 0, 2);
        assertEquals(Status.BUSY, framer.push(PINGRESP, 0, 2));
        assertEquals(2, framer.next());
        assertEquals(Status.OK, framer.push(PINGRESP, 0, 2));
    }

    @Test
    void asksForAStoreOnlyWhenACutPacketNeedsOne() {
        byte[] packet = ExamplesTest.examples().get(20).packet();
        MqttFramer framer = new MqttFramer(new byte[0], 1_000);
        framer.push(packet, 0, packet.length);
        assertEquals(131, framer.next());
        assertEquals(0, framer.next());
        framer.push(packet, 0, 100);
        assertEquals(Status.TOO_SMALL, framer.next());
        assertEquals(131, framer.needed());
        framer.lend(new byte[131]);
        assertEquals(0, framer.next());
        assertEquals(Status.TOO_SMALL, framer.lend(new byte[99]));
        framer.push(packet, 100, 31);
        assertEquals(131, framer.next());
        assertEquals(Hex.of(packet), Hex.of(framer.buffer(), framer.offset(), 131));
        assertEquals(Status.OK, framer.lend(new byte[0]));
    }

    @Test
    void forgetsTheOldStreamOnReset() {
        MqttFramer framer = new MqttFramer(64);
        framer.push(Hex.bytes("30 07 00"), 0, 3);
        assertEquals(0, framer.next());
        framer.reset();
        framer.push(PINGRESP, 0, 2);
        assertEquals(2, framer.next());
    }
}
