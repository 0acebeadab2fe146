package midge.cli;

import java.util.concurrent.Callable;
import midge.sim.SimulationFailure;
import midge.sim.swarm.SwarmReport;
import midge.sim.swarm.SwarmResult;
import midge.sim.swarm.SwarmRun;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code midge sim}: worlds in virtual time, each drawn from a seed, with every promise watched. */
@Command(
        name = "sim",
        description = {
            "Plays simulated worlds in virtual time: devices, radio, gateway, broker, and faults, all drawn from a seed.",
            "Stops at the first promise that breaks, with what led to it."
        },
        footer = {
            "",
            "Examples:",
            "  midge sim                   a hundred worlds that nobody has seen before",
            "  midge sim --seed 4711       one world again, exactly as it was",
            "  midge sim --seeds 100000    a long search",
            "Exit codes: 0 all promises held, 2 usage, 10 a promise broke, 130 ended by Ctrl-C."
        })
final class SimCommand extends Helpful implements Callable<Integer> {
    private static final long PROGRESS_MS = 10_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The first world's seed, decimal or 0x... Default: a fresh one.")
    private @Nullable String seed;

    @Option(names = "--seeds", paramLabel = "COUNT", description = "How many worlds. Default: 1 with --seed, else 100.")
    private @Nullable Integer seeds;

    @Option(
            names = "--events",
            paramLabel = "COUNT",
            defaultValue = "60",
            description = "How many of the last events to tell when a promise breaks. Default: ${DEFAULT-VALUE}.")
    private int events;

    @Option(names = "--promises", description = "List what is promised and exit.")
    private boolean promises;

    @Override
    public Integer call() {
        if (promises) {
            new SwarmRun(0).promises().forEach(System.out::println);
            return ExitCode.OK;
        }
        long first = seed == null ? System.nanoTime() & 0xFFFF_FFFFL : decoded(seed);
        int count = seeds != null ? seeds : seed == null ? 100 : 1;
        if (count < 1 || events < 1) {
            throw new ParameterException(spec.commandLine(), "--seeds and --events want a number from 1");
        }
        try (Interrupt interrupt = new Interrupt()) {
            return play(first, count, interrupt);
        }
    }

    private long decoded(String text) {
        try {
            return Long.decode(text);
        } catch (NumberFormatException e) {
            throw new ParameterException(spec.commandLine(), "--seed wants a number, not \"" + text + "\"", e);
        }
    }

    private int play(long first, int count, Interrupt interrupt) {
        System.out.println(count == 1 ? "world of seed " + first : count + " worlds from seed " + first);
        SwarmResult sum = null;
        long startMs = System.currentTimeMillis();
        long toldMs = startMs;
        int played = 0;
        while (played < count && !interrupt.isAsked()) {
            SwarmRun run = new SwarmRun(first + played, events);
            if (count == 1) {
                System.out.print(run.options());
            }
            try {
                SwarmResult result = run.play();
                sum = sum == null ? result : sum.plus(result);
            } catch (SimulationFailure failure) {
                System.out.println(SwarmReport.of(run, failure));
                return ExitCode.BROKEN;
            }
            played++;
            if (System.currentTimeMillis() - toldMs > PROGRESS_MS) {
                toldMs = System.currentTimeMillis();
                System.err.println(played + " of " + count + " worlds");
            }
        }
        tell(sum, played, System.currentTimeMillis() - startMs);
        return played < count ? ExitCode.INTERRUPTED : ExitCode.OK;
    }

    private static void tell(@Nullable SwarmResult sum, int played, long tookMs) {
        if (sum == null) {
            return;
        }
        System.out.printf(
                "%d worlds, every promise held: %d readings taken, %d delivered, %d arrivals at the broker, %d of %d commands"
                        + " heard, %d connections lost, %d crashes%n",
                played,
                sum.readings(),
                sum.delivered(),
                sum.arrivals(),
                sum.heard(),
                sum.commands(),
                sum.losses(),
                sum.crashes());
        System.out.printf("trace hash %016x, %.1f s%n", sum.traceHash(), tookMs / 1000.0);
    }
}
