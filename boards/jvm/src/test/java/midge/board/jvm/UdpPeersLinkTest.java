package midge.board.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import midge.hal.Hal;
import midge.hal.link.DatagramLink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UdpPeersLinkTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final byte[] PING = {2, 0x16};

    private final JvmClock clock = new JvmClock();
    private final SelectorIdle idle = new SelectorIdle(clock);
    private final byte[] buffer = new byte[2_000];

    @AfterEach
    void close() {
        idle.close();
    }

    private static UdpGroup groupOnLoopback() throws IOException {
        int port;
        try (DatagramSocket any = new DatagramSocket(0)) {
            port = any.getLocalPort();
        }
        NetworkInterface loopback = Objects.requireNonNull(NetworkInterface.getByInetAddress(LOOPBACK));
        return new UdpGroup(new InetSocketAddress("239.7.7.7", port), List.of(loopback));
    }

    private int receive(UdpPeersLink link) {
        int length = link.receive(buffer, 0, buffer.length);
        for (long end = clock.nowMs() + 5_000; length == 0 && clock.nowMs() < end; ) {
            idle.until(end);
            length = link.receive(buffer, 0, buffer.length);
        }
        return length;
    }

    @Test
    void carriesFramesToAndFromSeveralPeers() throws IOException {
        try (DatagramSocket one = new DatagramSocket(0, LOOPBACK);
                DatagramSocket two = new DatagramSocket(0, LOOPBACK);
                UdpPeersLink link = new UdpPeersLink(null, idle)) {
            for (DatagramSocket gateway : List.of(one, two)) {
                InetSocketAddress address = (InetSocketAddress) gateway.getLocalSocketAddress();
                assertThat(link.send(link.peer(address), PING, 0, 2)).isEqualTo(2);
                DatagramPacket packet = new DatagramPacket(new byte[100], 100);
                gateway.receive(packet);
                gateway.send(new DatagramPacket(new byte[] {2, 0x17}, 2, packet.getSocketAddress()));
                assertThat(receive(link)).isEqualTo(2);
                assertThat(link.address(link.lastPeer())).isEqualTo(address);
                assertThat(link.lastPeer()).isEqualTo(link.peer(address));
            }
        }
    }

    @Test
    void givesTheNumberOfAPeerThatWasLongSilentToANewcomer() throws IOException {
        try (UdpPeersLink link = new UdpPeersLink(null, idle)) {
            int first = link.peer(new InetSocketAddress(LOOPBACK, 1));
            for (int port = 2; port <= UdpPeersLink.PEERS_MAX; port++) {
                link.peer(new InetSocketAddress(LOOPBACK, port));
            }
            assertThat(link.peer(new InetSocketAddress(LOOPBACK, 1))).isEqualTo(first);
            int newcomer = link.peer(new InetSocketAddress(LOOPBACK, 9_999));
            assertThat(newcomer).isNotEqualTo(first);
            assertThat(link.address(newcomer)).isEqualTo(new InetSocketAddress(LOOPBACK, 9_999));
        }
    }

    @Test
    void refusesWhatItCannotSend() throws IOException {
        try (UdpPeersLink link = new UdpPeersLink(null, idle)) {
            assertThat(link.send(DatagramLink.BROADCAST, PING, 0, 2)).isEqualTo(Hal.UNSUPPORTED);
            assertThat(link.send(5, PING, 0, 2)).isEqualTo(Hal.UNSUPPORTED);
            assertThat(link.send(link.peer(new InetSocketAddress(LOOPBACK, 9)), buffer, 0, link.mtu() + 1))
                    .isEqualTo(Hal.INVALID);
        }
    }

    @Test
    void everyoneInTheGroupHearsABroadcastButItsSender() throws IOException {
        UdpGroup group = groupOnLoopback();
        try (UdpPeersLink speaker = new UdpPeersLink(group, idle);
                UdpPeersLink listener = new UdpPeersLink(group, idle)) {
            assertThat(speaker.send(DatagramLink.BROADCAST, PING, 0, 2)).isEqualTo(2);
            assertThat(receive(listener)).isEqualTo(2);
            assertThat(speaker.receive(buffer, 0, buffer.length)).isZero();
            assertThat(listener.send(listener.lastPeer(), new byte[] {2, 0x17}, 0, 2))
                    .isEqualTo(2);
            assertThat(receive(speaker)).isEqualTo(2);
            assertThat(buffer[1]).isEqualTo((byte) 0x17);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "udp+multicast://127.0.0.1:1883               | is no multicast group",
                "udp+multicast://225.1.1.1:1883/a             | stands nothing but ?interface=NAME, not '/a'",
                "udp+multicast://225.1.1.1:1883?interface=no9 | there is no network interface 'no9'",
            })
    void saysWhatIsWrongWithAGroup(String text, String expected) {
        LinkUri uri = LinkUri.parseWithPath(text, Set.of(UdpGroup.SCHEME));
        assertThatThrownBy(() -> UdpGroup.of(uri))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(expected);
    }
}
