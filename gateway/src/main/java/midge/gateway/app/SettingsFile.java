package midge.gateway.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import midge.settings.Suggestion;
import midge.settings.Toml;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/** The TOML file: sections of options, {@code [topics]} for all clients and {@code [client.ID.topics]} for one. */
final class SettingsFile {
    private static final String TOPICS = "topics";
    private static final String CLIENT = "client";

    private final SettingsReader reader;
    private final String name;
    private final Set<String> sections =
            Options.ALL.values().stream().map(Option::section).collect(Collectors.toSet());

    SettingsFile(SettingsReader reader, String name) {
        this.reader = reader;
        this.name = name;
        sections.add(TOPICS);
        sections.add(CLIENT);
    }

    void read(Path file) {
        String text;
        try {
            text = Files.readString(file);
        } catch (NoSuchFileException e) {
            reader.error("there is no configuration file " + name);
            return;
        } catch (IOException e) {
            reader.error("cannot read " + name + ": " + e);
            return;
        }
        TomlParseResult toml = org.tomlj.Toml.parse(text);
        if (toml.hasErrors()) {
            for (TomlParseError error : toml.errors()) {
                reader.error(name + ":" + error.position().line() + ": " + error.getMessage());
            }
            return;
        }
        for (Map.Entry<String, Object> entry : toml.entrySet()) {
            section(toml, entry.getKey(), entry.getValue());
        }
    }

    private void section(TomlTable top, String section, Object value) {
        String where = where(top, section);
        if (!sections.contains(section)) {
            String hint = value instanceof TomlTable
                    ? Suggestion.text(section, sections)
                    : Suggestion.text(section, Options.ALL.keySet());
            reader.error(where + "unknown " + (value instanceof TomlTable ? "section " : "key ") + section + hint);
        } else if (!(value instanceof TomlTable table)) {
            reader.error(where + section + " is " + Toml.text(value) + ", must be a section [" + section + "]");
        } else if (section.equals(TOPICS)) {
            topics(null, table);
        } else if (section.equals(CLIENT)) {
            clients(table);
        } else {
            options(section, table);
        }
    }

    private void options(String section, TomlTable table) {
        for (Map.Entry<String, Object> entry : table.entrySet()) {
            String path = section + "." + entry.getKey();
            Option option = Options.ALL.get(path);
            int line = line(table, entry.getKey());
            String where = name + ":" + line + ": ";
            if (option == null) {
                reader.error(where + "unknown key " + path + Suggestion.text(path, Options.ALL.keySet()));
            } else {
                reader.set(option, plain(entry.getValue()), where + path, "line " + line);
            }
        }
    }

    private void clients(TomlTable table) {
        for (Map.Entry<String, Object> client : table.entrySet()) {
            String path = CLIENT + "." + client.getKey();
            if (!(client.getValue() instanceof TomlTable settings)) {
                reader.error(where(table, client.getKey()) + path + " must be a section [" + path + ".topics]");
                continue;
            }
            for (Map.Entry<String, Object> entry : settings.entrySet()) {
                if (entry.getKey().equals(TOPICS) && entry.getValue() instanceof TomlTable topics) {
                    topics(client.getKey(), topics);
                } else {
                    reader.error(where(settings, entry.getKey()) + "unknown key " + path + "." + entry.getKey()
                            + Suggestion.text(entry.getKey(), List.of(TOPICS)));
                }
            }
        }
    }

    private void topics(@Nullable String client, TomlTable table) {
        for (Map.Entry<String, Object> entry : table.entrySet()) {
            int line = line(table, entry.getKey());
            String where = name + ":" + line + ": topic " + entry.getKey();
            int id;
            try {
                id = Integer.parseInt(entry.getKey());
            } catch (NumberFormatException e) {
                reader.error(where + " is no topic id, must be 1..65534");
                continue;
            }
            if (entry.getValue() instanceof String topic) {
                reader.topic(client, id, topic, where, "line " + line);
            } else {
                reader.error(where + " is " + Toml.text(plain(entry.getValue())) + ", must be text in quotes");
            }
        }
    }

    private static Object plain(Object value) {
        return value instanceof org.tomlj.TomlArray array ? array.toList() : value;
    }

    private String where(TomlTable table, String key) {
        return name + ":" + line(table, key) + ": ";
    }

    @SuppressWarnings("NullAway") // tomlj knows the place of every key that it gives out, but for implicit tables
    private static int line(TomlTable table, String key) {
        org.tomlj.TomlPosition position = table.inputPositionOf(List.of(key));
        return position == null ? 1 : position.line();
    }
}
