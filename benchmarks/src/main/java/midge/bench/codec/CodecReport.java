package midge.bench.codec;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs every codec benchmark, writes the tables, and fails when one of Midge's allocates. {@code benchmarks/codec.sh} starts it. An
 * argument names the Markdown file whose part between {@link #BEGIN} and {@link #END} is replaced.
 */
public final class CodecReport {
    static final String BEGIN = "<!-- codec tables -->";
    static final String END = "<!-- end of codec tables -->";

    private CodecReport() {}

    /** @param args nothing, or the Markdown file; ends with status 1 when Midge allocates, 2 for a file without the marks */
    public static void main(String[] args) throws RunnerException, IOException {
        if (args.length > 0 && !hasMarks(Files.readString(Path.of(args[0])))) {
            System.err.println(args[0] + " has no part between '" + BEGIN + "' and '" + END + "' to replace");
            System.exit(2);
        }
        CodecTable table = new CodecTable(run(everything()));
        String text = circumstances() + "\n" + table.markdown();
        System.out.println(text);
        if (args.length > 0) {
            Path file = Path.of(args[0]);
            Files.writeString(file, replaced(Files.readString(file), text));
        }
        List<String> allocating = table.allocating();
        if (!allocating.isEmpty()) {
            System.err.println("Midge allocates: " + String.join("; ", allocating));
            System.exit(1);
        }
    }

    static ChainedOptionsBuilder everything() {
        String name = CodecReport.class.getPackageName().replace(".", "\\.");
        return new OptionsBuilder()
                .include(name + "\\..*")
                .addProfiler(GCProfiler.class)
                .shouldFailOnError(true);
    }

    static List<Measured> run(ChainedOptionsBuilder options) throws RunnerException {
        return new Runner(options.build()).run().stream().map(Measured::of).toList();
    }

    private static boolean hasMarks(String document) {
        return document.indexOf(BEGIN) >= 0 && document.indexOf(END) > document.indexOf(BEGIN);
    }

    static String replaced(String document, String text) {
        String before = document.substring(0, document.indexOf(BEGIN) + BEGIN.length());
        return before + "\n" + text + document.substring(document.indexOf(END));
    }

    private static String circumstances() throws IOException {
        Properties versions = new Properties();
        try (InputStream in = CodecReport.class.getResourceAsStream("versions.properties")) {
            versions.load(in);
        }
        return String.format(
                Locale.ROOT,
                "%s; %s, %d cores; %s %s; netty-codec-mqtt %s, Paho %s, HiveMQ client %s, mqtt-sn-parser %s; JMH %s.%n"
                        + "ns/op ± 99.9 %% confidence, then octets allocated in one operation.%n",
                LocalDate.now(),
                processor(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.vm.name"),
                System.getProperty("java.version"),
                versions.getProperty("netty"),
                versions.getProperty("paho"),
                versions.getProperty("hivemq"),
                versions.getProperty("mobius"),
                versions.getProperty("jmh"));
    }

    /** @return the processor's name where Linux tells it, else its architecture */
    private static String processor() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return System.getProperty("os.arch");
        }
        return Files.readAllLines(info).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).trim())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }
}
