package midge.topic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TopicNameTest {
    private static int check(String name) {
        byte[] n = name.getBytes(UTF_8);
        return TopicName.check(n, 0, n.length);
    }

    @Test
    void seesAWildcardAtEveryPlaceOfEveryLength() {
        for (int length = 1; length < 20; length++) {
            for (int at = 0; at < length; at++) {
                StringBuilder name = new StringBuilder("a".repeat(length));
                assertEquals(0, check(name.toString()));
                for (char bad : new char[] {'+', '#'}) {
                    name.setCharAt(at, bad);
                    assertEquals(TopicName.WILDCARD, check(name.toString()), name.toString());
                }
                name.setCharAt(at, '\0');
                assertEquals(Utf8.NUL, check(name.toString()));
                name.setCharAt(at, 'é');
                assertEquals(0, check(name.toString()));
                name.setCharAt(0, '+');
                assertEquals(TopicName.WILDCARD, check(name.toString()));
            }
        }
    }

    @Test
    void everyOtherAsciiCharacterMayStandInAName() {
        for (char c = 1; c < 0x80; c++) {
            assertEquals(
                    c == '+' || c == '#' ? TopicName.WILDCARD : 0, check("abc" + c), "0x" + Integer.toHexString(c));
        }
    }

    @Test
    void mayNotBeEmpty() {
        assertEquals(TopicName.EMPTY, check(""));
        assertEquals(0, check("/"));
    }
}
