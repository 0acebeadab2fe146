package midge.gateway.table;

import java.util.Arrays;
import midge.wire.Bytes;

/**
 * Topic names or filters of one client, each with a number of its owner's: the registry of topic ids (§6.5) and the list of
 * subscriptions. Starts with nothing and grows in small steps up to its bound, as long as the memory that all lists share has room.
 */
public final class NameList {
    private static final byte[] NO_OCTETS = {};
    private static final int[] NO_NUMBERS = {};

    /** Three numbers beside each name. */
    private static final int ENTRY_OCTETS = 12;

    private final int entriesMax;
    private final Allotment memory;
    private byte[] names = NO_OCTETS;
    private int[] ends = NO_NUMBERS;
    private int[] hashes = NO_NUMBERS;
    private int[] tags = NO_NUMBERS;
    private int count;

    /**
     * @param entriesMax how many there may be
     * @param memory what all lists together may take
     */
    public NameList(int entriesMax, Allotment memory) {
        this.entriesMax = entriesMax;
        this.memory = memory;
    }

    /** @return how many there are, numbered from 0 */
    public int count() {
        return count;
    }

    /** @return whether no further one can be added */
    public boolean isFull() {
        return count == entriesMax;
    }

    /** @return the number of a name, or -1 */
    public int find(byte[] name, int offset, int length) {
        int hash = Hashes.of(Hashes.SEED, name, offset, length);
        for (int i = 0; i < count; i++) {
            if (hashes[i] == hash && length(i) == length && Bytes.equal(names, offset(i), name, offset, length)) {
                return i;
            }
        }
        return -1;
    }

    /** Adds a name that is not there yet. @return its number, or -1 when the list is full or there is no memory */
    public int add(byte[] name, int offset, int length, int tag) {
        if (isFull() || !makeRoom(length)) {
            return -1;
        }
        int start = count == 0 ? 0 : ends[count - 1];
        System.arraycopy(name, offset, names, start, length);
        ends[count] = start + length;
        hashes[count] = Hashes.of(Hashes.SEED, name, offset, length);
        tags[count] = tag;
        return count++;
    }

    private boolean makeRoom(int octets) {
        int used = count == 0 ? 0 : ends[count - 1];
        int room = used + octets > names.length ? used + Math.max(octets, used / 2) : names.length;
        int size = count == ends.length ? Math.min(entriesMax, count + Math.max(4, count / 2)) : ends.length;
        if (!memory.take(room - names.length + (long) ENTRY_OCTETS * (size - ends.length))) {
            return false;
        }
        if (room > names.length) {
            names = Arrays.copyOf(names, room);
        }
        if (size > ends.length) {
            ends = Arrays.copyOf(ends, size);
            hashes = Arrays.copyOf(hashes, size);
            tags = Arrays.copyOf(tags, size);
        }
        return true;
    }

    /** Removes a name; those behind it move up by one. */
    public void remove(int index) {
        int start = offset(index);
        int length = length(index);
        int used = ends[count - 1];
        System.arraycopy(names, start + length, names, start, used - start - length);
        for (int i = index; i < count - 1; i++) {
            ends[i] = ends[i + 1] - length;
            hashes[i] = hashes[i + 1];
            tags[i] = tags[i + 1];
        }
        count--;
    }

    /** Removes everything and lets its memory go. */
    public void clear() {
        memory.give(names.length + (long) ENTRY_OCTETS * ends.length);
        names = NO_OCTETS;
        ends = NO_NUMBERS;
        hashes = NO_NUMBERS;
        tags = NO_NUMBERS;
        count = 0;
    }

    /** @return the array that the names lie in, until the next change */
    public byte[] names() {
        return names;
    }

    /** @return where a name begins in {@link #names} */
    public int offset(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }

    /** @return octets of a name */
    public int length(int index) {
        return ends[index] - offset(index);
    }

    /** @return the owner's number */
    public int tag(int index) {
        return tags[index];
    }

    /** Sets the owner's number. */
    public void tag(int index, int tag) {
        tags[index] = tag;
    }
}
