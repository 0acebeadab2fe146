package midge.gateway.flow;

import midge.gateway.table.IndexTable;

/**
 * Open QoS 1 and 2 exchanges that go up through the shared connection: which packet identifier there belongs to which session and to
 * which identifier of its own. Slots of a fixed table; the slot is the identifier. What the broker's Receive Maximum does not allow yet
 * waits in order.
 */
final class SharedExchanges {
    /** Whose exchange it is when no session waits for its end any more. */
    static final int ORPHAN = -1;
    /** A will's exchange. */
    static final int WILL = -2;

    static final int FREE = 0;
    /** Not sent yet, or not over this connection. */
    static final int UNSENT = 1;

    static final int SENT = 2;
    static final int RELEASED = 3;

    private final int[] sessions;
    private final int[] packetIds;
    private final byte[] stages;
    private final boolean[] waiting;
    private final int[] free;
    private final int[] queue;
    private final IndexTable byOwner;
    private int freeCount;
    private int queueHead;
    private int queueCount;
    private int inFlight;

    /** @param slots 1..32_767 */
    SharedExchanges(int slots) {
        sessions = new int[slots + 1];
        packetIds = new int[slots + 1];
        stages = new byte[slots + 1];
        waiting = new boolean[slots + 1];
        free = new int[slots];
        queue = new int[slots];
        byOwner = new IndexTable(slots);
        for (int i = 0; i < slots; i++) {
            free[i] = slots - i;
        }
        freeCount = slots;
    }

    boolean isFull() {
        return freeCount == 0;
    }

    int slots() {
        return free.length;
    }

    private static int hash(int session, int packetId) {
        return session << 16 ^ packetId;
    }

    /** @return the slot of a session's exchange, 0: none */
    int find(int session, int packetId) {
        int hash = hash(session, packetId);
        for (int at = byOwner.first(hash); at >= 0; at = byOwner.next(at, hash)) {
            int slot = byOwner.value(at);
            if (sessions[slot] == session && packetIds[slot] == packetId) {
                return slot;
            }
        }
        return 0;
    }

    /** @return a slot, unsent; 0 when all are in use */
    int take(int session, int packetId) {
        if (freeCount == 0) {
            return 0;
        }
        int slot = free[--freeCount];
        sessions[slot] = session;
        packetIds[slot] = packetId;
        stages[slot] = UNSENT;
        byOwner.add(hash(session, packetId), slot);
        return slot;
    }

    /** @param slot as it came from the broker, any number */
    int stage(int slot) {
        return slot < 1 || slot > free.length ? FREE : stages[slot];
    }

    int session(int slot) {
        return sessions[slot];
    }

    int packetId(int slot) {
        return packetIds[slot];
    }

    void sent(int slot) {
        stages[slot] = SENT;
        inFlight++;
    }

    void released(int slot) {
        stages[slot] = RELEASED;
    }

    int inFlight() {
        return inFlight;
    }

    /** Ends an exchange. */
    void give(int slot) {
        inFlight -= stages[slot] == SENT || stages[slot] == RELEASED ? 1 : 0;
        inFlight = Math.max(inFlight, 0);
        byOwner.remove(hash(sessions[slot], packetIds[slot]), slot);
        stages[slot] = FREE;
        free[freeCount++] = slot;
    }

    /** Lets a slot wait until the broker takes more. */
    void await(int slot) {
        if (!waiting[slot]) {
            waiting[slot] = true;
            queue[(queueHead + queueCount++) % queue.length] = slot;
        }
    }

    /** @return the slot that has waited longest, 0: none; slots that ended meanwhile are passed over */
    int poll() {
        while (queueCount > 0) {
            int slot = queue[queueHead];
            queueHead = (queueHead + 1) % queue.length;
            queueCount--;
            waiting[slot] = false;
            if (stages[slot] == UNSENT) {
                return slot;
            }
        }
        return 0;
    }

    /** A new connection: nothing was sent over it. What was released is to be released again, and does not count (MQTT 5.0 §4.9). */
    void reconnected() {
        inFlight = 0;
        for (int slot = 1; slot <= free.length; slot++) {
            if (stages[slot] == SENT) {
                if (sessions[slot] == ORPHAN) {
                    give(slot);
                } else {
                    stages[slot] = UNSENT;
                }
            }
        }
    }

    /** A session is forgotten: its exchanges end with the broker alone. What was not sent ends here. */
    void orphan(int session) {
        for (int slot = 1; slot <= free.length; slot++) {
            if (stages[slot] == FREE || sessions[slot] != session) {
                continue;
            }
            if (stages[slot] == UNSENT) {
                give(slot);
            } else {
                byOwner.remove(hash(session, packetIds[slot]), slot);
                sessions[slot] = ORPHAN;
                byOwner.add(hash(ORPHAN, packetIds[slot]), slot);
            }
        }
    }
}
