package midge.cli;

import java.util.Map;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Options of mosquitto's tools that are not offered: each is refused by its name, with what to do in its place. */
final class Refused {
    private static final String PEM_ONLY = "keys are read from PEM files: --key FILE";

    private static final Map<String, String> BY_BOTH = Map.of(
            "--proxy", "forward a port in its place, such as ssh -L 1883:BROKER:1883 HOST",
            "--unix", "name the broker by -h, -p or -L",
            "-S", "there is no look-up of SRV records; name the broker by -h, -p or -L",
            "--ciphers", "Java's own list is used; --tls-version narrows it",
            "--keyform", PEM_ONLY,
            "--tls-engine", PEM_ONLY,
            "--tls-engine-kpass-sha1", PEM_ONLY);

    private static final Map<String, String> BY_SUB = Map.of(
            "--pretty", "print %j and let jq show it",
            "--random-filter", "every message is printed; -T leaves topics out");

    private Refused() {}

    /** Teaches {@code pub} and {@code sub} below {@code midge} what to refuse. */
    static CommandLine teach(CommandLine midge) {
        CommandLine pub = Objects.requireNonNull(midge.getSubcommands().get("pub"));
        CommandLine sub = Objects.requireNonNull(midge.getSubcommands().get("sub"));
        BY_BOTH.forEach((name, why) -> {
            refuse(pub, name, why);
            refuse(sub, name, why);
        });
        BY_SUB.forEach((name, why) -> refuse(sub, name, why));
        return midge;
    }

    private static void refuse(CommandLine command, String name, String why) {
        CommandSpec spec = command.getCommandSpec();
        spec.addOption(OptionSpec.builder(name)
                .hidden(true)
                .type(boolean.class)
                .arity("0")
                .parameterConsumer((words, option, of) -> {
                    throw new ParameterException(command, name + " is not supported: " + why);
                })
                .build());
    }
}
