package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import midge.cli.MidgeHere;
import midge.sim.peer.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads of any size and the properties of MQTT 5 pass between Midge and Mosquitto's own clients unchanged. */
class MessagesIT {
    private static final int PATIENCE_MS = Tools.PATIENCE_MS;

    @TempDir
    private static Path folder;

    private static Mosquitto broker;
    private static Tools tools;

    @BeforeAll
    static void start() {
        broker = new Mosquitto(folder);
        tools = new Tools(broker);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    /** Around the sizes at which the remaining length takes one octet more (§1.5.5), and large. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 127, 128, 16_383, 16_384, 65_535, 65_536, 1_048_576})
    void aPayloadOfAnySizePassesOctetForOctet(int octets) throws IOException {
        byte[] payload = new byte[octets];
        new Random(octets).nextBytes(payload);
        Path file = Files.write(folder.resolve("payload" + octets), payload);
        String topic = "size/" + octets;
        String version = octets % 2 == 0 ? "mqttv5" : "mqttv311";
        try (Program watcher = tools.mosquittoSub(topic, 2, "-F", "%l %x", "-C", "3")) {
            MidgeHere sub = tools.sub(topic, 1, "-V", version, "-N", "-C", "1");
            for (String qos : List.of("0", "1", "2")) {
                tools.pub("-V", version, "-t", topic, "-q", qos, "-f", file.toString());
                if (qos.equals("0")) {
                    assertThat(sub.exitCode(PATIENCE_MS))
                            .as(() -> sub.err().toString())
                            .isZero();
                    assertThat(sub.octets()).isEqualTo(payload);
                }
            }
            assertThat(watcher.exitCode(PATIENCE_MS)).isZero();
            String expected = octets + " " + HexFormat.of().formatHex(payload);
            assertThat(watcher.out()).hasSize(3).allMatch(expected::equals);
        }
        MidgeHere second = tools.sub(topic + "/in", 2, "-V", version, "-N", "-C", "1");
        tools.mosquittoPub("-t", topic + "/in", "-q", "2", "-f", file.toString());
        assertThat(second.exitCode(PATIENCE_MS)).isZero();
        assertThat(second.octets()).isEqualTo(payload);
    }

    @Test
    void aPacketBeyondTheLimitEndsSubWithTheWayOut() {
        MidgeHere sub = tools.sub("limit/4", 1, "--max-packet", "4096");
        tools.mosquittoPub("-t", "limit/4", "-m", "x".repeat(4_000));
        sub.await("xxx", PATIENCE_MS);
        tools.mosquittoPub("-t", "limit/4", "-m", "x".repeat(4_100));
        assertThat(sub.exitCode(PATIENCE_MS)).isEqualTo(1);
        assertThat(sub.err())
                .containsExactly("midge: a packet came that is larger than --max-packet 4096 octets; raise it");
    }

    @Test
    void aBrokerOfMqtt5IsToldTheLimitAndKeepsLargerPacketsBack() {
        MidgeHere sub = tools.sub("limit/5", 1, "-V", "mqttv5", "--max-packet", "4096", "-C", "1");
        tools.mosquittoPub("-t", "limit/5", "-m", "x".repeat(4_100));
        tools.mosquittoPub("-t", "limit/5", "-m", "small");
        assertThat(sub.exitCode(PATIENCE_MS)).isZero();
        assertThat(sub.out()).containsExactly("small");
    }

    @Test
    void pubSendsNothingBeyondTheLimit() {
        MidgeHere pub = MidgeHere.start("pub", "-t", "limit/out", "-m", "x".repeat(2_000), "--max-packet", "1024");
        assertThat(pub.exitCode(PATIENCE_MS)).isEqualTo(2);
        assertThat(pub.err())
                .containsExactly("midge: the message makes a packet of 2018 octets, --max-packet is 1024; raise it");
    }

    private static final String LETTERS = "%t|%p|%l|%q|%r|%x|%X|%A|%C|%D|%E|%F|%P|%R|%S|%%|@@";

    /** What one prints the other prints, whoever published. */
    @ParameterizedTest
    @ValueSource(strings = {LETTERS, "%20t|%-20t|%.3t|%12.6t|%05l|%-5l|%8C|%.4C|%06E|%3F|%05S|%20p|@F|\\t\\\\"})
    void propertiesArePrintedAsMosquittoSubPrintsThem(String format) {
        String topic = "five/" + Math.abs(format.hashCode());
        String[] options = {"-V", "mqttv5", "-D", "subscribe", "subscription-identifier", "7", "-F", format, "-C", "4"};
        try (Program theirs = tools.mosquittoSub(topic, 1, options)) {
            MidgeHere ours = tools.midge("sub", options, "-t", topic, "-q", "1", "-W", "60");
            broker.awaitSubscriptions(topic, 1, 2);
            String[] rich = {
                "-V",
                "mqttv5",
                "-t",
                topic,
                "-q",
                "1",
                "-m",
                "payload",
                "-D",
                "publish",
                "user-property",
                "room",
                "kitchen",
                "-D",
                "publish",
                "user-property",
                "room",
                "bath",
                "-D",
                "publish",
                "content-type",
                "text/plain",
                "-D",
                "publish",
                "response-topic",
                "back/here",
                "-D",
                "publish",
                "correlation-data",
                "77",
                "-D",
                "publish",
                "message-expiry-interval",
                "600",
                "-D",
                "publish",
                "payload-format-indicator",
                "1"
            };
            tools.mosquittoPub(rich);
            tools.pub(rich);
            tools.mosquittoPub("-t", topic, "-m", "plain");
            tools.pub("-V", "mqttv5", "-t", topic, "-m", "plain");
            assertThat(theirs.exitCode(PATIENCE_MS)).isZero();
            assertThat(ours.exitCode(PATIENCE_MS)).as(ours::toString).isZero();
            assertThat(ours.out()).isEqualTo(theirs.out());
            assertThat(ours.out().get(0)).isEqualTo(ours.out().get(1));
            assertThat(ours.out().get(2)).isEqualTo(ours.out().get(3));
        }
    }

    @Test
    void theFirstFormatShowsEveryProperty() {
        MidgeHere sub = tools.sub("five/all", 1, "-V", "mqttv5", "-F", LETTERS, "-C", "1");
        tools.mosquittoPub(
                "-V",
                "mqttv5",
                "-t",
                "five/all",
                "-q",
                "1",
                "-m",
                "hi",
                "-D",
                "publish",
                "user-property",
                "k",
                "v",
                "-D",
                "publish",
                "content-type",
                "c",
                "-D",
                "publish",
                "response-topic",
                "r",
                "-D",
                "publish",
                "correlation-data",
                "d",
                "-D",
                "publish",
                "payload-format-indicator",
                "1");
        assertThat(sub.exitCode(PATIENCE_MS)).isZero();
        assertThat(sub.out()).containsExactly("five/all|hi|2|1|0|6869|6869||c|d||1|k:v|r||%|@");
    }

    @ParameterizedTest
    @ValueSource(strings = {"%j", "%J"})
    void jsonIsWhatMosquittoSubPrints(String format) {
        String topic = "json/" + format.charAt(1);
        String count = format.equals("%J") ? "5" : "3";
        String[] options = {"-V", "mqttv5", "-F", format, "-C", count};
        try (Program theirs = tools.mosquittoSub(topic, 1, options)) {
            MidgeHere ours = tools.midge("sub", options, "-t", topic, "-q", "1", "-W", "60");
            broker.awaitSubscriptions(topic, 1, 2);
            if (format.equals("%J")) {
                tools.mosquittoPub("-t", topic, "-m", "{no JSON");
                ours.await("midge: the payload on json/J is not JSON", PATIENCE_MS);
                tools.mosquittoPub("-t", topic, "-m", "{no JSON either");
            }
            tools.pub(
                    "-V",
                    "mqttv5",
                    "-t",
                    topic,
                    "-q",
                    "1",
                    "-m",
                    "{\"a\":[1,true,{}]}",
                    "-D",
                    "publish",
                    "content-type",
                    "c");
            tools.pub("-t", topic, "-m", "\"\\\" \u00e4 \\\\\"");
            tools.pub("-t", topic, "-m", "12");
            theirs.await("12", PATIENCE_MS);
            assertThat(ours.exitCode(PATIENCE_MS)).as(ours::toString).isZero();
            assertThat(stamped(ours.out()))
                    .isEqualTo(stamped(theirs.out().stream()
                            .filter(line -> !line.isEmpty())
                            .toList()));
        }
    }

    /** Without the time, in which the two differ by some milliseconds. */
    private static List<String> stamped(List<String> lines) {
        assertThat(lines)
                .allMatch(line -> line.matches("\\{\"tst\":\"[-0-9]{10}T[:0-9]{8}[.][0-9]{6}Z[+-][0-9]{4}\".*"));
        return lines.stream().map(line -> line.substring(line.indexOf(','))).toList();
    }

    @Test
    void anExpiredMessageIsNotDeliveredAndALivingOneSaysHowLongItHas() throws InterruptedException {
        String[] session = {"-V", "mqttv5", "-c", "-x", "60", "-i", "expiry", "-t", "expiry", "-q", "1", "-W", "60"};
        assertThat(tools.midge("sub", session, "-E").exitCode(PATIENCE_MS)).isZero();
        tools.pub(
                "-V",
                "mqttv5",
                "-t",
                "expiry",
                "-q",
                "1",
                "-m",
                "short",
                "-D",
                "publish",
                "message-expiry-interval",
                "1");
        tools.pub(
                "-V",
                "mqttv5",
                "-t",
                "expiry",
                "-q",
                "1",
                "-m",
                "long",
                "-D",
                "publish",
                "message-expiry-interval",
                "600");
        tools.pub("-V", "mqttv5", "-t", "expiry", "-q", "1", "-m", "ever");
        Thread.sleep(2_500);
        MidgeHere back = tools.midge("sub", session, "-C", "2", "-F", "%p %E");
        assertThat(back.exitCode(PATIENCE_MS)).isZero();
        assertThat(back.out()).hasSize(2).last().isEqualTo("ever ");
        assertThat(back.out().get(0)).matches("long 5[0-9][0-9]");
    }

    @Test
    void anAliasStandsForTheTopicFromTheSecondMessageOn() {
        try (Program watcher = tools.mosquittoSub("a/long/topic", 1, "-v", "-C", "3")) {
            MidgeHere pub = tools.midge(
                    "pub", "-V mqttv5 -t a/long/topic -q 1 -m x --repeat 3 -d -D publish topic-alias 1".split(" "));
            assertThat(pub.exitCode(PATIENCE_MS)).as(pub::toString).isZero();
            assertThat(watcher.exitCode(PATIENCE_MS)).isZero();
            assertThat(watcher.out()).hasSize(3).allMatch("a/long/topic x"::equals);
            assertThat(pub.err().stream().filter(line -> line.contains("sent PUBLISH")))
                    .satisfiesExactly(
                            line -> assertThat(line).contains("'a/long/topic'", "topic-alias 1"),
                            line -> assertThat(line).contains("PUBLISH ''", "topic-alias 1"),
                            line -> assertThat(line).contains("PUBLISH ''", "topic-alias 1"));
        }
    }
}
