package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * QoS 2 with Mosquitto on a line that breaks. What was published is judged by mosquitto_sub's output; what was received, against what
 * mosquitto_sub got of the same messages.
 *
 * <p>Mosquitto may itself begin an exchange anew when one of its resumptions was cut: a PUBLISH under the old identifier, although its
 * PUBREL has passed (5.0 §4.3.3-12: a new message then). Where that can happen the receiver is also held to the octets that it was
 * sent: one delivery between a PUBLISH and its PUBREL, by {@link midge.mqtt.live.Witness}.
 */
class QosTwoFaultsIT {
    private static final int MESSAGES = 10_000;
    private static final int CUTS = 100;
    private static final int EACH = MESSAGES / CUTS;
    private static final boolean UP = true;
    private static final boolean DOWN = false;

    @TempDir
    private static Path folder;

    private static Mosquitto broker;

    @BeforeAll
    static void start() {
        broker = Mosquitto.inMemory(folder);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static InetSocketAddress direct() {
        return new InetSocketAddress("127.0.0.1", broker.port());
    }

    private static Program watch(String topic) {
        Program watcher = Program.start(
                Peers.require("mosquitto_sub", "mosquitto-clients"),
                "-p",
                "" + broker.port(),
                "-q",
                "2",
                "-t",
                topic,
                "-i",
                "watch-" + topic);
        broker.awaitSubscription(topic, 2);
        return watcher;
    }

    /** Everything that came, once the last that is expected has come. */
    private static List<String> all(Program watcher, List<String> expected) {
        watcher.await(expected.get(expected.size() - 1), 20_000);
        return watcher.out();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void aPublishedMessageArrivesOnceWhereverTheConnectionIsCut(int version) throws IOException {
        String topic = "out" + version;
        List<String> expected = new ArrayList<>();
        try (CuttingProxy proxy = new CuttingProxy(broker.port());
                Program watcher = watch(topic);
                ResumingClient client = new ResumingClient(version, topic, 4, proxy.address())) {
            client.until(client.client::isConnected);
            atEveryOctet(proxy, client, () -> {
                publish(client, topic, expected);
                client.until(() -> client.client.unfinished() == 0);
            });
            assertThat(all(watcher, expected)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void aMessageIsReceivedOnceWhereverTheConnectionIsCut(int version) throws IOException {
        String topic = "in" + version;
        List<String> expected = new ArrayList<>();
        try (CuttingProxy proxy = new CuttingProxy(broker.port());
                Program watcher = watch(topic);
                ResumingClient publisher = new ResumingClient(version, "from" + version, 4, direct());
                ResumingClient client = new ResumingClient(version, topic, 4, proxy.address())) {
            client.subscribe(topic);
            atEveryOctet(proxy, client, () -> {
                publish(publisher, topic, expected);
                publisher.until(() -> publisher.client.unfinished() == 0);
                client.until(() -> client.hasAll(expected));
            });
            assertThat(all(watcher, expected)).isEqualTo(expected);
            // Mosquitto may begin an exchange anew whose PUBREL it had sent, when the cut meets its resumption: once
            // for each is due.
            assertThat(client.messages).as(client.witness::toString).isEqualTo(client.witness.due);
            assertThat(client.messages.stream().distinct()).containsExactlyElementsOf(expected);
            assertThat(client.messages).as(client.witness::toString).hasSizeLessThan(expected.size() + 4);
        }
    }

    /** Has a new connection for each exchange, and cuts it after every number of octets in either direction, CONNECT included. */
    private static void atEveryOctet(CuttingProxy proxy, ResumingClient client, Runnable exchange) {
        client.hangUp();
        exchange.run();
        long[] whole = {proxy.carried(UP), proxy.carried(DOWN)};
        assertThat(whole[0] + whole[1]).isGreaterThan(50);
        for (int direction = 0; direction < 2; direction++) {
            for (long octets = 0; octets <= whole[direction]; octets++) {
                int cuts = proxy.cuts() + 1;
                client.hangUp();
                proxy.cutNext(direction == 0, octets);
                exchange.run();
                client.until(() -> proxy.cuts() == cuts);
            }
        }
        client.hangUp();
        exchange.run();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void tenThousandArePublishedOnceThroughAHundredCuts(int version) throws IOException {
        String topic = "many-out" + version;
        Random random = new Random(0xFA17 + version);
        List<String> expected = new ArrayList<>();
        try (CuttingProxy proxy = new CuttingProxy(broker.port());
                Program watcher = watch(topic);
                ResumingClient client = new ResumingClient(version, topic, 16, proxy.address())) {
            client.until(client.client::isConnected);
            for (int cut = 1; cut <= CUTS; cut++) {
                int cuts = cut;
                client.hangUp();
                cutNextSomewhere(proxy, random);
                client.until(() -> publishUpTo(cuts * EACH, client, topic, expected) && proxy.cuts() == cuts);
            }
            client.until(() -> client.client.unfinished() == 0);
            assertThat(expected).hasSize(MESSAGES);
            assertThat(all(watcher, expected)).isEqualTo(expected);
        }
    }

    /** Each cut comes when the broker has written all that belongs to the resumption, so that nothing excuses a repetition. */
    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void tenThousandAreReceivedOnceThroughAHundredCuts(int version) throws IOException {
        Random random = new Random(0xFA17 + version);
        receiveMany(version, "many-in" + version, true, (proxy, client) -> {
            client.subscribe("barrier");
            boolean up = random.nextBoolean();
            proxy.cutCurrent(up, random.nextInt(up ? 500 : 2_000));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void tenThousandAreReceivedOncePerExchangeThroughAHundredCutsOfWhichSomeBreakResumption(int version)
            throws IOException {
        Random random = new Random(0xFA17 + version);
        receiveMany(version, "hard-in" + version, false, (proxy, client) -> {
            client.hangUp();
            cutNextSomewhere(proxy, random);
        });
    }

    private static void receiveMany(
            int version, String topic, boolean resumptionIsWhole, BiConsumer<CuttingProxy, ResumingClient> arm)
            throws IOException {
        List<String> expected = new ArrayList<>();
        try (CuttingProxy proxy = new CuttingProxy(broker.port());
                Program watcher = watch(topic);
                ResumingClient publisher = new ResumingClient(version, "from-" + topic, 16, direct());
                ResumingClient client = new ResumingClient(version, topic, 4, proxy.address())) {
            client.subscribe(topic);
            for (int cut = 1; cut <= CUTS; cut++) {
                int cuts = cut;
                arm.accept(proxy, client);
                publisher.until(() ->
                        publishUpTo(cuts * EACH, publisher, topic, expected) && publisher.client.unfinished() == 0);
                client.until(() -> proxy.cuts() == cuts);
            }
            client.until(() -> client.hasAll(expected));
            assertThat(expected).hasSize(MESSAGES);
            assertThat(all(watcher, expected)).isEqualTo(expected);
            if (resumptionIsWhole) {
                assertThat(client.messages).isEqualTo(expected);
            } else {
                // The broker begins anew what a cut took from its resumption, now and then behind what is newer.
                assertThat(client.messages.stream().distinct()).containsExactlyInAnyOrderElementsOf(expected);
            }
            assertThat(client.messages).isEqualTo(client.witness.due);
        }
    }

    private static void publish(ResumingClient client, String topic, List<String> expected) {
        String payload = "message %05d".formatted(expected.size());
        assertThat(client.publish(topic, payload)).isPositive();
        expected.add(payload);
    }

    /** {@return whether {@code goal} messages have been taken} */
    private static boolean publishUpTo(int goal, ResumingClient client, String topic, List<String> expected) {
        while (expected.size() < goal && client.client.unfinished() < 16) {
            publish(client, topic, expected);
        }
        return expected.size() == goal;
    }

    /** Within the octets of fewer than a hundred messages; every fourth time while they connect and resume. */
    private static void cutNextSomewhere(CuttingProxy proxy, Random random) {
        boolean up = random.nextBoolean();
        int most = random.nextInt(4) == 0 ? 60 : 500;
        proxy.cutNext(up, random.nextInt(most));
    }
}
