package midge.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 250ms}, {@code 30s}, {@code 1.5m}, {@code 1h30m}, {@code 1d}. */
public final class DurationText {
    private static final Pattern PART = Pattern.compile("\\s*(\\d{1,9})(?:\\.(\\d{1,3}))?\\s*(ms|s|min|m|h|d)");

    private DurationText() {}

    /** {@return milliseconds, -1 when the text is no duration} */
    public static long ms(String text) {
        Matcher part = PART.matcher(text.stripTrailing());
        long sum = 0;
        int at = 0;
        while (at < text.stripTrailing().length()) {
            if (!part.find(at) || part.start() != at) {
                return -1;
            }
            sum += ms(part);
            at = part.end();
        }
        return at == 0 ? -1 : sum;
    }

    private static long ms(Matcher part) {
        long unit = unitMs(part.group(3));
        String decimals = part.group(2);
        long ms = Long.parseLong(part.group(1)) * unit;
        return decimals == null ? ms : ms + Math.round(Double.parseDouble("0." + decimals) * unit);
    }

    private static long unitMs(String unit) {
        return switch (unit) {
            case "ms" -> 1;
            case "s" -> 1_000;
            case "m", "min" -> 60_000;
            case "h" -> 3_600_000;
            default -> 86_400_000;
        };
    }

    /** {@return a text that {@link #ms} reads as {@code ms}, such as {@code 1h30m}} */
    public static String of(long ms) {
        StringBuilder text = new StringBuilder();
        long rest = ms;
        for (String unit : new String[] {"d", "h", "m", "s", "ms"}) {
            long count = rest / unitMs(unit);
            rest %= unitMs(unit);
            if (count > 0) {
                text.append(count).append(unit);
            }
        }
        return text.isEmpty() ? "0s" : text.toString();
    }
}
