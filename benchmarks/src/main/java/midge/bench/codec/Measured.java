package midge.bench.codec;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * One benchmark's answer.
 *
 * @param group class that holds the works, such as {@code Encode}
 * @param work class of the benchmark, such as {@code Publish}
 * @param octets of payload, or nothing
 * @param codec the method
 * @param ns time of one operation
 * @param error half of its 99.9 % confidence interval
 * @param allocated octets in one operation
 * @param operations in one iteration
 */
record Measured(
        String group,
        String work,
        String octets,
        String codec,
        double ns,
        double error,
        double allocated,
        double operations) {
    /**
     * What JMH itself allocates in an iteration, octets at most. The smallest object is 16 octets, so in the millions of operations of
     * an iteration one that leaks cannot hide behind this.
     */
    private static final double OWN_OF_JMH = 100_000;

    static Measured of(RunResult result) {
        BenchmarkParams params = result.getParams();
        String[] name = params.getBenchmark().split("[.$]");
        int n = name.length;
        Result<?> primary = result.getPrimaryResult();
        Result<?> allocated = result.getSecondaryResults().get("gc.alloc.rate.norm");
        if (allocated == null) {
            throw new IllegalStateException(
                    "no figure of allocation for " + params.getBenchmark() + ": run with -prof gc");
        }
        double iteration = params.getMeasurement().getTime().convertTo(TimeUnit.NANOSECONDS);
        String octets = params.getParamsKeys().contains("octets") ? params.getParam("octets") : "";
        return new Measured(
                name[n - 3],
                name[n - 2],
                octets,
                name[n - 1],
                primary.getScore(),
                primary.getScoreError(),
                allocated.getScore(),
                iteration / primary.getScore());
    }

    /** @return whether the code under test, not JMH, has allocated */
    boolean allocates() {
        return allocated > 0.001 + OWN_OF_JMH / operations;
    }

    /** @return time and octets for a cell of the table */
    String cell() {
        String octetsEach = String.format(Locale.ROOT, allocates() && allocated < 10 ? "%.3f B" : "%,.0f B", allocated);
        return number(ns) + (Double.isNaN(error) ? "" : " ± " + number(error)) + ", " + octetsEach;
    }

    /** @return {@code value} with a decimal where it tells something */
    static String number(double value) {
        return String.format(Locale.ROOT, value < 100 ? "%.1f" : "%,.0f", value);
    }
}
