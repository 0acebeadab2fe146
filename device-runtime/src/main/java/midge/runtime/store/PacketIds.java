package midge.runtime.store;

/** Packet identifiers in the order in which they came, each with the position of its record. */
final class PacketIds {
    private final int[] ids;
    private final int[] positions;
    private int count;

    PacketIds(int capacity) {
        ids = new int[capacity];
        positions = new int[capacity];
    }

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    boolean isFull() {
        return count == ids.length;
    }

    int id(int index) {
        return ids[index];
    }

    int position(int index) {
        return positions[index];
    }

    /** @return its index, or -1 */
    int find(int id) {
        for (int i = 0; i < count; i++) {
            if (ids[i] == id) {
                return i;
            }
        }
        return -1;
    }

    boolean holdsPosition(int at) {
        for (int i = 0; i < count; i++) {
            if (positions[i] == at) {
                return true;
            }
        }
        return false;
    }

    /** Adds it at the end, or gives it another position. @return its index, or -1 when there is no room */
    int add(int id, int at) {
        int index = find(id);
        if (index < 0) {
            if (count == ids.length) {
                return -1;
            }
            index = count++;
            ids[index] = id;
        }
        positions[index] = at;
        return index;
    }

    /** Takes one out; -1 is nothing. */
    void remove(int index) {
        if (index >= 0) {
            System.arraycopy(ids, index + 1, ids, index, count - index - 1);
            System.arraycopy(positions, index + 1, positions, index, count - index - 1);
            count--;
        }
    }
}
