package midge.gateway.table;

import java.util.Arrays;

/**
 * Deadlines for a fixed set of timers, numbered from 0: an indexed binary heap. Setting and stopping cost O(log n), asking for the
 * earliest costs nothing, and nothing is allocated. Timers of equal deadline come in no particular, but always the same, order.
 */
public final class TimerHeap {
    private static final int ABSENT = -1;

    private final int[] heap;
    private final int[] positions;
    private final long[] deadlines;
    private int count;

    /** @param timers how many there are */
    public TimerHeap(int timers) {
        heap = new int[timers];
        positions = new int[timers];
        deadlines = new long[timers];
        Arrays.fill(positions, ABSENT);
    }

    /** Starts a timer or moves its deadline. */
    public void set(int timer, long deadlineMs) {
        deadlines[timer] = deadlineMs;
        if (positions[timer] == ABSENT) {
            place(timer, count++);
        }
        up(positions[timer]);
        down(positions[timer]);
    }

    /** Stops a timer; does nothing when it is not running. */
    public void stop(int timer) {
        int position = positions[timer];
        if (position == ABSENT) {
            return;
        }
        positions[timer] = ABSENT;
        int last = heap[--count];
        if (last != timer) {
            place(last, position);
            up(position);
            down(positions[last]);
        }
    }

    /** @return whether the timer runs */
    public boolean isSet(int timer) {
        return positions[timer] != ABSENT;
    }

    /** @return the earliest deadline, {@link Long#MAX_VALUE} when no timer runs */
    public long earliestMs() {
        return count == 0 ? Long.MAX_VALUE : deadlines[heap[0]];
    }

    /** Stops the timer with the earliest deadline if that is due. @return its number, or -1 */
    public int expire(long nowMs) {
        if (earliestMs() > nowMs) {
            return -1;
        }
        int timer = heap[0];
        stop(timer);
        return timer;
    }

    private void up(int from) {
        int position = from;
        while (position > 0 && isBefore(position, (position - 1) / 2)) {
            swap(position, (position - 1) / 2);
            position = (position - 1) / 2;
        }
    }

    private void down(int from) {
        int position = from;
        for (int child = 2 * position + 1; child < count; child = 2 * position + 1) {
            if (child + 1 < count && isBefore(child + 1, child)) {
                child++;
            }
            if (!isBefore(child, position)) {
                return;
            }
            swap(position, child);
            position = child;
        }
    }

    private boolean isBefore(int a, int b) {
        return deadlines[heap[a]] < deadlines[heap[b]];
    }

    private void swap(int a, int b) {
        int timer = heap[a];
        place(heap[b], a);
        place(timer, b);
    }

    private void place(int timer, int position) {
        heap[position] = timer;
        positions[timer] = position;
    }
}
