package midge.sim.live.page;

import java.util.Locale;

/** Writes JSON (RFC 8259): begin, name what follows, end. Commas come by themselves. */
final class Json {
    private final StringBuilder out = new StringBuilder(256);
    private boolean comma;

    Json object() {
        return open('{');
    }

    Json endObject() {
        return close('}');
    }

    Json array() {
        return open('[');
    }

    Json endArray() {
        return close(']');
    }

    private Json open(char bracket) {
        separate();
        out.append(bracket);
        comma = false;
        return this;
    }

    private Json close(char bracket) {
        out.append(bracket);
        comma = true;
        return this;
    }

    private void separate() {
        if (comma) {
            out.append(',');
        }
        comma = true;
    }

    Json name(String name) {
        separate();
        quote(name);
        out.append(':');
        comma = false;
        return this;
    }

    Json put(String name, String value) {
        return name(name).value(value);
    }

    Json put(String name, long value) {
        name(name);
        out.append(value);
        comma = true;
        return this;
    }

    Json put(String name, boolean value) {
        name(name);
        out.append(value);
        comma = true;
        return this;
    }

    /** With {@code digits} after the point; what is no number becomes null. */
    Json put(String name, double value, int digits) {
        name(name);
        out.append(Double.isFinite(value) ? String.format(Locale.ROOT, "%." + digits + "f", value) : "null");
        comma = true;
        return this;
    }

    Json value(String text) {
        separate();
        quote(text);
        return this;
    }

    /** Text that is JSON already. */
    Json raw(String json) {
        separate();
        out.append(json);
        return this;
    }

    private void quote(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c == '\u2028' || c == '\u2029' || (Character.isSurrogate(c) && !paired(text, i))) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private static boolean paired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
