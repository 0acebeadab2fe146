package midge.sim.scenario;

import java.util.List;

/** A scenario file that cannot be played. */
public final class ScenarioException extends Exception {
    private final List<String> errors;

    ScenarioException(List<String> errors) {
        super(errors.get(0));
        this.errors = List.copyOf(errors);
    }

    /** {@return one line for each mistake, with its place and what would be right} */
    public List<String> errors() {
        return errors;
    }
}
