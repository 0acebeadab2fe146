package midge.bench.throughput;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one process measured.
 *
 * @param perSecond messages
 * @param cpuMs     processor time of the whole process, start and warm-up included
 * @param rssKb     its largest resident memory
 * @param heap      octets alive on the Java heap after a collection; -1 without one
 * @param allocated octets allocated on it for each message measured; -1 without one
 */
record Result(double perSecond, double cpuMs, double rssKb, double heap, double allocated) {
    /** Reads the line {@code result nanos=… cpuMs=… rssKb=… heap=… allocated=…}. */
    static Result parse(String line, int messages) {
        Map<String, Long> fields = Stream.of(line.split(" "))
                .filter(field -> field.contains("="))
                .map(field -> field.split("="))
                .collect(Collectors.toMap(field -> field[0], field -> Long.parseLong(field[1])));
        long allocated = fields.get("allocated");
        return new Result(
                messages * 1e9 / fields.get("nanos"),
                fields.get("cpuMs"),
                fields.get("rssKb"),
                fields.get("heap"),
                allocated < 0 ? -1 : (double) allocated / messages);
    }
}
