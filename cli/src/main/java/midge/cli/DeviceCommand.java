package midge.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import midge.board.Device;
import midge.board.DeviceLoop;
import midge.board.file.DeviceFile;
import midge.board.file.Problems;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code midge device}: a device that a TOML file describes, until Ctrl-C. */
@Command(
        name = "device",
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

    @Option(names = "--config", paramLabel = "FILE", required = true, description = "The device, in TOML.")
    private Path config = Path.of("");

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
}
