package midge.cli;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/** The letters of strftime(3) that mean the same in every locale. */
final class TimeWords {
    private static final Map<Character, String> PATTERNS = Map.ofEntries(
            Map.entry('Y', "yyyy"),
            Map.entry('y', "yy"),
            Map.entry('m', "MM"),
            Map.entry('d', "dd"),
            Map.entry('e', "ppd"),
            Map.entry('H', "HH"),
            Map.entry('I', "hh"),
            Map.entry('M', "mm"),
            Map.entry('S', "ss"),
            Map.entry('p', "a"),
            Map.entry('j', "DDD"),
            Map.entry('a', "EEE"),
            Map.entry('A', "EEEE"),
            Map.entry('b', "MMM"),
            Map.entry('B', "MMMM"),
            Map.entry('z', "xx"),
            Map.entry('Z', "zzz"),
            Map.entry('F', "yyyy-MM-dd"),
            Map.entry('T', "HH:mm:ss"),
            Map.entry('R', "HH:mm"),
            Map.entry('D', "MM/dd/yy"),
            Map.entry('N', "nnnnnnnnn"));

    /** All letters, for an error message; s is seconds since 1970. */
    static final String KNOWN = "YymdeHIMSpjaAbBzZFTRDNs";

    private TimeWords() {}

    static boolean knows(char letter) {
        return KNOWN.indexOf(letter) >= 0;
    }

    static String of(char letter, ZonedDateTime time) {
        String pattern = PATTERNS.get(letter);
        return pattern == null
                ? String.valueOf(time.toEpochSecond())
                : DateTimeFormatter.ofPattern(pattern, Locale.US).format(time);
    }
}
