package midge.runtime.payload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import midge.wire.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalsTest {
    private final byte[] out = new byte[64];

    private String text(long value, int scale, int digits) {
        int length = Decimals.write(out, 3, out.length - 3, value, scale, digits);
        return length < 0 ? "status " + length : new String(out, 3, length, StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource({
        "21380, 3, 2, 21.38",
        "21380, 3, 3, 21.380",
        "21380, 3, 0, 21",
        "21500, 3, 0, 22",
        "-21500, 3, 0, -22",
        "-21499, 3, 0, -21",
        "21384, 3, 2, 21.38",
        "21385, 3, 2, 21.39",
        "-21385, 3, 2, -21.39",
        "-50, 3, 2, -0.05",
        "5, 3, 2, 0.01",
        "4, 3, 2, 0.00",
        "-4, 3, 2, 0.00",
        "0, 3, 1, 0.0",
        "9996, 3, 2, 10.00",
        "-9996, 3, 2, -10.00",
        "101325, 0, 0, 101325",
        "101325, 2, 2, 1013.25",
        "7, 0, 2, 7.00",
        "-7, 1, 3, -0.700",
        "9223372036854775807, 0, 0, 9223372036854775807",
        "-9223372036854775808, 0, 0, -9223372036854775808",
        "-9223372036854775808, 18, 18, -9.223372036854775808",
        "9223372036854775807, 18, 0, 9",
        "9223372036854775807, 18, 17, 9.22337203685477581",
        "9223372036854775807, 0, 18, 9223372036854775807.000000000000000000",
        "1, 18, 18, 0.000000000000000001",
    })
    void writesFixedPointRoundedHalfAwayFromZero(long value, int scale, int digits, String expected) {
        assertEquals(expected, text(value, scale, digits));
    }

    @Test
    void agreesWithBigDecimalForAnyNumber() {
        SplittableRandom random = new SplittableRandom(20_261_120);
        for (int i = 0; i < 50_000; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            int scale = random.nextInt(19);
            int digits = random.nextInt(19);
            BigDecimal exact = BigDecimal.valueOf(value, scale).setScale(digits, RoundingMode.HALF_UP);
            assertEquals(
                    exact.toPlainString(), text(value, scale, digits), () -> value + "e-" + scale + " to " + digits);
        }
    }

    @Test
    void writesExactlyWithinTheRoomGivenOrNotAtAll() {
        Arrays.fill(out, (byte) '#');
        assertEquals(Status.TOO_SMALL, Decimals.write(out, 1, 4, 21_380, 3, 2));
        assertEquals("#".repeat(64), new String(out, StandardCharsets.US_ASCII));
        assertEquals(5, Decimals.write(out, 1, 5, 21_380, 3, 2));
        assertEquals("#21.38#", new String(out, 0, 7, StandardCharsets.US_ASCII));
        assertEquals(Status.TOO_SMALL, Decimals.write(out, 64, 0, 1, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "19, 0", "0, -1", "0, 19"})
    void refusesScalesAndDigitsOutOfRange(int scale, int digits) {
        assertEquals(Status.INVALID, Decimals.write(out, 0, 64, 1, scale, digits));
    }
}
