package midge.bench.codec;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Puts the answers into Markdown: a row for each piece of work, a column for each codec, and how far Midge is ahead. */
final class CodecTable {
    static final String MIDGE = "midge";

    private static final double GOAL = 5;
    private static final double COPY_GOAL = 1.5;
    private static final String LARGEST = "65536";

    private static final Map<String, String> WORKS = Map.of(
            "Publish", "PUBLISH, %s octets",
            "Publish5", "PUBLISH 5.0, 5 properties",
            "Connect", "CONNECT",
            "Subscribe", "SUBSCRIBE",
            "Register", "REGISTER",
            "Stream", "one packet of the stream");

    private final List<Measured> all;

    CodecTable(List<Measured> all) {
        this.all = all;
    }

    /** @return both tables, and what is to be said of the goals */
    String markdown() {
        StringBuilder text = new StringBuilder();
        table(text, List.of("Encode", "Decode"), List.of("netty", "paho", "hivemq"));
        text.append('\n').append(copy()).append("\n\n");
        table(text, List.of("SnEncode", "SnDecode"), List.of("mobius"));
        List<String> missed = missed();
        text.append('\n')
                .append(
                        missed.isEmpty()
                                ? "Every small packet takes less than a fifth of the best peer's time.\n"
                                : "Less than 5 times faster than the best peer: " + String.join("; ", missed) + ".\n");
        return text.toString();
    }

    private void table(StringBuilder text, List<String> groups, List<String> peers) {
        text.append("| | Midge | ").append(String.join(" | ", peers)).append(" | best peer ÷ Midge |\n|---|---|");
        text.append("---|".repeat(peers.size() + 1)).append('\n');
        for (String group : groups) {
            rows(group).forEach((work, codecs) -> {
                text.append("| ").append(work).append(" | ").append(cell(codecs.get(MIDGE)));
                for (String peer : peers) {
                    text.append(" | ").append(cell(codecs.get(peer)));
                }
                text.append(" | ").append(Measured.number(ahead(codecs))).append(" |\n");
            });
        }
    }

    private static String cell(Measured measured) {
        return measured == null ? "–" : measured.cell();
    }

    private Map<String, Map<String, Measured>> rows(String group) {
        Map<String, Map<String, Measured>> rows = new LinkedHashMap<>();
        for (Measured m : all) {
            if (m.group().equals(group) && WORKS.containsKey(m.work())) {
                String verb = group.endsWith("Encode") ? "write " : "read ";
                String work = verb + String.format(Locale.ROOT, WORKS.get(m.work()), m.octets());
                rows.computeIfAbsent(work, w -> new LinkedHashMap<>()).put(m.codec(), m);
            }
        }
        return rows;
    }

    private static double ahead(Map<String, Measured> codecs) {
        double best = codecs.values().stream()
                .filter(m -> !m.codec().equals(MIDGE))
                .mapToDouble(Measured::ns)
                .min()
                .orElse(Double.NaN);
        return best / codecs.get(MIDGE).ns();
    }

    private String copy() {
        double copy = ns("Copy", "copy");
        double write = ns("Publish", MIDGE);
        return String.format(
                Locale.ROOT,
                "A bare `System.arraycopy` of 65,536 octets takes %s ns; writing the PUBLISH around it takes %.2f times that"
                        + " (goal: %.1f).",
                Measured.number(copy),
                write / copy,
                COPY_GOAL);
    }

    private double ns(String work, String codec) {
        return all.stream()
                .filter(m -> m.group().equals("Encode")
                        && m.work().equals(work)
                        && m.codec().equals(codec))
                .filter(m -> m.octets().equals(LARGEST))
                .mapToDouble(Measured::ns)
                .findFirst()
                .orElse(Double.NaN);
    }

    private List<String> missed() {
        List<String> missed = new ArrayList<>();
        for (String group : List.of("Encode", "Decode", "SnEncode", "SnDecode")) {
            rows(group).forEach((work, codecs) -> {
                if (!work.contains(LARGEST) && ahead(codecs) < GOAL) {
                    missed.add((group.startsWith("Sn") ? "MQTT-SN " : "") + work);
                }
            });
        }
        return missed;
    }

    /** @return the benchmarks of Midge that allocate, with how much; none is as it should be */
    List<String> allocating() {
        return all.stream()
                .filter(m -> m.codec().equals(MIDGE) && m.allocates())
                .map(m -> m.group() + "." + m.work() + " " + m.octets() + ": " + m.allocated() + " B/op")
                .toList();
    }
}
