package midge.mqtt.client;

/** Identifiers of QoS 2 messages that were delivered and wait for PUBREL (MQTT 5.0 §4.3.3). */
final class InboundIds {
    private final int[] ids;
    private int count;

    InboundIds(int capacity) {
        ids = new int[capacity];
    }

    void clear() {
        count = 0;
    }

    boolean isFull() {
        return count == ids.length;
    }

    int count() {
        return count;
    }

    boolean contains(int id) {
        return indexOf(id) >= 0;
    }

    /** Remembers {@code id}; there is room. */
    void add(int id) {
        ids[count++] = id;
    }

    /** @return whether it was there */
    boolean remove(int id) {
        int index = indexOf(id);
        if (index < 0) {
            return false;
        }
        count--;
        ids[index] = ids[count];
        return true;
    }

    private int indexOf(int id) {
        for (int i = 0; i < count; i++) {
            if (ids[i] == id) {
                return i;
            }
        }
        return -1;
    }
}
