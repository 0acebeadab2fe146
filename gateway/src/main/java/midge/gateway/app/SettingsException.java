package midge.gateway.app;

import java.util.List;

/** Settings that cannot be used. */
public final class SettingsException extends Exception {
    private final List<String> errors;

    SettingsException(List<String> errors) {
        super(errors.get(0));
        this.errors = List.copyOf(errors);
    }

    /** @return one line for each mistake, with its place, its value and what would be right */
    public List<String> errors() {
        return errors;
    }
}
