package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code midge pub} and {@code midge sub} do with Mosquitto what mosquitto_pub and mosquitto_sub do. */
class PubSubIT {
    private static final int START_MS = 20_000;

    @TempDir
    private static Path folder;

    private static Mosquitto broker;
    private static Program gateway;
    private static Program watcher;
    private static String gatewayUri;

    @BeforeAll
    static void start() {
        Peers.require("mosquitto_pub", "mosquitto-clients");
        broker = new Mosquitto(folder);
        gatewayUri = "udp://127.0.0.1:" + Mosquitto.freePort();
        gateway = MidgeProgram.start(
                "gateway", "--listen", gatewayUri, "--broker", broker.uri(), "--predefined", "7=site/predefined");
        watcher = mosquittoSub("-t", "pub/#", "-t", "site/#", "-t", "+", "-q", "2", "-F", "%t|%q|%r|%x");
        broker.awaitSubscription("pub/#", 2);
        gateway.await("MQTT-SN on", 60_000);
    }

    @AfterAll
    static void stop() {
        watcher.close();
        gateway.close();
        broker.close();
    }

    @ParameterizedTest(name = "{0} {1} at QoS {2}")
    @CsvSource({
        "name,       pub/sn,          0",
        "name,       pub/sn,          1",
        "name,       pub/sn,          2",
        "name,       sn,             -1",
        "short,      sn,              0",
        "short,      sn,              1",
        "short,      sn,              2",
        "short,      sn,             -1",
        "predefined, site/predefined, 0",
        "predefined, site/predefined, 1",
        "predefined, site/predefined, 2",
        "predefined, site/predefined, -1",
    })
    void pubOverMqttSnReachesTheBroker(String type, String topic, int qos) {
        String payload = type + " " + qos;
        String named = type.equals("predefined") ? "7" : topic;
        pub("--sn", gatewayUri, "--topic-type", type, "-t", named, "-q", "" + qos, "-m", payload);
        watcher.await(topic + "|" + Math.max(0, qos) + "|0|" + hex(payload), 5_000);
    }

    @Test
    void pubSendsManyLinesOverMqttSn() {
        String lines = numbered("sn line", 50);
        pubFrom(write("sn-lines", bytes(lines)), "--sn", gatewayUri, "-t", "pub/sn/lines", "-q", "1", "-l");
        assertThat(watched("pub/sn/lines|1|0|", 50)).isEqualTo(hexLines(lines));
    }

    @ParameterizedTest(name = "{0} at QoS {1}")
    @CsvSource({"mqttv31, 0", "mqttv31, 2", "mqttv311, 0", "mqttv311, 1", "mqttv311, 2", "mqttv5, 1", "mqttv5, 2"})
    void pubSendsAMessageInEachVersion(String version, int qos) {
        mqttPub("-V", version, "-t", "pub/" + version, "-q", "" + qos, "-m", "Größe " + qos);
        watcher.await("pub/" + version + "|" + qos + "|0|" + hex("Größe " + qos), 5_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5", "@/etc/hostname", "", "{\"a\": [1, 2]}"})
    void pubSendsWhatIsWrittenWhateverItLooksLike(String payload) {
        String topic = "pub/literal/" + payload.length();
        mqttPub("-t", topic, "-m", payload);
        assertThat(watched(topic + "|0|0|", 1)).containsExactly(hex(payload));
    }

    @Test
    void pubSendsTextBeyondAsciiInACronJobsLocale() {
        List<String> command = List.of("env", "LC_ALL=C", MidgeProgram.path(), "pub");
        try (Program pub = Program.start(List.of(with(command, mqtt("-t", "pub/tür", "-m", "Größe"))))) {
            assertThat(pub.exitCode(START_MS)).isZero();
        }
        assertThat(watched("pub/tür|0|0|", 1)).containsExactly(hex("Größe"));
    }

    @Test
    void pubSendsAnEmptyMessage() {
        mqttPub("-t", "pub/empty", "-n");
        assertThat(watched("pub/empty|0|0|", 1)).containsExactly("");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void pubSendsAFileOfAnySize(int qos) {
        byte[] content = noise(200_000);
        mqttPub("-t", "pub/file", "-q", "" + qos, "-f", write("file", content).toString());
        assertThat(watched("pub/file|" + qos + "|0|", 1))
                .containsExactly(HexFormat.of().formatHex(content));
    }

    @Test
    void pubSendsAllOfStandardInput() {
        byte[] content = noise(3_000);
        pubFrom(write("input", content), mqtt("-t", "pub/input", "-s"));
        assertThat(watched("pub/input|0|0|", 1)).containsExactly(HexFormat.of().formatHex(content));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void pubSendsEachLineAsAMessageInOrder(int qos) {
        String lines = numbered("Größe", 100);
        pubFrom(write("lines", bytes(lines)), mqtt("-t", "pub/lines", "-q", "" + qos, "-l"));
        assertThat(watched("pub/lines|" + qos + "|0|", 100)).isEqualTo(hexLines(lines));
    }

    @Test
    void pubKeepsTheConnectionWhileTheNextLineIsLongInComing() {
        List<String> command = new ArrayList<>(List.of("sh", "-c", "(echo a; sleep 12; echo b) | \"$0\" \"$@\""));
        command.add(MidgeProgram.path());
        command.add("pub");
        command.addAll(List.of(mqtt("-t", "pub/slow", "-q", "1", "-k", "5", "-l")));
        try (Program pub = Program.start(command)) {
            assertThat(pub.exitCode(30_000)).as(pub.lines().toString()).isZero();
        }
        assertThat(watched("pub/slow|1|0|", 2)).containsExactly(hex("a"), hex("b"));
    }

    @Test
    void pubRetains() {
        mqttPub("-t", "kept/by/pub", "-q", "1", "-r", "-m", "kept");
        try (Program later = mosquittoSub("-t", "kept/by/pub", "-C", "1", "-W", "10", "-F", "%r %p")) {
            assertThat(later.exitCode(15_000)).isZero();
            assertThat(later.out()).containsExactly("1 kept");
        }
    }

    @Test
    void subPrintsTopicAndMessageOfEachFilterAndEndsAfterItsCount() {
        try (Program sub = sub("-t", "sub/+/a", "-t", "sub/b/#", "-v", "-C", "3")) {
            broker.awaitSubscription("sub/b/#", 0);
            mosquittoPub("-t", "sub/x/a", "-m", "one");
            mosquittoPub("-t", "sub/x/y", "-m", "not wanted");
            mosquittoPub("-t", "sub/b", "-m", "Größe");
            mosquittoPub("-t", "sub/b/c/d", "-n");
            assertThat(sub.exitCode(START_MS)).isZero();
            assertThat(sub.out()).containsExactly("sub/x/a one", "sub/b Größe", "sub/b/c/d ");
            assertThat(sub.err()).isEmpty();
        }
    }

    @Test
    void subEndsWith27WhenItsTimeIsOver() {
        try (Program sub = sub("-t", "sub/silence", "-W", "1")) {
            assertThat(sub.exitCode(START_MS)).isEqualTo(27);
            assertThat(sub.lines()).isEmpty();
        }
    }

    @ParameterizedTest(name = "{0} at QoS {1}")
    @CsvSource({"mqttv31, 1", "mqttv311, 0", "mqttv311, 1", "mqttv311, 2", "mqttv5, 0", "mqttv5, 2"})
    void subReceivesInEachVersion(String version, int qos) {
        String topic = "sub/" + version + "/" + qos;
        try (Program sub = sub("-V", version, "-t", topic, "-q", "" + qos, "-C", "3")) {
            broker.awaitSubscription(topic, qos);
            for (int sent = 0; sent <= 2; sent++) {
                mosquittoPub("-t", topic, "-q", "" + sent, "-m", "sent at " + sent);
            }
            assertThat(sub.exitCode(START_MS)).isZero();
            assertThat(sub.out()).containsExactly("sent at 0", "sent at 1", "sent at 2");
        }
    }

    @Test
    void subReceivesALongMessageOctetForOctet() {
        String content = numbered("line of a long message", 8_000);
        try (Program sub = sub("-t", "sub/long", "-N", "-C", "1")) {
            broker.awaitSubscription("sub/long", 0);
            mosquittoPub("-t", "sub/long", "-f", write("long", bytes(content)).toString());
            assertThat(sub.exitCode(START_MS)).isZero();
            assertThat(sub.out()).isEqualTo(content.lines().toList());
        }
    }

    @Test
    void subLeavesOutWhatWasRetainedBefore() {
        mosquittoPub("-t", "sub/stale", "-r", "-m", "old");
        try (Program all = sub("-t", "sub/stale", "-C", "1");
                Program fresh = sub("-t", "sub/stale", "-R", "-C", "1", "-q", "1")) {
            assertThat(all.exitCode(START_MS)).isZero();
            assertThat(all.out()).containsExactly("old");
            broker.awaitSubscription("sub/stale", 1);
            mosquittoPub("-t", "sub/stale", "-m", "new");
            assertThat(fresh.exitCode(START_MS)).isZero();
            assertThat(fresh.out()).containsExactly("new");
        }
    }

    @Test
    void subLeavesOutFilteredTopicsAndLineEnds() {
        try (Program sub = sub("-t", "sub/out/#", "-T", "sub/out/noise/#", "-T", "sub/out/+/x", "-N", "-C", "2")) {
            broker.awaitSubscription("sub/out/#", 0);
            mosquittoPub("-t", "sub/out/a", "-m", "one");
            mosquittoPub("-t", "sub/out/noise", "-m", "NOISE");
            mosquittoPub("-t", "sub/out/a/x", "-m", "NOISE");
            mosquittoPub("-t", "sub/out/b", "-m", "two");
            assertThat(sub.exitCode(START_MS)).isZero();
            assertThat(sub.out()).containsExactly("onetwo");
        }
    }

    @Test
    void subFindsWhatCameWhileItWasAwayWhenItsSessionIsKept() {
        String[] arguments = {"-i", "keeper", "-c", "-t", "sub/kept", "-q", "1", "-W", "2"};
        try (Program first = sub(arguments)) {
            assertThat(first.exitCode(START_MS)).isEqualTo(27);
        }
        mosquittoPub("-t", "sub/kept", "-q", "1", "-m", "meanwhile");
        try (Program second = sub(arguments)) {
            second.await("meanwhile", START_MS);
        }
    }

    @Test
    void subEndsWith130OnCtrlC() {
        try (Program sub = sub("-t", "sub/interrupted")) {
            broker.awaitSubscription("sub/interrupted", 0);
            sub.signal("INT");
            assertThat(sub.exitCode(10_000)).isEqualTo(130);
            assertThat(sub.lines()).isEmpty();
        }
    }

    @Test
    void subComesBackAfterTheBrokerWasAway(@TempDir Path own) {
        try (Mosquitto restarted = new Mosquitto(own);
                Program sub = MidgeProgram.start(
                        "sub", "-h", "127.0.0.1", "-p", "" + restarted.port(), "-t", "sub/again", "-C", "1")) {
            restarted.awaitSubscription("sub/again", 0);
            restarted.stop();
            sub.await("connection lost", 5_000);
            pause(2_500);
            restarted.start();
            restarted.awaitSubscription("sub/again", 0);
            mosquittoPub(restarted, "-t", "sub/again", "-m", "after the restart");
            assertThat(sub.exitCode(10_000)).isZero();
            assertThat(sub.out()).containsExactly("after the restart");
            assertThat(sub.err()).singleElement().asString().startsWith("midge: connection lost");
        }
    }

    /** Long enough for an attempt to connect while nobody listens. */
    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return payloads as hex that the watcher has seen since it was started, after lines that begin so} */
    private static List<String> watched(String prefix, int count) {
        return watcher.await(count, line -> line.startsWith(prefix), 10_000).stream()
                .map(line -> line.substring(prefix.length()))
                .toList();
    }

    private static String[] mqtt(String... arguments) {
        return with(List.of("-h", "127.0.0.1", "-p", "" + broker.port()), arguments);
    }

    private static String[] with(List<String> first, String... more) {
        List<String> all = new ArrayList<>(first);
        all.addAll(Arrays.asList(more));
        return all.toArray(String[]::new);
    }

    private static void mqttPub(String... arguments) {
        pub(mqtt(arguments));
    }

    private static void pub(String... arguments) {
        pubFrom(Path.of("/dev/null"), arguments);
    }

    private static void pubFrom(Path input, String... arguments) {
        List<String> shell = List.of("sh", "-c", "exec \"$0\" \"$@\" < '" + input + "'", MidgeProgram.path(), "pub");
        try (Program pub = Program.start(List.of(with(shell, arguments)))) {
            assertThat(pub.exitCode(START_MS)).as(pub.lines().toString()).isZero();
            assertThat(pub.lines()).isEmpty();
        }
    }

    private static Program sub(String... arguments) {
        return MidgeProgram.start(with(List.of("sub"), mqtt(arguments)));
    }

    private static Program mosquittoSub(String... arguments) {
        String program = Peers.require("mosquitto_sub", "mosquitto-clients");
        return Program.start(List.of(with(List.of("stdbuf", "-oL", program), mqtt(arguments))));
    }

    private static void mosquittoPub(String... arguments) {
        mosquittoPub(broker, arguments);
    }

    private static void mosquittoPub(Mosquitto to, String... arguments) {
        String program = Peers.require("mosquitto_pub", "mosquitto-clients");
        List<String> first = List.of(program, "-h", "127.0.0.1", "-p", "" + to.port());
        try (Program pub = Program.start(List.of(with(first, arguments)))) {
            assertThat(pub.exitCode(10_000)).as(pub.lines().toString()).isZero();
        }
    }

    private static String numbered(String text, int count) {
        return String.join(
                "",
                IntStream.range(0, count).mapToObj(i -> text + " " + i + "\n").toList());
    }

    private static byte[] noise(int octets) {
        byte[] content = new byte[octets];
        new Random(octets).nextBytes(content);
        return content;
    }

    private static Path write(String name, byte[] content) {
        try {
            return Files.write(folder.resolve(name), content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] bytes(String text) {
        return SnDevice.octets(text);
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(bytes(text));
    }

    private static List<String> hexLines(String text) {
        return text.lines().map(PubSubIT::hex).toList();
    }
}
