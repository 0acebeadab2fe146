package midge.runtime.task;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** An uplink whose answers the test gives. */
final class FakeUplink implements Uplink {
    final List<String> published = new ArrayList<>();
    boolean ready = true;
    int refusal;

    public boolean ready() {
        return ready;
    }

    public int publish(int topic, int qos, byte[] payload, int offset, int length, long nowMs) {
        if (refusal < 0) {
            return refusal;
        }
        published.add(topic + ":" + new String(payload, offset, length, StandardCharsets.US_ASCII) + "@" + nowMs);
        return lastToken();
    }

    /** Tokens unlike those of the outbox task. */
    int lastToken() {
        return 499 + published.size();
    }
}
