package midge.gateway.config;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import midge.wire.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Pre-defined topic ids (§6.7): one table for all clients, and one per client that goes before it (A1). Immutable, shared by all
 * sessions; ids are a number space of their own, apart from registered ones.
 */
public final class PredefinedTopics {
    private final int[] ids;
    private final byte[][] names;
    private final @Nullable PredefinedTopics fallback;

    private PredefinedTopics(Map<Integer, String> topics, @Nullable PredefinedTopics fallback) {
        ids = new int[topics.size()];
        names = new byte[topics.size()][];
        int i = 0;
        for (Map.Entry<Integer, String> topic : new TreeMap<>(topics).entrySet()) {
            ids[i] = topic.getKey();
            names[i++] = topic.getValue().getBytes(StandardCharsets.UTF_8);
        }
        this.fallback = fallback;
    }

    static PredefinedTopics global(Map<Integer, String> topics) {
        return new PredefinedTopics(topics, null);
    }

    static PredefinedTopics client(Map<Integer, String> topics, PredefinedTopics global) {
        return new PredefinedTopics(topics, global);
    }

    /** @return the topic name of {@code id}, not to be written to; null when there is none */
    public byte @Nullable [] name(int id) {
        int low = 0;
        int high = ids.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (ids[middle] == id) {
                return names[middle];
            }
            if (ids[middle] < id) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return fallback == null ? null : fallback.name(id);
    }

    /** @return the id of a topic name, -1 when it has none that holds for this client */
    public int id(byte[] name, int offset, int length) {
        for (int i = 0; i < names.length; i++) {
            if (names[i].length == length && Bytes.equal(names[i], 0, name, offset, length)) {
                return ids[i];
            }
        }
        int id = fallback == null ? -1 : fallback.id(name, offset, length);
        return id >= 0 && isOverridden(id) ? -1 : id;
    }

    private boolean isOverridden(int id) {
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] == id) {
                return true;
            }
        }
        return false;
    }
}
