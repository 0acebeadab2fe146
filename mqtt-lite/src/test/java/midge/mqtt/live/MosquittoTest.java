package midge.mqtt.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import midge.mqtt.client.MqttClientConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client with a broker that no one here wrote. */
class MosquittoTest {
    @TempDir
    static Path folder;

    private static Broker broker;

    @BeforeAll
    static void start() throws IOException {
        broker = new Broker(folder);
    }

    @AfterAll
    static void stop() {
        if (broker != null) {
            broker.close();
        }
    }

    private static MqttClientConfig.Builder config(int version, String id) {
        return new MqttClientConfig.Builder()
                .version(version)
                .clientId(id.getBytes(UTF_8))
                .receiveMax(20);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void everyQosBothWays(int version) throws IOException {
        byte[] none = new byte[0];
        try (Host host = new Host(config(version, "all").build(), broker.port)) {
            host.connect();
            host.subscribe("q/#", 2);
            List<String> expected = new ArrayList<>();
            for (int qos = 0; qos < 3; qos++) {
                for (String payload : List.of("", "x", "y".repeat(200))) {
                    assertTrue(host.publish(qos, "q/" + qos, none, payload) >= 0);
                    expected.add("q/" + qos + " " + qos + " " + payload);
                    host.until(() -> host.messages.size() == expected.size() && host.client.unfinished() == 0);
                }
            }
            assertEquals(expected, host.messages);
            assertEquals(List.of(0, 0, 0, 0, 0, 0), host.delivered);
        }
    }

    @Test
    void propertiesAndAliasesInVersion5() throws IOException {
        byte[] user = {0x26, 0, 1, 'k', 0, 1, 'v'};
        MqttClientConfig.Builder config = config(5, "five").topicAliasMax(10).topicAliasesOut(10);
        try (Host host = new Host(config.build(), broker.port)) {
            host.connect();
            host.subscribe("$share/g/five/+", 1);
            for (int i = 0; i < 30; i++) {
                int number = i + 1;
                assertTrue(host.publish(i % 2, "five/" + i % 3, i % 5 == 0 ? user : new byte[0], "m" + i) >= 0);
                host.until(() -> host.messages.size() == number && host.client.unfinished() == 0);
            }
            assertEquals("five/2 1 m29", host.messages.get(29));
        }
    }

    @Test
    void aPayloadFarLargerThanAnyBufferOfTheSender() throws IOException {
        MqttClientConfig receiving =
                config(4, "large-in").packetSizeMax(1_100_000).build();
        try (Host in = new Host(receiving, broker.port);
                Host out = new Host(config(4, "large-out").build(), broker.port)) {
            in.connect();
            in.subscribe("large", 2);
            out.connect();
            byte[] topic = "large".getBytes(UTF_8);
            out.client.publishPulled(2, false, topic, 0, topic.length, topic, 0, 0, 1_000_000, 0);
            out.until(() -> out.client.unfinished() == 0);
            in.until(() -> in.messages.size() == 1);
            String message = in.messages.get(0);
            assertEquals(8 + 1_000_000, message.length());
            assertTrue(message.startsWith("large 2 abcdef"));
            assertEquals('a' + 999_999 % 26, message.charAt(message.length() - 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void aBacklogOfQos2ComesAtOnceAndWhole(int version) throws IOException {
        String topic = "backlog" + version;
        MqttClientConfig.Builder asleep = config(version, topic).clean(false);
        if (version == 5) {
            asleep.sessionExpiryS(600);
        }
        try (Host host = new Host(asleep.build(), broker.port);
                Host out = new Host(config(version, "out" + version).build(), broker.port)) {
            host.connect();
            host.subscribe(topic, 2);
            host.cut();
            out.connect();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 90; i++) {
                assertTrue(out.publish(2, topic, new byte[0], "m" + i) > 0);
                out.until(() -> out.client.unfinished() == 0);
                expected.add(topic + " 2 m" + i);
            }
            host.connect();
            host.until(() -> host.messages.size() >= 90);
            assertEquals(expected, host.messages);
        }
    }

    /** Cuts fall anywhere but into the broker's resumption: what it then owes is on the wire before the next cut. */
    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void qos2ExactlyOnceThroughFiftyCuts(int version) throws IOException {
        throughFiftyCuts(version, "cut" + version, true);
    }

    /**
     * Cuts may fall into the resumption too. When a connection ends before the broker has written a PUBREL that it owes from the
     * connection before, the broker may begin the next one with that message's PUBLISH again, under the same identifier, though
     * PUBREC and PUBREL have passed. To the client, whose exchange PUBREL has ended, this is a new message (5.0 §4.3.3-12). So the
     * client is held to what came over the wire: one delivery for each identifier between its PUBLISH and its PUBREL.
     */
    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void qos2OncePerExchangeThroughFiftyCutsOfWhichSomeBreakResumption(int version) throws IOException {
        throughFiftyCuts(version, "hard" + version, false);
    }

    private static void throughFiftyCuts(int version, String topic, boolean resumptionIsWhole) throws IOException {
        MqttClientConfig.Builder persistent =
                config(version, topic).clean(false).window(8);
        if (version == 5) {
            persistent.sessionExpiryS(600);
        }
        Random random = new Random(0xC07 + version);
        List<String> expected = new ArrayList<>();
        try (Host host = new Host(persistent.build(), broker.port);
                Host watcher = new Host(config(version, "watch" + topic).build(), broker.port)) {
            host.witness = new Witness(version);
            watcher.connect();
            watcher.subscribe(topic, 2);
            host.connect();
            host.subscribe(topic, 2);
            for (int cut = 0; cut < 50; cut++) {
                while (host.publish(2, topic, new byte[0], "m" + expected.size()) > 0) {
                    expected.add(topic + " 2 m" + expected.size());
                }
                for (int turns = random.nextInt(4); turns > 0; turns--) {
                    host.turn();
                }
                host.transmit(random.nextInt(60));
                host.cut();
                host.connect();
                assertTrue(host.present);
                if (resumptionIsWhole) {
                    // The broker reads this after it has written everything that belongs to the resumption.
                    host.subscribe("barrier", 0);
                }
                watcher.turn();
            }
            host.until(() -> host.client.unfinished() == 0 && host.distinct().size() >= expected.size());
            watcher.until(() -> watcher.messages.size() >= expected.size());
            assertEquals(expected, watcher.messages);
            assertEquals(expected, resumptionIsWhole ? host.messages : host.distinct(), host.witness::toString);
            List<String> due =
                    host.witness.due.stream().map(m -> topic + " 2 " + m).toList();
            assertEquals(due, host.messages, host.witness::toString);
        }
    }
}
