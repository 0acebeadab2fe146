package midge.board.linux;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers as the kernel writes them. */
final class Decimal {
    private Decimal() {}

    /** @throws IOException when the text is no number */
    static BigDecimal parse(String file, String text) throws IOException {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            String shown = text.isEmpty() ? "is empty" : "holds no number";
            throw new IOException(file + " " + shown, e);
        }
    }

    /** @return rounded to a whole number */
    static int whole(String file, BigDecimal value) throws IOException {
        try {
            return value.setScale(0, RoundingMode.HALF_UP).intValueExact();
        } catch (ArithmeticException e) {
            throw new IOException(file + " holds " + value.toPlainString() + ", which no sensor measures", e);
        }
    }
}
