package midge.topic;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import midge.profile.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8Test {
    private static int check(byte[] text) {
        return Utf8.check(text, 0, text.length);
    }

    @ParameterizedTest
    @CsvSource({
        "C0 80, over-long NUL",
        "C1 BF, over-long",
        "ED A0 80, surrogate",
        "ED BF BF, surrogate",
        "F4 90 80 80, above U+10FFFF",
        "F5 80 80 80, above U+10FFFF",
        "C3, cut",
        "E2 82, cut",
        "F0 9F 98, cut",
        "80, stray",
        "E0 80 AF, over-long slash",
        "F0 8F BF BF, over-long",
        "61 FF, never in UTF-8",
        "E2 28 A1, no continuation",
        "F0 9F 28 80, no continuation",
    })
    void refusesWhatIsNotUtf8(String hex, String why) {
        assertEquals(Utf8.INVALID, check(Hex.bytes(hex)), why);
        assertEquals(Utf8.INVALID, check(Hex.bytes("61 62 63 64 65 66 67 68" + hex)), why);
    }

    @ParameterizedTest
    @CsvSource({"'', empty", "EF BB BF, U+FEFF is kept", "C2 80, U+0080", "ED 9F BF, U+D7FF", "EE 80 80, U+E000"})
    void takesTheEdges(String hex, String what) {
        assertEquals(0, check(Hex.bytes(hex)), what);
    }

    @Test
    void judgesEveryCodePointAsTheJdkEncodesIt() {
        for (int c = 1; c <= Character.MAX_CODE_POINT; c++) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                byte[] text = Character.toString(c).getBytes(StandardCharsets.UTF_8);
                assertEquals(0, Utf8.check(text, 0, text.length));
            }
        }
    }

    @Test
    void agreesWithTheJdkOnArbitraryOctets() {
        Random random = new Random(0x07F8);
        for (int i = 0; i < 200_000; i++) {
            byte[] text = new byte[random.nextInt(12)];
            for (int j = 0; j < text.length; j++) {
                // Lead and continuation octets often enough to make whole characters.
                text[j] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : 0x80 + random.nextInt(0x78));
            }
            boolean nul = new String(text, StandardCharsets.ISO_8859_1).indexOf(0) >= 0;
            boolean good = Utf8.check(text, 0, text.length) == 0;
            assertEquals(isUtf8(text) && !nul, good, () -> Hex.of(text));
        }
    }

    private static boolean isUtf8(byte[] text) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    @Test
    void tellsNulFromNonsense() {
        assertEquals(Utf8.NUL, check(new byte[] {'a', 0}));
        assertEquals(Utf8.NUL, check(new byte[9]));
    }
}
