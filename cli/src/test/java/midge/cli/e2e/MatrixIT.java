package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import midge.cli.MidgeHere;
import midge.sim.peer.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each service of MQTT in each version, with Debian's Mosquitto between Midge and Mosquitto's own clients. */
class MatrixIT {
    private static final int PATIENCE_MS = Tools.PATIENCE_MS;

    @TempDir
    private static Path folder;

    private static Mosquitto broker;
    private static Tools tools;
    private static Program watcher;

    @BeforeAll
    static void start() {
        broker = new Mosquitto(folder);
        tools = new Tools(broker);
        watcher = tools.mosquittoSub("seen/#", 2, "-V", "mqttv5", "-F", "%t|%q|%r|%p");
    }

    @AfterAll
    static void stop() {
        watcher.close();
        broker.close();
    }

    static Stream<String[]> versionsAndQos() {
        return Stream.of("mqttv31", "mqttv311", "mqttv5")
                .flatMap(v -> Stream.of("0", "1", "2").map(q -> new String[] {v, q}));
    }

    @ParameterizedTest(name = "{0} QoS {1}")
    @MethodSource("versionsAndQos")
    void aMessageGoesOutAtItsQos(String version, String qos) {
        String topic = "seen/" + version + "/" + qos;
        tools.pub("-V", version, "-t", topic, "-q", qos, "-m", "out " + qos);
        watcher.await(topic + "|" + qos + "|0|out " + qos, PATIENCE_MS);
    }

    @ParameterizedTest(name = "{0} QoS {1}")
    @MethodSource("versionsAndQos")
    void aMessageComesInAtTheLowerOfTwoQos(String version, String qos) {
        String topic = "in/" + version + "/" + qos;
        MidgeHere sub = tools.sub(topic, Integer.parseInt(qos), "-V", version, "-C", "3", "-F", "%q %p");
        List<String> expected = new ArrayList<>();
        for (int sent = 0; sent <= 2; sent++) {
            tools.mosquittoPub("-V", version, "-t", topic, "-q", "" + sent, "-m", "sent at " + sent);
            expected.add(Math.min(sent, Integer.parseInt(qos)) + " sent at " + sent);
        }
        assertThat(sub.exitCode(PATIENCE_MS)).as(sub::toString).isZero();
        assertThat(sub.out()).isEqualTo(expected);
        assertThat(sub.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqttv31", "mqttv311", "mqttv5"})
    void aRetainedMessageIsKeptForLateComersUntilItIsCleared(String version) {
        String topic = "kept/" + version;
        tools.pub("-V", version, "-t", topic, "-r", "-q", "1", "-m", "still here");
        tools.pub("-V", version, "-t", topic + "/last", "-r", "-q", "1", "-m", "mark");
        try (Program late = tools.mosquittoSub(topic, 1, "-C", "1", "-F", "%r %p")) {
            assertThat(late.exitCode(PATIENCE_MS)).isZero();
            assertThat(late.out()).containsExactly("1 still here");
        }
        assertThat(tools.subbed("-V", version, "-t", topic, "-C", "1", "-F", "%r %p"))
                .containsExactly("1 still here");
        tools.pub("-V", version, "-t", topic, "-r", "-q", "1", "-n");
        // The broker sends retained messages in the order of the filters: with the first cleared, only the mark comes.
        assertThat(tools.subbed("-V", version, "-t", topic, "-t", topic + "/last", "-C", "1", "-v"))
                .containsExactly(topic + "/last mark");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "before, -V mqttv31 -c",
        "before, -V mqttv311 -c",
        "before, -V mqttv5 -c",
        "before, -V mqttv5 -c -x 60",
        "before, -V mqttv5 -c -x -1",
        "never,  -V mqttv5 -c -x 0",
        "never,  -V mqttv5 -c -x 60 -D disconnect session-expiry-interval 0",
        "never,  -V mqttv311",
    })
    void whatComesWhileASubscriberIsAwayWaitsInItsSession(String expected, String options) {
        String id = "away" + Math.abs(options.hashCode());
        String topic = "away/" + id;
        String[] session = options.split(" ");
        MidgeHere first = tools.midge("sub", session, "-i", id, "-t", topic, "-q", "2", "-E");
        assertThat(first.exitCode(PATIENCE_MS)).as(first::toString).isZero();
        tools.mosquittoPub("-t", topic, "-q", "1", "-m", "meanwhile 1");
        tools.mosquittoPub("-t", topic, "-q", "2", "-m", "meanwhile 2");
        int count = expected.equals("before") ? 3 : 1;
        MidgeHere second =
                tools.midge("sub", session, "-i", id, "-t", topic, "-q", "2", "-C", "" + count, "-F", "%q %p");
        broker.awaitSubscriptions(topic, 2, 2);
        tools.mosquittoPub("-t", topic, "-q", "2", "-m", "present");
        assertThat(second.exitCode(PATIENCE_MS)).as(second::toString).isZero();
        assertThat(second.out())
                .isEqualTo(count == 3 ? List.of("1 meanwhile 1", "2 meanwhile 2", "2 present") : List.of("2 present"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"mqttv31", "mqttv311", "mqttv5"})
    void wildcardsStandForOneLevelOrTheRest(String version) {
        String root = "wild" + version;
        MidgeHere one = tools.sub(root + "/+/x", 1, "-V", version, "-v", "-C", "2");
        MidgeHere rest = tools.sub(root + "/#", 1, "-V", version, "-v", "-C", "4");
        MidgeHere all = tools.midge("sub", new String[] {"-V", version, "-t", "#", "-v", "-d", "-W", "60"});
        all.await("received SUBACK", PATIENCE_MS);
        for (String topic : List.of("", "/a/x", "/a/b/x", "/b/x")) {
            tools.mosquittoPub("-t", root + topic, "-q", "1", "-m", "m");
        }
        assertThat(one.exitCode(PATIENCE_MS)).isZero();
        assertThat(one.out()).containsExactly(root + "/a/x m", root + "/b/x m");
        assertThat(rest.exitCode(PATIENCE_MS)).isZero();
        assertThat(rest.out()).containsExactly(root + " m", root + "/a/x m", root + "/a/b/x m", root + "/b/x m");
        all.await(root + "/b/x m", PATIENCE_MS);
        assertThat(all.out()).noneMatch(line -> line.startsWith("$SYS"));
        assertThat(tools.subbed("-V", version, "-t", "$SYS/#", "-v", "-C", "3"))
                .allMatch(line -> line.startsWith("$SYS/broker/"));
    }

    @ParameterizedTest
    @CsvSource({"mqttv5, mqttv5", "mqttv311, mqttv5"})
    void aSharedSubscriptionGivesEachMessageToOneOfItsMembers(String oneVersion, String otherVersion) {
        String topic = "shared/" + oneVersion;
        String filter = "$share/crew/" + topic;
        MidgeHere one = tools.sub(filter, 1, "-V", oneVersion, "-t", topic + "/end");
        MidgeHere other = tools.midge(
                "sub", new String[] {"-V", otherVersion, "-t", topic + "/end"}, "-t", filter, "-q", "1", "-W", "60");
        broker.awaitSubscriptions(filter, 1, 2);
        List<String> sent = IntStream.range(0, 60).mapToObj(i -> "m" + i).toList();
        lines(topic, sent);
        tools.mosquittoPub("-t", topic + "/end", "-q", "1", "-m", "end");
        one.await("end", PATIENCE_MS);
        other.await("end", PATIENCE_MS);
        List<String> received = new ArrayList<>(one.out());
        received.addAll(other.out());
        received.removeIf("end"::equals);
        assertThat(received).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(one.out()).hasSizeGreaterThan(1);
        assertThat(other.out()).hasSizeGreaterThan(1);
    }

    private static void lines(String topic, List<String> lines) {
        Path file = folder.resolve("lines");
        try {
            Files.write(file, lines);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        String pub = "mosquitto_pub -h 127.0.0.1 -p " + broker.port() + " -q 1 -l -t '" + topic + "' < " + file;
        assertThat(Program.start("sh", "-c", pub).exitCode(PATIENCE_MS)).isZero();
    }

    /** Four processes at once, each killed as kill -9 does; the delayed one first, and yet its will comes last. */
    @Test
    void theWillIsPublishedWhenTheProcessIsKilledAndLaterWhenItIsDelayed() {
        List<Program> victims = new ArrayList<>();
        try {
            victims.add(victim("seen/will/late", "-V mqttv5 -x 60 -D will will-delay-interval 2 --will-qos 1"));
            victims.add(victim("seen/will/31", "-V mqttv31 --will-qos 0"));
            victims.add(victim("seen/will/311", "-V mqttv311 --will-qos 1"));
            victims.add(victim("seen/will/5", "-V mqttv5 --will-qos 2 --will-retain"));
            for (String topic : List.of("late", "31", "311", "5")) {
                broker.awaitSubscription("victim/seen/will/" + topic, 0);
            }
            victims.forEach(victim -> victim.signal("KILL"));
            watcher.await("seen/will/late|1|0|gone", PATIENCE_MS);
            assertThat(watcher.out().stream().filter(line -> line.startsWith("seen/will/")))
                    .hasSize(4)
                    .contains("seen/will/31|0|0|gone", "seen/will/311|1|0|gone", "seen/will/5|2|0|gone")
                    .last()
                    .isEqualTo("seen/will/late|1|0|gone");
        } finally {
            victims.forEach(Program::close);
        }
        assertThat(tools.subbed("-t", "seen/will/5", "-C", "1", "-F", "%r %p")).containsExactly("1 gone");
    }

    private static Program victim(String willTopic, String options) {
        return MidgeProgram.start(("sub -h 127.0.0.1 -p " + broker.port() + " -t victim/" + willTopic
                        + " --will-payload gone --will-topic " + willTopic + " " + options)
                .split(" "));
    }
}
