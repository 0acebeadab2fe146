package midge.sim.stream;

import midge.wire.Ranges;

/**
 * How streams behave. A stream never loses, repeats or reorders octets, but it cuts them anywhere, is slow, stalls, and breaks. May be
 * changed while the world runs.
 */
public final class StreamFaults {
    private static final int ONE = 1_000_000;

    private int latencyMs = 1;
    private int jitterMs;
    private boolean chopped;
    private int stallPpm;
    private int stallMs;
    private int breakPpm;

    /** Streams without faults, 1 ms each way. */
    public StreamFaults() {}

    /** A chunk travels for {@code latencyMs} and for a random part of {@code jitterMs} more; each 0..60_000. */
    public StreamFaults setLatency(int latencyMs, int jitterMs) {
        this.latencyMs = Ranges.check("latencyMs", latencyMs, 0, 60_000);
        this.jitterMs = Ranges.check("jitterMs", jitterMs, 0, 60_000);
        return this;
    }

    /** What is sent arrives in chunks of random size, often of one octet, and a sender may be told to wait in the middle of a packet. */
    public StreamFaults setChopped(boolean chopped) {
        this.chopped = chopped;
        return this;
    }

    /** Each chunk, and all behind it, waits {@code stallMs} more with this probability, 0.0..1.0. */
    public StreamFaults setStalls(double probability, int stallMs) {
        stallPpm = ppm("stalls", probability);
        this.stallMs = Ranges.check("stallMs", stallMs, 0, 600_000);
        return this;
    }

    /** Each chunk breaks the stream instead of arriving with this probability, 0.0..1.0; all that was under way is lost. */
    public StreamFaults setBreaks(double probability) {
        breakPpm = ppm("breaks", probability);
        return this;
    }

    int latencyMs() {
        return latencyMs;
    }

    int jitterMs() {
        return jitterMs;
    }

    boolean chopped() {
        return chopped;
    }

    int stallPpm() {
        return stallPpm;
    }

    int stallMs() {
        return stallMs;
    }

    int breakPpm() {
        return breakPpm;
    }

    private static int ppm(String name, double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(name + " is " + probability + ", must be 0.0..1.0");
        }
        return (int) Math.round(probability * ONE);
    }
}
