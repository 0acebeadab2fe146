package midge.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import midge.mqtt.codec.Rows;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicFilterTest {
    static List<String[]> rows() {
        return Rows.of("/midge/topic/matching.txt");
    }

    static List<String[]> shared() {
        return Rows.of("/midge/topic/shared.txt");
    }

    private static boolean matches(String filter, String topic) {
        // Offsets that are not 0, and neighbours that would match more.
        byte[] f = ("/" + filter + "/#").getBytes(UTF_8);
        byte[] t = ("a" + topic + "a").getBytes(UTF_8);
        return TopicFilter.matches(f, 1, f.length - 3, t, 1, t.length - 2);
    }

    private static int check(String filter) {
        byte[] f = filter.getBytes(UTF_8);
        return TopicFilter.check(f, 0, f.length);
    }

    @Test
    void theTableHasAllItsRows() {
        assertEquals(76, rows().size());
    }

    @ParameterizedTest(name = "{0} {1} {2}")
    @MethodSource("rows")
    void matchesAsABrokerDoes(String filter, String topic, String match) {
        assertEquals(match.equals("yes"), matches(filter, topic));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void everyFilterAndNameOfTheTableIsValid(String filter, String topic, String match) {
        assertEquals(0, check(filter));
        byte[] t = topic.getBytes(UTF_8);
        assertEquals(0, TopicName.check(t, 0, t.length));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("shared")
    void aSharedSubscriptionMatchesByItsInnerFilter(String filter, String name, String received) {
        byte[] f = filter.getBytes(UTF_8);
        assertEquals(0, check(filter));
        assertTrue(TopicFilter.isShared(f, 0, f.length));
        assertEquals(name, new String(f, 7, TopicFilter.shareNameLength(f, 0, f.length), UTF_8));
        int inner = TopicFilter.innerOffset(f, 0, f.length);
        String got = Stream.of("a", "a/b", "$dev/x", "$share/g/a")
                .filter(t ->
                        TopicFilter.matches(f, inner, f.length - inner, t.getBytes(UTF_8), 0, t.getBytes(UTF_8).length))
                .collect(Collectors.joining(", "));
        assertEquals(received, got);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a#", "a/#/b", "a+", "a+/b", "+a", "##", "#/", "a/b+", "", "+#", "#a", "a/+b/c", "/#/"})
    void refusesAWildcardThatDoesNotFillItsLevel(String filter) {
        assertEquals(TopicFilter.INVALID, check(filter));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$share", "$share/", "$share/g", "$share//a", "$share/g/", "$share/g+/a", "$share/#/a"})
    void refusesASharedFormWithoutNameOrFilter(String filter) {
        assertEquals(TopicFilter.SHARED_INVALID, check(filter));
        byte[] f = filter.getBytes(UTF_8);
        assertEquals(0, TopicFilter.innerOffset(f, 0, f.length));
    }

    @Test
    void judgesTheInnerFilterToo() {
        assertEquals(TopicFilter.INVALID, check("$share/g/a#"));
        assertEquals(Utf8.NUL, check("$share/g\0/a"));
        assertEquals(0, check("$share/g/+/#"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"$shared/g", "$shar", "share/g", "$SHARE/g"})
    void isOrdinaryWhenItOnlyLooksShared(String filter) {
        assertEquals(0, check(filter));
        byte[] f = filter.getBytes(UTF_8);
        assertEquals(0, TopicFilter.shareNameLength(f, 0, f.length));
    }

    @Test
    void nothingMatchesAnEmptyFilterOrName() {
        assertEquals(false, matches("", "a"));
        assertEquals(false, matches("#", ""));
    }
}
