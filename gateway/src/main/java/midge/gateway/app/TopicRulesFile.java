package midge.gateway.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import midge.gateway.config.TopicRules;
import org.jspecify.annotations.Nullable;

/**
 * Topic rules as Mosquitto's {@code acl_file} writes them: {@code topic [read|write|readwrite|deny] FILTER}, for all clients or, after
 * a line {@code client PATTERN}, for those; {@code pattern ...} is for all wherever it stands. Empty lines and those that begin with
 * {@code #} do not count.
 */
final class TopicRulesFile {
    private static final Map<String, Integer> ACCESS = Map.of(
            "read", TopicRules.READ,
            "write", TopicRules.WRITE,
            "readwrite", TopicRules.READ | TopicRules.WRITE,
            "deny", TopicRules.DENY);

    private final Path file;
    private TopicRules rules = TopicRules.NONE;
    private @Nullable String client;

    private TopicRulesFile(Path file) {
        this.file = file;
    }

    /** @throws IllegalArgumentException when there is none, or with the number of a line that is no rule */
    static TopicRules read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("there is no topics file " + file, e);
        } catch (IOException e) {
            throw new IllegalArgumentException("cannot read the topics file " + file + ": " + e, e);
        }
        TopicRulesFile reader = new TopicRulesFile(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                reader.take(line, i + 1);
            }
        }
        if (reader.rules.count() == 0) {
            throw new IllegalArgumentException("the topics file " + file + " has no rule; it would deny everything");
        }
        return reader.rules;
    }

    private void take(String line, int number) {
        String[] words = line.split("\\s+", 2);
        String rest = words.length < 2 ? "" : words[1];
        switch (rest.isEmpty() ? "" : words[0]) {
            case "client" -> client = rest;
            case "topic" -> rule(client, rest, number);
            case "pattern" -> rule(null, rest, number);
            case "user" -> throw mistake(number, "names a user, but MQTT-SN has none; write client PATTERN");
            default -> throw mistake(number, "is not: topic [read|write|readwrite|deny] FILTER, or client PATTERN");
        }
    }

    /** A filter may hold blanks, so only a word that says how is taken off. */
    private void rule(@Nullable String whose, String text, int number) {
        String[] words = text.split("\\s+", 2);
        Integer access = words.length < 2 ? null : ACCESS.get(words[0]);
        String filter = access == null ? text : words[1];
        try {
            rules = rules.with(whose, access == null ? TopicRules.READ | TopicRules.WRITE : access, filter);
        } catch (IllegalArgumentException e) {
            throw mistake(number, String.valueOf(e.getMessage()));
        }
    }

    private IllegalArgumentException mistake(int number, String what) {
        return new IllegalArgumentException("line " + number + " of " + file + ": " + what);
    }
}
