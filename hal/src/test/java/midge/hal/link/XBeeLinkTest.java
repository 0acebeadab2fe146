package midge.hal.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import midge.hal.Hal;
import midge.hal.SerialPort;
import midge.profile.Allocation;
import midge.profile.Hex;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class XBeeLinkTest {
    private static final String QUERY = "7E 00 04 08 52 4E 50 07";
    private static final String NP_IS_84 = "7E 00 07 88 52 4E 50 00 00 54 33";

    private final ScriptedPort port = new ScriptedPort();
    private final XBeeLink link = new XBeeLink(port, new XBeeFraming(110, true), 0x0013A20040AABBCCL, 2);
    private final byte[] buffer = new byte[110];

    private String received() {
        int length = link.receive(buffer, 0, 100);
        return length <= 0 ? String.valueOf(length) : Hex.of(buffer, 0, length);
    }

    private int send(int peer, String hex) {
        byte[] octets = Hex.bytes(hex);
        return link.send(peer, octets, 0, octets.length);
    }

    /** A received frame with that last octet of the sender's address. */
    private static String from(int last, String payload) {
        byte[] data = Hex.bytes("90 00 13 A2 00 40 11 22 " + String.format("%02X", last) + " 12 34 01 " + payload);
        byte[] out = new byte[200];
        int length = new XBeeFraming(110, true).encode(data, 0, data.length, out, 0, out.length);
        return Hex.of(out, 0, length) + " ";
    }

    @Test
    void asksForThePayloadLimitBeforeAnythingElse() {
        assertEquals(60, link.mtu());
        assertEquals(2, send(DatagramLink.GATEWAY, "02 17"));
        assertEquals(QUERY + " 7E 00 10 10 01 00 7D 33 A2 00 40 AA BB CC FF FE 00 00 02 17 B2", port.sent());
        port.arrives(NP_IS_84);
        assertEquals("0", received());
        assertEquals(84, link.mtu());
        assertEquals("", port.sent());
    }

    @Test
    void theFramingBoundsThePayloadToo() {
        XBeeLink small = new XBeeLink(port, new XBeeFraming(64, true), 0, 0);
        assertEquals(50, small.mtu());
        port.arrives(NP_IS_84);
        assertEquals(0, small.receive(buffer, 0, 100));
        assertEquals(50, small.mtu());
        assertEquals(Hal.INVALID, small.send(0, new byte[51], 0, 51));
    }

    @Test
    void anAnswerThatIsAnErrorOrAnothersChangesNothing() {
        port.arrives("7E 00 07 88 52 4E 50 01 00 54 32 7E 00 07 88 01 4E 50 00 00 54 84");
        assertEquals("0", received());
        assertEquals(0, link.droppedFrames());
        assertEquals(60, link.mtu());
    }

    @Test
    void aModuleThatRestartsIsAskedAgain() {
        port.arrives(NP_IS_84 + " 7E 00 02 8A 00 75");
        received();
        port.sent();
        assertEquals(60, link.mtu());
        received();
        assertEquals(QUERY, port.sent());
    }

    @Test
    void broadcastGoesToEveryone() {
        send(DatagramLink.GATEWAY, "00");
        port.sent();
        assertEquals(3, send(DatagramLink.BROADCAST, "03 01 01"));
        assertEquals("7E 00 7D 31 10 02 00 00 00 00 00 00 FF FF FF FE 00 00 03 01 01 ED", port.sent());
    }

    @Test
    void whoSentIsAPeerThatCanBeAnswered() {
        port.arrives("7E 00 0E 90 00 7D 33 A2 00 40 7D 31 22 33 12 34 01 02 16 B5");
        assertEquals("02 16", received());
        assertEquals(1, link.lastPeer());
        assertEquals(0x0013A20040112233L, link.address(1));
        port.sent();
        assertEquals(2, send(1, "02 17"));
        assertTrue(port.sent().startsWith("7E 00 10 10 01 00 7D 33 A2 00 40 7D 31 22 33"));
    }

    @Test
    void theGatewaysAddressIsTheGateway() {
        byte[] data = Hex.bytes("90 00 13 A2 00 40 AA BB CC 12 34 01 02 17");
        byte[] out = new byte[60];
        int length = new XBeeFraming(110, true).encode(data, 0, data.length, out, 0, 60);
        port.arrives(Hex.of(out, 0, length));
        assertEquals("02 17", received());
        assertEquals(DatagramLink.GATEWAY, link.lastPeer());
    }

    @Test
    void thePeerHeardLongestAgoGivesWay() {
        port.arrives(from(1, "01") + from(2, "02") + from(1, "01") + from(3, "03") + from(1, "01"));
        int[] expected = {1, 2, 1, 2, 1};
        for (int peer : expected) {
            received();
            assertEquals(peer, link.lastPeer());
        }
        assertEquals(0x0013A20040112203L, link.address(2));
        assertEquals(Hal.INVALID, send(3, "00"));
        assertEquals(Hal.INVALID, send(-2, "00"));
    }

    @Test
    void failedDeliveriesAreCountedAndUnknownFramesDropped() {
        port.arrives(
                "7E 00 07 8B 01 12 34 00 24 00 09 7E 00 07 8B 01 12 34 00 00 00 2D 7E 00 02 23 7D 31 CB 7E 00 01 90 6F");
        assertEquals("0", received());
        assertEquals(1, link.failedDeliveries());
        assertEquals(2, link.droppedFrames());
    }

    @Test
    void aPayloadThatTheCallerCannotHoldIsDroppedAndCounted() {
        port.arrives(from(1, "01 02 03"));
        assertEquals(0, link.receive(buffer, 0, 2));
        assertEquals(1, link.droppedFrames());
    }

    @Test
    void aFullPortMakesTheLinkFull() {
        port.room = 3;
        assertEquals(0, send(0, "02 17"), "the query still waits");
        assertTrue(link.sending());
        port.room = 1_000;
        assertEquals(2, send(0, "02 17"));
        assertTrue(port.sent().startsWith(QUERY + " 7E 00 10 10 01"));
    }

    @Test
    void aLineThatIsGoneIsReported() {
        port.gone = true;
        assertEquals(Hal.GONE, send(0, "02 17"));
        assertEquals(Hal.GONE, link.receive(buffer, 0, 100));
    }

    @Test
    @Tag("interpreted")
    void movingDatagramsAllocatesNothing() {
        byte[] line = Hex.bytes(from(1, "0C 0C 20 00 01 00 07 32 31 2E 33 38"));
        int[] at = {0};
        SerialPort busy = new SerialPort() {
            @Override
            public int write(byte[] octets, int offset, int length) {
                return length;
            }

            @Override
            public int read(byte[] into, int offset, int capacity) {
                int count = Math.min(capacity, line.length - at[0]);
                System.arraycopy(line, at[0], into, offset, count);
                at[0] += count;
                return count;
            }

            @Override
            public void close() {}
        };
        XBeeLink steady = new XBeeLink(busy, new XBeeFraming(110, true), 0, 4);
        assertEquals(0, Allocation.of(() -> {
            for (int i = 0; i < 500; i++) {
                at[0] = 0;
                if (steady.receive(buffer, 0, 100) != 12 || steady.send(1, buffer, 0, 12) != 12) {
                    throw new IllegalStateException("lost");
                }
            }
        }));
    }

    @Test
    void anAddressIsAPeersHoweverItsNumberChanges() {
        byte[] address = new byte[AddressedLink.ADDRESS_MAX + 1];
        port.arrives(from(1, "02 17"));
        assertEquals("02 17", received());
        assertEquals(8, link.address(link.lastPeer(), address, 1));
        assertEquals("00 13 A2 00 40 11 22 01", Hex.of(address, 1, 8));
        assertEquals(link.lastPeer(), link.peer(address, 1, 8));
        for (int other = 2; other <= 4; other++) {
            port.arrives(from(other, "02 17"));
            assertEquals("02 17", received());
        }
        int number = link.peer(address, 1, 8);
        assertTrue(number > DatagramLink.GATEWAY);
        assertEquals(0x0013A20040112201L, link.address(number));
    }

    @Test
    void whatIsNoAddressHasNoNumber() {
        byte[] address = new byte[AddressedLink.ADDRESS_MAX];
        assertEquals(Hal.INVALID, link.peer(address, 0, 2));
        assertEquals(Hal.INVALID, link.address(DatagramLink.BROADCAST, address, 0));
        assertEquals(Hal.INVALID, link.address(1, address, 0));
        assertEquals(8, link.address(DatagramLink.GATEWAY, address, 0));
        assertEquals(DatagramLink.GATEWAY, link.peer(address, 0, 8));
    }
}
