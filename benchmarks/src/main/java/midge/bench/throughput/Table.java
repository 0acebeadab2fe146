package midge.bench.throughput;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Collects results and tells them as Markdown: medians, and Midge's rate over another client's, run by run. */
final class Table {
    static final String BEGIN = "<!-- throughput: begin -->";
    static final String END = "<!-- throughput: end -->";
    private static final String OURS = "midge";

    private final Options options;
    private final Map<String, List<@Nullable Result>> results = new LinkedHashMap<>();

    Table(Options options) {
        this.options = options;
    }

    private static String key(String direction, int qos, String client) {
        return direction + " " + qos + " " + client;
    }

    void add(String direction, int qos, String client, @Nullable Result result) {
        results.computeIfAbsent(key(direction, qos, client), fresh -> new ArrayList<>())
                .add(result);
    }

    String markdown() {
        StringBuilder all = new StringBuilder();
        all.append(String.format(
                Locale.ROOT,
                "%s; %d processors, Java %s, %s; %,d messages of %d octets after %,d to warm up, %d in flight, %d runs of each%n%n",
                LocalDate.now(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                System.getProperty("os.name") + " "
                        + System.getProperty("os.version").replaceFirst("-.*", ""),
                options.messages,
                Load.PAYLOAD,
                options.warmUp(),
                Load.WINDOW,
                options.repetitions));
        all.append(
                "| | QoS | client | messages/s | least .. most | Midge's rate over it | CPU s | peak RSS MB | live heap MB"
                        + " | heap B/message |\n|---|---|---|---|---|---|---|---|---|---|\n");
        for (String direction : options.directions) {
            for (int qos : options.qos) {
                for (String client : options.clients) {
                    all.append(row(direction, qos, client));
                }
            }
        }
        return all.toString();
    }

    private String row(String direction, int qos, String client) {
        List<@Nullable Result> runs = results.getOrDefault(key(direction, qos, client), List.of());
        List<Result> good = runs.stream()
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        String head = "| " + direction + " | " + qos + " | " + client + " | ";
        if (good.size() < runs.size() || good.isEmpty()) {
            return head + "failed " + (runs.size() - good.size()) + " of " + runs.size() + " | | | | | | |\n";
        }
        double[] rates = good.stream().mapToDouble(Result::perSecond).sorted().toArray();
        return head
                + String.format(
                        Locale.ROOT,
                        "%,.0f | %,.0f .. %,.0f | %s | %.2f | %.0f | %s | %s |%n",
                        median(good, Result::perSecond),
                        rates[0],
                        rates[rates.length - 1],
                        ratio(direction, qos, client, runs),
                        median(good, Result::cpuMs) / 1000,
                        median(good, Result::rssKb) / 1024,
                        orDash("%.2f", median(good, Result::heap) / 1e6),
                        orDash("%.2f", median(good, Result::allocated)));
    }

    private static String orDash(String format, double value) {
        return value < 0 ? "–" : String.format(Locale.ROOT, format, value);
    }

    private String ratio(String direction, int qos, String client, List<@Nullable Result> theirs) {
        List<@Nullable Result> ours = results.getOrDefault(key(direction, qos, OURS), List.of());
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(ours.size(), theirs.size()); i++) {
            Result our = ours.get(i);
            Result their = theirs.get(i);
            if (our != null && their != null) {
                ratios.add(our.perSecond() / their.perSecond());
            }
        }
        return client.equals(OURS) || ratios.isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT, "%.2f", middle(ratios.stream().sorted().toList()));
    }

    private static double median(List<Result> runs, ToDoubleFunction<Result> figure) {
        return middle(runs.stream().mapToDouble(figure).sorted().boxed().toList());
    }

    private static double middle(List<Double> sorted) {
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    /** Replaces what stands between the markers. */
    void write(Path readme, String markdown) throws IOException {
        String text = Files.readString(readme);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(readme + " has no place between " + BEGIN + " and " + END);
        }
        Files.writeString(readme, text.substring(0, begin + BEGIN.length()) + "\n" + markdown + text.substring(end));
    }
}
