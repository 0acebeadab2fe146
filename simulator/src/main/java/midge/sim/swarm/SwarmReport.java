package midge.sim.swarm;

import midge.sim.SimulationFailure;

/** What a person needs to know of a world in which a promise broke. */
public final class SwarmReport {
    private SwarmReport() {}

    /** {@return what broke, the options, the last events, and the command that shows it again} */
    public static String of(SwarmRun run, SimulationFailure failure) {
        StringBuilder text = new StringBuilder();
        Throwable cause = failure.getCause();
        text.append("seed ").append(failure.seed()).append(": ");
        text.append(cause == null ? failure.getMessage() : cause.getMessage()).append('\n');
        text.append(run.options()).append("  the last events:\n");
        run.lastEvents().forEach(line -> text.append("    ").append(line).append('\n'));
        return text.append("  again: ./midge sim --seed ")
                .append(failure.seed())
                .toString();
    }
}
