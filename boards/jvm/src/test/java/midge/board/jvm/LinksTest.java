package midge.board.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import midge.hal.Hal;
import midge.hal.link.DatagramLink;
import midge.hal.link.StreamLink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinksTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private final JvmClock clock = new JvmClock();
    private final SelectorIdle idle = new SelectorIdle(clock);
    private final byte[] buffer = new byte[2_000];

    @AfterEach
    void close() {
        idle.close();
    }

    @Test
    void udpCarriesWholeFramesBothWays() throws IOException {
        try (DatagramSocket gateway = new DatagramSocket(0, LOOPBACK);
                UdpLink link = new UdpLink((InetSocketAddress) gateway.getLocalSocketAddress(), idle)) {
            assertThat(link.receive(buffer, 0, buffer.length)).isZero();
            assertThat(link.send(DatagramLink.GATEWAY, new byte[] {2, 0x16}, 0, 2))
                    .isEqualTo(2);
            DatagramPacket packet = new DatagramPacket(new byte[100], 100);
            gateway.receive(packet);
            assertThat(packet.getLength()).isEqualTo(2);
            gateway.send(new DatagramPacket(new byte[] {2, 0x17}, 2, packet.getSocketAddress()));
            idle.until(clock.nowMs() + 5_000);
            assertThat(link.receive(buffer, 10, 100)).isEqualTo(2);
            assertThat(buffer[11]).isEqualTo((byte) 0x17);
        }
    }

    @Test
    void udpDropsAndCountsStrangersAndFramesThatDoNotFit() throws IOException {
        try (DatagramSocket gateway = new DatagramSocket(0, LOOPBACK);
                DatagramSocket stranger = new DatagramSocket(0, LOOPBACK);
                UdpLink link = new UdpLink((InetSocketAddress) gateway.getLocalSocketAddress(), idle)) {
            link.send(DatagramLink.GATEWAY, new byte[] {2, 0x16}, 0, 2);
            DatagramPacket packet = new DatagramPacket(new byte[100], 100);
            gateway.receive(packet);
            stranger.send(new DatagramPacket(new byte[] {2, 0x17}, 2, packet.getSocketAddress()));
            gateway.send(new DatagramPacket(new byte[101], 101, packet.getSocketAddress()));
            gateway.send(new DatagramPacket(new byte[100], 100, packet.getSocketAddress()));
            int got = 0;
            for (long end = clock.nowMs() + 5_000; got == 0 && clock.nowMs() < end; ) {
                idle.until(end);
                got = link.receive(buffer, 0, 100);
            }
            assertThat(got).isEqualTo(100);
            assertThat(link.foreignFrames()).isEqualTo(1);
            assertThat(link.oversizedFrames()).isEqualTo(1);
        }
    }

    @Test
    void udpRefusesWhatItCannotSend() throws IOException {
        try (UdpLink link = new UdpLink(new InetSocketAddress(LOOPBACK, 9), idle)) {
            assertThat(link.send(DatagramLink.BROADCAST, buffer, 0, 2)).isEqualTo(Hal.UNSUPPORTED);
            assertThat(link.send(DatagramLink.GATEWAY, buffer, 0, link.mtu() + 1))
                    .isEqualTo(Hal.INVALID);
        }
    }

    @Test
    void tcpConnectsMovesOctetsAndSeesTheEnd() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
            TcpLink link = new TcpLink((InetSocketAddress) server.getLocalSocketAddress(), idle);
            assertThat(link.open()).isEqualTo(Hal.OK);
            try (Socket peer = server.accept()) {
                awaitState(link, StreamLink.OPEN);
                assertThat(link.send("hello".getBytes(StandardCharsets.US_ASCII), 0, 5))
                        .isEqualTo(5);
                assertThat(peer.getInputStream().readNBytes(5)).asString().isEqualTo("hello");
                peer.getOutputStream().write("you".getBytes(StandardCharsets.US_ASCII));
                assertThat(awaitOctets(link)).isEqualTo(3);
            }
            assertThat(awaitOctets(link)).isEqualTo(Hal.GONE);
            assertThat(link.failure()).isEqualTo("connection closed by the peer");
            assertThat(link.state()).isEqualTo(StreamLink.CLOSED);
        }
    }

    @Test
    void tcpMovesOctetsAndRestsWithoutAllocating() throws IOException {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long self = Thread.currentThread().getId();
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
            TcpLink link = new TcpLink((InetSocketAddress) server.getLocalSocketAddress(), idle);
            link.open();
            try (Socket peer = server.accept()) {
                awaitState(link, StreamLink.OPEN);
                echo(peer);
                bounce(link, 2_000);
                long before = threads.getThreadAllocatedBytes(self);
                before += threads.getThreadAllocatedBytes(self) - before;
                bounce(link, 2_000);
                assertThat(threads.getThreadAllocatedBytes(self) - before).isZero();
            }
        }
    }

    private static void echo(Socket peer) {
        Thread echo = new Thread(() -> {
            try {
                peer.getInputStream().transferTo(peer.getOutputStream());
            } catch (IOException ended) {
                // with the test
            }
        });
        echo.setDaemon(true);
        echo.start();
    }

    private void bounce(TcpLink link, int times) {
        for (int i = 0; i < times; i++) {
            link.send(buffer, 0, 100);
            int back = 0;
            while (back < 100) {
                int got = link.receive(buffer, 0, buffer.length);
                if (got == 0) {
                    idle.until(Long.MAX_VALUE);
                }
                back += got;
            }
        }
    }

    @Test
    void tcpSaysWhyNobodyAnswered() throws IOException {
        int port;
        try (ServerSocket server = new ServerSocket(0, 1, LOOPBACK)) {
            port = server.getLocalPort();
        }
        TcpLink link = new TcpLink(new InetSocketAddress(LOOPBACK, port), idle);
        link.open();
        awaitState(link, StreamLink.CLOSED);
        assertThat(link.failure()).containsIgnoringCase("refused");
    }

    private void awaitState(TcpLink link, int state) {
        for (long end = clock.nowMs() + 5_000; link.state() != state && clock.nowMs() < end; ) {
            idle.until(end);
        }
        assertThat(link.state()).isEqualTo(state);
    }

    private int awaitOctets(TcpLink link) {
        int got = 0;
        for (long end = clock.nowMs() + 5_000; got == 0 && clock.nowMs() < end; ) {
            idle.until(end);
            got = link.receive(buffer, 0, buffer.length);
        }
        return got;
    }
}
