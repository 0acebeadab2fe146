package midge.board.file;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where settings come from, besides the tables of the file: the environment and the command line. */
final class Source {
    private static final String ENVIRONMENT = "MIDGE_DEVICE_";

    private final String file;
    private final Problems.Collector problems = new Problems.Collector();
    /** By variable without prefix: what a message calls it, and the value. */
    private final Map<String, Map.Entry<String, String>> overrides = new LinkedHashMap<>();

    private final Set<String> asked = new HashSet<>();

    Source(String file) {
        this.file = file;
    }

    /** Takes {@code MIDGE_DEVICE_LINK_OVER} and the like. */
    void environment(Map<String, String> variables) {
        new TreeMap<>(variables).forEach((name, value) -> {
            if (name.startsWith(ENVIRONMENT)) {
                overrides.put(name.substring(ENVIRONMENT.length()), Map.entry(name, value));
            }
        });
    }

    /** Takes an option of the command line; {@code variable} is such as {@code DEVICE_BOARD}, {@code option} such as {@code --board}. */
    void option(String variable, String option, String value) {
        overrides.put(variable, Map.entry(option, value));
    }

    @Nullable
    String override(String variable) {
        asked.add(variable);
        Map.Entry<String, String> set = overrides.get(variable);
        return set == null ? null : set.getValue();
    }

    boolean isOverridden(String variable) {
        return overrides.containsKey(variable);
    }

    String nameOf(String variable) {
        Map.Entry<String, String> set = overrides.get(variable);
        return set == null ? variable : set.getKey();
    }

    /** Variables that nobody asked for set nothing, and are mistakes. */
    void finish() {
        overrides.forEach((variable, set) -> {
            if (!asked.contains(variable)) {
                problems.add(set.getKey() + " sets nothing" + midge.settings.Suggestion.text(variable, asked));
            }
        });
    }

    String where(int line) {
        return file + ":" + line + ": ";
    }

    Problems.Collector problems() {
        return problems;
    }
}
