package midge.sim.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import midge.sim.broker.Authenticator;
import midge.sim.broker.BrokerConfig;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The broker over real TCP, against Mosquitto's clients. */
class MosquittoClientsTest {
    private static final int SOON_MS = 20_000;

    private static MultiThreadIoEventLoopGroup group;
    private static BrokerShell shell;
    private static String sub;
    private static String pub;

    private final List<Program> started = new ArrayList<>();

    @TempDir
    private Path directory;

    @BeforeAll
    static void serve() throws IOException {
        sub = Peers.require("mosquitto_sub", "mosquitto-clients");
        pub = Peers.require("mosquitto_pub", "mosquitto-clients");
        group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
        shell = BrokerShell.start(group.next(), BrokerConfig.defaults(), InetAddress.getLoopbackAddress(), 0, 1);
    }

    @AfterAll
    static void stop() {
        if (shell != null) {
            shell.close();
            group.shutdownGracefully(0, 1, java.util.concurrent.TimeUnit.SECONDS)
                    .awaitUninterruptibly();
        }
    }

    @AfterEach
    void killPeers() {
        started.forEach(Program::close);
    }

    @ParameterizedTest
    @CsvSource({
        "mqttv31, 0",
        "mqttv31, 1",
        "mqttv31, 2",
        "mqttv311, 0",
        "mqttv311, 1",
        "mqttv311, 2",
        "mqttv5, 0",
        "mqttv5, 1",
        "mqttv5, 2"
    })
    void aMessageArrivesOnceInEveryVersionAtEveryQos(String version, int qos) {
        String topic = "once/" + version + "/" + qos;
        Program subscriber = subscribe("-V", version, "-q", "" + qos, "-t", topic, "-F", "got %t %q %p");
        publish("-V", version, "-q", "" + qos, "-t", topic, "-m", "21.38");
        publish("-V", version, "-q", "" + qos, "-t", topic, "-m", "end");
        subscriber.await(2, line -> line.startsWith("got"), SOON_MS);
        assertThat(got(subscriber))
                .containsExactly("got " + topic + " " + qos + " 21.38", "got " + topic + " " + qos + " end");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqttv31", "mqttv311", "mqttv5"})
    void aRetainedMessageIsKeptForLaterSubscribersUntilItIsCleared(String version) {
        String topic = "kept/" + version;
        publish("-V", version, "-q", "1", "-r", "-t", topic, "-m", "stays");
        Program later = subscribe("-V", version, "-q", "1", "-t", topic, "-F", "got %r %p");
        later.await("got 1 stays", SOON_MS);
        publish("-V", version, "-q", "1", "-r", "-t", topic, "-n");
        Program last = subscribe("-V", version, "-t", topic, "-F", "got %r %p");
        publish("-V", version, "-t", topic, "-m", "live");
        last.await("got 0 live", SOON_MS);
        assertThat(got(last)).containsExactly("got 0 live");
    }

    @Test
    void wildcardsMatchAndDollarTopicsStayHidden() {
        Program plus = subscribe("-t", "wild/+/t", "-F", "got %t");
        Program hash = subscribe("-t", "wild/#", "-F", "got %t");
        Program all = subscribe("-t", "#", "-F", "got %t");
        for (String topic : List.of("wild/a/t", "wild", "wild/a/b/t", "$hidden/x", "wild/end/t")) {
            publish("-q", "1", "-t", topic, "-m", "x");
        }
        plus.await("wild/end/t", SOON_MS);
        hash.await("wild/end/t", SOON_MS);
        all.await("wild/end/t", SOON_MS);
        assertThat(got(plus)).containsExactly("got wild/a/t", "got wild/end/t");
        assertThat(got(hash)).containsExactly("got wild/a/t", "got wild", "got wild/a/b/t", "got wild/end/t");
        assertThat(got(all)).contains("got wild").doesNotContain("got $hidden/x");
    }

    @Test
    void sysTopicsTellTheVersionAndTheClients() {
        Program sys = subscribe("-t", "$SYS/#", "-F", "got %t %p");
        sys.await("got $SYS/broker/version midge", SOON_MS);
        sys.await("got $SYS/broker/uptime", SOON_MS);
        assertThat(sys.await("got $SYS/broker/clients/connected", SOON_MS)).matches(".* [1-9]\\d*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqttv31", "mqttv311", "mqttv5"})
    void theWillOfAKilledClientIsPublished(String version) {
        Program watcher = subscribe("-q", "1", "-t", "will/" + version, "-F", "got %p");
        Program mortal = subscribe(
                "-V",
                version,
                "-t",
                "none",
                "--will-topic",
                "will/" + version,
                "--will-payload",
                "gone",
                "--will-qos",
                "1");
        if (!version.equals("mqttv5")) { // where mosquitto_sub asks for its will even when it leaves by itself
            Program polite = subscribe(
                    "-V", version, "-t", "none", "--will-topic", "will/" + version, "--will-payload", "never");
            polite.signal("TERM");
            polite.exitCode(SOON_MS);
        }
        mortal.close();
        watcher.await("got gone", SOON_MS);
        assertThat(got(watcher)).containsExactly("got gone");
    }

    @ParameterizedTest
    @CsvSource({"mqttv31, 1", "mqttv311, 1", "mqttv311, 2", "mqttv5, 1", "mqttv5, 2"})
    void whatCameWhileAPersistentClientWasAwayWaitsForIt(String version, int qos) {
        String id = "away-" + version + "-" + qos;
        List<String> options =
                new ArrayList<>(List.of("-V", version, "-q", "" + qos, "-i", id, "-c", "-t", "away/" + id));
        if (version.equals("mqttv5")) {
            options.addAll(List.of("-x", "60"));
        }
        options.addAll(List.of("-F", "got %p"));
        Program first = subscribe(options.toArray(String[]::new));
        first.signal("TERM");
        first.exitCode(SOON_MS);
        for (int i = 0; i < 5; i++) {
            publish("-V", version, "-q", "" + qos, "-t", "away/" + id, "-m", "m" + i);
        }
        Program again = subscribe(options.toArray(String[]::new));
        again.await("got m4", SOON_MS);
        assertThat(got(again)).containsExactly("got m0", "got m1", "got m2", "got m3", "got m4");
    }

    @Test
    void fiveThousandMessagesOfQos1StayInOrder() throws IOException {
        Program subscriber = subscribe("-q", "1", "-t", "burst", "-F", "got %p");
        Path input = directory.resolve("lines");
        List<String> sent = IntStream.range(0, 5_000).mapToObj(i -> "line " + i).toList();
        Files.write(input, sent);
        Program burst = start("sh", "-c", pub + " -p " + shell.port() + " -q 1 -t burst -l < " + input);
        assertThat(burst.exitCode(60_000)).isZero();
        subscriber.await(5_000, line -> line.startsWith("got line"), 60_000);
        assertThat(got(subscriber))
                .isEqualTo(sent.stream().map(line -> "got " + line).toList());
    }

    @Test
    void aPayloadOfOneMebibyteArrivesUnchanged() throws IOException {
        byte[] payload = new byte[1 << 20];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) (i * 31 + (i >> 8));
        }
        Path file = directory.resolve("payload");
        Path copy = directory.resolve("copy");
        Files.write(file, payload);
        publish("-q", "1", "-r", "-t", "large", "-f", file.toString());
        Program reader = start("sh", "-c", sub + " -p " + shell.port() + " -q 1 -t large -C 1 -N -W 20 > " + copy);
        assertThat(reader.exitCode(SOON_MS)).isZero();
        assertThat(Arrays.equals(Files.readAllBytes(copy), payload)).isTrue();
        publish("-q", "1", "-r", "-t", "large", "-n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqttv31", "mqttv311", "mqttv5"})
    void aSecondClientOfTheSameNameTakesTheSessionOver(String version) {
        Program first = subscribe("-V", version, "-i", "twin-" + version, "-t", "twin", "-F", "got %p");
        Program second = subscribe("-V", version, "-i", "twin-" + version, "-t", "twin", "-F", "got %p");
        if (version.equals("mqttv5")) {
            first.await("Received DISCONNECT (142)", SOON_MS); // 0x8E, session taken over
            publish("-t", "twin", "-m", "x");
            second.await("got x", SOON_MS);
        } else {
            // Without such a word the first one connects again, and takes over in turn.
            first.await(2, line -> line.contains("sending CONNECT"), SOON_MS);
        }
    }

    @Test
    void propertiesOfVersion5TravelToTheSubscriber() {
        Program subscriber = subscribe("-V", "mqttv5", "-t", "props", "-F", "got %p|%C|%R|%D|%P");
        Program publisher = start(command(
                pub,
                "-V",
                "mqttv5",
                "-t",
                "props",
                "-m",
                "x",
                "-D",
                "publish",
                "user-property",
                "k",
                "v",
                "-D",
                "publish",
                "content-type",
                "text/plain",
                "-D",
                "publish",
                "response-topic",
                "answer",
                "-D",
                "publish",
                "correlation-data",
                "c1"));
        assertThat(publisher.exitCode(SOON_MS)).isZero();
        assertThat(subscriber.await("got x", SOON_MS)).isEqualTo("got x|text/plain|answer|c1|k:v");
    }

    @Test
    void aShareGroupGetsEachMessageOnce() {
        Program one = subscribe("-V", "mqttv5", "-q", "1", "-t", "$share/g/shared", "-F", "got %p");
        Program two = subscribe("-V", "mqttv5", "-q", "1", "-t", "$share/g/shared", "-F", "got %p");
        for (int i = 0; i < 6; i++) {
            publish("-q", "1", "-t", "shared", "-m", "m" + i);
        }
        one.await(3, line -> line.startsWith("got"), SOON_MS);
        two.await(3, line -> line.startsWith("got"), SOON_MS);
        assertThat(got(one)).hasSize(3).doesNotContainAnyElementsOf(got(two));
    }

    @Test
    void aMessageThatExpiredInTheQueueIsNotDelivered() throws InterruptedException {
        String[] options = {"-V", "mqttv5", "-q", "1", "-i", "late", "-c", "-x", "60", "-t", "stale", "-F", "got %p"};
        Program first = subscribe(options);
        first.signal("TERM");
        first.exitCode(SOON_MS);
        publish("-V", "mqttv5", "-q", "1", "-t", "stale", "-m", "old", "-D", "publish", "message-expiry-interval", "1");
        Thread.sleep(1_200); // real time: this test has a real socket
        publish("-V", "mqttv5", "-q", "1", "-t", "stale", "-m", "new");
        Program again = subscribe(options);
        again.await("got new", SOON_MS);
        assertThat(got(again)).containsExactly("got new");
    }

    @Test
    void aWrongPasswordIsRefused() throws IOException {
        BrokerConfig config = BrokerConfig.builder()
                .authenticator(Authenticator.users(java.util.Map.of("u", new byte[] {'p', 'w'})))
                .build();
        BrokerShell guarded = BrokerShell.start(group.next(), config, InetAddress.getLoopbackAddress(), 0, 1);
        try {
            String port = "" + guarded.port();
            Program good = start(pub, "-p", port, "-u", "u", "-P", "pw", "-t", "a", "-m", "x", "-q", "1");
            Program bad = start(pub, "-p", port, "-u", "u", "-P", "no", "-t", "a", "-m", "x", "-q", "1");
            assertThat(good.exitCode(SOON_MS)).isZero();
            assertThat(bad.exitCode(SOON_MS)).isEqualTo(4); // the CONNACK code
        } finally {
            guarded.close();
        }
    }

    @Test
    void aPortThatIsTakenMovesTheBrokerToTheNextFreeOne() throws IOException {
        BrokerShell next = BrokerShell.start(
                group.next(), BrokerConfig.defaults(), InetAddress.getLoopbackAddress(), shell.port(), 1);
        try {
            assertThat(next.port()).isGreaterThan(shell.port());
        } finally {
            next.close();
        }
    }

    @Test
    void clientsAreToldWhenTheBrokerShutsDown() throws IOException {
        BrokerShell brief =
                BrokerShell.start(group.next(), BrokerConfig.defaults(), InetAddress.getLoopbackAddress(), 0, 1);
        Program client = start(command(sub, "-p", "" + brief.port(), "-V", "mqttv5", "-d", "-t", "x"));
        client.await("SUBACK", SOON_MS);
        brief.close();
        client.await("Received DISCONNECT (139)", SOON_MS);
        try (Socket refused = new Socket()) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> refused.connect(
                            new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), brief.port()), 2_000)))
                    .isInstanceOf(IOException.class);
        }
    }

    private Program subscribe(String... options) {
        List<String> command = new ArrayList<>(List.of(sub, "-p", "" + shell.port(), "-d"));
        command.addAll(List.of(options));
        Program program = start(command);
        program.await("SUBACK", SOON_MS);
        return program;
    }

    private void publish(String... options) {
        List<String> command = new ArrayList<>(List.of(pub, "-p", "" + shell.port()));
        command.addAll(List.of(options));
        assertThat(start(command).exitCode(SOON_MS)).isZero();
    }

    private static List<String> command(String program, String... options) {
        List<String> command = new ArrayList<>(List.of(program));
        if (!List.of(options).contains("-p")) {
            command.addAll(List.of("-p", "" + shell.port()));
        }
        command.addAll(List.of(options));
        return command;
    }

    private Program start(String... command) {
        return start(List.of(command));
    }

    private Program start(List<String> command) {
        List<String> flushed = new ArrayList<>(List.of("stdbuf", "-oL"));
        flushed.addAll(command);
        Program program = Program.start(flushed);
        started.add(program);
        return program;
    }

    private static List<String> got(Program program) {
        return program.lines().stream().filter(line -> line.startsWith("got")).toList();
    }
}
