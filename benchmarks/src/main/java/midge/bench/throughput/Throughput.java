package midge.bench.throughput;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Question: how many messages a second does a whole client process move, and what does it cost, beside other clients on the same
 * machine? Each run is a process and a Mosquitto of its own; the clients take turns, so that a drifting machine treats them alike.
 */
public final class Throughput {
    private static final int RUN_S = 180;

    private final Options options;
    private final Path folder;
    private final Programs programs;
    private final Table table;

    private Throughput(Options options, Path folder) throws IOException, InterruptedException {
        this.options = options;
        this.folder = folder;
        programs = new Programs(folder);
        table = new Table(options);
    }

    /** Runs what the options say and prints the table; {@code --help} tells them. */
    public static void main(String[] arguments) throws Exception {
        if (List.of(arguments).contains("--help")) {
            System.out.println(Options.HELP);
            return;
        }
        Options options;
        try {
            options = new Options(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage() + "\n" + Options.HELP);
            System.exit(2);
            return;
        }
        new Throughput(options, Files.createTempDirectory("throughput")).run();
    }

    private void run() throws IOException, InterruptedException {
        for (int repetition = 0; repetition < options.repetitions; repetition++) {
            List<String> turn = new ArrayList<>(options.clients);
            Collections.rotate(turn, -repetition);
            for (String direction : options.directions) {
                for (int qos : options.qos) {
                    for (String client : turn) {
                        Result result = measure(client, direction, qos);
                        table.add(direction, qos, client, result);
                        System.err.printf(
                                "%d/%d %s QoS %d %s: %s%n",
                                repetition + 1,
                                options.repetitions,
                                direction,
                                qos,
                                client,
                                result == null ? "failed" : String.format("%,.0f/s", result.perSecond()));
                    }
                }
            }
        }
        String markdown = table.markdown();
        System.out.println(markdown);
        if (options.readme != null) {
            table.write(options.readme, markdown);
        }
    }

    private @Nullable Result measure(String client, String direction, int qos)
            throws IOException, InterruptedException {
        try (Broker broker = new Broker(folder, Load.WINDOW)) {
            List<String> command =
                    programs.client(client, direction, qos, broker.port(), options.warmUp(), options.messages);
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            Thread guard = new Thread(() -> killWhenLate(process));
            guard.setDaemon(true);
            guard.start();
            return follow(process, qos, broker.port());
        }
    }

    private static void killWhenLate(Process process) {
        try {
            if (!process.waitFor(RUN_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Reads what the client says. A receiver is fed for its warm-up when it is ready, and again when it is warm: otherwise the broker
     * would queue for a client that is slow to warm up, and the rest would come without a feeder on the machine.
     */
    private @Nullable Result follow(Process process, int qos, int port) throws IOException, InterruptedException {
        Result result = null;
        Process feeder = null;
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.equals("ready") || line.equals("warm")) {
                    int messages = line.equals("ready") ? options.warmUp() : options.messages;
                    List<String> command = programs.feeder(qos, port, messages);
                    feeder = new ProcessBuilder(command).inheritIO().start();
                } else if (line.startsWith("result ")) {
                    result = Result.parse(line, options.messages);
                }
            }
        }
        process.waitFor();
        if (feeder != null) {
            feeder.destroy();
        }
        return result;
    }
}
