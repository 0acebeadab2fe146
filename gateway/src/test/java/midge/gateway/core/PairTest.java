package midge.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import midge.gateway.port.GatewayCounters;
import midge.mqttsn.client.SnClient;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Promises that must hold whatever the network does. A failure is repeated by its seed. */
class PairTest {
    private static final int CLIENTS = 3;
    private static final int SLEEPER = 2;

    private final List<String> commands = new ArrayList<>();
    private int commandNumber;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void nothingAcknowledgedIsLostAndQos2ArrivesOnce(long seed) {
        Pair pair = new Pair(seed, CLIENTS, seed % 2 == 0 ? 0.25 : 0.1);
        for (int i = 0; i < CLIENTS; i++) {
            work(pair, i);
        }
        pair.after(20_000, () -> breakNow(pair));
        pair.run(240_000);
        pair.faulty = false;
        pair.run(120_000);
        for (int i = 0; i < CLIENTS; i++) {
            judge(pair, pair.nodes.get(i));
        }
        assertThat(pair.breaks).isPositive();
        assertThat(pair.core.counters().value(GatewayCounters.DROP_BROKER_MALFORMED))
                .isZero();
    }

    private void work(Pair pair, int number) {
        Pair.Node node = pair.nodes.get(number);
        pair.after(900 + 37L * number, () -> {
            if (pair.faulty) {
                if (node.client.outboxCount() < 2) {
                    node.publish(1 + node.published % 2);
                }
                if (node.subscribed) {
                    command(pair, number);
                }
                if (number == SLEEPER && node.client.state() == SnClient.ACTIVE && node.published % 8 == 0) {
                    node.client.sleep(5, pair.nowMs());
                    node.settle();
                } else if (number == SLEEPER && node.client.state() == SnClient.ASLEEP && commandNumber % 8 == 0) {
                    node.client.connect(pair.nowMs());
                    node.settle();
                }
                work(pair, number);
            } else if (node.client.state() != SnClient.ACTIVE) {
                node.client.connect(pair.nowMs());
                node.settle();
                work(pair, number);
            }
        });
    }

    private void command(Pair pair, int number) {
        int qos = 1 + commandNumber % 2;
        String text = "c" + qos + "-" + number + "-" + commandNumber++;
        commands.add(text);
        pair.broker.publish("cmd/" + number + "/x", text.getBytes(StandardCharsets.UTF_8), qos);
    }

    private void breakNow(Pair pair) {
        if (pair.faulty) {
            pair.breakALink();
            pair.after(7_000, () -> breakNow(pair));
        }
    }

    private void judge(Pair pair, Pair.Node node) {
        List<String> published = pair.broker.published;
        assertThat(published).as("acknowledged to %s", node.number).containsAll(node.confirmed);
        assertThat(node.confirmed).hasSizeGreaterThan(10); // a sleeper has the fewest
        assertThat(node.tokens).as("still open at %s", node.number).isEmpty();
        for (String text : published) {
            if (text.contains("=q2-")) {
                assertThat(Collections.frequency(published, text)).as(text).isEqualTo(1);
            }
        }
        for (String command : commands) {
            if (command.split("-")[1].equals(String.valueOf(node.number))) {
                int times = Collections.frequency(node.heard, command);
                assertThat(times).as("%s at %s", command, node.number).isPositive();
                if (command.startsWith("c2")) {
                    assertThat(times).as("%s at %s", command, node.number).isEqualTo(1);
                }
            }
        }
    }
}
