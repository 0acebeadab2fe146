package midge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pieces of which {@code sub -F} makes a line. */
class FormatsTest {
    private static final ZonedDateTime TIME = ZonedDateTime.of(2026, 3, 4, 15, 6, 7, 89_000_000, ZoneId.of("UTC"));

    @ParameterizedTest
    @CsvSource({
        "Y, 2026",
        "y, 26",
        "m, 03",
        "d, 04",
        "e, ' 4'",
        "H, 15",
        "I, 03",
        "M, 06",
        "S, 07",
        "p, PM",
        "j, 063",
        "a, Wed",
        "A, Wednesday",
        "b, Mar",
        "B, March",
        "z, +0000",
        "Z, UTC",
        "F, 2026-03-04",
        "T, 15:06:07",
        "R, 15:06",
        "D, 03/04/26",
        "N, 089000000",
        "s, 1772636767",
    })
    void timesAreThoseOfStrftime(char letter, String expected) {
        assertThat(TimeWords.knows(letter)).isTrue();
        assertThat(TimeWords.of(letter, TIME)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                " { \"a\" : [ 1 , -2.5e+3 , true , false , null , \"\\u00e4\\n\" ] } ",
                "\"x\"",
                "0",
                "-0.1",
                "[[[]]]"
            })
    void jsonIsRecognised(String text) {
        assertThat(JsonText.isValid(text.getBytes(StandardCharsets.UTF_8))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "}",
                "{]",
                "[1,]",
                "[,1]",
                "{\"a\"}",
                "{\"a\":}",
                "{a:1}",
                "01",
                "1.",
                ".5",
                "+1",
                "1 2",
                "tru",
                "\"",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"\\u12",
                "\"\n\"",
                "nul",
                "[1",
                "\u00e4"
            })
    void whatIsNotJsonIsNot(String text) {
        assertThat(JsonText.isValid(text.getBytes(StandardCharsets.UTF_8))).isFalse();
    }

    @Test
    void hostileJsonIsRefusedWithoutHarm() {
        assertThat(JsonText.isValid("[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8)))
                .isFalse();
        assertThat(JsonText.isValid(new byte[] {'"', (byte) 0xC3, '"'})).isFalse();
    }

    @Test
    void textIsQuotedForJson() {
        byte[] text = "a\"\\\n\r\t\b\f\u0001\u00e4/".getBytes(StandardCharsets.UTF_8);
        assertThat(JsonText.quoted(text)).isEqualTo("\"a\\\"\\\\\\n\\r\\t\\b\\f\\u0001\u00e4/\"");
    }
}
