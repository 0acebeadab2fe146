package midge.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 250ms}, {@code 30s}, {@code 1.5m}, {@code 2h}, {@code 1d}. */
public final class DurationText {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,3}))?\\s*(ms|s|m|min|h|d)");

    private DurationText() {}

    /** {@return milliseconds, -1 when the text is no duration} */
    public static long ms(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            return -1;
        }
        long unit = unitMs(matcher.group(3));
        String decimals = matcher.group(2);
        long ms = Long.parseLong(matcher.group(1)) * unit;
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

    /** {@return the shortest text that {@link #ms} reads as {@code ms}} */
    public static String of(long ms) {
        String[] units = {"d", "h", "m", "s"};
        for (String unit : units) {
            if (ms > 0 && ms % unitMs(unit) == 0) {
                return ms / unitMs(unit) + unit;
            }
        }
        return ms + "ms";
    }
}
