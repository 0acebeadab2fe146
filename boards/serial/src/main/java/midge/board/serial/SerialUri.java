package midge.board.serial;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import midge.settings.Suggestion;

/**
 * A link at a serial port as people write it: {@code serial:///dev/ttyUSB0?speed=115200&framing=hdlc}. Every such link has the options of
 * the port, {@code speed}, {@code flow} and {@code driver}; a link may have more of its own.
 *
 * @param scheme lower case
 * @param path of the port's device
 * @param options as written, decoded
 */
public record SerialUri(String scheme, String path, Map<String, String> options) {
    static final String SPEED = "speed";
    static final String FLOW = "flow";
    static final String DRIVER = "driver";
    private static final int USUAL_SPEED = 115_200;
    private static final int SPEED_MIN = 300;
    private static final int SPEED_MAX = 4_000_000;

    /** Copies the options. */
    public SerialUri {
        options = Map.copyOf(options);
    }

    /**
     * Reads a URI and the options of its port.
     *
     * @param own options of the link beside those of the port
     * @throws IllegalArgumentException with one line that says what is wrong and what would be right
     */
    public static SerialUri parse(String text, Set<String> own) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + text + "' is not a URI, expected " + example("serial"), e);
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (uri.getRawAuthority() != null
                || uri.getPath() == null
                || uri.getPath().length() < 2) {
            throw new IllegalArgumentException(
                    "'" + text + "' names no serial port, expected three slashes as in " + example(scheme));
        }
        SerialUri link = new SerialUri(scheme, uri.getPath(), options(text, uri.getRawQuery()));
        link.refuseOthers(text, own);
        link.speed();
        link.hasHardwareFlow();
        link.driver();
        return link;
    }

    private static String example(String scheme) {
        return scheme + ":///dev/ttyUSB0";
    }

    private static Map<String, String> options(String text, String query) {
        Map<String, String> options = new TreeMap<>();
        for (String each : query == null ? new String[0] : query.split("&")) {
            int equals = each.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "'" + each + "' in '" + text + "' is no option, expected name=value");
            }
            String value = URLDecoder.decode(each.substring(equals + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
            if (options.put(each.substring(0, equals), value) != null) {
                throw new IllegalArgumentException(each.substring(0, equals) + " is given twice in '" + text + "'");
            }
        }
        return options;
    }

    private void refuseOthers(String text, Set<String> own) {
        Set<String> known = new TreeSet<>(own);
        known.addAll(Set.of(SPEED, FLOW, DRIVER));
        for (String name : options.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("there is no option " + name + " in '" + text + "', only "
                        + String.join(", ", known) + Suggestion.text(name, known));
            }
        }
    }

    /** {@return the value of an option, or {@code otherwise} when it is not given} */
    public String option(String name, String otherwise) {
        return options.getOrDefault(name, otherwise);
    }

    /**
     * {@return a number}
     *
     * @throws IllegalArgumentException of one line when it is none or out of range
     */
    public int number(String name, int otherwise, int min, int max) {
        String text = option(name, String.valueOf(otherwise));
        try {
            int value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new IllegalArgumentException(name + " is '" + text + "' for " + path + ", must be " + min + ".." + max);
    }

    /**
     * {@return one of the words}
     *
     * @throws IllegalArgumentException of one line for another word
     */
    public String word(String name, String otherwise, Set<String> words) {
        String word = option(name, otherwise);
        if (!words.contains(word)) {
            throw new IllegalArgumentException(name + " is '" + word + "' for " + path + ", must be "
                    + String.join(" or ", new TreeSet<>(words)) + Suggestion.text(word, words));
        }
        return word;
    }

    /** {@return bits per second, with 8 data bits, no parity and 1 stop bit} */
    public int speed() {
        return number(SPEED, USUAL_SPEED, SPEED_MIN, SPEED_MAX);
    }

    /** {@return whether RTS and CTS stop the line} */
    public boolean hasHardwareFlow() {
        return word(FLOW, "none", Set.of("none", "rtscts")).equals("rtscts");
    }

    /** {@return name of the library} */
    String driver() {
        return word(DRIVER, SerialPorts.JSSC, SerialPorts.DRIVERS);
    }
}
