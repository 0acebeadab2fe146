package midge.board.jvm;

import static midge.board.jvm.WebSocketPeer.BINARY;
import static midge.board.jvm.WebSocketPeer.CLOSE;
import static midge.board.jvm.WebSocketPeer.CONTINUATION;
import static midge.board.jvm.WebSocketPeer.FIN;
import static midge.board.jvm.WebSocketPeer.PING;
import static midge.board.jvm.WebSocketPeer.PONG;
import static midge.board.jvm.WebSocketPeer.TEXT;
import static midge.board.jvm.WebSocketPeer.frame;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import midge.hal.Hal;
import midge.hal.link.StreamLink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class WebSocketLinkTest {
    private final LinkHost host = new LinkHost();

    @AfterEach
    void close() {
        host.close();
    }

    private WebSocketLink open(Peer peer) {
        return open(peer, "");
    }

    private WebSocketLink open(Peer peer, String path) {
        LinkUri uri = new LinkUri("ws", "127.0.0.1", peer.port(), null, path);
        WebSocketLink link = new WebSocketLink(uri, null, host.idle);
        assertThat(link.open()).isEqualTo(Hal.OK);
        return link;
    }

    private static byte[] noise(int octets) {
        byte[] noise = new byte[octets];
        new Random(octets).nextBytes(noise);
        return noise;
    }

    @ParameterizedTest
    @CsvSource({"'', /mqtt", "/, /", "/a/b?c=d, /a/b?c=d"})
    void asksForASocketThatSpeaksMqtt(String path, String expected) throws IOException {
        AtomicReference<WebSocketPeer> asked = new AtomicReference<>();
        try (Peer peer = new Peer(socket -> {
            asked.set(WebSocketPeer.accepting(socket));
            asked.get().read();
        })) {
            WebSocketLink link = open(peer, path);
            host.runUntilOpen(link);
            link.close();
            assertThat(peer.end()).isEmpty();
            assertThat(asked.get().requestLine).isEqualTo("GET " + expected + " HTTP/1.1");
            assertThat(asked.get().headers)
                    .containsAllEntriesOf(Map.of(
                            "upgrade", "websocket",
                            "sec-websocket-version", "13",
                            "sec-websocket-protocol", "mqtt"));
        }
    }

    @Test
    void sendsMaskedBinaryMessagesOfAtMost16KiB() throws IOException {
        byte[] much = noise(300_000);
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        try (Peer peer = new Peer(socket -> {
            WebSocketPeer web = WebSocketPeer.accepting(socket);
            while (got.size() < much.length) {
                WebSocketPeer.Frame frame = web.read();
                assertThat(frame.first()).isEqualTo(FIN | BINARY);
                assertThat(frame.masked()).isTrue();
                assertThat(frame.payload().length).isBetween(1, 16 * 1024);
                got.writeBytes(frame.payload());
            }
            web.say(frame(FIN | BINARY, new byte[] {1}));
            web.read();
        })) {
            WebSocketLink link = open(peer);
            host.send(much);
            host.runUntilReceived(link, 1);
            assertThat(link.isFlushed()).isTrue();
            link.close();
            assertThat(peer.end()).isEmpty();
            assertThat(got.toByteArray()).isEqualTo(much);
        }
    }

    /** §5.4: a message may come in frames, with control frames between; §6 of MQTT 5.0: packets need not fit messages. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1_000, 100_000})
    void takesFragmentsInAnyChunking(int chunk) throws IOException {
        byte[] all = noise(3_000);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        said.writeBytes(frame(BINARY, Arrays.copyOfRange(all, 0, 1)));
        said.writeBytes(frame(CONTINUATION, new byte[0]));
        said.writeBytes(frame(FIN | PING, new byte[0]));
        said.writeBytes(frame(CONTINUATION, Arrays.copyOfRange(all, 1, 200)));
        said.writeBytes(frame(FIN | CONTINUATION, Arrays.copyOfRange(all, 200, 500)));
        said.writeBytes(frame(FIN | BINARY, new byte[0]));
        said.writeBytes(frame(FIN | BINARY, Arrays.copyOfRange(all, 500, 625)));
        said.writeBytes(frame(FIN | BINARY, Arrays.copyOfRange(all, 625, 3_000)));
        try (Peer peer = new Peer(socket -> {
            WebSocketPeer web = WebSocketPeer.accepting(socket);
            byte[] octets = said.toByteArray();
            for (int at = 0; at < octets.length; at += chunk) {
                web.say(Arrays.copyOfRange(octets, at, Math.min(octets.length, at + chunk)));
            }
            assertThat(web.read().opcode()).isEqualTo(PONG);
            web.read();
        })) {
            WebSocketLink link = open(peer);
            host.runUntilReceived(link, all.length);
            assertThat(host.received.toByteArray()).isEqualTo(all);
            link.close();
        }
    }

    /** The host may look late: what came waits in the socket, not in memory, and none of it is lost. */
    @Test
    void takesAMegabyteInOneFrame() throws IOException {
        byte[] much = noise(1_000_000);
        try (Peer peer = new Peer(socket -> {
            WebSocketPeer web = WebSocketPeer.accepting(socket);
            web.say(frame(FIN | BINARY, much));
            web.read();
        })) {
            WebSocketLink link = open(peer);
            host.runUntilReceived(link, much.length);
            assertThat(host.received.toByteArray()).isEqualTo(much);
            link.close();
        }
    }

    @Test
    void answersAPing() throws IOException {
        AtomicReference<WebSocketPeer.Frame> answer = new AtomicReference<>();
        try (Peer peer = new Peer(socket -> {
            WebSocketPeer web = WebSocketPeer.accepting(socket);
            web.say(frame(FIN | PING, new byte[] {4, 5}));
            answer.set(web.read());
            web.say(frame(FIN | PONG, new byte[] {9}));
            web.say(frame(FIN | BINARY, new byte[] {1}));
            web.read();
        })) {
            WebSocketLink link = open(peer);
            host.runUntilReceived(link, 1);
            assertThat(answer.get().opcode()).isEqualTo(PONG);
            assertThat(answer.get().payload()).containsExactly(4, 5);
            link.close();
        }
    }

    @Test
    void saysGoodbye() throws IOException {
        AtomicReference<WebSocketPeer.Frame> last = new AtomicReference<>();
        try (Peer peer =
                new Peer(socket -> last.set(WebSocketPeer.accepting(socket).read()))) {
            WebSocketLink link = open(peer);
            host.runUntilOpen(link);
            link.close();
            assertThat(link.state()).isEqualTo(StreamLink.CLOSED);
            assertThat(link.failure()).isEmpty();
            assertThat(peer.end()).isEmpty();
            assertThat(last.get().opcode()).isEqualTo(CLOSE);
            assertThat(last.get().payload()).startsWith(0x03, 0xE8);
        }
    }

    /** With a goodbye nothing is lost; when the line breaks without, the JDK drops what was not yet asked for. */
    @Test
    void givesWhatCameBeforeThePeersGoodbyeAndThenTheReason() throws IOException {
        try (Peer peer = new Peer(socket -> {
            WebSocketPeer web = WebSocketPeer.accepting(socket);
            for (int i = 0; i < 20; i++) {
                web.say(frame(FIN | BINARY, new byte[] {(byte) i}));
            }
            web.say(frame(FIN | CLOSE, "\u0003\u00e9going".getBytes(StandardCharsets.ISO_8859_1)));
            web.read();
        })) {
            WebSocketLink link = open(peer);
            host.runUntilClosed(link);
            assertThat(host.received.toByteArray()).hasSize(20).startsWith(0, 1).endsWith(18, 19);
            assertThat(link.failure()).isEqualTo("connection closed by the peer: going");
            assertThat(link.isRefusal()).isFalse();
            assertThat(link.receive(new byte[1], 0, 1)).isEqualTo(Hal.GONE);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HTTP/1.1 404 Not Found                                  | answers HTTP status 404 | true",
                "HTTP/1.1 401 Unauthorized                               | answers HTTP status 401 | true",
                "HTTP/1.1 200 OK                                         | answers HTTP status 200 | true",
                "SSH-2.0-OpenSSH_9.2                                     |                         | false",
            })
    void saysWhatWasAnsweredInPlaceOfAWebSocket(String status, String expected, boolean refusal) throws IOException {
        try (Peer peer = new Peer(socket -> new WebSocketPeer(socket).say(status + "\r\nContent-Length: 0\r\n\r\n"))) {
            WebSocketLink link = open(peer);
            host.runUntilClosed(link);
            assertThat(link.failure()).isNotEmpty().doesNotContain("\n").contains(expected == null ? "" : expected);
            assertThat(link.isRefusal()).isEqualTo(refusal);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sec-WebSocket-Protocol: mqtt, Sec-WebSocket-Accept: AAAA       | is wrong",
                "Sec-WebSocket-Protocol: mqtt                                   | is wrong",
                "Sec-WebSocket-Protocol: soap, Sec-WebSocket-Accept: PROOF      | ",
                "Sec-WebSocket-Accept: PROOF                                    | does not speak the subprotocol mqtt",
            })
    void refusesAHandshakeThatProvesNothing(String headers, String expected) throws IOException {
        try (Peer peer = new Peer(socket -> {
            WebSocketPeer web = new WebSocketPeer(socket);
            web.answer(headers.replace(", ", "\r\n").replace("PROOF", web.proof()));
            socket.getInputStream().readAllBytes();
        })) {
            WebSocketLink link = open(peer);
            host.runUntilClosed(link);
            assertThat(link.failure()).isNotEmpty().contains(expected == null ? "" : expected);
            assertThat(link.send(new byte[1], 0, 1)).isEqualTo(Hal.GONE);
        }
    }

    @Test
    void refusesText() throws IOException {
        try (Peer peer = new Peer(socket -> {
            WebSocketPeer.accepting(socket).say(frame(FIN | TEXT, "hello".getBytes(StandardCharsets.US_ASCII)));
            socket.getInputStream().readAllBytes();
        })) {
            WebSocketLink link = open(peer);
            host.runUntilClosed(link);
            assertThat(link.failure()).isEqualTo("the peer sent text, MQTT is binary");
            assertThat(link.isRefusal()).isTrue();
        }
    }

    /** §5.2, §5.4, §5.5; a length that no memory could hold must not be believed before its octets come. */
    @ParameterizedTest
    @CsvSource({
        "82 FF FF FF FF FF FF FF FF FF, the length's highest bit is set and the frame masked",
        "82 7F FF FF FF FF FF FF FF FF, the length's highest bit is set",
        "82 81 01 02 03 04 05,          a server's frame is masked",
        "C2 01 00,                      a reserved bit",
        "83 01 00,                      opcode 3 does not exist",
        "8B 00,                         opcode 11 does not exist",
        "80 01 00,                      nothing was begun that could go on",
        "02 01 00 82 01 00,             a message within a message",
        "09 00,                         a ping in fragments",
        "89 7E 00 80,                   a ping of 128 octets",
        "88 01 03,                      a close code of one octet",
        "82 7E 00 01 00,                a length not in its shortest form",
        "82 7F 00 00 00 00 00 00 00 05 01, the same with eight octets",
    })
    void closesOnFramesThatMustNotBe(String frames, String why) throws IOException {
        try (Peer peer = new Peer(socket -> {
            WebSocketPeer.accepting(socket).say(HexFormat.ofDelimiter(" ").parseHex(frames));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        })) {
            WebSocketLink link = open(peer);
            host.runUntilClosed(link);
            assertThat(link.failure()).as(why).isNotEmpty().doesNotContain("\n");
        }
    }

    @Test
    void aLengthIsNotBelievedBeforeItsOctetsCome() throws IOException {
        try (Peer peer = new Peer(socket -> {
            WebSocketPeer.accepting(socket).say(HexFormat.of().parseHex("827F7FFFFFFFFFFFFFFF010203"));
            socket.getInputStream().read();
        })) {
            WebSocketLink link = open(peer);
            host.runUntilReceived(link, 3);
            link.close();
        }
    }

    @Test
    void hostileOctetsCloseItAndNeverThrow() throws IOException {
        Random random = new Random(4);
        for (int i = 0; i < 40; i++) {
            boolean shaken = i % 2 == 0;
            byte[] noise = new byte[1 + random.nextInt(300)];
            random.nextBytes(noise);
            try (Peer peer = new Peer(socket -> {
                WebSocketPeer web = shaken ? WebSocketPeer.accepting(socket) : new WebSocketPeer(socket);
                web.say(noise);
            })) {
                WebSocketLink link = open(peer);
                host.runUntilClosed(link);
                assertThat(link.failure()).isNotEmpty();
            }
        }
    }

    @Test
    void saysWhyNobodyAnswersAndMayBeOpenedAgain() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        WebSocketLink link = new WebSocketLink(new LinkUri("ws", "127.0.0.1", port, null, ""), null, host.idle);
        link.open();
        host.runUntilClosed(link);
        assertThat(link.failure()).containsIgnoringCase("refused");
        assertThat(link.isRefusal()).isFalse();
        try (ServerSocket now = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
                Peer peer =
                        new Peer(now, socket -> WebSocketPeer.accepting(socket).read())) {
            link.open();
            host.runUntilOpen(link);
            link.close();
            assertThat(peer.end()).isEmpty();
        }
    }

    @Test
    void travelsOverTls() throws IOException {
        ServerSocket server = TestFiles.server("server")
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress());
        try (Peer peer = new Peer(server, socket -> {
            WebSocketPeer web = WebSocketPeer.accepting(socket);
            web.say(frame(FIN | BINARY, web.read().payload()));
            web.read();
        })) {
            TlsConfig tls = TlsConfig.builder()
                    .authorityFile(TestFiles.file("authority.crt"))
                    .build();
            WebSocketLink link =
                    new WebSocketLink(new LinkUri("wss", "localhost", peer.port(), null, ""), tls, host.idle);
            link.open();
            host.send(new byte[] {1, 2, 3});
            host.runUntilReceived(link, 3);
            link.close();
            assertThat(peer.end()).isEmpty();
        }
    }
}
