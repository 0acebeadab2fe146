package midge.mqttsn.client;

/**
 * The MsgIds of inbound QoS 2 messages. From PUBREC to PUBREL an id is <em>open</em>: what comes with it again is a repetition. After
 * PUBREL it stays <em>done</em> for T_retry, since a datagram link may bring a copy of PUBLISH later than that: such a copy is left
 * without an answer. If it was a new message after all, from a gateway that uses ids again at once, its own retry is taken as new.
 *
 * <p>A checksum of the data goes with each id, so that a gateway that has lost its memory and counts from 1 again is understood.
 */
final class InboundIds {
    /** Not seen before: deliver it. */
    static final int NEW = 0;
    /** Seen, and the gateway still waits for PUBREC. */
    static final int REPEATED = 1;
    /** A late copy of a message that is over. */
    static final int LATE = 2;

    /** Two numbers a place: MsgId and checksum, 0 when free; and the low bits of the time when it was done, 0 while open. */
    private final int[] places;

    private final int doneMs;
    private int next;

    InboundIds(int capacity, int doneMs) {
        places = new int[2 * capacity];
        this.doneMs = doneMs;
    }

    void clear() {
        for (int i = 0; i < places.length; i++) {
            places[i] = 0;
        }
    }

    /** Judges a PUBLISH by its MsgId and data. @return {@link #NEW}, {@link #REPEATED} or {@link #LATE} */
    int judge(int msgId, byte[] data, int at, int length, long nowMs) {
        int place = find(msgId);
        if (place < 0 || places[place] != key(msgId, data, at, length)) {
            return NEW;
        }
        if (places[place + 1] == 0) {
            return REPEATED;
        }
        return (int) nowMs - places[place + 1] < doneMs ? LATE : NEW;
    }

    /** PUBREC goes out for a new message. */
    void open(int msgId, byte[] data, int at, int length) {
        int found = find(msgId);
        int place = found >= 0 ? found : room();
        places[place] = key(msgId, data, at, length);
        places[place + 1] = 0;
    }

    /** PUBREL has come. */
    void release(int msgId, long nowMs) {
        int place = find(msgId);
        if (place >= 0 && places[place + 1] == 0) {
            places[place + 1] = (int) nowMs | 1;
        }
    }

    private int find(int msgId) {
        for (int i = 0; i < places.length; i += 2) {
            if (places[i] >>> 16 == msgId) {
                return i;
            }
        }
        return -1;
    }

    /** @return a free place, or that of a message which is done, or else the one that was filled first */
    private int room() {
        int place = -1;
        for (int i = 0; i < places.length; i += 2) {
            int candidate = (next + i) % places.length;
            if (places[candidate] == 0) {
                place = candidate;
                break;
            }
            if (place < 0 && places[candidate + 1] != 0) {
                place = candidate;
            }
        }
        if (place < 0) {
            place = next;
        }
        next = (place + 2) % places.length;
        return place;
    }

    private static int key(int msgId, byte[] data, int at, int length) {
        int sum = length;
        for (int i = at; i < at + length; i++) {
            sum = sum * 31 + data[i];
        }
        return msgId << 16 | ((sum ^ sum >>> 16) & 0xFFFF);
    }
}
