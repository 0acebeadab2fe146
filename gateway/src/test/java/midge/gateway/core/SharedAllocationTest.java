package midge.gateway.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import midge.gateway.config.GatewayConfig;
import midge.gateway.port.GatewayCounters;
import midge.gateway.port.GatewayPorts;
import midge.gateway.port.Peer;
import midge.profile.Allocation;
import midge.profile.Hex;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** As {@link AllocationTest}, for the one broker connection that all clients share. */
@Tag("interpreted")
class SharedAllocationTest {
    private static final int CLIENTS = 4;
    private static final int MSG_IDS = 100;
    private static final int PUBLISH = 0x0C;

    private final Peer[] peers = new Peer[CLIENTS];
    private final Wire wire = new Wire();
    private final GatewayCore core = new GatewayCore(
            GatewayConfig.builder()
                    .maxSessions(CLIENTS)
                    .mqttVersion(5)
                    .aggregating(true)
                    .build(),
            wire,
            1);
    private long nowMs;

    private final byte[] qos0 = Hex.bytes("08 0C 02 74 31 00 00 31");
    private final byte[] qos1 = Hex.bytes("08 0C 22 74 31 00 02 31");
    private final byte[] qos2 = Hex.bytes("08 0C 42 74 31 00 10 31");
    private final byte[] pubrel = Hex.bytes("04 10 00 10");
    private final byte[] pingreq = Hex.bytes("02 16");
    private final byte[] puback = Hex.bytes("07 0D 74 31 00 00 00");
    private final byte[] brokerPuback = Hex.bytes("40 02 00 00");
    private final byte[] brokerPubrec = Hex.bytes("50 02 00 00");
    private final byte[] brokerPubcomp = Hex.bytes("70 02 00 00");
    private final byte[] brokerQos0 = Hex.bytes("30 08 00 02 74 31 02 0B 01 31");
    private final byte[] brokerQos1 = Hex.bytes("32 0A 00 02 74 31 00 21 02 0B 01 31");
    private final byte[] brokerPong = Hex.bytes("D0 00");

    private void client(int number, byte[] frame) {
        core.onDatagram(peers[number], frame, 0, frame.length, nowMs);
    }

    private void broker(byte[] packet) {
        core.onBrokerBytes(CLIENTS, packet, 0, packet.length, nowMs);
    }

    private void answer(byte[] packet) {
        packet[2] = (byte) (wire.packetId >> 8);
        packet[3] = (byte) wire.packetId;
        broker(packet);
    }

    private void connect() {
        for (int i = 0; i < CLIENTS; i++) {
            peers[i] = Peer.of(0, (byte) i);
            client(i, Hex.bytes("08 04 04 01 00 3C 63 3" + i));
            if (i == 0) {
                core.onBrokerOpen(CLIENTS, nowMs);
                broker(Hex.bytes("20 03 00 00 00"));
            }
            core.onTimeout(nowMs);
        }
        client(0, Hex.bytes("07 12 22 00 01 74 31"));
        broker(new byte[] {(byte) 0x90, 4, (byte) (wire.packetId >> 8), (byte) wire.packetId, 0, 1});
    }

    private void turn() {
        for (int i = 0; i < 500; i++) {
            nowMs += 5_000;
            byte msgId = (byte) (1 + i % MSG_IDS);
            for (int number = 0; number < CLIENTS; number++) {
                client(number, qos0);
                qos1[6] = msgId;
                client(number, qos1);
                client(number, qos1);
                answer(brokerPuback);
                qos2[6] = (byte) (msgId + MSG_IDS);
                pubrel[3] = qos2[6];
                client(number, qos2);
                answer(brokerPubrec);
                client(number, pubrel);
                answer(brokerPubcomp);
                client(number, pingreq);
            }
            broker(brokerQos0);
            broker(brokerQos1);
            puback[4] = (byte) (wire.lastMsgId >> 8);
            puback[5] = (byte) wire.lastMsgId;
            client(0, puback);
            core.onTimeout(nowMs);
            broker(brokerPong);
        }
    }

    @Test
    void aSteadyTurnOfManyClientsAllocatesNothing() {
        connect();
        assertEquals(0, Allocation.of(this::turn));
        assertTrue(core.counters().value(GatewayCounters.PUBLISHED_UP) >= 500 * 3 * CLIENTS);
        assertTrue(core.counters().value(GatewayCounters.DELIVERED_DOWN) >= 1_000);
        assertEquals(0, core.counters().value(GatewayCounters.DROP_BROKER_MALFORMED));
        assertEquals(0, core.counters().value(GatewayCounters.DROP_BROKER_STRAY));
    }

    /** Remembers the identifiers that the gateway chose last. */
    private static final class Wire implements GatewayPorts {
        int lastMsgId;
        int packetId;

        @Override
        public void sendDatagram(Peer to, byte[] frame, int offset, int length) {
            if (frame[offset + 1] == PUBLISH && (frame[offset + 2] & 0x60) == 0x20) {
                lastMsgId = (frame[offset + 5] & 0xFF) << 8 | (frame[offset + 6] & 0xFF);
            }
        }

        @Override
        public void openBroker(int session) {}

        /** The identifier is behind the topic t1 of a PUBLISH, and first in SUBSCRIBE and PUBREL. */
        @Override
        public int sendBroker(int session, byte[] octets, int offset, int length) {
            int type = octets[offset] >> 4 & 0xF;
            int at = offset + (type == 3 ? 6 : 2);
            boolean hasId = type == 3 ? (octets[offset] & 0x06) != 0 : type == 8 || type == 6;
            if (hasId) {
                packetId = (octets[at] & 0xFF) << 8 | (octets[at + 1] & 0xFF);
            }
            return length;
        }

        @Override
        public void closeBroker(int session) {}
    }
}
