package midge.gateway.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import midge.gateway.config.GatewayConfig;
import midge.gateway.port.GatewayCounters;
import midge.hal.Hal;
import midge.hal.Idle;
import midge.hal.link.AddressedLink;
import midge.hal.link.DatagramLink;
import midge.hal.link.LossyLink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A link of the host's: its datagrams reach the gateway and are answered there, and it comes back after it was gone. */
class LinkListenerTest {
    private static final int PATIENCE_S = 20;
    private static final byte[] SEARCHGW = HexFormat.of().parseHex("030100");
    private static final String GWINFO = "030201";

    private final Transport transport = Transport.NIO;
    private final EventLoopGroup loops = transport.newLoops(1, "gateway");
    private final GatewayLoop gateway = new GatewayLoop(
            loops.next(),
            transport,
            new InetSocketAddress("127.0.0.1", 9),
            GatewayConfig.builder().build(),
            1);
    private final BlockingQueue<String> sent = new LinkedBlockingQueue<>();
    private final BlockingQueue<Wire> opened = new LinkedBlockingQueue<>();
    private final AtomicInteger closed = new AtomicInteger();
    private volatile int failures;

    /** Both ends of a line. */
    private class Wire implements LossyLink, AutoCloseable {
        private final Idle idle;
        private final BlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>();
        private volatile boolean isGone;
        private volatile int fullFor;
        private volatile int dropped;

        Wire(Idle idle) {
            this.idle = idle;
        }

        void arrives(byte[] frame) {
            waiting.add(frame);
            idle.wake();
        }

        void unplug() {
            isGone = true;
            idle.wake();
        }

        @Override
        public int mtu() {
            return 100;
        }

        @Override
        public int send(int peer, byte[] frame, int offset, int length) {
            if (fullFor > 0) {
                fullFor--;
                return 0;
            }
            sent.add(peer + " " + HexFormat.of().formatHex(frame, offset, offset + length));
            return isGone ? Hal.GONE : length;
        }

        @Override
        public int receive(byte[] into, int offset, int capacity) {
            if (isGone) {
                return Hal.GONE;
            }
            byte[] frame = waiting.poll();
            if (frame == null) {
                return 0;
            }
            System.arraycopy(frame, 0, into, offset, frame.length);
            return frame.length;
        }

        @Override
        public int lastPeer() {
            return GATEWAY;
        }

        @Override
        public int droppedFrames() {
            return dropped;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    /** A radio: its numbers are not the same after it was opened anew, its addresses are. */
    private final class Radio extends Wire implements AddressedLink {
        private final int number;

        Radio(Idle idle, int number) {
            super(idle);
            this.number = number;
        }

        @Override
        public int lastPeer() {
            return number;
        }

        @Override
        public int address(int peer, byte[] into, int offset) {
            Arrays.fill(into, offset, offset + ADDRESS_MAX, (byte) 0xAB);
            return ADDRESS_MAX;
        }

        @Override
        public int peer(byte[] address, int offset, int length) {
            return length == ADDRESS_MAX && address[offset] == (byte) 0xAB ? number : Hal.INVALID;
        }
    }

    @AfterEach
    void end() {
        gateway.shutdown(10_000);
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("link test"));
    }

    private DatagramLink open(Wire wire) throws IOException {
        if (failures > 0) {
            failures--;
            throw new IOException("there is no line");
        }
        opened.add(wire);
        return wire;
    }

    private Wire opened() throws InterruptedException {
        Wire wire = opened.poll(PATIENCE_S, TimeUnit.SECONDS);
        assertThat(wire).isNotNull();
        return wire;
    }

    private void assertAnswered(Wire wire, int peer) throws InterruptedException {
        wire.arrives(SEARCHGW);
        assertThat(sent.poll(PATIENCE_S, TimeUnit.SECONDS)).isEqualTo(peer + " " + GWINFO);
    }

    private long counter(int counter) {
        return gateway.call(() -> gateway.counters().value(counter))
                .syncUninterruptibly()
                .getNow();
    }

    @Test
    void aLinkThatCannotBeOpenedIsTold() {
        failures = 1;
        assertThatThrownBy(() -> gateway.listenLink("test", idle -> open(new Wire(idle))))
                .hasMessage("there is no line");
    }

    @Test
    void whatComesIsAnsweredWhereItCameFrom() throws IOException, InterruptedException {
        gateway.listenLink("test", idle -> open(new Wire(idle)));
        Wire wire = opened();
        assertAnswered(wire, DatagramLink.GATEWAY);
        wire.fullFor = 3;
        assertAnswered(wire, DatagramLink.GATEWAY);
        assertThat(counter(GatewayCounters.DROP_LINK_FULL)).isZero();
    }

    @Test
    void whatCameDamagedIsCounted() throws IOException, InterruptedException {
        gateway.listenLink("test", idle -> open(new Wire(idle)));
        Wire wire = opened();
        for (int dropped : new int[] {3, 5}) {
            wire.dropped = dropped;
            assertAnswered(wire, DatagramLink.GATEWAY);
            long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_S);
            while (counter(GatewayCounters.DROP_LINK_DAMAGED) != dropped) {
                assertThat(System.nanoTime()).as("in time").isLessThan(endNs);
            }
        }
    }

    @Test
    void severalLinksAreServedAtOnce() throws IOException, InterruptedException {
        gateway.listenLink("test", idle -> open(new Wire(idle)));
        gateway.listenLink("test", idle -> open(new Radio(idle, 7)));
        Wire wire = opened();
        assertAnswered(opened(), 7);
        assertAnswered(wire, DatagramLink.GATEWAY);
    }

    @Test
    void aLinkThatWasUnpluggedIsOpenedUntilItIsBack() throws IOException, InterruptedException {
        gateway.listenLink("test", idle -> open(new Wire(idle)));
        Wire first = opened();
        failures = 2;
        first.unplug();
        Wire second = opened();
        assertThat(closed).hasValue(1);
        assertAnswered(second, DatagramLink.GATEWAY);
        assertThat(counter(GatewayCounters.LINK_LOST)).isEqualTo(1);
    }

    @Test
    void aRadiosPeerKeepsItsAddressWhenItsNumberChanges() throws IOException, InterruptedException {
        AtomicInteger number = new AtomicInteger();
        gateway.listenLink("test", idle -> open(new Radio(idle, number.incrementAndGet())));
        Wire first = opened();
        assertAnswered(first, 1);
        first.unplug();
        assertAnswered(opened(), 2);
    }
}
