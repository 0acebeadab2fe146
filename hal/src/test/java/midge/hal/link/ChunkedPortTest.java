package midge.hal.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Random;
import midge.hal.Hal;
import org.junit.jupiter.api.Test;

class ChunkedPortTest {
    private static final int CHUNK = 20;

    private final Wire wire = new Wire();
    private final ChunkedPort port = new ChunkedPort(wire, 512);
    private final byte[] octets = new byte[400];

    ChunkedPortTest() {
        new Random(1).nextBytes(octets);
    }

    /** Gives back what it was given, takes no more chunks than there is room for, and can break. */
    private static final class Wire implements ChunkLink {
        final Deque<byte[]> chunks = new ArrayDeque<>();
        int room = 1_000;
        int gone;
        int closes;

        @Override
        public int chunkMost() {
            return CHUNK;
        }

        @Override
        public int send(byte[] chunk, int offset, int length) {
            assertTrue(length <= CHUNK);
            if (gone != 0 || room == 0) {
                return gone;
            }
            room--;
            chunks.add(Arrays.copyOfRange(chunk, offset, offset + length));
            return length;
        }

        @Override
        public int receive(byte[] into, int offset, int capacity) {
            byte[] chunk = chunks.poll();
            if (chunk == null) {
                return gone;
            }
            System.arraycopy(chunk, 0, into, offset, chunk.length);
            return chunk.length;
        }

        @Override
        public void close() {
            closes++;
        }
    }

    @Test
    void fillsEachChunkBeforeTheNext() {
        assertEquals(45, port.write(octets, 3, 45));
        assertArrayEquals(Arrays.copyOfRange(octets, 3, 23), wire.chunks.poll());
        assertArrayEquals(Arrays.copyOfRange(octets, 23, 43), wire.chunks.poll());
        assertArrayEquals(Arrays.copyOfRange(octets, 43, 48), wire.chunks.poll());
    }

    @Test
    void takesWhatThereIsRoomForAndTellsHowMuch() {
        wire.room = 2;
        assertEquals(40, port.write(octets, 0, 50));
        assertEquals(0, port.write(octets, 40, 10));
        wire.room = 1;
        assertEquals(10, port.write(octets, 40, 10));
    }

    @Test
    void handsOutAChunkInPiecesAndOneChunkAtATime() {
        port.write(octets, 0, 30);
        byte[] into = new byte[64];
        assertEquals(7, port.read(into, 0, 7));
        assertEquals(13, port.read(into, 7, 57));
        assertEquals(10, port.read(into, 20, 44));
        assertEquals(0, port.read(into, 30, 34));
        assertArrayEquals(Arrays.copyOf(octets, 30), Arrays.copyOf(into, 30));
    }

    @Test
    void aLinkThatIsGoneIsToldAfterWhatCameBefore() {
        port.write(octets, 0, 5);
        wire.gone = Hal.GONE;
        byte[] into = new byte[8];
        assertEquals(5, port.read(into, 0, 8));
        assertEquals(Hal.GONE, port.read(into, 0, 8));
        assertEquals(Hal.GONE, port.write(octets, 0, 5));
        port.close();
        assertEquals(1, wire.closes);
    }

    @Test
    void carriesDatagramsOfAnySizeWhenFramed() {
        SerialDatagramLink link = new SerialDatagramLink(port, new HdlcFraming(300));
        byte[] into = new byte[300];
        for (int length = 1; length <= 300; length += 23) {
            assertEquals(length, link.send(DatagramLink.GATEWAY, octets, 0, length));
            assertEquals(length, link.receive(into, 0, into.length));
            assertArrayEquals(Arrays.copyOf(octets, length), Arrays.copyOf(into, length));
        }
    }

    @Test
    void framesSurviveAModuleThatCutsAndJoinsTheirChunks() {
        SerialDatagramLink link = new SerialDatagramLink(port, new HdlcFraming(300));
        link.send(DatagramLink.GATEWAY, octets, 0, 50);
        link.send(DatagramLink.GATEWAY, octets, 100, 70);
        Random random = new Random(7);
        byte[] all = joined(wire.chunks);
        for (int at = 0; at < all.length; ) {
            int length = Math.min(all.length - at, 1 + random.nextInt(300));
            wire.chunks.add(Arrays.copyOfRange(all, at, at + length));
            at += length;
        }
        byte[] into = new byte[300];
        assertEquals(50, link.receive(into, 0, 300));
        assertEquals(70, link.receive(into, 0, 300));
        assertArrayEquals(Arrays.copyOfRange(octets, 100, 170), Arrays.copyOf(into, 70));
        assertEquals(0, link.droppedFrames());
    }

    private static byte[] joined(Deque<byte[]> chunks) {
        byte[] all = new byte[chunks.stream().mapToInt(chunk -> chunk.length).sum()];
        int at = 0;
        for (byte[] chunk = chunks.poll(); chunk != null; chunk = chunks.poll()) {
            System.arraycopy(chunk, 0, all, at, chunk.length);
            at += chunk.length;
        }
        return all;
    }
}
