package midge.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import midge.mqttsn.client.SnClientConfig;
import midge.mqttsn.codec.SnFlags;
import midge.sim.peer.Peers;
import midge.sim.peer.Program;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What our client does with a gateway on UDP that has Mosquitto behind it and Mosquitto's own programs at the far end. A subclass starts
 * the gateway. Pre-defined for every client: 7 is {@code site/predefined}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SnGatewaySuite {
    static final int PREDEFINED_ID = 7;
    static final String PREDEFINED = "site/predefined";

    private static final int PROGRAM_MS = 20_000;

    Mosquitto broker;
    private Program watcher;
    private int port;
    private int clients;

    /** Starts the gateway on UDP {@code port} of loopback, in front of {@link #broker}; returns when it serves. */
    abstract void startGateway(int port, Path ownFolder) throws IOException;

    abstract void stopGateway();

    /** What not every gateway is asked for. */
    enum Ability {
        /** QoS -1 from any address. */
        UNCONNECTED,
        WILL,
        /** Registers names again for a session that goes on. */
        REGISTER_AGAIN,
        /** Another sleep time without waking up in between. */
        SLEEP_CHANGE,
        /** Messages for a sleeper come in the order in which they were published. */
        ORDER_OF_SLEEP
    }

    Set<Ability> abilities() {
        return EnumSet.allOf(Ability.class);
    }

    private void needs(Ability ability) {
        Assumptions.assumeTrue(abilities().contains(ability), "this gateway is not asked for " + ability);
    }

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        Peers.require("mosquitto_pub", "mosquitto-clients");
        beforeStart();
        broker = new Mosquitto(folder);
        port = Mosquitto.freePort();
        startGateway(port, folder);
        watcher = broker.sub("-t", "#", "-q", "2", "-F", "%t|%q|%r|%p");
        broker.awaitSubscription("#", 2);
    }

    /** The place to skip everything. */
    void beforeStart() {}

    @AfterAll
    void stop() {
        if (broker != null) {
            watcher.close();
            stopGateway();
            broker.close();
        }
    }

    private SnClientConfig.Builder options() {
        return SnClientConfig.builder("suite-" + ++clients)
                .retryMs(1_000)
                .retries(5)
                .outboxOctets(2_000)
                .topics(40)
                .topicOctets(1_000)
                .predefined(PREDEFINED_ID, PREDEFINED);
    }

    private SnDevice device(SnClientConfig.Builder options) throws IOException {
        return new SnDevice(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), options.build());
    }

    private SnDevice connected() throws IOException {
        SnDevice device = device(options());
        device.connect();
        return device;
    }

    private String uri() {
        return "udp://127.0.0.1:" + port;
    }

    @ParameterizedTest(name = "{0} at QoS {1}")
    @CsvSource({
        "up/name, 0",
        "up/name, 1",
        "up/name, 2",
        "up, 0",
        "up, 1",
        "up, 2",
        "site/predefined, 0",
        "site/predefined, 1",
        "site/predefined, 2",
    })
    void publishes(String topic, int qos) throws IOException {
        String payload = "up at " + qos;
        try (SnDevice device = connected()) {
            device.publish(topic, qos, payload);
            watcher.await(topic + "|" + qos + "|0|" + payload, 5_000);
            device.disconnect();
        }
    }

    @ParameterizedTest
    @CsvSource({"qm", PREDEFINED})
    void publishesWithoutAConnection(String topic) throws IOException {
        needs(Ability.UNCONNECTED);
        try (SnDevice device = device(options())) {
            device.publish(topic, -1, "unconnected");
            watcher.await(topic + "|0|0|unconnected", 5_000);
        }
    }

    @Test
    void publishesManyInOrder() throws IOException {
        List<String> expected = IntStream.range(0, 40).mapToObj(i -> "m" + i).toList();
        try (SnDevice device = connected()) {
            expected.forEach(payload -> device.publish("many/a", 1, payload));
            assertThat(watcher.await(40, line -> line.startsWith("many/a|"), 5_000))
                    .isEqualTo(expected.stream().map(p -> "many/a|1|0|" + p).toList());
            device.disconnect();
        }
    }

    @Test
    void publishesRetained() throws IOException {
        try (SnDevice device = connected()) {
            device.publish("kept/up", 1, true, "stays");
            device.disconnect();
        }
        try (Program later = broker.sub("-t", "kept/up", "-C", "1", "-F", "%r %p")) {
            assertThat(later.exitCode(10_000)).isZero();
            assertThat(later.out()).containsExactly("1 stays");
        }
    }

    @ParameterizedTest(name = "{0} at QoS {1}")
    @CsvSource({
        "down/name, 0",
        "down/name, 1",
        "down/name, 2",
        "dn, 0",
        "dn, 1",
        "dn, 2",
        "site/predefined, 0",
        "site/predefined, 1",
        "site/predefined, 2",
    })
    void receives(String topic, int qos) throws IOException {
        try (SnDevice device = connected()) {
            device.subscribe(topic, qos);
            broker.pub("-t", topic, "-q", "" + qos, "-m", "down");
            device.awaitMessages(1);
            assertThat(device.messages()).containsExactly(topic + " " + qos + " down");
            device.disconnect();
        }
    }

    @Test
    void receivesNoMoreAfterUnsubscribing() throws IOException {
        try (SnDevice device = connected()) {
            device.subscribe("left/a", 1);
            device.subscribe("left/end", 1);
            device.unsubscribe("left/a");
            broker.pub("-t", "left/a", "-q", "1", "-m", "not wanted");
            broker.pub("-t", "left/end", "-q", "1", "-m", "end");
            device.awaitMessages(1);
            assertThat(device.messages()).containsExactly("left/end 1 end");
            device.disconnect();
        }
    }

    @Test
    void receivesByWildcardsWithNamesThatTheGatewayRegisters() throws IOException {
        try (SnDevice device = connected()) {
            device.subscribe("wild/+/x/#", 2);
            for (int i = 0; i < 12; i++) {
                broker.pub("-t", "wild/" + i + "/x/y", "-q", "" + i % 3, "-m", "w" + i);
                device.awaitMessages(i + 1);
            }
            assertThat(device.messages())
                    .isEqualTo(IntStream.range(0, 12)
                            .mapToObj(i -> "wild/" + i + "/x/y " + i % 3 + " w" + i)
                            .toList());
            device.disconnect();
        }
    }

    @Test
    void receivesWhatWasRetained() throws IOException {
        broker.pub("-t", "kept/down", "-r", "-q", "1", "-m", "old");
        try (SnDevice device = connected()) {
            device.subscribe("kept/down", 1);
            device.awaitMessages(1);
            assertThat(device.messages()).containsExactly("kept/down 1 old");
            device.disconnect();
        }
    }

    @Test
    void leavesItsWillWhenItIsKilled() throws IOException {
        needs(Ability.WILL);
        SnClientConfig.Builder options =
                options().keepAliveS(2).will("will/killed", SnDevice.octets("gone"), SnFlags.QOS_1 | SnFlags.RETAIN);
        try (SnDevice device = device(options)) {
            device.connect();
        }
        watcher.await("will/killed|1|0|gone", 15_000);
    }

    @Test
    void leavesNoWillAfterAGoodbye() throws IOException {
        needs(Ability.WILL);
        SnClientConfig.Builder options = options().will("will/goodbye", SnDevice.octets("gone"), SnFlags.QOS_1);
        try (SnDevice device = device(options)) {
            device.connect();
            device.disconnect();
        }
        broker.pub("-t", "will/end", "-q", "1", "-m", "end");
        watcher.await("will/end|1|0|end", 5_000);
        assertThat(watcher.lines()).noneMatch(line -> line.startsWith("will/goodbye"));
    }

    @Test
    void collectsWhatCameWhileItSlept() throws IOException {
        try (SnDevice device = connected()) {
            device.subscribe("sleep/#", 2);
            device.sleep(60);
            for (int i = 0; i < 6; i++) {
                broker.pub("-t", "sleep/" + i % 2, "-q", "" + i % 3, "-m", "s" + i);
            }
            device.collect(6);
            String[] expected = IntStream.range(0, 6)
                    .mapToObj(i -> "sleep/" + i % 2 + " " + i % 3 + " s" + i)
                    .toArray(String[]::new);
            if (abilities().contains(Ability.ORDER_OF_SLEEP)) {
                assertThat(device.messages()).containsExactly(expected);
            } else {
                assertThat(device.messages()).containsExactlyInAnyOrder(expected);
            }
            if (abilities().contains(Ability.SLEEP_CHANGE)) {
                device.sleep(30);
            }
            broker.pub("-t", "sleep/0", "-q", "1", "-m", "after the change");
            device.collect(7);
            assertThat(device.messages()).last().isEqualTo("sleep/0 1 after the change");
            device.connect();
            device.publish("sleep/up", 1, "awake");
            watcher.await("sleep/up|1|0|awake", 5_000);
            device.disconnect();
        }
    }

    @Test
    void findsItsSubscriptionsAgainInAKeptSession() throws IOException {
        needs(Ability.REGISTER_AGAIN);
        SnClientConfig.Builder options = options().cleanSession(false);
        try (SnDevice device = device(options)) {
            device.connect();
            device.subscribe("session/a", 1);
            device.disconnect();
            broker.pub("-t", "session/a", "-q", "1", "-m", "meanwhile");
            device.connect();
            device.awaitMessages(1);
            assertThat(device.messages()).containsExactly("session/a 1 meanwhile");
            device.disconnect();
        }
    }

    @Test
    void updatesItsWill() throws IOException {
        needs(Ability.WILL);
        SnClientConfig.Builder options = options()
                .keepAliveS(2)
                .will("will/old", SnDevice.octets("old"), SnFlags.QOS_1)
                .willRoom(20, 20);
        try (SnDevice device = device(options)) {
            device.connect();
            device.updateWill("will/new", "new");
        }
        watcher.await("will/new|1|0|new", 15_000);
        assertThat(watcher.lines()).noneMatch(line -> line.startsWith("will/old"));
    }

    @Test
    void theCommandsPublishAndSubscribe() {
        try (Program sub = midge("sub", "-t", "cli/+", "-t", "c2", "-q", "2", "-v", "-C", "3")) {
            broker.awaitSubscription("c2", 2);
            try (Program pub = midge("pub", "-t", "cli/a", "-q", "2", "-m", "one", "--repeat", "2")) {
                assertThat(pub.exitCode(PROGRAM_MS)).as(pub.lines().toString()).isZero();
            }
            broker.pub("-t", "c2", "-m", "two");
            assertThat(sub.exitCode(PROGRAM_MS)).as(sub.lines().toString()).isZero();
            assertThat(sub.out()).containsExactly("cli/a one", "cli/a one", "c2 two");
        }
    }

    @Test
    void theSubCommandSleepsAndPrintsWhatItCollects() {
        String times = abilities().contains(Ability.SLEEP_CHANGE) ? "3,2" : "3";
        try (Program sub =
                midge("sub", "-t", "cli/sleep/#", "-q", "1", "--sleep", times, "-C", "2", "-F", "%t %q %r %p")) {
            broker.awaitSubscription("cli/sleep/#", 1);
            broker.pub("-t", "cli/sleep/a", "-q", "1", "-m", "one");
            sub.await("one", PROGRAM_MS);
            broker.pub("-t", "cli/sleep/b", "-q", "0", "-m", "two");
            assertThat(sub.exitCode(PROGRAM_MS)).as(sub.lines().toString()).isZero();
            assertThat(sub.out()).containsExactly("cli/sleep/a 1 0 one", "cli/sleep/b 0 0 two");
        }
    }

    private Program midge(String command, String... arguments) {
        List<String> all = new java.util.ArrayList<>(List.of(command, "--sn", uri()));
        all.addAll(List.of(arguments));
        return MidgeProgram.start(all.toArray(String[]::new));
    }
}
