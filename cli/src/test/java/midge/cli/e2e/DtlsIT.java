package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import midge.board.jvm.DtlsCredentials;
import midge.cli.MidgeHere;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code midge gateway} on DTLS before Mosquitto: whom it lets in, and that nothing from outside stops it. */
class DtlsIT {
    private static final String KEY = "000102030405060708090a0b0c0d0e0f";
    private static final String CONNECT = "0E 04 04 01 00 3C 73 65 6E 73 6F 72 2D 37";
    private static final String CONNECT_OTHER = "0E 04 04 01 00 3C 73 65 6E 73 6F 72 2D 38";
    private static final String CONNACK = "03 05 00";
    private static final String NOT_SUPPORTED = "03 05 03";
    private static final String SEARCH = "03 01 00";
    private static final String FOUND = "03 02 01";
    private static final int PATIENCE_MS = 30_000;
    private static final int SILENCE_MS = 300;
    private static final int REPEAT_MS = 3_000;
    private static final int REPEATS = 10;

    @TempDir
    private static Path folder;

    private static Mosquitto broker;
    private static Certificates certificates;
    private static Program gateway;
    private static InetSocketAddress dtls;
    private static URI metrics;

    @BeforeAll
    static void start() throws Exception {
        broker = Mosquitto.inMemory(folder);
        certificates = new Certificates(folder);
        certificates.authority("ca");
        certificates.authority("foreign");
        certificates.certificate("gateway", "ca", "localhost");
        certificates.certificate("sensor-9", "ca", "sensor-9");
        certificates.certificate("sensor-0", "foreign", "sensor-0");
        Path keys = Files.createFile(
                folder.resolve("keys.psk"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(keys, "# identity:key\nsensor-7:" + KEY + "\nbox-1:" + KEY + "\n");
        Files.setPosixFilePermissions(certificates.file("gateway.key"), PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(certificates.file("sensor-9.key"), PosixFilePermissions.fromString("rw-------"));
        Path settings = Files.writeString(folder.resolve("gateway.toml"), """
                [gateway]
                listen = ["udp://127.0.0.1:0", "dtls://127.0.0.1:0"]
                [dtls]
                psk_file = "keys.psk"
                cert = "gateway.crt"
                key = "gateway.key"
                cafile = "ca.crt"
                bind = ["* %%i", "box-* %%i/*"]
                [broker]
                uri = "mqtt://127.0.0.1:%d"
                [http]
                address = "127.0.0.1:0"
                """.formatted(broker.port()));
        gateway = MidgeProgram.start("gateway", "--config", settings.toString());
        Matcher line = Pattern.compile("dtls://127.0.0.1:(\\d+)").matcher(gateway.await("MQTT-SN on", PATIENCE_MS));
        assertThat(line.find()).isTrue();
        dtls = new InetSocketAddress("localhost", Integer.parseInt(line.group(1)));
        Matcher page = Pattern.compile("(http://[^/]*/)").matcher(gateway.await("http://", PATIENCE_MS));
        assertThat(page.find()).isTrue();
        metrics = URI.create(page.group(1) + "metrics");
    }

    @AfterAll
    static void stop() {
        if (gateway != null) {
            gateway.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    private static DtlsClient client() throws IOException {
        return new DtlsClient(dtls, "sensor-7", KEY);
    }

    private static long count(String name) throws IOException, InterruptedException {
        String page = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher value = Pattern.compile("(?m)^midge_gateway_" + Pattern.quote(name) + " (\\d+)")
                .matcher(page);
        assertThat(value.find()).as(name).isTrue();
        return Long.parseLong(value.group(1));
    }

    /** OpenSSL says CONNECT and prints what the gateway answers. */
    private static String openssl(String connect, String... more) {
        List<String> words = new ArrayList<>(List.of(
                Peers.require("openssl", "openssl"),
                "s_client",
                "-dtls1_2",
                "-quiet",
                "-no_ign_eof",
                "-connect",
                "127.0.0.1:" + dtls.getPort()));
        words.addAll(Arrays.asList(more));
        String octal = Arrays.stream(connect.split(" "))
                .map(octet -> String.format("\\%03o", Integer.parseInt(octet, 16)))
                .reduce("", String::concat);
        String script = "(sleep 1.5; printf '" + octal + "'; sleep 4) | timeout 20 " + String.join(" ", words)
                + " 2>/dev/null | od -An -v -tx1";
        try (Program shell = Program.start("sh", "-c", script)) {
            shell.exitCode(PATIENCE_MS);
            return String.join(" ", shell.out()).strip().toUpperCase(java.util.Locale.ROOT);
        }
    }

    @ParameterizedTest
    @CsvSource({"PSK-AES128-CCM8", "ECDHE-PSK-CHACHA20-POLY1305:PSK-AES128-GCM-SHA256"})
    void opensslConnectsByAKey(String ciphers) {
        assertThat(openssl(CONNECT, "-psk_identity", "sensor-7", "-psk", KEY, "-cipher", ciphers))
                .isEqualTo(CONNACK);
    }

    @Test
    void opensslConnectsByACertificate() {
        String connect = "0E 04 04 01 00 3C 73 65 6E 73 6F 72 2D 39";
        assertThat(openssl(
                        connect,
                        "-CAfile",
                        certificates.file("ca.crt").toString(),
                        "-verify_return_error",
                        "-cert",
                        certificates.file("sensor-9.crt").toString(),
                        "-key",
                        certificates.file("sensor-9.key").toString()))
                .isEqualTo(CONNACK);
    }

    @Test
    void aCertificateOfAnotherAuthorityGetsNoSession() {
        assertThat(openssl(
                        CONNECT,
                        "-cert",
                        certificates.file("sensor-0.crt").toString(),
                        "-key",
                        certificates.file("sensor-0.key").toString()))
                .isEmpty();
    }

    @Test
    void anIdentityIsNoOtherClient() throws Exception {
        long before = count("identity_refused_total");
        try (DtlsClient client = client()) {
            client.send(CONNECT_OTHER);
            assertThat(client.receiveHex(PATIENCE_MS)).isEqualTo(NOT_SUPPORTED);
        }
        assertThat(count("identity_refused_total")).isEqualTo(before + 1);
    }

    @Test
    void aRuleLetsOneIdentityBeSeveralClients() throws IOException {
        try (DtlsClient client = new DtlsClient(dtls, "box-1", KEY)) {
            client.send("0D 04 04 01 00 3C 62 6F 78 2D 31 2F 61");
            assertThat(client.receiveHex(PATIENCE_MS)).isEqualTo(CONNACK);
            client.send("0D 04 04 01 00 3C 62 6F 78 2D 32 2F 61");
            assertThat(client.receiveHex(PATIENCE_MS)).isEqualTo(NOT_SUPPORTED);
        }
    }

    @ParameterizedTest
    @CsvSource({"sensor-7, 000102030405060708090a0b0c0d0e00", "nobody, " + KEY})
    void aWrongKeyOrIdentityGetsNoSession(String identity, String key) throws IOException {
        try (DtlsClient client = new DtlsClient(dtls, identity, key)) {
            client.send(SEARCH);
            assertThat(client.receiveHex(2_000)).isEmpty();
            assertThat(client.obstacle()).isNotNull();
        }
    }

    @Test
    void pubAndSubTalkByDtls() {
        String place = "dtls://localhost:" + dtls.getPort();
        try (Program sub = new Tools(broker).mosquittoSub("dtls/#", 1, "-v", "-C", "2")) {
            MidgeHere byKey = MidgeHere.start(
                    "pub",
                    "--sn",
                    place,
                    "--psk-identity",
                    "sensor-7",
                    "--psk",
                    KEY,
                    "-t",
                    "dtls/key",
                    "-m",
                    "a",
                    "-q",
                    "1");
            assertThat(byKey.exitCode(PATIENCE_MS)).as(byKey::toString).isZero();
            MidgeHere byCertificate = MidgeHere.start(
                    "pub",
                    "--sn",
                    place,
                    "-i",
                    "sensor-9",
                    "--cafile",
                    certificates.file("ca.crt").toString(),
                    "--cert",
                    certificates.file("sensor-9.crt").toString(),
                    "--key",
                    certificates.file("sensor-9.key").toString(),
                    "-t",
                    "dtls/certificate",
                    "-m",
                    "b",
                    "-q",
                    "2");
            assertThat(byCertificate.exitCode(PATIENCE_MS))
                    .as(byCertificate::toString)
                    .isZero();
            sub.exitCode(PATIENCE_MS);
            assertThat(sub.out()).containsExactly("dtls/key a", "dtls/certificate b");
        }
    }

    @Test
    void pubTellsThatTheKeyIsWrong() {
        MidgeHere pub = MidgeHere.words("pub --retry 0.3 -t a/b -m x --psk-identity nobody --psk " + KEY
                + " --sn dtls://127.0.0.1:" + dtls.getPort());
        assertThat(pub.exitCode(PATIENCE_MS)).isEqualTo(3);
        assertThat(pub.err())
                .singleElement()
                .asString()
                .contains("no DTLS session with the gateway at dtls://127.0.0.1:", "--psk", "'nobody'");
    }

    @Test
    void pubTrustsNoGatewayOfAnotherAuthority() throws IOException {
        DtlsCredentials foreign = DtlsCredentials.certificates(certificates.file("foreign.crt"), false, null, null);
        try (DtlsClient client = new DtlsClient(dtls, foreign)) {
            client.send(SEARCH);
            assertThat(client.receiveHex(2_000)).isEmpty();
            assertThat(client.obstacle()).isNotNull();
        }
    }

    @Test
    void aClientKeepsItsSessionWhenItsAddressChanges() throws Exception {
        long moved = count("address_changes_total");
        try (UdpProxy nat = new UdpProxy(dtls.getPort(), (up, octets, length) -> {});
                DtlsClient client = new DtlsClient(nat.address(), "sensor-7", KEY)) {
            client.send(CONNECT);
            assertThat(client.receiveHex(PATIENCE_MS)).isEqualTo(CONNACK);
            long handshakes = count("dtls_handshakes_total");
            for (int i = 0; i < 3; i++) {
                nat.rebind();
                client.send("02 16");
                assertThat(client.receiveHex(PATIENCE_MS)).isEqualTo("02 17");
            }
            assertThat(count("dtls_handshakes_total")).isEqualTo(handshakes);
        }
        assertThat(count("address_changes_total")).isEqualTo(moved);
    }

    @Test
    void aReplayedRecordIsDropped() throws Exception {
        AtomicReference<byte[]> last = new AtomicReference<>(new byte[0]);
        try (UdpProxy proxy = new UdpProxy(dtls.getPort(), (up, octets, length) -> {
                    if (up) {
                        last.set(Arrays.copyOf(octets, length));
                    }
                });
                DtlsClient client = new DtlsClient(proxy.address(), "sensor-7", KEY)) {
            client.send(SEARCH);
            assertThat(client.receiveHex(PATIENCE_MS)).isEqualTo(FOUND);
            long before = count("dropped_total{reason=\"dtls_record\"}");
            byte[] record = last.get();
            for (int i = 0; i < 5; i++) {
                proxy.inject(record);
            }
            record[record.length - 1] ^= 1;
            proxy.inject(record);
            assertThat(client.receiveHex(SILENCE_MS)).isEmpty();
            client.send(SEARCH);
            assertThat(client.receiveHex(PATIENCE_MS)).isEqualTo(FOUND);
            assertThat(count("dropped_total{reason=\"dtls_record\"}")).isGreaterThanOrEqualTo(before + 6);
        }
    }

    /** The first ClientHello again and again: each costs the gateway a cookie and no session, and nobody gets more than was sent. */
    @Test
    void aFloodOfHandshakesIsAnsweredByCookiesAlone() throws Exception {
        AtomicReference<byte[]> hello = new AtomicReference<>();
        try (UdpProxy proxy = new UdpProxy(dtls.getPort(), (up, octets, length) -> {
                    if (up) {
                        hello.compareAndSet(null, Arrays.copyOf(octets, length));
                    }
                });
                DtlsClient client = new DtlsClient(proxy.address(), "sensor-7", KEY);
                DatagramSocket attacker = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            client.send(SEARCH);
            assertThat(client.receiveHex(PATIENCE_MS)).isEqualTo(FOUND);
            long handshakes = count("dtls_handshakes_total");
            attacker.setSoTimeout(SILENCE_MS);
            long sent = 0;
            for (int i = 0; i < 3_000; i++) {
                attacker.send(new DatagramPacket(hello.get(), hello.get().length, dtls));
                sent += hello.get().length;
            }
            assertThat(drain(attacker)).isBetween(1L, sent);
            assertThat(count("dtls_handshakes_total")).isEqualTo(handshakes);
            assertThat(searchAfterFlood(client)).isEqualTo(FOUND);
        }
    }

    /** The socket may still be full and drop what comes: a client asks again. */
    private static String searchAfterFlood(DtlsClient client) throws IOException {
        String answer = "";
        for (int i = 0; i < REPEATS && answer.isEmpty(); i++) {
            client.send(SEARCH);
            answer = client.receiveHex(REPEAT_MS);
        }
        return answer;
    }

    private static long drain(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
        long octets = 0;
        try {
            while (true) {
                packet.setLength(65_536);
                socket.receive(packet);
                octets += packet.getLength();
            }
        } catch (SocketTimeoutException e) {
            return octets;
        }
    }

    @Test
    void garbageDoesNotStopTheGateway() throws Exception {
        Random random = new Random(5);
        try (DtlsClient client = client();
                DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            client.send(SEARCH);
            assertThat(client.receiveHex(PATIENCE_MS)).isEqualTo(FOUND);
            for (int i = 0; i < 10_000; i++) {
                byte[] octets = new byte[random.nextInt(200)];
                random.nextBytes(octets);
                if (octets.length > 13 && i % 2 == 0) { // a record of DTLS 1.2, with or without Connection ID
                    octets[0] = (byte) (20 + random.nextInt(6));
                    octets[1] = (byte) 0xFE;
                    octets[2] = (byte) 0xFD;
                    octets[11] = 0;
                    octets[12] = (byte) (octets.length - 13);
                }
                stranger.send(new DatagramPacket(octets, octets.length, dtls));
            }
            assertThat(searchAfterFlood(client)).isEqualTo(FOUND);
        }
        assertThat(gateway.err()).noneMatch(line -> line.contains("Exception") || line.contains("\tat "));
    }
}
