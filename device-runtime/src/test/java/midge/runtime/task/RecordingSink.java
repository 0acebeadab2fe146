package midge.runtime.task;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Takes everything, or refuses everything with one status. */
final class RecordingSink implements ReadingSink {
    final List<String> messages = new ArrayList<>();
    final List<Long> times = new ArrayList<>();
    int refusal;

    public int accept(int topic, byte[] payload, int offset, int length, int qos, long nowMs) {
        if (refusal < 0) {
            return refusal;
        }
        messages.add(topic + ":" + new String(payload, offset, length, StandardCharsets.UTF_8) + " qos" + qos);
        times.add(nowMs);
        return messages.size() - 1;
    }
}
