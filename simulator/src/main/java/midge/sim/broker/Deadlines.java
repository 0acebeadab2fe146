package midge.sim.broker;

import java.util.Comparator;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Deadlines of thousands of things that move with every packet. An owner is asked when the time that it gave has come, and may then say
 * that it has become later; so a deadline that only moves back costs nothing.
 */
final class Deadlines {
    static final long NEVER = Long.MAX_VALUE;

    /** Something with a deadline. */
    abstract static class Owner {
        private @Nullable Entry entry;

        /** {@return when to be called, {@link #NEVER} for not at all} */
        abstract long deadlineMs();

        /** The deadline has come. It must be another one, or never, afterwards. */
        abstract void onDeadline(long nowMs);
    }

    private record Entry(long atMs, long order, Owner owner) {}

    private final TreeSet<Entry> entries =
            new TreeSet<>(Comparator.comparingLong(Entry::atMs).thenComparingLong(Entry::order));
    private long orders;

    /** To be called when an owner's deadline may have become earlier. */
    void changed(Owner owner) {
        long dueMs = owner.deadlineMs();
        Entry present = owner.entry;
        if (present != null && present.atMs() <= dueMs && dueMs != NEVER) {
            return; // its turn will come, and find that it has moved back
        }
        forget(owner);
        if (dueMs == NEVER) {
            return;
        }
        Entry entry = new Entry(dueMs, orders++, owner);
        owner.entry = entry;
        entries.add(entry);
    }

    /** To be called when an owner is done with, so that nothing here refers to it. */
    void forget(Owner owner) {
        if (owner.entry != null) {
            entries.remove(owner.entry);
            owner.entry = null;
        }
    }

    /** {@return when {@link #run} has something to do; early by what has moved back meanwhile} */
    long nextMs() {
        return entries.isEmpty() ? NEVER : entries.first().atMs();
    }

    /** Calls every owner whose deadline has come. */
    void run(long nowMs) {
        while (nextMs() <= nowMs) {
            Owner owner = entries.first().owner();
            forget(owner);
            if (owner.deadlineMs() <= nowMs) {
                owner.onDeadline(nowMs);
            }
            changed(owner);
        }
    }
}
