package midge.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import midge.settings.DurationText;
import midge.settings.Suggestion;
import midge.sim.export.GatewayCapture;
import midge.sim.export.PcapWriter;
import midge.sim.scenario.JunitReport;
import midge.sim.scenario.NodeReport;
import midge.sim.scenario.ReadyMade;
import midge.sim.scenario.Scenario;
import midge.sim.scenario.ScenarioException;
import midge.sim.scenario.ScenarioReader;
import midge.sim.scenario.ScenarioResult;
import midge.sim.scenario.ScenarioRun;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** Plays one scenario for {@code midge sim}: as fast as it goes or at a pace, with what its user wants written. */
final class ScenarioPlayer {
    private static final int MISTAKES_TOLD = 20;
    private static final long STEP_MS = 500;
    private static final long PROGRESS_NS = 2_000_000_000L;

    /**
     * What {@code midge sim} was told beside the scenario.
     *
     * @param speed times as fast as the clock on the wall; 0: as fast as the machine
     * @param http  where a page shows it, null for none
     */
    record Wishes(
            double speed,
            @Nullable String http,
            @Nullable Path junit,
            @Nullable Path pcap,
            @Nullable Path csv,
            @Nullable Path nodes) {}

    private final String name;
    private final Scenario scenario;
    private final Wishes wishes;

    ScenarioPlayer(String name, Wishes wishes) {
        this.name = name;
        this.wishes = wishes;
        scenario = read(name);
    }

    private static Scenario read(String name) {
        Path file = Path.of(name);
        String text = ReadyMade.text(name);
        Path parent = file.toAbsolutePath().getParent();
        try {
            if (text == null || Files.exists(file)) {
                text = Files.readString(file);
            }
            return new ScenarioReader(parent == null ? file : parent).read(file.toString(), text);
        } catch (java.nio.file.NoSuchFileException e) {
            String nearest = Suggestion.text(name, ReadyMade.names());
            throw new UserError(
                    ExitCode.USAGE,
                    "there is no scenario file " + name + ", and none of that name comes with Midge"
                            + (nearest.isEmpty() ? "" : nearest)
                            + (nearest.isEmpty() ? "; there are " : " There are ")
                            + String.join(", ", ReadyMade.names()));
        } catch (IOException e) {
            throw new UserError(ExitCode.USAGE, "cannot read " + name + " (" + e.getMessage() + ")");
        } catch (ScenarioException e) {
            List<String> told =
                    e.errors().subList(0, Math.min(MISTAKES_TOLD, e.errors().size()));
            int more = e.errors().size() - told.size();
            told.subList(0, told.size() - 1).forEach(error -> System.err.println("midge: " + error));
            String last = told.get(told.size() - 1);
            throw new UserError(ExitCode.USAGE, last + (more == 0 ? "" : " (and " + more + " more)"));
        }
    }

    /** {@return a scenario that comes with Midge in one line} */
    static String summary(String name) {
        Scenario scenario = read(name);
        int devices = scenario.devices().size();
        return scenario.title() + ": " + devices + (devices == 1 ? " device, " : " devices, ")
                + DurationText.of(scenario.durationMs());
    }

    /** {@return the exit code} */
    int play(@Nullable Long wantedSeed, Interrupt interrupt) {
        long seed = wantedSeed != null ? wantedSeed : scenario.seed().orElseGet(() -> System.nanoTime() & 0xFFFF_FFFFL);
        System.out.println(scenario.title() + ": " + scenario.devices().size() + " devices, "
                + DurationText.of(scenario.durationMs()) + " of virtual time, seed " + seed);
        ScenarioRun run = new ScenarioRun(scenario, seed);
        long startNs = System.nanoTime();
        ScenarioResult result;
        try (ScenarioShow show = show(run);
                GatewayCapture capture = capture(run);
                PrintWriter readings = readings(run)) {
            boolean passed = show == null ? pass(run, interrupt, startNs) : show.pass(interrupt);
            if (!passed) {
                return ExitCode.INTERRUPTED;
            }
            result = show == null ? run.finish() : show.finish();
            check(capture, readings);
            double seconds = (System.nanoTime() - startNs) / 1e9;
            write(wishes.nodes(), NodeReport.csv(run));
            write(wishes.junit(), JunitReport.of(result, name, seconds));
            tell(result, seconds);
            if (show != null) {
                show.stay(interrupt);
            }
        } catch (IOException e) {
            throw new UserError(ExitCode.FAILED, "cannot write " + wishes.pcap() + " (" + e.getMessage() + ")");
        }
        return result.held() ? ExitCode.OK : ExitCode.BROKEN;
    }

    private @Nullable ScenarioShow show(ScenarioRun run) {
        return wishes.http() == null ? null : new ScenarioShow(run, wishes.http(), (int) wishes.speed());
    }

    /** Lets the time pass. {@return false when the user ended it} */
    private boolean pass(ScenarioRun run, Interrupt interrupt, long startNs) {
        long toldNs = startNs;
        for (long at = 0; at < scenario.durationMs(); at = run.world().nowMs()) {
            run.runUntil(at + STEP_MS);
            if (interrupt.isAsked() || (wishes.speed() > 0 && keepPace(run, interrupt, startNs))) {
                return false;
            }
            if (System.nanoTime() - toldNs > PROGRESS_NS) {
                toldNs = System.nanoTime();
                Duration played = Duration.ofSeconds(run.world().nowMs() / 1_000);
                System.err.println("midge: " + DurationText.of(played.toMillis()) + " of "
                        + DurationText.of(scenario.durationMs()) + ", "
                        + run.ledger().totals().delivered() + " readings arrived");
            }
        }
        return true;
    }

    private boolean keepPace(ScenarioRun run, Interrupt interrupt, long startNs) {
        long dueNs = startNs + (long) (run.world().nowMs() * 1e6 / wishes.speed());
        long waitMs = (dueNs - System.nanoTime()) / 1_000_000;
        return waitMs > 0 && interrupt.await(waitMs);
    }

    private @Nullable GatewayCapture capture(ScenarioRun run) throws IOException {
        Path file = wishes.pcap();
        if (file == null) {
            return null;
        }
        PcapWriter pcap =
                new PcapWriter(new BufferedOutputStream(Files.newOutputStream(file)), System.currentTimeMillis());
        GatewayCapture capture = new GatewayCapture(pcap);
        run.gateway().observe(capture);
        return capture;
    }

    private @Nullable PrintWriter readings(ScenarioRun run) throws IOException {
        Path file = wishes.csv();
        if (file == null) {
            return null;
        }
        PrintWriter out = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8));
        out.println("at_ms,device,topic,qos,held,payload");
        run.addSink((reading, atMs) -> out.println(atMs + "," + reading.device() + "," + reading.topic() + ","
                + reading.qos() + "," + reading.held() + "," + reading.payload()));
        return out;
    }

    private void check(@Nullable GatewayCapture capture, @Nullable PrintWriter readings) {
        if (capture != null && capture.failure() != null) {
            Logger.warn("the capture {} is not whole: {}", wishes.pcap(), capture.failure());
        }
        if (readings != null && readings.checkError()) {
            throw new UserError(ExitCode.FAILED, "cannot write " + wishes.csv() + "; is the disk full?");
        }
    }

    private static void write(@Nullable Path file, String text) {
        try {
            if (file != null) {
                Files.writeString(file, text);
            }
        } catch (IOException e) {
            String why = e instanceof java.nio.file.NoSuchFileException ? "there is no such folder" : e.getMessage();
            throw new UserError(ExitCode.FAILED, "cannot write " + file + " (" + why + ")");
        }
    }

    private void tell(ScenarioResult result, double seconds) {
        for (ScenarioResult.Verdict verdict : result.verdicts()) {
            System.out.println((verdict.held() ? "  ok    " : "  FAIL  ")
                    + verdict.name()
                    + (verdict.held() ? "" : ": " + verdict.failure() + " (" + name + ":" + verdict.line() + ")"));
        }
        System.out.printf(
                "%d readings sent, %d arrived, %d given up, %d lost with a device's power, %d came twice; %d frames sent again%n",
                result.totals().sent(),
                result.totals().delivered(),
                result.totals().refused(),
                result.totals().forgotten(),
                result.totals().duplicated(),
                result.retransmitted());
        System.out.printf(
                "%.1f s for %s, %.0f times as fast as the clock; trace hash %016x%n",
                seconds, DurationText.of(result.endMs()), result.endMs() / 1_000.0 / seconds, result.traceHash());
        if (wishes.nodes() != null) {
            System.out.println(NodeReport.currents());
        }
    }
}
