package midge.sensors.driver;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;

import midge.profile.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {
    private static int thousandths(String text) {
        byte[] padded = ("9" + text + "9").getBytes(US_ASCII);
        return Commands.thousandths(padded, 1, text.length());
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "7, 7000", "42.5, 42500", "42.05, 42050", "0.001, 1", "007, 7000", "999999, 999999000"})
    void readsDecimalNumbers(String text, int expected) {
        assertEquals(expected, thousandths(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "5.", ".5", "1.2.3", "1.2345", "-1", "+1", " 1", "1 ", "1e3", "1000000", "1,5"})
    void refusesEverythingElse(String text) {
        assertEquals(-108, thousandths(text));
    }

    @ParameterizedTest
    @CsvSource({"BE EF, 92", "66 66, 93", "80 00, A2", "64 9E, 71"})
    void crcOfTheVectors(String octets, String crc) {
        assertEquals(Integer.parseInt(crc, 16), SensirionCrc.of(Hex.bytes(octets), 0, 2));
    }

    @Test
    void aWholeFrameOfTheSht31() {
        byte[] frame = Hex.bytes("64 9E 71 80 00 A2");
        assertEquals(frame[2] & 0xFF, SensirionCrc.of(frame, 0, 2));
        assertEquals(frame[5] & 0xFF, SensirionCrc.of(frame, 3, 2));
    }
}
