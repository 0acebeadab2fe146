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
    void everyOctetIsJudgedAlikeAtEveryPlace() {
        for (int length = 1; length < 14; length++) {
            for (int at = 0; at < length; at++) {
                for (int octet = 0; octet < 0x100; octet++) {
                    byte[] name = "x".repeat(length + 2).getBytes(UTF_8);
                    name[at + 1] = (byte) octet;
                    int text = octet == 0 ? Utf8.NUL : octet < 0x80 ? 0 : Utf8.INVALID;
                    boolean wildcard = octet == '+' || octet == '#';
                    String place = octet + " at " + at + " of " + length;
                    assertEquals(wildcard ? TopicName.WILDCARD : text, TopicName.check(name, 1, length), place);
                    assertEquals(
                            wildcard && length > 1 ? TopicFilter.INVALID : text,
                            TopicFilter.checkPlain(name, 1, length),
                            place);
                }
            }
        }
    }

    @Test
    void mayNotBeEmpty() {
        assertEquals(TopicName.EMPTY, check(""));
        assertEquals(0, check("/"));
    }
}
