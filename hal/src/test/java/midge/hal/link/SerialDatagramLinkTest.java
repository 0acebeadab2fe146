package midge.hal.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import midge.hal.Hal;
import midge.hal.SerialPort;
import midge.profile.Allocation;
import midge.profile.Hex;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SerialDatagramLinkTest {
    private final ScriptedPort wire = new ScriptedPort();
    private final SerialDatagramLink link = new SerialDatagramLink(wire, new HdlcFraming(64));
    private final byte[] buffer = new byte[80];

    private String received() {
        int length = link.receive(buffer, 3, 64);
        return length <= 0 ? String.valueOf(length) : Hex.of(buffer, 3, length);
    }

    private int send(String hex) {
        byte[] frame = Hex.bytes(hex);
        return link.send(DatagramLink.GATEWAY, frame, 0, frame.length);
    }

    @Test
    void sendsFramedDatagrams() {
        assertEquals(2, send("02 17"));
        assertEquals("7E 02 17 C9 58 7E", wire.sent());
        assertEquals(64, link.mtu());
    }

    @Test
    void receivesOneDatagramPerCall() {
        wire.arrives("7E 02 17 C9 58 7E 7E 02 17 C9 58 7E 02 17");
        assertEquals("02 17", received());
        assertEquals(DatagramLink.GATEWAY, link.lastPeer());
        assertEquals("02 17", received());
        assertEquals("0", received());
        wire.arrives("C9 58 7E");
        assertEquals("02 17", received());
    }

    @Test
    void receivesOctetByOctet() {
        wire.perRead = 1;
        wire.arrives("7E 02 17 C9 58 7E");
        assertEquals("02 17", received());
    }

    @Test
    void aFullPortKeepsTheRestOfTheFrameForLater() {
        wire.room = 4;
        assertEquals(2, send("02 17"));
        assertTrue(link.sending());
        assertEquals(0, send("02 17"), "full: the second frame was not taken");
        wire.room = 100;
        assertEquals("0", received());
        assertFalse(link.sending());
        assertEquals("7E 02 17 C9 58 7E", wire.sent());
        assertEquals(2, send("02 17"));
    }

    @Test
    void damagedFramesAreDroppedAndCounted() {
        wire.arrives("7E 02 16 C9 58 7E 02 17 C9 58 7E");
        assertEquals("02 17", received());
        assertEquals(1, link.droppedFrames());
    }

    @Test
    void aFrameThatTheCallerCannotHoldIsDroppedAndCounted() {
        wire.arrives("7E 02 17 C9 58 7E 02 17 C9 58 7E");
        assertEquals(0, link.receive(buffer, 0, 1));
        assertEquals(2, link.droppedFrames());
    }

    @Test
    void aLineThatIsGoneIsReported() {
        wire.gone = true;
        assertEquals(Hal.GONE, send("02 17"));
        assertEquals(Hal.GONE, link.receive(buffer, 0, 64));
    }

    @Test
    void otherPeersAndWrongSizesAreInvalid() {
        assertEquals(Hal.INVALID, link.send(7, buffer, 0, 2));
        assertEquals(Hal.INVALID, link.send(0, buffer, 0, 65));
        assertEquals(2, link.send(DatagramLink.BROADCAST, buffer, 0, 2));
    }

    @Test
    @Tag("interpreted")
    void movingDatagramsAllocatesNothing() {
        byte[] frame = Hex.bytes("0C 0C 20 00 01 00 07 32 31 2E 33 38");
        byte[] line = new byte[200];
        int[] at = {0, 0};
        SerialPort loop = new SerialPort() {
            @Override
            public int write(byte[] octets, int offset, int length) {
                System.arraycopy(octets, offset, line, at[1], length);
                at[1] += length;
                return length;
            }

            @Override
            public int read(byte[] into, int offset, int capacity) {
                int count = Math.min(capacity, at[1] - at[0]);
                System.arraycopy(line, at[0], into, offset, count);
                at[0] += count;
                return count;
            }

            @Override
            public void close() {}
        };
        SerialDatagramLink looped = new SerialDatagramLink(loop, new HdlcFraming(64));
        assertEquals(0, Allocation.of(() -> {
            for (int i = 0; i < 500; i++) {
                at[0] = 0;
                at[1] = 0;
                looped.send(0, frame, 0, frame.length);
                if (looped.receive(buffer, 0, 64) != frame.length) {
                    throw new IllegalStateException("lost");
                }
            }
        }));
    }
}
