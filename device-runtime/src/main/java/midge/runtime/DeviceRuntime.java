package midge.runtime;

import midge.wire.Ranges;
import midge.wire.Status;

/**
 * Runs the tasks of one device on one thread, each in its turn. The host's whole loop is
 *
 * <pre>{@code for (;;) { idle.until(runtime.turn(clock.nowMs())); }}</pre>
 *
 * <p>A turn runs every task that is due or woken once, in the order of {@link #add}, so it ends even when a task always wants to run
 * again. A task woken by an earlier one runs in the same turn; woken by a later one, in the next, and then {@link #turn} returns its
 * own time. Only {@link #wake(int)} may be called from other threads and from interrupt handlers; the host then also wakes its
 * {@code midge.hal.Idle}. A frame that arrives only has to wake the {@code Idle}: the task of the link is added with {@link
 * #addPolling}.
 */
public final class DeviceRuntime {
    /** More tasks than any device here has; keeps {@link #wake(Task)} a short search. */
    public static final int MAX_TASKS = 32;

    private final Slot[] slots;
    private int taskCount;

    /** @param capacity the number of tasks that can be added, 1..{@link #MAX_TASKS} */
    public DeviceRuntime(int capacity) {
        slots = new Slot[Ranges.check("capacity", capacity, 1, MAX_TASKS)];
        for (int i = 0; i < capacity; i++) {
            slots[i] = new Slot();
        }
    }

    /** Adds a task, due in the next turn. @return its number for {@link #wake(int)}; {@link Status#BUSY} when all places are taken */
    public int add(Task task) {
        if (taskCount == slots.length) {
            return Status.BUSY;
        }
        slots[taskCount].task = task;
        return taskCount++;
    }

    /** {@link #add} for a task that looks outside, at a link or a pin: it runs in every turn, for nobody else sees what has come. */
    public int addPolling(Task task) {
        int number = add(task);
        if (number >= 0) {
            slots[number].everyTurn = true;
        }
        return number;
    }

    /** Has the task run in the next turn (or still in this one), whatever it waits for. Unknown numbers are ignored. */
    public void wake(int task) {
        if (task >= 0 && task < taskCount) {
            slots[task].woken = true;
        }
    }

    /** {@link #wake(int)} for tasks that know each other, not their numbers. A task that was never added is ignored. */
    public void wake(Task task) {
        for (int i = 0; i < taskCount; i++) {
            if (slots[i].task == task) {
                slots[i].woken = true;
            }
        }
    }

    /** Wakes all tasks: after a deep sleep, or when the host cannot tell what an interrupt was for. */
    public void wakeAll() {
        for (int i = 0; i < taskCount; i++) {
            slots[i].woken = true;
        }
    }

    /**
     * Runs each task that is due.
     *
     * @param nowMs monotonic time
     * @return when to call again, {@code nowMs} at the earliest; {@link Task#NEVER} when only a wake can bring work
     */
    public long turn(long nowMs) {
        for (int i = 0; i < taskCount; i++) {
            Slot slot = slots[i];
            if (slot.woken || slot.everyTurn || nowMs >= slot.dueAtMs) {
                slot.woken = false; // before the run: a wake during it is not lost
                slot.dueAtMs = slot.task.run(nowMs);
            }
        }
        return nextDeadlineMs(nowMs);
    }

    private long nextDeadlineMs(long nowMs) {
        long next = Task.NEVER;
        for (int i = 0; i < taskCount; i++) {
            if (slots[i].woken) {
                return nowMs;
            }
            if (slots[i].dueAtMs < next) {
                next = slots[i].dueAtMs;
            }
        }
        return next < nowMs ? nowMs : next;
    }

    static final class Slot {
        Task task;
        boolean everyTurn;
        long dueAtMs = Long.MIN_VALUE;
        volatile boolean woken;
    }
}
