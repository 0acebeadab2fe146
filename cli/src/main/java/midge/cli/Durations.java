package midge.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times as users write them: {@code 500ms}, {@code 30s}, {@code 5m}, {@code 1h}; a bare number is seconds. */
final class Durations {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(ms|s|m|h)?");

    private Durations() {}

    static long parseMs(String option, String text) {
        Matcher parts = FORM.matcher(text.strip());
        if (!parts.matches()) {
            throw new UserError(ExitCode.USAGE, option + " is '" + text + "', must be a time such as 30s, 5m or 1h");
        }
        long number = Long.parseLong(parts.group(1));
        String unit = parts.group(2) == null ? "s" : parts.group(2);
        return switch (unit) {
            case "ms" -> number;
            case "m" -> number * 60_000;
            case "h" -> number * 3_600_000;
            default -> number * 1_000;
        };
    }
}
