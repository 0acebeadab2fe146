package midge.gateway.table;

import java.util.Arrays;

/**
 * From hash to small numbers, for looking sessions up by address and by client id: open addressing with linear probing, a fixed number
 * of places, nothing allocated. The caller compares; the table only proposes:
 *
 * <pre>
 * for (int at = table.first(hash); at >= 0; at = table.next(at, hash)) { if (isIt(table.value(at))) {...} }
 * </pre>
 */
public final class IndexTable {
    private static final int EMPTY = -1;

    private final int[] hashes;
    private final int[] values;
    private final int mask;

    /** @param entries how many there can be at one time */
    public IndexTable(int entries) {
        int places = Math.max(4, Integer.highestOneBit(entries) * 4);
        hashes = new int[places];
        values = new int[places];
        mask = places - 1;
        Arrays.fill(values, EMPTY);
    }

    /** @return the first place with this hash, or -1 */
    public int first(int hash) {
        return seek(home(hash), hash);
    }

    /** @return the next place with this hash, or -1 */
    public int next(int at, int hash) {
        return seek((at + 1) & mask, hash);
    }

    /** @return the number at a place */
    public int value(int at) {
        return values[at];
    }

    /** Adds a number, 0 and up; not to be called with more entries than announced. */
    public void add(int hash, int value) {
        int at = home(hash);
        while (values[at] != EMPTY) {
            at = (at + 1) & mask;
        }
        hashes[at] = hash;
        values[at] = value;
    }

    /** Removes a number; does nothing when it is not there. */
    public void remove(int hash, int value) {
        int at = first(hash);
        while (at >= 0 && values[at] != value) {
            at = next(at, hash);
        }
        if (at >= 0) {
            closeGap(at);
        }
    }

    private int seek(int from, int hash) {
        int at = from;
        while (values[at] != EMPTY) {
            if (hashes[at] == hash) {
                return at;
            }
            at = (at + 1) & mask;
        }
        return -1;
    }

    /** Moves later entries of the run back, so that no search ends early at the gap. */
    private void closeGap(int from) {
        int gap = from;
        int at = (gap + 1) & mask;
        while (values[at] != EMPTY) {
            int fromHome = (at - home(hashes[at])) & mask;
            if (fromHome >= ((at - gap) & mask)) {
                hashes[gap] = hashes[at];
                values[gap] = values[at];
                gap = at;
            }
            at = (at + 1) & mask;
        }
        values[gap] = EMPTY;
    }

    private int home(int hash) {
        return ((hash * 0x9E3779B1) >>> 7) & mask;
    }
}
