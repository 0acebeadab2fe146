package midge.settings;

import java.util.List;
import java.util.stream.Collectors;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/** Values as TOML writes them. */
public final class Toml {
    private Toml() {}

    /** {@return one line} */
    public static String text(Object value) {
        if (value instanceof String text) {
            return quoted(text);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Toml::text).collect(Collectors.joining(", ", "[", "]"));
        }
        if (value instanceof TomlArray array) {
            return text(array.toList());
        }
        return value instanceof TomlTable ? "a table" : String.valueOf(value);
    }

    /** {@return a basic string, safe to print on a terminal} */
    public static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (Character.isISOControl(c)) {
                out.append(String.format("\\u%04X", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
