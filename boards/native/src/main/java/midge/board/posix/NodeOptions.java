package midge.board.posix;

import org.jspecify.annotations.Nullable;

/** The command line of midge-node. Reading it ends with {@link #error} set when it means nothing. */
final class NodeOptions {
    private static final int NONE = -1;
    private static final int CLIENT_ID_MOST = 23;
    /** With {@code /led/set} behind it, in a frame with its header. */
    private static final int TOPIC_MOST = 40;

    String host = "127.0.0.1";
    int port = 1884;
    String clientId = "midge-node";
    String topic = "midge-node";
    /** A file with thousandths of a degree; null for the simulated sensor. */
    @Nullable
    String sensorFile;

    int periodMs = 10_000;
    int qos = 1;
    int count;
    boolean help;

    /** What is wrong, with what would be right; null when all is well. */
    @Nullable
    String error;
    /** The word of the command line that {@link #error} is about. */
    String culprit = "";

    NodeOptions(String[] words) {
        int at = 0;
        while (at < words.length && error == null) {
            String name = words[at];
            if (is(name, "-h", "--help")) {
                help = true;
                return;
            }
            if (!isOption(name)) {
                fail(name, "is no option; --help lists them");
            } else if (at + 1 == words.length) {
                fail(name, "wants a value");
            } else {
                take(name, words[at + 1]);
            }
            at += 2;
        }
    }

    private static boolean is(String word, String brief, String whole) {
        return word.equals(brief) || word.equals(whole);
    }

    private static boolean isOption(String word) {
        return is(word, "-g", "--gateway")
                || is(word, "-i", "--id")
                || is(word, "-t", "--topic")
                || is(word, "-s", "--sensor")
                || is(word, "-p", "--period")
                || is(word, "-q", "--qos")
                || is(word, "-n", "--count");
    }

    private void take(String name, String value) {
        if (is(name, "-g", "--gateway")) {
            gateway(value);
        } else if (is(name, "-i", "--id")) {
            clientId = value;
            check(octets(value) >= 1 && octets(value) <= CLIENT_ID_MOST, value, "is no client id: 1 to 23 octets");
        } else if (is(name, "-t", "--topic")) {
            topic = value;
            check(isTopic(value), value, "is no topic: 1 to 40 octets without + and #");
        } else if (is(name, "-s", "--sensor")) {
            sensorFile = value.equals("sim") ? null : value;
        } else if (is(name, "-p", "--period")) {
            periodMs = number(value, 1, 86_400_000, "is no period: 1 to 86400000 milliseconds");
        } else if (is(name, "-q", "--qos")) {
            qos = number(value, 0, 2, "is no QoS: 0, 1 or 2");
        } else {
            count = number(value, 1, Integer.MAX_VALUE, "is no number of messages: 1 or more");
        }
    }

    private static int octets(String text) {
        return Texts.octets(text).length;
    }

    private static boolean isTopic(String text) {
        return octets(text) >= 1 && octets(text) <= TOPIC_MOST && text.indexOf('+') < 0 && text.indexOf('#') < 0;
    }

    /** ADDRESS, ADDRESS:PORT or [ADDRESS]:PORT. */
    private void gateway(String value) {
        int closing = value.indexOf(']');
        int colon = value.lastIndexOf(':');
        boolean bracketed = value.length() > 0 && value.charAt(0) == '[';
        boolean plainV6 = !bracketed && value.indexOf(':') != colon;
        boolean hasPort = !plainV6 && colon >= 0 && colon > closing;
        if (hasPort) {
            port = Texts.number(value.substring(colon + 1), 1, 65_535, NONE);
            check(port != NONE, value, "has no port from 1 to 65535 behind its colon");
        }
        int end = hasPort ? colon : value.length();
        host = bracketed && closing == end - 1 ? value.substring(1, closing) : value.substring(0, end);
        host = host.equals("localhost") ? "127.0.0.1" : host;
    }

    private int number(String value, int min, int max, String otherwise) {
        int number = Texts.number(value, min, max, NONE);
        check(number != NONE, value, otherwise);
        return number;
    }

    private void check(boolean right, String word, String reason) {
        if (!right) {
            fail(word, reason);
        }
    }

    private void fail(String word, String reason) {
        culprit = word;
        error = reason;
    }
}
