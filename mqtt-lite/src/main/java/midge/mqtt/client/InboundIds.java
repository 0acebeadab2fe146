package midge.mqtt.client;

/**
 * Identifiers of QoS 2 messages that were delivered and wait for PUBREL (MQTT 5.0 §4.3.3), kept as runs of consecutive numbers.
 * Servers count upwards, so a burst of any length is one run; in the worst case a run is one identifier.
 */
final class InboundIds {
    /** First identifier in the high half, last in the low half; in no order. */
    private final int[] runs;

    private int count;

    InboundIds(int capacity) {
        runs = new int[capacity];
    }

    void clear() {
        count = 0;
    }

    boolean contains(int id) {
        return indexOf(id) >= 0;
    }

    /** Remembers {@code id}, which is not in here. @return false when there is no room for it */
    boolean add(int id) {
        int before = indexOf(id - 1);
        int after = indexOf(id + 1);
        if (before >= 0 && after >= 0) {
            set(before, first(before), last(after));
            drop(after);
        } else if (before >= 0) {
            set(before, first(before), id);
        } else if (after >= 0) {
            set(after, id, last(after));
        } else {
            return append(id, id);
        }
        return true;
    }

    /** Forgets {@code id}, which is in here. @return false, and nothing was changed, when there is no room to part its run */
    boolean remove(int id) {
        int index = indexOf(id);
        int first = first(index);
        int last = last(index);
        if (first == last) {
            drop(index);
        } else if (id == first) {
            set(index, id + 1, last);
        } else if (id == last) {
            set(index, first, id - 1);
        } else if (append(id + 1, last)) {
            set(index, first, id - 1);
        } else {
            return false;
        }
        return true;
    }

    private int first(int index) {
        return runs[index] >>> 16;
    }

    private int last(int index) {
        return runs[index] & 0xFFFF;
    }

    private void set(int index, int first, int last) {
        runs[index] = first << 16 | last;
    }

    private boolean append(int first, int last) {
        if (count == runs.length) {
            return false;
        }
        set(count, first, last);
        count++;
        return true;
    }

    private void drop(int index) {
        count--;
        runs[index] = runs[count];
    }

    private int indexOf(int id) {
        for (int i = 0; i < count; i++) {
            if (id >= first(i) && id <= last(i)) {
                return i;
            }
        }
        return -1;
    }
}
