package midge.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import midge.board.Device;
import midge.board.DeviceCheck;
import midge.board.DeviceLoop;
import midge.board.Finding;
import midge.board.file.DeviceFile;
import midge.board.file.Problems;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midge device}: a device that a TOML file describes, until Ctrl-C. */
@Command(
        name = "device",
        subcommands = DeviceCommand.Check.class,
        description = "Runs a device: measures with the sensors that a file names, publishes, obeys commands.",
        footer = {
            "",
            "docs/device.md has a first device in five minutes, examples/ has whole ones.",
            "An option goes before the environment (MIDGE_DEVICE_LINK_OVER), that before the file.",
            "Exit codes: 0 ended, 1 failed, 2 wrong option or file, 130 Ctrl-C."
        })
final class DeviceCommand extends Helpful implements Callable<Integer> {
    /** How long {@code --once} and {@code --drain} try. */
    private static final long PATIENCE_MS = 60_000;

    @Option(names = "--config", paramLabel = "FILE", description = "The device, in TOML.")
    private @Nullable Path config;

    @Option(
            names = "--board",
            paramLabel = "NAME",
            description = "What the sensors are connected to: sim simulates them, linux has what the kernel drives.")
    private @Nullable String board;

    @Option(names = "--over", paramLabel = "URI", description = "Where messages go, instead of over in [link].")
    private @Nullable String over;

    @Option(names = "--once", description = "Measure once with every sensor, deliver, and end; for cron.")
    private boolean once;

    @Option(names = "--drain", description = "Measure nothing, deliver what the outbox holds, and end.")
    private boolean drain;

    @Option(names = "--verbose", description = "Print each message that is stored for delivery.")
    private boolean verbose;

    @Override
    public Integer call() {
        if (config == null) {
            throw new UserError(ExitCode.USAGE, "Missing required option: '--config=FILE'");
        }
        if (once && drain) {
            throw new UserError(ExitCode.USAGE, "--once and --drain exclude each other");
        }
        try (DeviceFile file = new DeviceFile(config)) {
            Device device = file.environment(System.getenv())
                    .option("DEVICE_BOARD", "--board", board)
                    .option("LINK_OVER", "--over", over)
                    .read();
            if (drain) {
                device.draining();
            }
            if (once) {
                device.measuringOnce();
            }
            return run(device.saying(System.out::println, verbose));
        } catch (Problems e) {
            int more = e.lines().size() - 1;
            throw new UserError(
                    ExitCode.USAGE,
                    e.lines().get(0)
                            + (more == 0 ? "" : " (and " + more + " more: midge device check " + config + ")"));
        } catch (IllegalArgumentException e) {
            throw new UserError(ExitCode.USAGE, config + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UserError(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private int run(Device device) throws IOException {
        try (DeviceLoop loop = device.start();
                Interrupt interrupt = new Interrupt(loop::wake)) {
            Progress progress = new Progress(false);
            long endNs = System.nanoTime() + PATIENCE_MS * 1_000_000;
            BooleanSupplier isDone = () -> (drain || (once && loop.hasMeasured())) && loop.isDelivered();
            loop.run(() -> {
                progress.show(loop::status);
                boolean isLate = (once || drain) && System.nanoTime() - endNs >= 0;
                return interrupt.isAsked() || isLate || isDone.getAsBoolean();
            });
            progress.end();
            System.out.println(loop.status());
            if (interrupt.isAsked() || !(once || drain)) {
                return ExitCode.OK;
            }
            return isDone.getAsBoolean() && loop.failures() == 0 ? ExitCode.OK : ExitCode.FAILED;
        }
    }

    /** {@code midge device check [FILE]}. */
    @Command(
            name = "check",
            description = "Tells what this machine lacks for a device, and how to get it.",
            footer = {"", "Exit codes: 0 nothing is missing, 1 something is, 2 wrong file."})
    static final class Check extends Helpful implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(
                paramLabel = "FILE",
                arity = "0..1",
                description = "A device file; without it, all that devices may need.")
        private @Nullable Path file;

        @Override
        public Integer call() {
            DeviceCheck check = new DeviceCheck();
            List<Finding> findings = file == null ? check.ofMachine() : of(check, file);
            findings.forEach(finding -> System.out.println(finding.line()));
            return findings.stream().allMatch(Finding::isGood) ? ExitCode.OK : ExitCode.FAILED;
        }

        private List<Finding> of(DeviceCheck check, Path named) {
            try (DeviceFile read = new DeviceFile(named)) {
                Device device =
                        read.environment(System.getenv()).opening(check::board).read();
                return check.of(device, read.board());
            } catch (Problems e) {
                List<String> all = e.lines();
                all.subList(0, all.size() - 1)
                        .forEach(line -> spec.commandLine().getErr().println("midge: " + line));
                throw new UserError(ExitCode.USAGE, all.get(all.size() - 1));
            } catch (IOException e) {
                throw new UserError(ExitCode.FAILED, String.valueOf(e.getMessage()));
            }
        }
    }
}
