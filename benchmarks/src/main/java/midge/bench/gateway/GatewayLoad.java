package midge.bench.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import midge.bench.throughput.Broker;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Question: how many messages a second does {@code ./midge gateway} acknowledge beside a Mosquitto and this generator on one machine,
 * how long does one take, and what does it cost? Prints a Markdown table.
 */
@Command(name = "gateway-load.sh", mixinStandardHelpOptions = true, showDefaultValues = true)
public final class GatewayLoad implements Callable<Integer> {
    private static final String BEGIN = "<!-- gateway load: begin -->";
    private static final String END = "<!-- gateway load: end -->";
    private static final int KINDS = 6;
    private static final int WARM_CLIENTS = 50;
    /** Load of its own kind before each case is measured. */
    private static final int SETTLE_MS = 500;

    @Option(
            names = "--modes",
            split = ",",
            description = "transparent, aggregate",
            defaultValue = "transparent,aggregate")
    private List<String> modes = List.of();

    @Option(names = "--directions", split = ",", description = "up, down", defaultValue = "up,down")
    private List<String> directions = List.of();

    @Option(names = "--qos", split = ",", description = "0, 1, 2", defaultValue = "0,1,2")
    private List<Integer> qos = List.of();

    @Option(
            names = "--clients",
            split = ",",
            description = "each with one message in flight",
            defaultValue = "1,50,1000,5000")
    private List<Integer> clients = List.of();

    @Option(names = "--seconds", description = "how long each case is measured", defaultValue = "4")
    private int seconds;

    @Option(
            names = "--warm-up",
            description = "seconds of all kinds of load before the first case",
            defaultValue = "18")
    private int warmUp;

    @Option(names = "--connect", description = "instead: connect so many clients and tell the memory")
    private int connect;

    @Option(names = "--verify", description = "a subscriber looks at what goes up at QoS 1 and 2 too")
    private boolean verify;

    @Option(names = "--readme", description = "put the tables into this file between its two markers too")
    private @Nullable Path readme;

    @Option(names = "--gateway", split = " ", description = "further options of ./midge gateway, in one word")
    private List<String> gatewayOptions = List.of();

    private final StringBuilder tables = new StringBuilder();

    private GatewayLoad() {}

    private void tell(String line) {
        System.out.println(line);
        tables.append(line).append('\n');
    }

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new GatewayLoad()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        tell(String.format(
                "%s; %d processors, Java %s, Linux %s; %s",
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                System.getProperty("os.version"),
                seconds + " s a case"));
        try (Broker broker = new Broker(Files.createTempDirectory("gateway-load"), 0)) {
            for (String mode : modes) {
                try (GatewayProcess gateway =
                        new GatewayProcess(broker.port(), mode.equals("aggregate"), gatewayOptions)) {
                    if (connect > 0) {
                        connect(mode, gateway, broker);
                    } else {
                        measure(mode, gateway, broker);
                    }
                }
            }
        }
        if (readme != null) {
            String text = Files.readString(readme);
            int begin = text.indexOf(BEGIN) + BEGIN.length();
            int end = text.indexOf(END);
            Files.writeString(readme, text.substring(0, begin) + "\n" + tables + text.substring(end));
        }
        return 0;
    }

    private void connect(String mode, GatewayProcess gateway, Broker broker) throws IOException {
        long before = gateway.liveHeap();
        LoadCase load = new LoadCase(true, 1, connect, 0, 0, false);
        try (LoadRun run = run(load, gateway, broker)) {
            run.connect();
            long residentKiB = new ProcessMeter(gateway.pid()).residentKiB();
            long heap = gateway.liveHeap();
            tell(String.format(
                    "%n%s: %,d clients connected at %,.0f a second; %,d B of heap each, %.0f MB resident",
                    mode, connect, connect * 1e9 / run.connectNs(), (heap - before) / connect, residentKiB / 1024.0));
            run.finish();
        }
    }

    private void measure(String mode, GatewayProcess gateway, Broker broker) throws IOException {
        warmUp(gateway, broker);
        tell("\n| " + mode + " | clients | messages/s | p50 µs | p99 µs | p99.9 µs | CPU s/100,000 | RSS MB |");
        tell("|---|---|---|---|---|---|---|---|");
        for (LoadCase load : cases()) {
            try (LoadRun run = run(load, gateway, broker)) {
                tell(row(run.run()));
            }
        }
    }

    /** Until the JIT compilers of both processes have done their work, they and not the messages take the processors. */
    private void warmUp(GatewayProcess gateway, Broker broker) throws IOException {
        for (int i = 0; i < KINDS; i++) {
            LoadCase load = new LoadCase(i % 2 == 0, i / 2, WARM_CLIENTS, 0, warmUp * 1000L / KINDS, false);
            try (LoadRun run = run(load, gateway, broker)) {
                run.run();
            }
        }
    }

    private static LoadRun run(LoadCase load, GatewayProcess gateway, Broker broker) throws IOException {
        InetSocketAddress brokerAt = new InetSocketAddress(InetAddress.getLoopbackAddress(), broker.port());
        return new LoadRun(load, gateway.address(), brokerAt, new ProcessMeter(gateway.pid()));
    }

    private List<LoadCase> cases() {
        List<LoadCase> cases = new ArrayList<>();
        for (String direction : directions) {
            for (int level : qos) {
                for (int count : clients) {
                    cases.add(new LoadCase(direction.equals("up"), level, count, SETTLE_MS, seconds * 1000L, verify));
                }
            }
        }
        return cases;
    }

    private static String row(LoadResult result) {
        LoadCase load = result.load();
        String remarks = result.lost() + result.resent() + result.repeated() == 0
                ? ""
                : String.format(" lost %d, repeated %d, resent %d", result.lost(), result.repeated(), result.resent());
        return String.format(
                "| %s QoS %d | %,d | %,.0f | %,.0f | %,.0f | %,.0f | %.2f | %.0f |%s",
                load.up() ? "up" : "down",
                load.qos(),
                load.clients(),
                result.perSecond(),
                result.micros(0.5),
                result.micros(0.99),
                result.micros(0.999),
                result.cpuMicros() / 10,
                result.cost().residentKiB() / 1024.0,
                remarks);
    }
}
