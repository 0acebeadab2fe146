package midge.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code midge} command. */
@Command(
        name = "midge",
        description = "MQTT-SN and MQTT for the smallest Java devices.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            DeviceCommand.class,
            GatewayCommand.class,
            BrokerCommand.class,
            ConfigCommand.class,
            PubCommand.class,
            SubCommand.class,
            SimCommand.class
        },
        versionProvider = Midge.Version.class,
        footer = {"", "midge COMMAND --help tells the options of one command."})
public final class Midge extends Helpful implements Runnable {
    @Option(names = "--version", versionHelp = true, description = "Show the version and exit.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it by itself
    private boolean version;

    /** Runs the command line and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        // Units and topics have characters beyond ASCII, whatever the locale of a cron job says.
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8));
        int code = commandLine().execute(arguments);
        System.out.flush();
        System.exit(code);
    }

    static CommandLine commandLine() {
        return Refused.teach(new CommandLine(new Midge()))
                .setExpandAtFiles(false) // -m @home is a message, not the name of a file with options
                .setParameterExceptionHandler(Midge::explainUsage)
                .setExecutionExceptionHandler((e, line, parsed) -> explainFailure(e, line))
                .setUsageHelpLongOptionsMaxWidth(30)
                .setUsageHelpWidth(100);
    }

    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    private static int explainUsage(ParameterException e, String[] arguments) {
        CommandLine line = e.getCommandLine();
        PrintWriter err = line.getErr();
        StringBuilder said =
                new StringBuilder("midge: ").append(oneLine(e.getMessage()).replaceFirst("^Error: ", ""));
        if (e instanceof UnmatchedArgumentException unmatched) {
            List<String> suggestions = unmatched.getSuggestions();
            if (!suggestions.isEmpty()) {
                said.append(". Did you mean ")
                        .append(String.join(" or ", suggestions))
                        .append("?");
            }
        }
        err.println(said);
        err.println("Try: " + line.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    private static int explainFailure(Exception e, CommandLine line) {
        if (e instanceof UserError mistake) {
            boolean isInterrupted = mistake.exitCode() == ExitCode.INTERRUPTED; // the user knows
            if (isInterrupted || line.getParseResult().hasMatchedOption("--quiet")) {
                return mistake.exitCode();
            }
            line.getErr().println("midge: " + oneLine(mistake.getMessage()));
            return mistake.exitCode();
        }
        line.getErr().println("midge: internal error: " + e + ". Please report it with the log below.");
        Logger.error(e);
        return ExitCode.FAILED;
    }

    private static String oneLine(@Nullable String message) {
        return message == null ? "" : message.replaceAll("\\s*\\R\\s*", " ");
    }

    /** Reads the version that the build wrote into the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Midge.class.getPackage().getImplementationVersion();
            return new String[] {"midge " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
