package midge.mqtt.client;

/**
 * The unfinished outbound messages, in the order in which they were published. Slot {@code i} of a window of {@code n}, beside
 * {@code r} requests, takes the packet identifiers {@code 1 + i + k (n + r)}: two messages never share one, and an acknowledgement
 * finds its message without a search. Messages restored from another configuration are found by searching.
 */
final class OutboundWindow {
    final byte[] arena;
    final int slotBytes;

    private final OutboundMessage[] slots;
    private final int[] free;
    private final int stride;
    private int freeCount;
    private int foreign;
    private OutboundMessage first;
    private OutboundMessage last;

    OutboundWindow(int window, int slotBytes, int requests) {
        this.slotBytes = slotBytes;
        arena = new byte[window * slotBytes];
        slots = new OutboundMessage[window];
        free = new int[window];
        stride = window + requests;
        for (int i = 0; i < window; i++) {
            slots[i] = new OutboundMessage(i, i * slotBytes);
            free[i] = window - 1 - i;
        }
        freeCount = window;
    }

    /** @return a free slot with an unused packet identifier, still out of the order; {@code null} when all are taken */
    OutboundMessage acquire() {
        if (freeCount == 0) {
            return null;
        }
        OutboundMessage m = slots[free[freeCount - 1]];
        m.packetId = nextId(m);
        while (foreign > 0 && find(m.packetId) != null) {
            m.packetId = nextId(m);
        }
        m.pulledLength = 0;
        m.started = false;
        m.alias = 0;
        m.setsAlias = false;
        return m;
    }

    private int nextId(OutboundMessage m) {
        int id = 1 + m.index + m.round * stride;
        m.round++;
        if (id + stride > 0xFFFF) {
            m.round = 0;
        }
        return id;
    }

    /** Puts the slot just acquired at the end of the order. */
    void append(OutboundMessage m) {
        freeCount--;
        m.state = OutboundMessage.WAITING;
        m.previous = last;
        m.next = null;
        if (last == null) {
            first = m;
        } else {
            last.next = m;
        }
        last = m;
    }

    /** As {@link #append}, with the packet identifier of an earlier life. */
    void appendRestored(OutboundMessage m, int packetId) {
        m.packetId = packetId;
        if ((packetId - 1) % stride != m.index) {
            foreign++;
        }
        append(m);
    }

    /** Frees the slot. */
    void remove(OutboundMessage m) {
        if (m.previous == null) {
            first = m.next;
        } else {
            m.previous.next = m.next;
        }
        if (m.next == null) {
            last = m.previous;
        } else {
            m.next.previous = m.previous;
        }
        if ((m.packetId - 1) % stride != m.index) {
            foreign--;
        }
        m.state = OutboundMessage.FREE;
        m.previous = null;
        m.next = null;
        free[freeCount++] = m.index;
    }

    /** @return the unfinished message with this identifier, or {@code null} */
    OutboundMessage find(int packetId) {
        int index = (packetId - 1) % stride;
        if (index < slots.length && isAt(index, packetId)) {
            return slots[index];
        }
        if (foreign > 0) {
            for (int i = 0; i < slots.length; i++) {
                if (isAt(i, packetId)) {
                    return slots[i];
                }
            }
        }
        return null;
    }

    private boolean isAt(int index, int packetId) {
        return slots[index].state != OutboundMessage.FREE && slots[index].packetId == packetId;
    }

    OutboundMessage slot(int index) {
        return slots[index];
    }

    /** @return the oldest unfinished message, or {@code null} */
    OutboundMessage first() {
        return first;
    }

    int count() {
        return slots.length - freeCount;
    }
}
