package midge.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import midge.gateway.app.SettingsException;
import midge.gateway.app.SettingsReader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code midge config}: what the settings in a file come to. */
@Command(
        name = "config",
        description = "Looks at the gateway's settings.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = ConfigCommand.Check.class)
final class ConfigCommand extends Helpful implements Runnable {
    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    /** {@code midge config check FILE}. */
    @Command(
            name = "check",
            description = "Shows the settings that hold, with their origins and without secrets, or every mistake.",
            footer = {"", "Variables MIDGE_GATEWAY_... count as well.", "Exit codes: 0 usable, 2 not."})
    static final class Check extends Helpful implements Callable<Integer> {
        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "FILE", description = "Settings in TOML, such as docs/gateway.toml.")
        private Path file = Path.of("");

        @Override
        public Integer call() {
            try {
                System.out.print(new SettingsReader(new HostLinks())
                        .file(file)
                        .environment(System.getenv())
                        .settings()
                        .describe());
                return ExitCode.OK;
            } catch (SettingsException e) {
                e.errors().forEach(error -> spec.commandLine().getErr().println("midge: " + error));
                return ExitCode.USAGE;
            }
        }
    }
}
