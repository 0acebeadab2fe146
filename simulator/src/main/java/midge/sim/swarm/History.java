package midge.sim.swarm;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The last things that happened, to be told when a promise breaks. Their text is made only then. */
final class History {
    private record Entry(long atMs, Supplier<String> text) {}

    private final @Nullable Entry[] ring;
    private int next;

    History(int capacity) {
        ring = new Entry[capacity];
    }

    void add(long atMs, Supplier<String> text) {
        ring[next] = new Entry(atMs, text);
        next = (next + 1) % ring.length;
    }

    /** {@return oldest first, one line each} */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < ring.length; i++) {
            Entry entry = ring[(next + i) % ring.length];
            if (entry != null) {
                lines.add(entry.atMs() + " ms  " + entry.text().get());
            }
        }
        return lines;
    }
}
