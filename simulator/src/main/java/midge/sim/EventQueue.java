package midge.sim;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is planned, the earliest first and of equal times the one that was added first: a heap of four children a node, in arrays of
 * numbers. With ten thousand devices most of a comparison is waiting for memory; no object is followed for one here.
 */
final class EventQueue {
    private static final int CHILDREN = 4;
    private static final int FIRST_ROOM = 64;

    private long[] times = new long[FIRST_ROOM];
    private long[] orders = new long[FIRST_ROOM];
    private @Nullable Runnable[] actions = new Runnable[FIRST_ROOM];
    private int size;
    private long added;

    boolean isEmpty() {
        return size == 0;
    }

    /** {@return the time of the first event; there must be one} */
    long firstMs() {
        return times[0];
    }

    void add(long atMs, Runnable action) {
        if (size == times.length) {
            grow();
        }
        long order = added++;
        int at = size++;
        while (at > 0) {
            int parent = (at - 1) / CHILDREN;
            if (times[parent] <= atMs) {
                break; // of equal times too the one above was added before
            }
            move(parent, at);
            at = parent;
        }
        put(at, atMs, order, action);
    }

    /** Takes the first event out; there must be one. */
    Runnable remove() {
        Runnable first = actions[0];
        size--;
        long lastMs = times[size];
        long lastOrder = orders[size];
        Runnable last = actions[size];
        actions[size] = null;
        if (first == null) {
            throw new IllegalStateException("nothing is planned");
        }
        if (size > 0) {
            sink(lastMs, lastOrder, last);
        }
        return first;
    }

    private void sink(long atMs, long order, @Nullable Runnable action) {
        int at = 0;
        for (int child = 1; child < size; child = CHILDREN * at + 1) {
            int least = least(child, Math.min(child + CHILDREN, size));
            if (isBefore(atMs, order, times[least], orders[least])) {
                break;
            }
            move(least, at);
            at = least;
        }
        put(at, atMs, order, action);
    }

    private int least(int from, int to) {
        int least = from;
        for (int i = from + 1; i < to; i++) {
            if (isBefore(times[i], orders[i], times[least], orders[least])) {
                least = i;
            }
        }
        return least;
    }

    private static boolean isBefore(long atMs, long order, long otherMs, long otherOrder) {
        return atMs < otherMs || (atMs == otherMs && order < otherOrder);
    }

    private void move(int from, int to) {
        put(to, times[from], orders[from], actions[from]);
    }

    private void put(int at, long atMs, long order, @Nullable Runnable action) {
        times[at] = atMs;
        orders[at] = order;
        actions[at] = action;
    }

    private void grow() {
        int room = 2 * times.length;
        times = Arrays.copyOf(times, room);
        orders = Arrays.copyOf(orders, room);
        actions = Arrays.copyOf(actions, room);
    }
}
