package midge.board.jvm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import midge.hal.Hal;
import midge.hal.link.StreamLink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the JDK's own server side. */
@Timeout(120)
class TlsLinkTest {
    private final LinkHost host = new LinkHost();

    @AfterEach
    void close() {
        host.close();
    }

    private static TlsConfig.Builder trusting() {
        return TlsConfig.builder().authorityFile(TestFiles.file("authority.crt"));
    }

    private TlsLink open(Peer peer, TlsConfig.Builder options) {
        TlsLink link = new TlsLink(new TcpLink(peer.address(), host.idle), options.build(), "localhost", peer.port());
        assertThat(link.open()).isEqualTo(Hal.OK);
        return link;
    }

    private static SSLServerSocket server(String certificate) throws IOException {
        return (SSLServerSocket) TestFiles.server(certificate)
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static void echo(Socket socket) throws IOException {
        socket.getInputStream().transferTo(socket.getOutputStream());
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void carriesAMegabyteBothWaysAndClosesInOrder(String version) throws IOException {
        byte[] much = new byte[1_000_000];
        new Random(1).nextBytes(much);
        List<String> protocol = new ArrayList<>();
        try (Peer peer = new Peer(server("server"), socket -> {
            echo(socket); // ends only with close_notify: a cut stream throws
            protocol.add(((SSLSocket) socket).getSession().getProtocol());
        })) {
            TlsLink link = open(peer, trusting().version(version));
            host.send(much);
            host.runUntilReceived(link, much.length);
            assertThat(host.received.toByteArray()).isEqualTo(much);
            link.close();
            assertThat(peer.end()).isEmpty();
            assertThat(protocol).containsExactly(version);
        }
    }

    @Test
    void namesTheHostAndOffersTheProtocol() throws IOException {
        List<String> seen = new ArrayList<>();
        SSLServerSocket server = server("server");
        SSLParameters offered = server.getSSLParameters();
        offered.setApplicationProtocols(new String[] {"http/1.1", "mqtt"});
        server.setSSLParameters(offered);
        try (Peer peer = new Peer(server, socket -> {
            ((SSLSocket) socket).startHandshake();
            ExtendedSSLSession session = (ExtendedSSLSession) ((SSLSocket) socket).getSession();
            seen.add(((SNIHostName) session.getRequestedServerNames().get(0)).getAsciiName());
            seen.add(((SSLSocket) socket).getApplicationProtocol());
        })) {
            TlsLink link = open(peer, trusting().alpn("mqtt"));
            host.runUntilClosed(link);
            assertThat(link.failure()).isEqualTo("connection closed by the peer");
            assertThat(link.isRefusal()).isFalse();
            assertThat(peer.end()).isEmpty();
            assertThat(seen).containsExactly("localhost", "mqtt");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "server,    stranger.crt,  false, not signed by an authority that is trusted here",
        "expired,   authority.crt, false, has expired",
        "expired,   authority.crt, true,  has expired",
        "elsewhere, authority.crt, false, is for another host",
        "server,    stranger.crt,  true,  not signed by an authority that is trusted here",
    })
    void refusesACertificateThatIsNotGood(String shown, String trusted, boolean anyHost, String reason)
            throws IOException {
        try (Peer peer = new Peer(server(shown), TlsLinkTest::echo)) {
            TlsLink link = open(
                    peer,
                    TlsConfig.builder().authorityFile(TestFiles.file(trusted)).anyHost(anyHost));
            host.runUntilClosed(link);
            assertThat(link.failure()).startsWith("the peer's certificate ").contains(reason);
            assertThat(link.isRefusal()).isTrue();
            assertThat(link.send(new byte[1], 0, 1)).isEqualTo(Hal.GONE);
            assertThat(link.receive(new byte[1], 0, 1)).isEqualTo(Hal.GONE);
            assertThat(peer.end()).as("the peer is told by an alert").contains("certificate");
        }
    }

    @Test
    void acceptsAnotherHostsCertificateWhenTold() throws IOException {
        try (Peer peer = new Peer(server("elsewhere"), TlsLinkTest::echo)) {
            TlsLink link = open(peer, trusting().anyHost(true));
            host.runUntilOpen(link);
            link.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void showsItsCertificateOrSaysThatOneIsWanted(String version) throws IOException {
        for (boolean has : new boolean[] {true, false}) {
            SSLServerSocket server = server("server");
            server.setNeedClientAuth(true);
            try (Peer peer = new Peer(server, TlsLinkTest::echo)) {
                TlsConfig.Builder options = trusting().version(version);
                if (has) {
                    options.certificate(TestFiles.file("chain.crt"), TestFiles.file("client.key"));
                    TlsLink link = open(peer, options);
                    host.send(new byte[] {7});
                    host.runUntilReceived(link, 1);
                    link.close();
                } else {
                    TlsLink link = open(peer, options);
                    host.runUntilClosed(link);
                    assertThat(link.failure()).startsWith("the peer wants a client certificate and got none");
                    assertThat(link.isRefusal()).isTrue();
                }
            }
        }
    }

    @Test
    void saysThatThePeerSpeaksNoTls() throws IOException {
        try (Peer peer = new Peer(socket -> {
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().readAllBytes();
        })) {
            TlsLink link = open(peer, trusting());
            host.runUntilClosed(link);
            assertThat(link.failure()).isEqualTo("the peer does not speak TLS on this port");
            assertThat(link.isRefusal()).isTrue();
        }
    }

    @Test
    void saysThatTheHandshakeWasCutAndMayBeOpenedAgain() throws IOException {
        try (Peer peer = new Peer(socket -> socket.getInputStream().readNBytes(10))) {
            TlsLink link = open(peer, trusting());
            host.runUntilClosed(link);
            assertThat(link.failure()).startsWith("the TLS handshake was cut: ");
            assertThat(link.isRefusal()).isFalse();
        }
        try (Peer peer = new Peer(server("server"), TlsLinkTest::echo)) {
            TlsLink link = open(peer, trusting());
            host.runUntilOpen(link);
            link.close();
            link.close();
            assertThat(link.state()).isEqualTo(StreamLink.CLOSED);
        }
    }

    /** A proxy passes on single octets: every record is cut everywhere. */
    @Test
    void takesRecordsInAnyChunking() throws IOException {
        byte[] some = new byte[3_000];
        new Random(2).nextBytes(some);
        try (Peer peer = new Peer(server("server"), TlsLinkTest::echo);
                Peer proxy = new Peer(client -> slowly(client, peer))) {
            TlsLink link = open(proxy, trusting());
            host.send(some);
            host.runUntilReceived(link, some.length);
            assertThat(host.received.toByteArray()).isEqualTo(some);
            link.close();
        }
    }

    private static void slowly(Socket client, Peer server) throws IOException {
        try (Socket forward = new Socket(server.address().getAddress(), server.port())) {
            Thread up = new Thread(() -> pass(client, forward, 7));
            up.setDaemon(true);
            up.start();
            pass(forward, client, 1);
        }
    }

    private static void pass(Socket from, Socket to, int chunk) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] some = new byte[chunk];
            for (int got = in.read(some); got > 0; got = in.read(some)) {
                out.write(some, 0, got);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            // the test has what it wanted, and went
        }
    }

    /**
     * A host looks at the state, then rests. Had the look taken octets off the socket, no event would end the rest, and the record would
     * wait for the next one.
     */
    @Test
    void lookingAtTheStateLeavesWhatCameToTheSelector() throws IOException {
        CountDownLatch go = new CountDownLatch(1);
        try (Peer peer = new Peer(server("server"), socket -> {
            socket.getOutputStream().write(1);
            await(go);
            socket.getOutputStream().write(2);
            socket.getInputStream().readAllBytes();
        })) {
            TlsLink link = open(peer, trusting());
            host.runUntilReceived(link, 1);
            go.countDown();
            assertThat(host.idle.selector().select(60_000)).isOne();
            host.idle.selector().selectedKeys().clear();
            for (int i = 0; i < 3; i++) {
                assertThat(link.state()).isEqualTo(StreamLink.OPEN);
                assertThat(link.isFlushed()).isTrue();
                assertThat(host.idle.selector().selectNow())
                        .as("still to be read")
                        .isOne();
                host.idle.selector().selectedKeys().clear();
            }
            host.runUntilReceived(link, 2);
            link.close();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Several records in one segment: the selector tells once, so {@code receive} must give them all before it gives 0. */
    @Test
    void givesEveryRecordOfOneSegmentBeforeTheHostRests() throws IOException {
        try (Peer peer = new Peer(socket -> recordsAtOnce(socket, 20))) {
            TlsLink link = open(peer, trusting().version("TLSv1.2"));
            host.runUntilReceived(link, 20);
            assertThat(host.received.toByteArray()).startsWith(0, 1, 2).endsWith(18, 19);
            link.close();
        }
    }

    /** A server by the engine, so that the test says what goes into one write. */
    private static void recordsAtOnce(Socket socket, int records) throws IOException {
        SSLEngine engine = TestFiles.server("server").createSSLEngine();
        engine.setUseClientMode(false);
        ByteBuffer in = ByteBuffer.allocate(64 * 1024).flip();
        ByteBuffer plain = ByteBuffer.allocate(64 * 1024);
        ByteBuffer out = ByteBuffer.allocate(64 * 1024);
        engine.beginHandshake();
        while (engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> {
                    engine.wrap(ByteBuffer.allocate(0), out.clear());
                    socket.getOutputStream().write(out.array(), 0, out.position());
                }
                default -> {
                    int had = in.remaining();
                    engine.unwrap(in, plain.clear());
                    if (in.remaining() == had) {
                        in.compact();
                        int got = socket.getInputStream().read(in.array(), in.position(), in.remaining());
                        in.position(in.position() + got).flip();
                    }
                }
            }
        }
        out.clear();
        for (int i = 0; i < records; i++) {
            engine.wrap(ByteBuffer.wrap(new byte[] {(byte) i}), out);
        }
        socket.getOutputStream().write(out.array(), 0, out.position());
        socket.getInputStream().readAllBytes();
    }

    @Test
    void hostileOctetsCloseItAndNeverThrow() throws IOException {
        Random random = new Random(3);
        byte[][] beginnings = {
            {}, {22, 3, 3, 0, 2}, {22, 3, 3, -1, -1}, {21, 3, 3, 0, 2, 2}, {23, 3, 3, 0, 1}, {20, 3, 1}
        };
        for (int i = 0; i < 40; i++) {
            byte[] beginning = beginnings[i % beginnings.length];
            byte[] rest = new byte[random.nextInt(400)];
            random.nextBytes(rest);
            try (Peer peer = new Peer(socket -> {
                socket.getOutputStream().write(beginning);
                socket.getOutputStream().write(rest);
            })) {
                TlsLink link = open(peer, trusting());
                host.runUntilClosed(link);
                assertThat(link.failure()).isNotEmpty();
            }
        }
    }

    @Test
    void damagedRecordsAfterTheHandshakeCloseIt() throws IOException {
        try (Peer peer = new Peer(server("server"), TlsLinkTest::echo);
                Peer proxy = new Peer(client -> damaging(client, peer))) {
            TlsLink link = open(proxy, trusting());
            host.send(new byte[2_000]);
            host.runUntilClosed(link);
            assertThat(link.failure()).isNotEmpty();
        }
    }

    /** Changes one octet of what the server says after the first 5000. */
    private static void damaging(Socket client, Peer server) throws IOException {
        try (Socket forward = new Socket(server.address().getAddress(), server.port())) {
            Thread up = new Thread(() -> pass(client, forward, 500));
            up.setDaemon(true);
            up.start();
            InputStream in = forward.getInputStream();
            for (int i = 0, octet = in.read(); octet >= 0; i++, octet = in.read()) {
                client.getOutputStream().write(i == 2_500 ? octet ^ 1 : octet);
            }
        }
    }

    @Test
    void saysWhyNobodyAnswers() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        TcpLink tcp = new TcpLink(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port), host.idle);
        TlsLink link = new TlsLink(tcp, trusting().build(), "localhost", port);
        link.open();
        host.runUntilClosed(link);
        assertThat(link.failure()).containsIgnoringCase("refused");
        assertThat(link.isRefusal()).isFalse();
    }
}
