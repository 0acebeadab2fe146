package midge.sim.junit;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import midge.gateway.app.PacketText;
import midge.sim.broker.PublishObserver;
import midge.sim.net.FrameTap;
import midge.sim.net.SimNetwork;

/** The last frames on the radio and messages at the broker, to be told when a test fails. Their words are made only then. */
final class Trace implements FrameTap, PublishObserver {
    private static final int KEPT = 60;

    private record Entry(long atMs, Supplier<String> text) {}

    private final SimNetwork radio;
    private final PacketText words = new PacketText();
    private final Deque<Entry> entries = new ArrayDeque<>();

    Trace(SimNetwork radio) {
        this.radio = radio;
    }

    @Override
    public void onFrame(int fate, long atMs, int fromNode, int toNode, byte[] frame, int offset, int length) {
        if (fate == SENT) {
            return;
        }
        byte[] kept = Arrays.copyOfRange(frame, offset, offset + length);
        add(
                atMs,
                () -> radio.name(fromNode) + " -> " + radio.name(toNode) + ": " + words.ofSn(kept, 0, kept.length)
                        + (fate == LOST ? " LOST" : ""));
    }

    @Override
    public void onPublish(String client, byte[] topic, byte[] payload, int qos, boolean retain, long nowMs) {
        add(
                nowMs,
                () -> "broker has " + new String(topic, StandardCharsets.UTF_8) + " = "
                        + new String(payload, StandardCharsets.UTF_8));
    }

    private void add(long atMs, Supplier<String> text) {
        if (entries.size() == KEPT) {
            entries.removeFirst();
        }
        entries.addLast(new Entry(atMs, text));
    }

    @Override
    public String toString() {
        return entries.stream()
                .map(entry -> "  " + seconds(entry.atMs()) + "  " + entry.text().get())
                .collect(Collectors.joining("\n"));
    }

    static String seconds(long ms) {
        return String.format(Locale.ROOT, "%.3f s", ms / 1_000.0);
    }
}
