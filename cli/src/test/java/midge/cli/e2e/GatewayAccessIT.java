package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who may do what at a running {@code midge gateway} before Mosquitto with TLS: each test writes its rules, sends SIGHUP and looks at
 * what has become of them.
 */
class GatewayAccessIT {
    private static final int PATIENCE_MS = 30_000;
    private static final int ACCEPTED = 0;
    private static final int CONGESTION = 1;
    private static final int NOT_SUPPORTED = 3;
    private static final String KEY = "000102030405060708090a0b0c0d0e0f";

    @TempDir
    private static Path folder;

    private static Mosquitto broker;
    private static int tlsPort;
    private static Certificates certificates;
    private static Program gateway;
    private static InetSocketAddress udp;
    private static InetSocketAddress dtls;
    private static String page;
    private static int reloads;

    @BeforeAll
    static void start() throws Exception {
        certificates = new Certificates(folder);
        certificates.authority("ca");
        certificates.authority("foreign");
        certificates.certificate("broker", "ca", "localhost");
        certificates.certificate("known", "ca", "gateway");
        certificates.certificate("unknown", "foreign", "gateway");
        startBroker();
        use("ca", "known");
        secret("logins", "");
        secret("keys.psk", "box-1:" + KEY + "\nother:" + KEY + "\n");
        write("topics.acl", "topic readwrite #\n");
        write("gateway.toml", settings(""));
        gateway = MidgeProgram.start(
                "gateway", "--config", folder.resolve("gateway.toml").toString());
        String line = gateway.await("MQTT-SN on", PATIENCE_MS);
        udp = address("udp", line);
        dtls = address("dtls", line);
        page = find("(http://[^/]*/)", gateway.await("status page", PATIENCE_MS));
    }

    private static void startBroker() throws Exception {
        String passwd = Peers.require("mosquitto_passwd", "mosquitto");
        Path passwords = folder.resolve("passwords");
        try (Program made = Program.start(passwd, "-b", "-c", passwords.toString(), "lamp", "right")) {
            assertThat(made.exitCode(PATIENCE_MS)).as(made::toString).isZero();
        }
        tlsPort = Mosquitto.freePort();
        broker = Mosquitto.inMemory(folder, """
                password_file %s
                listener %d 127.0.0.1
                cafile %s
                certfile %s
                keyfile %s
                require_certificate true
                """.formatted(
                        passwords,
                        tlsPort,
                        certificates.file("ca.crt"),
                        certificates.file("broker.crt"),
                        certificates.file("broker.key")));
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

    private static String settings(String access) {
        return """
                [gateway]
                listen = ["udp://127.0.0.1:0", "dtls://127.0.0.1:0"]
                [dtls]
                psk_file = "keys.psk"
                [broker]
                uri = "mqtts://localhost:%d"
                cafile = "trusted.crt"
                cert = "own.crt"
                key = "own.key"
                credentials_file = "logins"
                backoff_min_ms = 10
                backoff_max_ms = 50
                [http]
                address = "127.0.0.1:0"
                [access]
                %s
                """.formatted(tlsPort, access);
    }

    private static InetSocketAddress address(String scheme, String line) {
        int port = Integer.parseInt(find(scheme + "://127.0.0.1:(\\d+)", line));
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    private static String find(String pattern, String text) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }

    private static void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private static void secret(String name, String text) throws IOException {
        write(name, text);
        Files.setPosixFilePermissions(folder.resolve(name), PosixFilePermissions.fromString("rw-------"));
    }

    /** Lays the files there that the gateway trusts the broker by, and shows itself with. */
    private static void use(String authority, String certificate) throws IOException {
        copy(authority + ".crt", "trusted.crt");
        copy(certificate + ".crt", "own.crt");
        copy(certificate + ".key", "own.key");
        Files.setPosixFilePermissions(folder.resolve("own.key"), PosixFilePermissions.fromString("rw-------"));
    }

    private static void copy(String from, String to) throws IOException {
        Files.copy(certificates.file(from), folder.resolve(to), StandardCopyOption.REPLACE_EXISTING);
    }

    private static void reload(String access) throws IOException {
        write("gateway.toml", settings(access));
        reloads++;
        gateway.signal("HUP");
        gateway.await(reloads, line -> line.contains("the settings were read again"), PATIENCE_MS);
    }

    private static AccessDevice device(String id) throws IOException {
        return AccessDevice.udp(id, udp, "127.0.0.1");
    }

    private static int connect(String id) throws IOException {
        try (AccessDevice device = device(id)) {
            return device.connect();
        }
    }

    private static String get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(page + path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void theAllowListJudgesClientNetworkAndIdentity() throws IOException {
        reload("allow = [\"client=lamp-* network=127.0.0.1\", \"identity=box-*\"]");
        assertThat(connect("lamp-1")).isEqualTo(ACCEPTED);
        assertThat(connect("door-1")).isEqualTo(NOT_SUPPORTED);
        try (AccessDevice elsewhere = AccessDevice.udp("lamp-2", udp, "127.0.0.2");
                AccessDevice box = AccessDevice.dtls("box-1", dtls, "box-1", KEY);
                AccessDevice other = AccessDevice.dtls("other", dtls, "other", KEY)) {
            assertThat(elsewhere.connect()).isEqualTo(NOT_SUPPORTED);
            assertThat(box.connect()).isEqualTo(ACCEPTED);
            assertThat(other.connect()).isEqualTo(NOT_SUPPORTED);
        }
    }

    @Test
    void whoIsNoLongerAllowedIsToldSo() throws IOException {
        reload("allow = []");
        try (AccessDevice lamp = device("lamp-3");
                AccessDevice door = device("door-3")) {
            assertThat(lamp.connect()).isEqualTo(ACCEPTED);
            assertThat(door.connect()).isEqualTo(ACCEPTED);
            reload("allow = [\"client=lamp-*\"]");
            door.awaitDisconnect();
            assertThat(door.connect()).isEqualTo(NOT_SUPPORTED);
            assertThat(lamp.register("a", 1)).isEqualTo(ACCEPTED);
        }
    }

    @Test
    void anIdentityThatIsNoLongerAllowedIsToldSo() throws IOException {
        reload("allow = [\"identity=box-1\"]");
        try (AccessDevice box = AccessDevice.dtls("box-1", dtls, "box-1", KEY)) {
            assertThat(box.connect()).isEqualTo(ACCEPTED);
            reload("allow = [\"identity=other\"]");
            box.awaitDisconnect();
            assertThat(box.connect()).isEqualTo(NOT_SUPPORTED);
        }
    }

    @Test
    void topicsMayBeWrittenAndReadByRulesThatAreReadAgain() throws IOException {
        write("topics.acl", "topic write up/%c/#\ntopic read down/%c\n");
        reload("topics_file = \"topics.acl\"");
        try (AccessDevice lamp = device("lamp-4")) {
            assertThat(lamp.connect()).isEqualTo(ACCEPTED);
            assertThat(lamp.register("up/lamp-4/t", 1)).isEqualTo(ACCEPTED);
            assertThat(lamp.register("up/lamp-5/t", 2)).isEqualTo(NOT_SUPPORTED);
            assertThat(lamp.subscribe("down/lamp-4", 3)).isEqualTo(ACCEPTED);
            assertThat(lamp.subscribe("down/lamp-5", 4)).isEqualTo(NOT_SUPPORTED);
            assertThat(lamp.publish("zz", 5, "x")).isEqualTo(NOT_SUPPORTED);
            write("topics.acl", "topic write up/#\ntopic write zz\n");
            reload("topics_file = \"topics.acl\"");
            assertThat(lamp.register("up/lamp-5/t", 6)).isEqualTo(ACCEPTED);
            assertThat(lamp.subscribe("down/lamp-4", 7)).isEqualTo(NOT_SUPPORTED);
            assertThat(lamp.publish("zz", 8, "x")).isEqualTo(ACCEPTED);
        }
    }

    @Test
    void aClientThatAsksTooOftenMeetsCongestion() throws IOException {
        reload("client_rate = 1\nclient_burst = 2");
        try (AccessDevice lamp = device("lamp-6")) {
            assertThat(lamp.connect()).isEqualTo(ACCEPTED);
            int returnCode = ACCEPTED;
            for (int msgId = 1; msgId < 200 && returnCode == ACCEPTED; msgId++) {
                returnCode = lamp.register("t", msgId);
            }
            assertThat(returnCode).isEqualTo(CONGESTION);
            reload("client_rate = 0");
            assertThat(lamp.register("t", 1_000)).isEqualTo(ACCEPTED);
        }
    }

    @Test
    void anAddressThatSendsTooOftenIsNotHeard() throws Exception {
        reload("address_rate = 50\naddress_burst = 50");
        try (AccessDevice flood = AccessDevice.udp("flood", udp, "127.0.0.3");
                AccessDevice lamp = device("lamp-7")) {
            for (int i = 0; i < 2_000; i++) {
                flood.send("0100");
            }
            assertThat(lamp.connect()).isEqualTo(ACCEPTED);
        }
        assertThat(Integer.parseInt(find("dropped_total\\{reason=\"rate\"} (\\d+)", get("metrics"))))
                .isPositive();
    }

    @Test
    void loginsAreReadAgain() throws IOException {
        secret("logins", "lamp-8 lamp:wrong\n");
        reload("");
        assertThat(connect("lamp-8")).isEqualTo(NOT_SUPPORTED);
        secret("logins", "lamp-8 lamp:right\n");
        reload("");
        assertThat(connect("lamp-8")).isEqualTo(ACCEPTED);
    }

    @Test
    void filesOfTlsAreReadAgain() throws IOException {
        reload("");
        assertThat(connect("tls-1")).isEqualTo(ACCEPTED);
        use("foreign", "known");
        reload("");
        assertThat(connect("tls-2")).as("a broker that is not trusted").isEqualTo(CONGESTION);
        use("ca", "unknown");
        reload("");
        assertThat(connect("tls-3"))
                .as("a certificate the broker does not know")
                .isEqualTo(CONGESTION);
        use("ca", "known");
        reload("");
        assertThat(connect("tls-4")).isEqualTo(ACCEPTED);
    }

    @Test
    void keysOfDtlsAreReadAgain() throws IOException {
        try (AccessDevice early = AccessDevice.dtls("late", dtls, "late", KEY)) {
            assertThat(early.isAlone(1_000)).isTrue();
        }
        secret("keys.psk", "late:" + KEY + "\nbox-1:" + KEY + "\nother:" + KEY + "\n");
        reload("");
        try (AccessDevice late = AccessDevice.dtls("late", dtls, "late", KEY)) {
            assertThat(late.connect()).isEqualTo(ACCEPTED);
        }
    }

    @Test
    void aMistakeLeavesTheSettingsAsTheyWere() throws IOException {
        reload("allow = [\"client=lamp-*\"]");
        write("gateway.toml", settings("allow = [\"clients=*\"]"));
        gateway.signal("HUP");
        gateway.await("the settings stay as they were", PATIENCE_MS);
        assertThat(connect("door-9")).isEqualTo(NOT_SUPPORTED);
        assertThat(connect("lamp-9")).isEqualTo(ACCEPTED);
    }

    @Test
    void thePageShowsTheClients() throws Exception {
        reload("");
        try (AccessDevice lamp = device("page-1")) {
            assertThat(lamp.connect()).isEqualTo(ACCEPTED);
            assertThat(get("clients.json")).contains("\"id\":\"page-1\",\"state\":\"active\",\"address\":\"127.0.0.1:");
            assertThat(get("")).contains("<html", "clients.json");
        }
    }

    @Test
    void atTheEndClientsAreToldSo() throws IOException {
        String[] words = {"gateway", "--listen", "udp://127.0.0.1:0", "--broker", broker.uri()};
        try (Program other = MidgeProgram.start(words)) {
            InetSocketAddress at = address("udp", other.await("MQTT-SN on", PATIENCE_MS));
            try (AccessDevice one = AccessDevice.udp("end-1", at, "127.0.0.1");
                    AccessDevice two = AccessDevice.udp("end-2", at, "127.0.0.1")) {
                assertThat(one.connect()).isEqualTo(ACCEPTED);
                assertThat(two.connect()).isEqualTo(ACCEPTED);
                other.signal("TERM");
                one.awaitDisconnect();
                two.awaitDisconnect();
                assertThat(other.exitCode(PATIENCE_MS)).isEqualTo(143);
                assertThat(other.err()).isEmpty();
            }
        }
    }
}
