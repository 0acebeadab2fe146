package midge.sim.live.page;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The last events of one or more kinds, numbered from 1, for pages that come late or come back. Safe for use by several threads: one
 * writes, the pages' threads wait.
 */
final class EventLog {
    /**
     * One event.
     *
     * @param id   its number
     * @param kind the event's name for the browser
     * @param json its data
     */
    record Event(long id, String kind, String json) {}

    private final int capacity;
    private final ArrayDeque<Event> events = new ArrayDeque<>();
    private long lastId;
    private String state = "{}";
    private long states;
    private boolean closed;

    /** @param capacity how many events are kept; older ones are forgotten */
    EventLog(int capacity) {
        this.capacity = capacity;
    }

    synchronized void add(String kind, String json) {
        events.addLast(new Event(++lastId, kind, json));
        if (events.size() > capacity) {
            events.removeFirst();
        }
    }

    /** Replaces the state, of which only the newest counts, and wakes the pages. */
    synchronized void state(String json) {
        state = json;
        states++;
        notifyAll();
    }

    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** {@return the newest state} */
    synchronized String state() {
        return state;
    }

    /**
     * Waits until there is a state newer than the given one.
     *
     * @param seen the number of the last state that the caller has seen; 0 for none
     * @return the number of the newest one, -1 when the log is closed
     */
    synchronized long awaitState(long seen) throws InterruptedException {
        while (states == seen && !closed) {
            wait();
        }
        return closed ? -1 : states;
    }

    /** {@return events after the one numbered {@code id}; an id that nobody has given out means all} */
    synchronized List<Event> after(long id) {
        long from = id > lastId ? 0 : id;
        List<Event> newer = new ArrayList<>();
        for (Event event : events) {
            if (event.id() > from) {
                newer.add(event);
            }
        }
        return newer;
    }
}
