package midge.bench.gateway;

/**
 * What came of one case.
 *
 * @param messages    finished while it was measured
 * @param nanos       how long that was
 * @param lost        of all messages, warm-up included, those that did not come; only where somebody looks
 * @param repeated    that came more than once, likewise
 * @param resent      datagrams that clients sent again
 * @param cost        processor time and memory of the gateway's process, or of this one when the gateway runs within it
 */
record LoadResult(
        LoadCase load,
        long messages,
        long nanos,
        Latencies latencies,
        int lost,
        int repeated,
        int resent,
        ProcessMeter.Cost cost) {
    double perSecond() {
        return messages * 1e9 / nanos;
    }

    double micros(double share) {
        return latencies.percentile(share) / 1e3;
    }

    /** {@return processor time for one message, µs; the same number is what 100,000 messages cost in tenths of a second} */
    double cpuMicros() {
        return messages == 0 ? 0 : cost.cpuMs() * 1e3 / messages;
    }
}
