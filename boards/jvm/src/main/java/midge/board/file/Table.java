package midge.board.file;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import midge.settings.Suggestion;
import midge.settings.Toml;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * One table of a device file, asked key by key; a variable of the environment goes before the file. Mistakes are collected, and the
 * default is given then. Keys that nobody asked for are mistakes too: {@link #finish}.
 */
final class Table {
    private final Source source;
    private final String path;
    private final @Nullable TomlTable toml;
    private final Set<String> known = new LinkedHashSet<>();

    /** @param path how it is called in messages, {@code link} or {@code sensor "air"}; empty at the top */
    Table(Source source, String path, @Nullable TomlTable toml) {
        this.source = source;
        this.path = path;
        this.toml = toml;
    }

    /** {@return the text, stripped; the default when there is none} */
    String text(String key, String standard) {
        Object value = value(key);
        if (value == null) {
            return standard;
        }
        if (value instanceof String text) {
            return text.strip();
        }
        return wrong(key, value, "text in quotes", standard);
    }

    /** {@return one of the texts} */
    String oneOf(String key, String standard, List<String> texts) {
        String text = text(key, standard);
        if (texts.contains(text) || text.equals(standard)) {
            return text;
        }
        problem(
                key,
                "is " + Toml.quoted(text) + ", must be one of " + String.join(", ", texts)
                        + Suggestion.text(text, texts));
        return standard;
    }

    int number(String key, int standard, int min, int max) {
        Object value = value(key);
        if (value instanceof String text && source.isOverridden(variable(key))) {
            value = whole(text);
        }
        if (value == null) {
            return standard;
        }
        if (!(value instanceof Long number)) {
            return wrong(key, value, "a whole number", standard);
        }
        if (number < min || number > max) {
            problem(key, "is " + number + ", must be " + min + ".." + max);
            return standard;
        }
        return number.intValue();
    }

    private static Object whole(String text) {
        try {
            return Long.decode(text.replace("_", ""));
        } catch (NumberFormatException e) {
            return text;
        }
    }

    /** {@return a time in ms, given in seconds with or without decimals} */
    int seconds(String key, double standard, double min, double max) {
        Object value = value(key);
        if (value == null) {
            return (int) Math.round(standard * 1_000);
        }
        BigDecimal seconds = decimal(value);
        if (seconds == null) {
            return (int) Math.round(1_000 * wrong(key, value, "a number of seconds", standard));
        }
        if (seconds.doubleValue() < min || seconds.doubleValue() > max) {
            problem(key, "is " + seconds.toPlainString() + ", must be " + plain(min) + ".." + plain(max) + " seconds");
            return (int) Math.round(standard * 1_000);
        }
        return (int) Math.round(seconds.doubleValue() * 1_000);
    }

    /** {@return a number with decimals, null when there is none} */
    @Nullable
    BigDecimal decimal(String key) {
        Object value = value(key);
        BigDecimal number = value == null ? null : decimal(value);
        return value == null || number != null ? number : wrong(key, value, "a number", BigDecimal.ZERO);
    }

    private static @Nullable BigDecimal decimal(Object value) {
        try {
            return value instanceof Long || value instanceof Double || value instanceof String
                    ? new BigDecimal(value.toString().strip())
                    : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static String plain(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    boolean flag(String key, boolean standard) {
        Object value = value(key);
        if (value == null) {
            return standard;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        if (value.equals("true") || value.equals("false")) {
            return value.equals("true");
        }
        return wrong(key, value, "true or false", standard);
    }

    /** {@return the texts of a list; a single text is a list of one, and the environment has commas} */
    List<String> texts(String key) {
        Object value = value(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof String text) {
            return Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        }
        List<String> texts = new ArrayList<>();
        if (value instanceof TomlArray array) {
            for (Object each : array.toList()) {
                texts.add(each instanceof String text ? text : wrong(key, value, "a list of texts", ""));
            }
            return texts;
        }
        return wrong(key, value, "a list of texts", List.of());
    }

    /** {@return a table inside, one without keys when there is none} */
    Table table(String key) {
        known.add(key);
        Object value = toml == null ? null : toml.get(List.of(key));
        if (value != null && !(value instanceof TomlTable)) {
            problem(key, "is " + Toml.text(value) + ", must be a section [" + key + "]");
        }
        String name = path.isEmpty() ? key : path + "." + key;
        return new Table(source, name, value instanceof TomlTable table ? table : null);
    }

    /** {@return the tables of {@code [[key]]}, each named by its {@code name}} */
    List<Table> tables(String key) {
        known.add(key);
        Object value = toml == null ? null : toml.get(List.of(key));
        List<Table> tables = new ArrayList<>();
        if (value instanceof TomlArray array && !array.isEmpty() && array.get(0) instanceof TomlTable) {
            for (int i = 0; i < array.size(); i++) {
                TomlTable table = array.getTable(i);
                Object name = table.get(List.of("name"));
                tables.add(new Table(source, key + " " + (name == null ? i + 1 : Toml.text(name)), table));
            }
        } else if (value != null) {
            problem(key, "must be written as [[" + key + "]], once for each");
        }
        return tables;
    }

    boolean has(String key) {
        return value(key) != null;
    }

    private @Nullable Object value(String key) {
        known.add(key);
        String set = source.override(variable(key));
        return set != null ? set : toml == null ? null : toml.get(List.of(key));
    }

    /** {@return {@code LINK_KEEP_ALIVE_S}; {@code SENSOR_AIR_EVERY_S} in the sensor "air"} */
    private String variable(String key) {
        String whole = path.isEmpty() ? key : path + "_" + key;
        return whole.replace("\"", "").replaceAll("[^A-Za-z0-9]+", "_").toUpperCase(Locale.ROOT);
    }

    private <T> T wrong(String key, Object value, String must, T standard) {
        problem(key, "is " + Toml.text(value) + ", must be " + must);
        return standard;
    }

    /** Adds a mistake that this key's value is. */
    void problem(String key, String text) {
        String override = variable(key);
        String where = source.isOverridden(override)
                ? source.nameOf(override)
                : source.where(line(key)) + (path.isEmpty() ? "" : path + (path.contains(" ") ? ": " : ".")) + key;
        source.problems().add(where + (text.startsWith(":") ? "" : " ") + text);
    }

    /** Adds a mistake of the table as a whole. */
    void problem(String text) {
        source.problems().add(source.where(line(null)) + (path.isEmpty() ? "" : path + ": ") + text);
    }

    @SuppressWarnings("NullAway") // tomlj knows the place of every key that it gives out, but for implicit tables
    private int line(@Nullable String key) {
        if (toml == null) {
            return 1;
        }
        TomlPosition position = key != null && toml.contains(List.of(key)) ? toml.inputPositionOf(List.of(key)) : null;
        if (position == null && !toml.keySet().isEmpty()) {
            position = toml.inputPositionOf(List.of(toml.keySet().iterator().next()));
        }
        return position == null ? 1 : position.line();
    }

    /** Every key that was not asked for is a mistake. */
    void finish() {
        for (String key : toml == null ? Set.<String>of() : toml.keySet()) {
            if (!known.contains(key)) {
                problem(key, "is not known" + Suggestion.text(key, known));
            }
        }
    }
}
