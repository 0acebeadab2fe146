package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import midge.cli.MidgeHere;
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
    private static final int WEB_EXPIRED = 8;
    private static final int WEB_OTHER_HOST = 9;
    private static final int[] PORTS = new int[10];

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
        made.certificate("foreign", "stranger", "client.example");
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
                + open(WEB_EXPIRED)
                + "protocol websockets\n"
                + certificate("old")
                + open(WEB_OTHER_HOST)
                + "protocol websockets\n"
                + certificate("elsewhere")
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
    private static MidgeHere midge(String arguments) {
        List<String> words = new ArrayList<>();
        for (String word : arguments.strip().split("\\s+")) {
            for (int i = 0; i < PORTS.length; i++) {
                word = word.replace("PORT" + i, String.valueOf(PORTS[i]));
            }
            words.add(word.matches("[a-z]+[.](crt|key|d)") ? made.file(word).toString() : word);
        }
        return MidgeHere.start(words.toArray(String[]::new));
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
        try (MidgeHere pub = midge("pub -r -m there" + common)) {
            assertThat(pub.exitCode(PATIENCE_MS)).as(() -> pub.toString()).isZero();
        }
        try (MidgeHere sub = midge("sub -C 1 -W 20" + common)) {
            assertThat(sub.exitCode(PATIENCE_MS)).as(() -> sub.toString()).isZero();
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
                "-L mqtt://ann:wrong@localhost:PORT7/open/a -V 5   | not authorized",
                "-L mqtt://localhost:PORT7 -V 31                   | not authorized",
                "-L wss://localhost:PORT8 --cafile authority.crt   | has expired",
                "-L wss://localhost:PORT9 --cafile authority.crt   | is for another host",
                "-L mqtts://127.0.0.1:PORT1 --cafile authority.crt | is for another host",
                "-L mqtts://localhost:PORT2 --cafile authority.crt --cert foreign.crt --key foreign.key | does not accept this client's certificate",
                "-L mqtts://localhost:PORT0                        | the TLS handshake was cut",
            })
    void aRefusalIsOneLineWithItsReason(String options, String reason) {
        try (MidgeHere pub = midge("pub -t open/a -m x " + options)) {
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
        try (MidgeHere pub = midge("pub -m x -q 1 -V mqttv5 -L mqtt://ann:right@localhost:PORT7/open/a")) {
            assertThat(pub.exitCode(PATIENCE_MS)).as(() -> pub.toString()).isZero();
        }
        try (MidgeHere pub = midge("pub -m x -q 1 -V mqttv5 -L mqtt://ann:right@localhost:PORT7/closed/a")) {
            assertThat(pub.exitCode(PATIENCE_MS)).isEqualTo(1);
            assertThat(pub.err()).singleElement().asString().contains("refused the message: not authorized");
        }
    }

    /** 3.1.1 has no word for it: the broker takes the message and drops it (§3.3.5), so nobody must see it. */
    @Test
    void aBrokerOf311DropsWhatTheAclForbidsWithoutAWord() {
        String login = " -u ann -P right -p PORT7 -q 1";
        try (MidgeHere sub = midge("sub -t open/+ -t closed/+ -C 1 -v -W 30 -d" + login)) {
            sub.await("received SUBACK", PATIENCE_MS);
            assertThat(midge("pub -t closed/a -m no" + login).exitCode(PATIENCE_MS))
                    .isZero();
            assertThat(midge("pub -t open/a -m yes" + login).exitCode(PATIENCE_MS))
                    .isZero();
            assertThat(sub.exitCode(PATIENCE_MS)).isZero();
            assertThat(sub.out()).containsExactly("open/a yes");
        }
    }

    @Test
    void thePasswordMayComeFromAFileOrTheEnvironment() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "right\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        String pub = "pub -t open/a -m x -q 1 -V 5 -u ann -p PORT7";
        MidgeHere fromFile = midge(pub + " --password-file " + file);
        assertThat(fromFile.exitCode(PATIENCE_MS)).as(fromFile::toString).isZero();
        List<String> command = new ArrayList<>(List.of("env", "MIDGE_PASSWORD=right", MidgeProgram.path()));
        command.addAll(
                List.of(pub.replace("PORT7", String.valueOf(PORTS[PASSWORD])).split(" ")));
        try (Program fromEnvironment = Program.start(command)) {
            assertThat(fromEnvironment.exitCode(PATIENCE_MS))
                    .as(() -> fromEnvironment.lines().toString())
                    .isZero();
        }
    }

    @Test
    void mosquittoSeesThePropertiesOfMqtt5() {
        try (Program watcher = mosquittoSub("-V", "mqttv5", "-t", "five/#", "-F", "got %t %p %C %R %D %P");
                MidgeHere pub = midge("pub -V mqttv5 -p PORT0 -t five/a -m x -q 1 -D publish user-property room kitchen"
                        + " -D publish content-type text/plain -D publish response-topic back/here"
                        + " -D publish correlation-data 77 -D publish message-expiry-interval 60")) {
            assertThat(pub.exitCode(PATIENCE_MS)).as(() -> pub.toString()).isZero();
            watcher.await("got five/a x text/plain back/here 77 room:kitchen", PATIENCE_MS);
        }
    }

    @Test
    void subPrintsByFormatAndClearsWhatWasRetained() {
        try (MidgeHere pub = midge("pub -V mqttv5 -p PORT0 -t kept/a -m hi -r -q 1 -D publish user-property k v")) {
            assertThat(pub.exitCode(PATIENCE_MS)).isZero();
        }
        try (MidgeHere sub =
                midge("sub -V mqttv5 -p PORT0 -t kept/# -C 1 -W 20 --remove-retained -F %t|%p|%l|%q|%r|%%|%P -q 1")) {
            assertThat(sub.exitCode(PATIENCE_MS)).as(() -> sub.toString()).isZero();
            assertThat(sub.out()).containsExactly("kept/a|hi|2|1|1|%|k:v");
        }
        try (MidgeHere sub = midge("sub -p PORT0 -t kept/# -C 1 -W 1")) {
            assertThat(sub.exitCode(PATIENCE_MS)).isEqualTo(27);
            assertThat(sub.out()).isEmpty();
        }
    }
}
