package midge.sim.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import midge.topic.TopicFilter;
import midge.wire.Prng;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopicTreeTest {
    private final BrokerCore core = new BrokerCore(BrokerConfig.defaults(), new BrokerBench(), 1, 0);
    private final TopicTree tree = new TopicTree();

    /** MQTT 5.0 §4.7; the rows where a trie and a plain matcher may differ. */
    @ParameterizedTest
    @CsvSource({
        "a, a, true",
        "a, A, false",
        "a/b, a/b/, false",
        "a, a/, false",
        "a/, a/, true",
        "/a, a, false",
        "/, /, true",
        "#, a/b/c, true",
        "#, /, true",
        "#, $dev/x, false",
        "a/#, a, true",
        "a/#, a/, true",
        "a/#, ab, false",
        "/#, /, true",
        "/#, a, false",
        "+, /a, false",
        "+, $dev, false",
        "+/+, /a, true",
        "+/+, a/, true",
        "+/+, /, true",
        "+/+, a, false",
        "/+, /, true",
        "a/+, a/, true",
        "a/+, a, false",
        "a/+/c, a//c, true",
        "+/b, $dev/b, false",
        "a/+/#, a/b, true",
        "a/+/#, a, false",
        "a/+/#, a/, true",
        "+/#, a, true",
        "+/#, $dev/x, false",
        "+/+/#, a, false",
        "a//b, a/b, false",
        "$dev/#, $dev/x, true",
        "$dev/#, $dev, true",
        "$dev/+, $dev/x, true",
        "a/#, $a, false",
        "a/$b, a/$b, true",
        "a/+, a/$b, true"
    })
    void filtersMatchNamesAsTheStandardSays(String filter, String topic, boolean expected) {
        Subscription subscription = subscription(filter);
        tree.subscribe(subscription);
        List<Subscription> found = new ArrayList<>();
        tree.match(topic, found::add);
        assertThat(found).hasSize(expected ? 1 : 0);

        tree.retain(Message.own(topic, new byte[1], true));
        List<Message> kept = new ArrayList<>();
        tree.retained(filter, kept::add);
        assertThat(kept).hasSize(expected ? 1 : 0);

        tree.unsubscribe(subscription);
        tree.forget(topic);
        assertThat(tree.isEmpty()).isTrue();
        assertThat(tree.subscriptionCount() + tree.retainedCount()).isZero();
    }

    @Test
    void agreesWithThePlainMatcherOnArbitraryFiltersAndNames() {
        Prng prng = new Prng(20);
        Set<String> filters = new HashSet<>();
        for (int i = 0; i < 400; i++) {
            filters.add(word(prng, "a", "b", "", "$x", "+", "#"));
        }
        filters.removeIf(filter -> TopicFilter.checkPlain(octets(filter), 0, octets(filter).length) < 0);
        filters.forEach(filter -> tree.subscribe(subscription(filter)));
        for (int i = 0; i < 2_000; i++) {
            String topic = word(prng, "a", "b", "", "$x", "a", "b");
            if (!topic.isEmpty()) {
                Set<String> found = new HashSet<>();
                tree.match(topic, subscription -> found.add(subscription.filter));
                assertThat(found).as(topic).isEqualTo(plainMatches(filters, topic));
            }
        }
    }

    private static Set<String> plainMatches(Set<String> filters, String topic) {
        Set<String> matching = new HashSet<>(filters);
        byte[] name = octets(topic);
        matching.removeIf(
                filter -> !TopicFilter.matches(octets(filter), 0, octets(filter).length, name, 0, name.length));
        return matching;
    }

    private static String word(Prng prng, String... levels) {
        StringBuilder word = new StringBuilder(levels[prng.below(levels.length)]);
        for (int more = prng.below(4); more > 0; more--) {
            word.append('/').append(levels[prng.below(levels.length)]);
        }
        return word.toString();
    }

    private Subscription subscription(String filter) {
        return new Subscription(new Session(core, filter), filter, 0, 0, false, false, 0);
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
