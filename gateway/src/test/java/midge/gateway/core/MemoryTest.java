package midge.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import midge.gateway.config.GatewayConfig;
import midge.gateway.port.GatewayCounters;
import midge.gateway.port.GatewayPorts;
import midge.gateway.port.Peer;
import midge.profile.Hex;
import org.junit.jupiter.api.Test;

/** What a client costs, and that nothing grows with what is thrown at the gateway. */
class MemoryTest {
    private static final int CLIENTS = 10_000;
    private static final int OCTETS_PER_CLIENT_MAX = 4 * 1024;

    private final GatewayPorts deaf = new GatewayPorts() {
        @Override
        public void sendDatagram(Peer to, byte[] frame, int offset, int length) {}

        @Override
        public void openBroker(int session) {}

        @Override
        public int sendBroker(int session, byte[] octets, int offset, int length) {
            return length;
        }

        @Override
        public void closeBroker(int session) {}
    };

    private final GatewayCore core =
            new GatewayCore(GatewayConfig.builder().maxSessions(CLIENTS).build(), deaf, 1);

    @Test
    void aConnectedClientWithTopicSubscriptionAndMessageCostsLittle() {
        long before = heapOctets();
        for (int i = 0; i < CLIENTS; i++) {
            client(i);
        }
        long each = (heapOctets() - before) / CLIENTS;
        assertThat(core.counters().value(GatewayCounters.CONNECTED)).isEqualTo(CLIENTS);
        assertThat(each).isBetween(500L, (long) OCTETS_PER_CLIENT_MAX);
    }

    private void client(int i) {
        Peer peer = Peer.of(0, (byte) (i >> 8), (byte) i);
        byte[] id = String.format("device-%05d", i).getBytes(StandardCharsets.US_ASCII);
        datagram(peer, "12 04 00 01 00 3C " + Hex.of(id));
        core.onBrokerOpen(i, 0);
        broker(i, "20 02 00 00");
        datagram(peer, "10 0A 00 00 00 01 73 65 6E 73 2F 74 65 6D 70 31");
        datagram(peer, "0B 12 20 00 03 73 65 6E 73 2F 23");
        broker(i, "90 03 00 03 01");
        datagram(peer, "0B 0C 20 00 01 00 02 32 31 2E 35");
        broker(i, "40 02 00 02");
        datagram(peer, "04 18 0E 10");
        broker(i, "32 12 00 0A 73 65 6E 73 2F 74 65 6D 70 31 00 21 32 31 2E 35");
    }

    private void datagram(Peer peer, String hex) {
        byte[] frame = Hex.bytes(hex);
        core.onDatagram(peer, frame, 0, frame.length, 0);
    }

    private void broker(int session, String hex) {
        byte[] octets = Hex.bytes(hex);
        core.onBrokerBytes(session, octets, 0, octets.length, 0);
    }

    private static long heapOctets() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
