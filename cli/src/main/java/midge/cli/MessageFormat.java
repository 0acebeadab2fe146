package midge.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import midge.mqtt.codec.MqttPublish;
import org.jspecify.annotations.Nullable;

/** One line for each message as {@code -F} wants it, with mosquitto_sub's letters. */
final class MessageFormat {
    private static final String PARAMETERS = "%tplqrmxXUIjJACDEFPRS";
    private static final String WITH_WIDTH = "ACEFIlmpRStxX";
    private static final String PADDED_WITH_ZEROS = "AEFlmSxX";
    private static final String CUT = "CIRt";
    private static final Pattern PARAMETER = Pattern.compile("%([-0]*)(\\d{0,4})(?:\\.(\\d{0,4}))?(.)", Pattern.DOTALL);

    /** Writes its part of a line; false when the message does not allow it. */
    private interface Part {
        boolean write(ByteArrayOutputStream out, MessageWords words);
    }

    private final List<Part> parts = new ArrayList<>();

    /** Throws {@link UserError} when the format has a letter that does not exist. */
    MessageFormat(String format) {
        Matcher parameter = PARAMETER.matcher(format);
        int at = 0;
        while (at < format.length()) {
            char c = format.charAt(at);
            if (c == '%') {
                if (!parameter.region(at, format.length()).lookingAt()) {
                    throw wrong(format, "a letter must stand after %, one of " + PARAMETERS);
                }
                parts.add(parameter(format, parameter));
                at = parameter.end();
            } else if ((c == '@' || c == '\\') && at + 1 < format.length()) {
                parts.add(c == '@' ? time(format, format.charAt(at + 1)) : text(escape(format.charAt(at + 1))));
                at += 2;
            } else {
                int end = at + Character.charCount(format.codePointAt(at));
                parts.add(text(format.substring(at, end)));
                at = end;
            }
        }
    }

    private static UserError wrong(String format, String what) {
        return new UserError(ExitCode.USAGE, "-F '" + format + "': " + what);
    }

    private static Part text(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return (out, words) -> {
            out.writeBytes(octets);
            return true;
        };
    }

    private static Part time(String format, char letter) {
        if (letter == '@') {
            return text("@");
        }
        if (!TimeWords.knows(letter)) {
            throw wrong(format, "after @ stands one of " + TimeWords.KNOWN + "@");
        }
        return (out, words) -> {
            out.writeBytes(TimeWords.of(letter, words.time()).getBytes(StandardCharsets.UTF_8));
            return true;
        };
    }

    private static Part parameter(String format, Matcher said) {
        char letter = said.group(4).charAt(0);
        boolean isSized = said.end(4) - said.start() > 2;
        if (PARAMETERS.indexOf(letter) < 0 || (isSized && WITH_WIDTH.indexOf(letter) < 0)) {
            throw wrong(format, isSized ? "%" + letter + " takes no width" : "after % stands one of " + PARAMETERS);
        }
        if (letter == '%') {
            return text("%");
        }
        boolean isLeft = said.group(1).indexOf('-') >= 0;
        boolean isZeros = said.group(1).indexOf('0') >= 0 && !isLeft && PADDED_WITH_ZEROS.indexOf(letter) >= 0;
        int least = number(said.group(2), 0);
        int most = CUT.indexOf(letter) < 0 ? Integer.MAX_VALUE : number(said.group(3), Integer.MAX_VALUE);
        return (out, words) -> {
            byte[] word = words.of(letter);
            if (word == null) {
                return false;
            }
            int length = Math.min(word.length, most);
            pad(out, isLeft ? 0 : least - length, isZeros ? '0' : ' ');
            out.write(word, 0, length);
            pad(out, isLeft ? least - length : 0, ' ');
            return true;
        };
    }

    private static int number(@Nullable String digits, int absent) {
        return digits == null || digits.isEmpty() ? absent : Integer.parseInt(digits);
    }

    private static void pad(ByteArrayOutputStream out, int count, char with) {
        for (int i = 0; i < count; i++) {
            out.write(with);
        }
    }

    private static String escape(char c) {
        return switch (c) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case '0' -> "\0";
            case 'a' -> "\7";
            case 'e' -> "\33";
            case 'v' -> "\13";
            default -> String.valueOf(c);
        };
    }

    /** {@return the line without its end; null when {@code %J} is asked for and the payload is not JSON} */
    byte @Nullable [] of(byte[] topic, int topicOffset, int topicLength, MqttPublish message, Instant now) {
        MessageWords words =
                new MessageWords(topic, topicOffset, topicLength, message, now.atZone(ZoneId.systemDefault()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Part part : parts) {
            if (!part.write(out, words)) {
                return null;
            }
        }
        return out.toByteArray();
    }
}
