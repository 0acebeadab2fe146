package midge.runtime.task;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Keeps the accounts that a demonstration keeps. */
final class RecordingListener implements ReadingListener {
    final List<String> events = new ArrayList<>();
    final Map<Integer, String> payloads = new HashMap<>();
    final Map<Integer, Integer> outcomes = new HashMap<>();

    public void onSampled(int topic, int quantity, int value, long nowMs) {
        events.add("sampled " + topic + " " + quantity + "=" + value);
    }

    public void onPublished(int topic, int token, byte[] payload, int offset, int length, long nowMs) {
        String text = new String(payload, offset, length, StandardCharsets.UTF_8);
        events.add("published " + topic + " #" + token + " " + text);
        payloads.put(token, text);
    }

    public void onRefused(int topic, int status, long nowMs) {
        events.add("refused " + topic + " " + status);
    }

    public void onOutcome(int token, int status, long nowMs) {
        events.add("outcome #" + token + " " + status);
        if (outcomes.put(token, status) != null) {
            throw new AssertionError("second outcome for #" + token);
        }
    }

    public void onSensorFailed(int topic, int code, long nowMs) {
        events.add("failed " + topic + " " + code);
    }
}
