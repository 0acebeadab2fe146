package midge.cli;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The little of JSON (RFC 8259) that printing messages needs: strings out, and whether a text is JSON. */
final class JsonText {
    private static final int DEPTH_MAX = 500;
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9]\\d*+)(\\.\\d++)?([eE][+-]?\\d++)?");

    private final String text;
    private int at;

    private JsonText(String text) {
        this.text = text;
    }

    static String quoted(byte[] octets) {
        return quoted(octets, 0, octets.length);
    }

    /** {@return UTF-8 as a JSON string; octets that are not UTF-8 become U+FFFD} */
    static String quoted(byte[] octets, int offset, int length) {
        String plain = new String(octets, offset, length, StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder(plain.length() + 2).append('"');
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> out.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
            }
        }
        return out.append('"').toString();
    }

    /** {@return whether the octets are one JSON value in UTF-8, nested less than {@value #DEPTH_MAX} deep} */
    static boolean isValid(byte[] octets) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
            JsonText json = new JsonText(text);
            return json.value(0) && json.blanks() == text.length();
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private boolean value(int depth) {
        blanks();
        if (at >= text.length() || depth >= DEPTH_MAX) {
            return false;
        }
        return switch (text.charAt(at)) {
            case '{' -> list('}', true, depth);
            case '[' -> list(']', false, depth);
            case '"' -> string();
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        };
    }

    private boolean list(char end, boolean named, int depth) {
        at++;
        blanks();
        if (take(end)) {
            return true;
        }
        do {
            blanks();
            if (named && !(string() && blanks() < text.length() && take(':'))) {
                return false;
            }
            if (!value(depth + 1)) {
                return false;
            }
            blanks();
        } while (take(','));
        return take(end);
    }

    private boolean string() {
        if (!take('"')) {
            return false;
        }
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') {
                return true;
            }
            if (c < ' ' || (c == '\\' && !escape())) {
                return false;
            }
        }
        return false;
    }

    private boolean escape() {
        if (at >= text.length()) {
            return false;
        }
        char c = text.charAt(at++);
        if (c != 'u') {
            return "\"\\/bfnrt".indexOf(c) >= 0;
        }
        boolean isHex = at + 4 <= text.length() && text.substring(at, at + 4).matches("[0-9a-fA-F]{4}");
        at += 4;
        return isHex;
    }

    private boolean word(String word) {
        boolean found = text.startsWith(word, at);
        at += word.length();
        return found;
    }

    private boolean number() {
        var number = NUMBER.matcher(text).region(at, text.length());
        boolean found = number.lookingAt();
        at = found ? number.end() : at;
        return found;
    }

    private boolean take(char c) {
        boolean found = at < text.length() && text.charAt(at) == c;
        at += found ? 1 : 0;
        return found;
    }

    private int blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        return at;
    }
}
