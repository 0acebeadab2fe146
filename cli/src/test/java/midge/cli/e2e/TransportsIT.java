package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code midge pub} and {@code midge sub} reach Debian's Mosquitto by TCP, TLS and WebSocket, and say clearly when they must not. */
class TransportsIT {
    private static final int PATIENCE_MS = 30_000;

    private static final int PLAIN = 0;
    private static final int TLS = 1;
    private static final int CLIENT_CERTIFICATE = 2;
    private static final int OTHER_HOST = 3;
    private static final int EXPIRED = 4;
    private static final int WEB = 5;
    private static final int SECURE_WEB = 6;
    private static final int PASSWORD = 7;
    private static final int[] PORTS = new int[8];

    @TempDir
    static Path folder;

    private static Certificates made;
    private static Program broker;

    @BeforeAll
    static void startBroker() throws IOException {
        String mosquitto = Peers.require("mosquitto", "mosquitto");
        made = new Certificates(folder);
        made.authority("authority");
        made.authority("stranger");
        made.certificate("server", "authority", "localhost");
        made.certificate("elsewhere", "authority", "broker.example");
        made.certificate("old", "authority", "localhost", "20200101000000Z", "20210101000000Z");
        made.certificate("client", "authority", "client.example");
        for (int i = 0; i < PORTS.length; i++) {
            PORTS[i] = Mosquitto.freePort();
        }
        String passwords = folder.resolve("passwords").toString();
        String tool = Peers.require("mosquitto_passwd", "mosquitto");
        assertThat(Program.start(tool, "-c", "-b", passwords, "ann", "right").exitCode(PATIENCE_MS))
                .isZero();
        Files.writeString(folder.resolve("acl"), "user ann\ntopic readwrite open/#\n");
        Path configuration = folder.resolve("mosquitto.conf");
        Files.writeString(configuration, configuration());
        broker = Program.start(mosquitto, "-c", configuration.toString());
        broker.await("running", PATIENCE_MS);
    }

    private static String configuration() {
        return "per_listener_settings true\nuser " + System.getProperty("user.name") + "\n"
                + open(PLAIN)
                + open(TLS)
                + certificate("server")
                + open(CLIENT_CERTIFICATE)
                + certificate("server")
                + "cafile " + made.file("authority.crt") + "\nrequire_certificate true\n"
                + open(OTHER_HOST)
                + certificate("elsewhere")
                + open(EXPIRED)
                + certificate("old")
                + open(WEB)
                + "protocol websockets\n"
                + open(SECURE_WEB)
                + "protocol websockets\n"
                + certificate("server")
                + "listener " + PORTS[PASSWORD] + " 127.0.0.1\npassword_file " + folder.resolve("passwords")
                + "\nacl_file " + folder.resolve("acl") + "\n";
    }

    private static String open(int listener) {
        return "listener " + PORTS[listener] + " 127.0.0.1\nallow_anonymous true\n";
    }

    private static String certificate(String name) {
        return "certfile " + made.file(name + ".crt") + "\nkeyfile " + made.file(name + ".key") + "\n";
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    /** A word that ends in .crt, .key or .d is a file or folder of {@link Certificates}; PORTn is a listener. */
    private static Program midge(String arguments) {
        List<String> words = new ArrayList<>();
        for (String word : arguments.strip().split("\\s+")) {
            for (int i = PORTS.length - 1; i >= 0; i--) {
                word = word.replace("PORT" + i, String.valueOf(PORTS[i]));
            }
            words.add(word.matches(".*[.](crt|key|d)") ? made.file(word).toString() : word);
        }
        return MidgeProgram.start(words.toArray(String[]::new));
    }

    private static Program mosquittoSub(String... arguments) {
        String program = Peers.require("mosquitto_sub", "mosquitto-clients");
        List<String> command = new ArrayList<>(
                List.of("stdbuf", "-oL", program, "-d", "-h", "127.0.0.1", "-p", String.valueOf(PORTS[PLAIN])));
        command.addAll(Arrays.asList(arguments));
        Program started = Program.start(command);
        started.await("Subscribed", PATIENCE_MS);
        return started;
    }

    @ParameterizedTest
    @CsvSource({
        "mqtts://localhost:PORT1, --capath authority.d, 2",
        "mqtts://localhost:PORT1, --cafile authority.crt --tls-version tlsv1.2 --tls-alpn mqtt, 1",
        "mqtts://localhost:PORT2, --cafile authority.crt --cert client.crt --key client.key, 1",
        "mqtts://localhost:PORT3, --cafile authority.crt --insecure, 1",
        "ws://localhost:PORT5, '', 2",
        "wss://localhost:PORT6/mqtt, --cafile authority.crt, 1",
    })
    void aMessageTravelsBothWays(String url, String options, int qos) {
        String common = " -t way/" + qos + " -q " + qos + " -L " + url + " " + options;
        try (Program pub = midge("pub -r -m there" + common)) {
            assertThat(pub.exitCode(PATIENCE_MS))
                    .as(() -> pub.lines().toString())
                    .isZero();
        }
        try (Program sub = midge("sub -C 1 -W 20" + common)) {
            assertThat(sub.exitCode(PATIENCE_MS))
                    .as(() -> sub.lines().toString())
                    .isZero();
            assertThat(sub.out()).containsExactly("there");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-L mqtts://localhost:PORT1 --capath stranger.d  | not signed by an authority that is trusted here",
                "-L mqtts://localhost:PORT1                        | not signed by an authority that is trusted here",
                "-L mqtts://localhost:PORT3 --capath authority.d | is for another host",
                "-L mqtts://localhost:PORT4 --cafile authority.crt | has expired",
                "-L mqtts://localhost:PORT4 --capath authority.d --insecure | has expired",
                "-L mqtts://localhost:PORT2 --capath authority.d | wants a client certificate",
                "-L wss://localhost:PORT6 --capath stranger.d    | not signed by an authority that is trusted here",
                "-L mqtt://ann:wrong@localhost:PORT7/open/a        | not authorized",
                "-L mqtt://localhost:PORT7                         | not authorized",
            })
    void aRefusalIsOneLineWithItsReason(String options, String reason) {
        try (Program pub = midge("pub -t open/a -m x " + options)) {
            assertThat(pub.exitCode(PATIENCE_MS)).isEqualTo(3);
            assertThat(pub.err())
                    .singleElement()
                    .asString()
                    .startsWith("midge: ")
                    .contains(reason);
        }
    }

    @Test
    void aUserWithTheRightPasswordMayDoWhatTheAclSays() {
        try (Program pub = midge("pub -m x -q 1 -V mqttv5 -L mqtt://ann:right@localhost:PORT7/open/a")) {
            assertThat(pub.exitCode(PATIENCE_MS))
                    .as(() -> pub.lines().toString())
                    .isZero();
        }
        try (Program pub = midge("pub -m x -q 1 -V mqttv5 -L mqtt://ann:right@localhost:PORT7/closed/a")) {
            assertThat(pub.exitCode(PATIENCE_MS)).isEqualTo(1);
            assertThat(pub.err()).singleElement().asString().contains("refused the message: not authorized");
        }
    }

    @Test
    void theWillIsPublishedWhenTheProgramIsKilled() {
        try (Program watcher = mosquittoSub("-t", "will/#", "-F", "got %t %p %q");
                Program sub = midge("sub -t will/none -v -p PORT0 --will-topic will/a --will-payload gone --will-qos 1"
                        + " -t will/ready")) {
            try (Program pub = midge("pub -t will/ready -m up -r -p PORT0")) {
                assertThat(pub.exitCode(PATIENCE_MS)).isZero();
            }
            sub.await("will/ready up", PATIENCE_MS);
            sub.signal("KILL");
            watcher.await("got will/a gone", PATIENCE_MS);
        }
    }

    @Test
    void mosquittoSeesThePropertiesOfMqtt5() {
        try (Program watcher = mosquittoSub("-V", "mqttv5", "-t", "five/#", "-F", "got %t %p %C %R %D %P");
                Program pub = midge("pub -V mqttv5 -p PORT0 -t five/a -m x -q 1 -D publish user-property room kitchen"
                        + " -D publish content-type text/plain -D publish response-topic back/here"
                        + " -D publish correlation-data 77 -D publish message-expiry-interval 60")) {
            assertThat(pub.exitCode(PATIENCE_MS))
                    .as(() -> pub.lines().toString())
                    .isZero();
            watcher.await("got five/a x text/plain back/here 77 room:kitchen", PATIENCE_MS);
        }
    }

    @Test
    void subPrintsByFormatAndClearsWhatWasRetained() {
        try (Program pub = midge("pub -V mqttv5 -p PORT0 -t kept/a -m hi -r -q 1 -D publish user-property k v")) {
            assertThat(pub.exitCode(PATIENCE_MS)).isZero();
        }
        try (Program sub =
                midge("sub -V mqttv5 -p PORT0 -t kept/# -C 1 -W 20 --remove-retained -F %t|%p|%l|%q|%r|%%|%P -q 1")) {
            assertThat(sub.exitCode(PATIENCE_MS))
                    .as(() -> sub.lines().toString())
                    .isZero();
            assertThat(sub.out()).containsExactly("kept/a|hi|2|1|1|%|k:v");
        }
        try (Program sub = midge("sub -p PORT0 -t kept/# -C 1 -W 1")) {
            assertThat(sub.exitCode(PATIENCE_MS)).isEqualTo(27);
            assertThat(sub.out()).isEmpty();
        }
    }
}
