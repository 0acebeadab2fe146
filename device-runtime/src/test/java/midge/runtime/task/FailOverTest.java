package midge.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import midge.hal.link.DatagramLink;
import midge.mqttsn.client.SnClient;
import midge.mqttsn.client.SnDiscovery;
import midge.mqttsn.client.SnDiscoveryConfig;
import midge.mqttsn.client.SnDiscoveryListener;
import midge.mqttsn.codec.SnType;
import org.junit.jupiter.api.Test;

/** A device in reach of two gateways, of which it was told one (§6.11). */
class FailOverTest {
    private static final int SPARE_PEER = 5;
    private static final int SPARE_ID = 9;

    private final VirtualDevice device = new VirtualDevice();
    private final FakeGateway own = device.gateway;
    private final FakeGateway spare = new FakeGateway();
    private int searches;
    private boolean spareAnswers = true;

    /** Both gateways on one air. */
    private final class Air implements DatagramLink {
        private int lastPeer;

        @Override
        public int mtu() {
            return 255;
        }

        @Override
        public int send(int peer, byte[] frame, int offset, int length) {
            if (peer != BROADCAST) {
                return (peer == SPARE_PEER ? spare : own).send(GATEWAY, frame, offset, length);
            }
            searches++;
            if (spareAnswers) {
                spare.answer(SnType.GWINFO, SPARE_ID);
            }
            return length;
        }

        @Override
        public int receive(byte[] into, int offset, int capacity) {
            lastPeer = own.pending() ? GATEWAY : SPARE_PEER;
            return (own.pending() ? own : spare).receive(into, offset, capacity);
        }

        @Override
        public int lastPeer() {
            return lastPeer;
        }
    }

    private void start() {
        SnDiscoveryListener nobody = new SnDiscoveryListener() {
            @Override
            public void onGateway(int gwId, long nowMs) {}

            @Override
            public void onGatewayGone(int gwId, long nowMs) {}
        };
        device.radio = new Air();
        device.isFrameWaiting = () -> own.pending() || spare.pending();
        device.thermometer.step = 1_000;
        device.start();
        SnDiscovery discovery = new SnDiscovery(new SnDiscoveryConfig().searchDelayMs(500), nobody, 1);
        device.link.choose(new FoundGateways(device.radio, discovery));
        device.runFor(2_500);
        assertEquals(SnClient.ACTIVE, device.link.client().state());
        assertEquals(0, searches);
    }

    @Test
    void findsAnotherGatewayWhenItsOwnIsLostAndLosesNoReading() {
        start();
        own.deaf = true;
        device.runFor(30_000);
        assertTrue(device.link.connected());
        assertEquals(1, device.link.gatewayChanges());
        assertThat(own.broker).startsWith("site/7/t=0.00").hasSizeLessThan(10);
        assertThat(spare.broker).contains("site/7/t=30.00");
        int last = own.broker.size();
        assertThat(spare.broker).first().isIn("site/7/t=" + last + ".00", "site/7/t=" + (last - 1) + ".00");
    }

    @Test
    void usesAGatewayThatHasAdvertisedItselfWithoutASearch() {
        start();
        spare.answer(SnType.ADVERTISE, SPARE_ID, 0x03, 0x84);
        device.runFor(100);
        own.deaf = true;
        device.runFor(20_000);
        assertTrue(device.link.connected());
        assertEquals(1, device.link.gatewayChanges());
        assertEquals(0, searches);
    }

    @Test
    void staysWithItsOwnWhenNobodyElseAnswers() {
        start();
        spareAnswers = false;
        own.deaf = true;
        device.runFor(60_000);
        assertThat(searches).isBetween(3, 12);
        assertEquals(0, device.link.gatewayChanges());
        own.deaf = false;
        device.runFor(20_000);
        assertTrue(device.link.connected());
    }
}
