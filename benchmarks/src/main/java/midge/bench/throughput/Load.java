package midge.bench.throughput;

import java.nio.charset.StandardCharsets;

/** What is sent in every run. @param qos 0..2 */
record Load(int qos) {
    /** Messages that may be unfinished at once. */
    static final int WINDOW = 100;

    /** Octets of payload. */
    static final int PAYLOAD = 64;

    static final String TOPIC = "bench/throughput";

    static byte[] topic() {
        return TOPIC.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] payload() {
        return "x".repeat(PAYLOAD).getBytes(StandardCharsets.US_ASCII);
    }
}
