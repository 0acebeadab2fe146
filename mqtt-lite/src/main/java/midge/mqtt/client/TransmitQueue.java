package midge.mqtt.client;

import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttDisconnect;
import midge.mqtt.codec.MqttPing;
import midge.mqtt.codec.MqttType;

/**
 * What goes out, in order: runs of encoded octets, and messages of the window, which are sent from their slots. A message is in here
 * at most once and neighbouring runs are one, so the table of entries cannot overflow. {@link #RESERVE} octets are kept for answers,
 * which is why one inbound packet can always be answered.
 */
final class TransmitQueue {
    /** Octets that only answers may use. */
    static final int RESERVE = 16;

    private final byte[] octets;
    private int head;
    private int tail;

    /** A ring: -1 for a run, whose length is in {@code runs}, or the index of a message. */
    private final int[] entries;

    private final int[] runs;
    private int firstEntry;
    private int entryCount;
    private boolean sealed;

    TransmitQueue(int capacity, int window) {
        octets = new byte[capacity + RESERVE];
        entries = new int[2 * window + 2];
        runs = new int[entries.length];
    }

    /** @return octets in the arrays of such a queue */
    static int bufferBytes(int capacity, int window) {
        return capacity + RESERVE + 2 * 4 * (2 * window + 2);
    }

    void clear() {
        head = 0;
        tail = 0;
        firstEntry = 0;
        entryCount = 0;
        sealed = false;
    }

    /** Lets nothing more in: DISCONNECT was the last packet (§3.14.4-1). */
    void seal() {
        sealed = true;
    }

    boolean isEmpty() {
        return entryCount == 0;
    }

    /** @return the array in which to encode, from {@link #tail} */
    byte[] octets() {
        return octets;
    }

    int tail() {
        return tail;
    }

    /** Makes room behind {@link #tail} if moving pays. @return octets that an application's packet may take there, maybe negative */
    int room() {
        if (sealed) {
            return -1;
        }
        // Moving pays when more was sent than waits: so no octet is moved more than once on average.
        if (head > 0 && head >= tail - head) {
            compact();
        }
        return octets.length - RESERVE - tail;
    }

    /** @return whether one more packet can be answered */
    boolean hasRoomForAnswer() {
        if (octets.length - tail < RESERVE) {
            compact();
        }
        return octets.length - tail >= RESERVE;
    }

    private void compact() {
        System.arraycopy(octets, head, octets, 0, tail - head);
        tail -= head;
        head = 0;
    }

    /** Queues the {@code length} octets that were encoded at {@link #tail}. */
    void commit(int length) {
        tail += length;
        int lastEntry = (firstEntry + entryCount - 1) % entries.length;
        if (entryCount > 0 && entries[lastEntry] < 0) {
            runs[lastEntry] += length;
        } else {
            add(-1, length);
        }
    }

    /** Queues an acknowledgement, unless DISCONNECT went before. */
    void answer(int type, int packetId, int reasonCode) {
        if (!sealed) {
            commit(MqttAck.encode(octets, tail, octets.length - tail, type, packetId, reasonCode, null, 0, 0));
        }
    }

    /** Queues PINGREQ; when there is no room for it, enough waits to be sent. */
    void ping() {
        if (!sealed && octets.length - tail >= 2) {
            commit(MqttPing.encode(octets, tail, 2, MqttType.PINGREQ));
        }
    }

    /** Queues a 5.0 DISCONNECT with a reason, as the last packet. */
    void farewell(int reasonCode) {
        if (!sealed && octets.length - tail >= 3) {
            commit(MqttDisconnect.encode(octets, tail, 3, reasonCode, null, 0, 0));
        }
    }

    boolean isSealed() {
        return sealed;
    }

    /** Queues a message's PUBLISH or PUBREL. @return false after DISCONNECT */
    boolean addMessage(OutboundMessage m) {
        if (sealed) {
            return false;
        }
        add(m.index, 0);
        return true;
    }

    private void add(int entry, int run) {
        int at = (firstEntry + entryCount) % entries.length;
        entries[at] = entry;
        runs[at] = run;
        entryCount++;
    }

    /** @return the index of the message that comes next, or -1 when octets do; only when not empty */
    int firstMessage() {
        return entries[firstEntry];
    }

    /** Takes the first entry, a message, away. */
    void removeFirst() {
        firstEntry = (firstEntry + 1) % entries.length;
        entryCount--;
    }

    /** Copies octets of the run that comes first. @return how many */
    int take(byte[] out, int offset, int capacity) {
        int run = runs[firstEntry];
        int n = run < capacity ? run : capacity;
        System.arraycopy(octets, head, out, offset, n);
        head += n;
        if (head == tail) {
            head = 0;
            tail = 0;
        }
        runs[firstEntry] = run - n;
        if (n == run) {
            removeFirst();
        }
        return n;
    }
}
