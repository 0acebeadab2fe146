package midge.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * One table of a TOML file, read key by key. Whatever is wrong becomes a line in a list that the caller gives, with file, line, value and
 * what would be right; the reader goes on with the default, so that all mistakes are found at once. {@link #end} finds the keys that nobody
 * asked for.
 */
public final class TomlSection {
    private final String file;
    private final String path;
    private final TomlTable table;
    private final int line;
    private final List<String> errors;
    private final Set<String> known = new LinkedHashSet<>();

    private TomlSection(String file, String path, TomlTable table, int line, List<String> errors) {
        this.file = file;
        this.path = path;
        this.table = table;
        this.line = line;
        this.errors = errors;
    }

    /**
     * Parses a file.
     *
     * @param file   its name, for messages
     * @param errors where mistakes go
     * @return its top table; an empty one when the file is no TOML
     */
    public static TomlSection parse(String file, String text, List<String> errors) {
        TomlParseResult toml = org.tomlj.Toml.parse(text);
        for (TomlParseError error : toml.errors()) {
            errors.add(file + ":" + error.position().line() + ": " + error.getMessage());
        }
        return new TomlSection(file, "", toml.hasErrors() ? org.tomlj.Toml.parse("") : toml, 1, errors);
    }

    /** {@return the line at which the section begins, 1 and up} */
    public int line() {
        return line;
    }

    /** {@return whether the key is there} */
    public boolean has(String key) {
        known.add(key);
        return table.contains(List.of(key));
    }

    /** Enters a mistake in the value of {@code key}, or in the section when it has no such key. */
    public void error(String key, String what) {
        errors.add(where(key) + name(key) + " " + what);
    }

    /** {@return the text of a key, {@code otherwise} when it is not there} */
    public String text(String key, String otherwise) {
        Object value = value(key);
        if (value instanceof String text) {
            return text;
        }
        return value == null ? otherwise : wrong(key, value, "text in quotes", otherwise);
    }

    /** {@return the text of a key that must be there; empty when it is not} */
    public String text(String key) {
        return needs(key) ? text(key, "") : "";
    }

    /** {@return one of the words allowed} */
    public String choice(String key, String otherwise, Collection<String> allowed) {
        String text = text(key, otherwise);
        if (allowed.contains(text)) {
            return text;
        }
        if (has(key)) {
            String nearest = Suggestion.text(text, allowed);
            error(
                    key,
                    "is " + Toml.quoted(text) + (nearest.isEmpty() ? "." : nearest) + " It can be "
                            + String.join(", ", allowed));
        }
        return otherwise;
    }

    /** {@return a number of either kind} */
    public double number(String key, double otherwise, double min, double max) {
        Object value = value(key);
        if (value == null) {
            return otherwise;
        }
        String right = "a number " + plain(min) + ".." + plain(max);
        if (!(value instanceof Number number) || !(number.doubleValue() >= min && number.doubleValue() <= max)) {
            return wrong(key, value, right, otherwise);
        }
        return number.doubleValue();
    }

    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15 ? String.valueOf((long) number) : "" + number;
    }

    /** {@return a whole number} */
    public int integer(String key, int otherwise, int min, int max) {
        return (int) integer(key, (long) otherwise, min, max);
    }

    /** {@return a whole number} */
    public long integer(String key, long otherwise, long min, long max) {
        Object value = value(key);
        if (value == null) {
            return otherwise;
        }
        if (!(value instanceof Long number) || number < min || number > max) {
            return wrong(key, value, "a whole number " + min + ".." + max, otherwise);
        }
        return number;
    }

    /** {@return yes or no} */
    public boolean flag(String key, boolean otherwise) {
        Object value = value(key);
        if (value instanceof Boolean flag) {
            return flag;
        }
        return value == null ? otherwise : wrong(key, value, "true or false", otherwise);
    }

    /** {@return a duration such as "250ms", "30s", "5m", "2h" or "1d", in ms} */
    public long durationMs(String key, long otherwiseMs, long minMs, long maxMs) {
        Object value = value(key);
        if (value == null) {
            return otherwiseMs;
        }
        long ms = value instanceof String text ? DurationText.ms(text) : -1;
        if (ms < minMs || ms > maxMs) {
            String right = "a duration " + DurationText.of(minMs) + ".." + DurationText.of(maxMs) + ", such as \"30s\"";
            return wrong(key, value, right, otherwiseMs);
        }
        return ms;
    }

    /** {@return the texts of an array, none when the key is not there} */
    public List<String> texts(String key) {
        Object value = value(key);
        List<String> texts = new ArrayList<>();
        if (value instanceof TomlArray array) {
            for (Object item : array.toList()) {
                if (item instanceof String text) {
                    texts.add(text);
                } else {
                    return wrong(key, value, "a list of texts in quotes", List.of());
                }
            }
        } else if (value != null) {
            return wrong(key, value, "a list of texts in quotes", List.of());
        }
        return texts;
    }

    /** {@return the section under a key, null when it is not there} */
    public @Nullable TomlSection section(String key) {
        Object value = value(key);
        if (value instanceof TomlTable inner) {
            return new TomlSection(file, name(key), inner, lineOf(key), errors);
        }
        if (value != null) {
            error(key, "is " + Toml.text(value) + ", must be a section [" + name(key) + "]");
        }
        return null;
    }

    /** {@return the sections {@code [[key]]}, none when there are none} */
    public List<TomlSection> sections(String key) {
        Object value = value(key);
        List<TomlSection> sections = new ArrayList<>();
        if (value instanceof TomlArray array) {
            for (int i = 0; i < array.size(); i++) {
                if (!(array.get(i) instanceof TomlTable inner)) {
                    return wrong(key, value, "sections [[" + name(key) + "]]", List.of());
                }
                TomlPosition at = array.inputPositionOf(i);
                sections.add(new TomlSection(file, name(key), inner, at.line(), errors));
            }
        } else if (value != null) {
            return wrong(key, value, "sections [[" + name(key) + "]]", List.of());
        }
        return sections;
    }

    /** {@return all keys of this section, which then count as asked for: a section whose keys are names} */
    public Set<String> keys() {
        known.addAll(table.keySet());
        return table.keySet();
    }

    /** Enters a mistake for each key that nobody asked for. To be called when everything was read. */
    public void end() {
        for (String key : table.keySet()) {
            if (!known.contains(key)) {
                errors.add(where(key) + "unknown key " + name(key) + Suggestion.text(key, known));
            }
        }
    }

    private boolean needs(String key) {
        if (!has(key)) {
            errors.add(file + ":" + line + ": " + name(key) + " is missing");
            return false;
        }
        return true;
    }

    private @Nullable Object value(String key) {
        known.add(key);
        return table.get(List.of(key));
    }

    private <T> T wrong(String key, Object value, String right, T otherwise) {
        error(key, "is " + Toml.text(value) + ", must be " + right);
        return otherwise;
    }

    private String name(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private String where(String key) {
        return file + ":" + lineOf(key) + ": ";
    }

    @SuppressWarnings("NullAway") // tomlj knows the place of every key that it gives out, but for implicit tables
    private int lineOf(String key) {
        TomlPosition position = table.contains(List.of(key)) ? table.inputPositionOf(List.of(key)) : null;
        return position == null ? line : position.line();
    }
}
