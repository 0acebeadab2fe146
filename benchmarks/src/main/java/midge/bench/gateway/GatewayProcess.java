package midge.bench.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ./midge gateway} as a process of its own, on a free port. */
final class GatewayProcess implements AutoCloseable {
    private static final Pattern LISTENS = Pattern.compile("MQTT-SN on udp://127\\.0\\.0\\.1:(\\d+).*");

    private final Process process;
    private final InetSocketAddress address;

    /** @param more further options of the command */
    GatewayProcess(int brokerPort, boolean aggregate, List<String> more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "./midge", "gateway", "--listen", "udp://127.0.0.1:0", "--broker", "mqtt://127.0.0.1:" + brokerPort));
        if (aggregate) {
            command.addAll(List.of("--mqtt-version", "5", "--aggregate"));
        }
        command.addAll(more);
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), awaitPort());
    }

    private int awaitPort() throws IOException {
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher listens = LISTENS.matcher(line);
            if (listens.matches()) {
                return Integer.parseInt(listens.group(1));
            }
        }
        throw new IOException("./midge gateway does not start; run this in the project's top folder");
    }

    long pid() {
        return process.pid();
    }

    InetSocketAddress address() {
        return address;
    }

    /** {@return what is alive on its heap after a full collection, octets} */
    long liveHeap() throws IOException {
        Process histogram = new ProcessBuilder("jcmd", "" + pid(), "GC.class_histogram").start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(histogram.getInputStream(), StandardCharsets.UTF_8))) {
            long total = 0;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("Total")) {
                    total = Long.parseLong(line.trim().split(" +")[2]);
                }
            }
            return total;
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
