package midge.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import midge.sim.SimulationFailure;
import midge.sim.live.LiveWorld;
import midge.sim.scenario.ReadyMade;
import midge.sim.swarm.SwarmReport;
import midge.sim.swarm.SwarmResult;
import midge.sim.swarm.SwarmRun;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midge sim}: worlds in virtual time, each drawn from a seed, with every promise watched. */
@Command(
        name = "sim",
        description = {
            "Plays simulated worlds in virtual time: devices, radio, gateway, broker, and faults.",
            "With a scenario: its devices, its events, and whether its expectations hold.",
            "Without one: worlds drawn from a seed; stops at the first promise that breaks, with what led to it."
        },
        footer = {
            "",
            "Examples:",
            "  midge sim greenhouse        a scenario that comes with Midge; --list names them",
            "  midge sim mine.toml --junit out.xml",
            "                              one of your own, for CI; docs/scenarios.md describes the file",
            "  midge sim mine.toml --live  on a page, by the clock; --speed x10 for ten times as fast",
            "  midge sim                   a hundred worlds that nobody has seen before",
            "  midge sim --seed 4711       one world again, exactly as it was",
            "  midge sim --seeds 100000    a long search",
            "Exit codes: 0 everything held, 1 failed, 2 usage, 10 a promise or an expectation did not hold,",
            "130 Ctrl-C."
        })
final class SimCommand extends Helpful implements Callable<Integer> {
    private static final long PROGRESS_MS = 10_000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "SCENARIO",
            description = "A scenario file, or the name of one that comes with Midge.")
    private @Nullable String scenario;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "The first world's seed, decimal or 0x... Default: the scenario's, or a fresh one.")
    private @Nullable String seed;

    @Option(names = "--seeds", paramLabel = "COUNT", description = "How many worlds. Default: 1 with --seed, else 100.")
    private @Nullable Integer seeds;

    @Option(
            names = "--events",
            paramLabel = "COUNT",
            defaultValue = "60",
            description = "How many of the last events to tell when a promise breaks. Default: ${DEFAULT-VALUE}.")
    private int events;

    @Option(
            names = "--speed",
            paramLabel = "N",
            description = {
                "How many times as fast as the clock, such as x10, or max.",
                "Default: max; with --live x1, and at most x100."
            })
    private @Nullable String speed;

    @Option(
            names = "--live",
            description = {
                "Play the scenario on a page in the browser, by the clock.",
                "Its broker listens on " + BrokerOptions.DEFAULT_PORT + " or the next free port."
            })
    private boolean live;

    @Option(
            names = "--http",
            paramLabel = "[ADDRESS:]PORT",
            description = {
                "Where --live serves the page: on this machine only unless an",
                "address is given; then it takes the token that is printed.",
                "Default: " + LivePages.PORT + ", or the next free port."
            })
    private @Nullable String http;

    @Option(names = "--junit", paramLabel = "FILE", description = "Write the scenario's verdicts as JUnit XML.")
    private @Nullable Path junit;

    @Option(
            names = "--pcap",
            paramLabel = "FILE",
            description = "Write all packets of the scenario's gateway for Wireshark.")
    private @Nullable Path pcap;

    @Option(names = "--csv", paramLabel = "FILE", description = "Write each reading that arrives as CSV.")
    private @Nullable Path csv;

    @Option(
            names = "--nodes",
            paramLabel = "FILE",
            description = "Write what each device sent, repeated and would cost its battery as CSV.")
    private @Nullable Path nodes;

    @Option(names = "--list", description = "List the scenarios that come with Midge and exit.")
    private boolean list;

    @Option(names = "--show", paramLabel = "NAME", description = "Print one of them, to begin your own with, and exit.")
    private @Nullable String show;

    @Option(names = "--promises", description = "List what is promised and exit.")
    private boolean promises;

    @Override
    public Integer call() {
        if (promises) {
            new SwarmRun(0).promises().forEach(System.out::println);
            return ExitCode.OK;
        }
        if (list) {
            ReadyMade.names().forEach(name -> System.out.printf("%-16s %s%n", name, ScenarioPlayer.summary(name)));
            return ExitCode.OK;
        }
        if (show != null) {
            return show(show);
        }
        if (scenario != null) {
            return playScenario(scenario);
        }
        if (live) {
            throw new ParameterException(spec.commandLine(), "--live needs a scenario; --list names some");
        }
        if (junit != null || pcap != null || csv != null || nodes != null) {
            throw new ParameterException(spec.commandLine(), "--junit, --pcap, --csv and --nodes need a scenario");
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

    private static int show(String name) {
        String text = ReadyMade.text(name);
        if (text == null) {
            throw new UserError(
                    ExitCode.USAGE,
                    "no scenario called " + name + " comes with Midge; there are "
                            + String.join(", ", ReadyMade.names()));
        }
        System.out.print(text);
        return ExitCode.OK;
    }

    private int playScenario(String name) {
        if (seeds != null) {
            throw new ParameterException(spec.commandLine(), "--seeds is for worlds without a scenario");
        }
        if (live && pcap != null) {
            throw new ParameterException(spec.commandLine(), "--pcap is not for --live: the page has a capture");
        }
        if (!live && http != null) {
            throw new ParameterException(spec.commandLine(), "--http is for --live");
        }
        double pace = live ? speed("x1", 1, LiveWorld.SPEED_MAX) : speed("max", 0.01, 100_000);
        ScenarioPlayer player =
                new ScenarioPlayer(name, new ScenarioPlayer.Wishes(pace, where(), junit, pcap, csv, nodes));
        try (Interrupt interrupt = new Interrupt()) {
            return player.play(seed == null ? null : decoded(seed), interrupt);
        }
    }

    private @Nullable String where() {
        return live && http == null ? LivePages.PORT : http;
    }

    /** {@return how many times as fast as the clock; 0 for max} */
    private double speed(String otherwise, double min, double most) {
        String wanted = speed == null ? otherwise : speed;
        if (wanted.equals("max") && !live) {
            return 0;
        }
        double times;
        try {
            times = Double.parseDouble(wanted.startsWith("x") ? wanted.substring(1) : wanted);
        } catch (NumberFormatException e) {
            times = -1;
        }
        if (!(times >= min && times <= most) || (live && times != Math.rint(times))) {
            String right = live ? "x1..x100, whole, with --live" : "max or x0.01..x100000";
            throw new ParameterException(spec.commandLine(), "--speed is " + wanted + ", must be " + right);
        }
        return times;
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
