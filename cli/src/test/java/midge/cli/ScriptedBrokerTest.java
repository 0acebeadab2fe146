package midge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** What Mosquitto does not do: a broker that says prescribed octets, and looks at what it is told. */
class ScriptedBrokerTest {
    private static final int PATIENCE_MS = 30_000;
    private static final HexFormat HEX = HexFormat.of();

    /** §3.3.2.3.4: the second PUBLISH has the alias alone. */
    @Test
    void subUnderstandsTheTopicAliasesOfTheBroker() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            MidgeHere sub = start(server, "sub -V 5 -t a -C 3 -F %t|%A|%p -D connect topic-alias-maximum 2");
            try (Socket socket = server.accept()) {
                assertThat(packet(socket)).as("Topic Alias Maximum 2").contains("220002");
                say(socket, "2003000000");
                packet(socket);
                say(
                        socket,
                        "900400010000" + "3008" + "00016103230001" + "78" + "3007" + "000003230001" + "79" + "3005"
                                + "000161" + "00" + "7a");
                assertThat(sub.exitCode(PATIENCE_MS)).as(sub::toString).isZero();
            }
            assertThat(sub.out()).containsExactly("a|1|x", "a|1|y", "a||z");
        }
    }

    /** §3.14.2.2.2 */
    @Test
    void disconnectCarriesItsProperties() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            MidgeHere pub = start(
                    server,
                    "pub -t a -m x -x 60 -D disconnect session-expiry-interval 0 -D disconnect user-property k v");
            try (Socket socket = server.accept()) {
                assertThat(packet(socket)).as("level 5, since -D was given").startsWith("00044d51545405");
                say(socket, "2003000000");
                packet(socket);
                assertThat(packet(socket)).isEqualTo("000c" + "1100000000" + "2600016b000176");
            }
            assertThat(pub.exitCode(PATIENCE_MS)).as(pub::toString).isZero();
        }
    }

    @Test
    void debugTellsEachPacketButNoPassword() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            MidgeHere pub = start(
                    server, "pub -d -i me -t a/b -m payload -q 1 -u ann -P secret --will-topic w --will-payload gone");
            try (Socket socket = server.accept()) {
                packet(socket);
                say(socket, "20020000");
                packet(socket);
                say(socket, "4002");
                say(socket, "0001");
                packet(socket);
            }
            assertThat(pub.exitCode(PATIENCE_MS)).as(pub::toString).isZero();
            assertThat(pub.err())
                    .containsExactly(
                            "midge: sent CONNECT id 'me', level 4, clean, keep alive 60 s, user 'ann', a password, will 'w' QoS 0",
                            "midge: received CONNACK accepted",
                            "midge: sent PUBLISH 'a/b', QoS 1, id 1, 7 octets",
                            "midge: received PUBACK id 1",
                            "midge: sent DISCONNECT");
        }
    }

    @Test
    void aPasswordMayGoWithoutAUserInMqtt5() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            MidgeHere pub = start(server, "pub -d -i me -V 5 -t a -m x -P secret");
            try (Socket socket = server.accept()) {
                assertThat(packet(socket)).endsWith(HEX.formatHex("secret".getBytes(StandardCharsets.US_ASCII)));
                say(socket, "2003008700");
                assertThat(pub.exitCode(PATIENCE_MS)).isEqualTo(3);
            }
            assertThat(pub.err()).last().asString().contains("refused the connection: not authorized");
        }
    }

    @Test
    void clientIdsAreChosenAsAsked() throws IOException {
        String pid = String.valueOf(ProcessHandle.current().pid());
        assertThat(clientId("-i given")).isEqualTo("given");
        assertThat(clientId("-I pre-")).isEqualTo("pre-" + pid);
        assertThat(clientId("")).matches("midge-pub-[0-9a-f]{8}").isNotEqualTo(clientId(""));
    }

    private static String clientId(String options) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            MidgeHere pub = start(server, "pub -t a -m x " + options);
            try (Socket socket = server.accept()) {
                byte[] connect = HEX.parseHex(packet(socket));
                say(socket, "20020000");
                packet(socket);
                packet(socket);
                assertThat(pub.exitCode(PATIENCE_MS)).as(pub::toString).isZero();
                return new String(connect, 12, connect.length - 12, StandardCharsets.US_ASCII);
            }
        }
    }

    @Test
    void theLocalAddressIsTheOneThatWasAskedFor() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            MidgeHere pub = start(server, "pub -t a -m x -A 127.0.0.2");
            try (Socket socket = server.accept()) {
                assertThat(socket.getInetAddress().getHostAddress()).isEqualTo("127.0.0.2");
                packet(socket);
                say(socket, "20020000");
                packet(socket);
                packet(socket);
            }
            assertThat(pub.exitCode(PATIENCE_MS)).as(pub::toString).isZero();
        }
    }

    private static MidgeHere start(ServerSocket server, String line) {
        String[] words = line.split(" ", 2);
        return MidgeHere.words(words[0] + " -h 127.0.0.1 -p " + server.getLocalPort() + " " + words[1]);
    }

    private static void say(Socket socket, String hex) throws IOException {
        socket.getOutputStream().write(HEX.parseHex(hex));
    }

    /** {@return the next packet, below 128 octets, without its fixed header} */
    private static String packet(Socket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MS);
        byte[] header = socket.getInputStream().readNBytes(2);
        return HEX.formatHex(socket.getInputStream().readNBytes(header[1]));
    }
}
