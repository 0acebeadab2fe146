package midge.gateway.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import midge.gateway.config.Durability;
import midge.gateway.config.GatewayConfig;
import midge.gateway.port.GatewayCounters;
import midge.gateway.port.GatewayPorts;
import midge.gateway.port.Peer;
import midge.gateway.store.StateStore;
import midge.hal.store.RamStorage;
import midge.profile.Allocation;
import midge.profile.Hex;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The message path allocates nothing once a session's tables have their size. */
@Tag("interpreted")
class AllocationTest {
    private final Peer peer = Peer.of(0, (byte) 1);
    private final Echo echo = new Echo();
    private final GatewayConfig config =
            GatewayConfig.builder().maxSessions(4).predefined(5, "site/five").build();
    private GatewayCore core = new GatewayCore(config, echo, 1);
    private long nowMs;

    private final byte[] register = Hex.bytes("0B 0A 00 00 00 01 61 2F 62 2F 63");
    private final byte[] qos0 = Hex.bytes("08 0C 00 00 01 00 00 31");
    private final byte[] qos1 = Hex.bytes("08 0C 20 00 01 00 02 31");
    private final byte[] qos2 = Hex.bytes("08 0C 40 00 01 00 10 31");
    private final byte[] pubrel = Hex.bytes("04 10 00 10");
    private final byte[] pingreq = Hex.bytes("02 16");
    private final byte[] wake = Hex.bytes("04 16 63 31");
    private final byte[] sleep = Hex.bytes("04 18 00 64");
    private final byte[] connect = Hex.bytes("08 04 00 01 00 3C 63 31");
    private final byte[] brokerPuback = Hex.bytes("40 02 00 02");
    private final byte[] brokerPubrec = Hex.bytes("50 02 00 10");
    private final byte[] brokerPubcomp = Hex.bytes("70 02 00 10");
    private final byte[] brokerQos0 = Hex.bytes("30 08 00 05 61 2F 62 2F 63 31");
    private final byte[] brokerQos1 = Hex.bytes("32 0A 00 05 61 2F 62 2F 63 00 21 31");
    private final byte[] garbage = Hex.bytes("05 16 61");
    private final byte[] puback = Hex.bytes("07 0D 00 01 00 00 00");
    private final byte[] brokerPong = Hex.bytes("D0 00");

    private void client(byte[] frame) {
        core.onDatagram(peer, frame, 0, frame.length, nowMs);
        core.commit(nowMs);
    }

    private void broker(byte[] packet) {
        core.onBrokerBytes(0, packet, 0, 3 % packet.length, nowMs);
        core.onBrokerBytes(0, packet, 3 % packet.length, packet.length - 3 % packet.length, nowMs);
    }

    private void deliverQos1() {
        broker(brokerQos1);
        puback[4] = (byte) (echo.lastMsgId >> 8);
        puback[5] = (byte) echo.lastMsgId;
        client(puback);
    }

    private void turn() {
        for (int i = 0; i < 500; i++) {
            nowMs += 100_000 / 10;
            client(register);
            client(qos0);
            qos1[7]++;
            client(qos1);
            client(qos1);
            broker(brokerPuback);
            qos2[7]++;
            client(qos2);
            broker(brokerPubrec);
            client(pubrel);
            broker(brokerPubcomp);
            broker(brokerQos0);
            deliverQos1();
            client(garbage);
            client(pingreq);
            client(sleep);
            broker(brokerQos1);
            client(wake);
            puback[4] = (byte) (echo.lastMsgId >> 8);
            puback[5] = (byte) echo.lastMsgId;
            client(puback);
            client(connect);
            core.onTimeout(nowMs);
            broker(brokerPong);
        }
    }

    @Test
    void aJournalChangesNothingAboutThat() {
        StateStore store = new StateStore(new RamStorage(1 << 22), new RamStorage(1 << 22), Durability.ALWAYS, 100);
        core = new GatewayCore(config, echo, 1, store);
        core.restore(nowMs);
        long empty = store.length();
        aSteadyTurnOfEverythingAllocatesNothing();
        assertTrue(store.length() > empty);
        assertEquals(0, store.failure());
    }

    @Test
    void aSteadyTurnOfEverythingAllocatesNothing() {
        client(connect);
        core.onBrokerOpen(0, nowMs);
        core.onBrokerBytes(0, Hex.bytes("20 02 00 00"), 0, 4, nowMs);
        assertEquals(0, Allocation.of(this::turn));
        assertTrue(core.counters().value(GatewayCounters.PUBLISHED_UP) >= 3_000);
        assertTrue(core.counters().value(GatewayCounters.DELIVERED_DOWN) >= 3_000);
        assertEquals(0, core.counters().value(GatewayCounters.DROP_BROKER_MALFORMED));
    }

    private static final class Echo implements GatewayPorts {
        int lastMsgId;

        @Override
        public void sendDatagram(Peer to, byte[] frame, int offset, int length) {
            if (frame[offset + 1] == 0x0C && (frame[offset + 2] & 0x60) == 0x20) {
                lastMsgId = (frame[offset + 5] & 0xFF) << 8 | (frame[offset + 6] & 0xFF);
            }
        }

        @Override
        public void openBroker(int session) {}

        @Override
        public int sendBroker(int session, byte[] octets, int offset, int length) {
            return length;
        }

        @Override
        public void closeBroker(int session) {}
    }
}
