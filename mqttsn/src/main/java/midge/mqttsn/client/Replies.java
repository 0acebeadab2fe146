package midge.mqttsn.client;

import midge.mqttsn.codec.SnAck;
import midge.mqttsn.codec.SnPing;
import midge.mqttsn.codec.SnPuback;
import midge.mqttsn.codec.SnRegack;
import midge.wire.Status;

/** Answers to the gateway that wait for the link, oldest first. None is longer than 7 octets. */
final class Replies {
    static final int SLOT = 7;

    private final byte[] octets;
    private final int capacity;
    private int head;
    private int count;

    Replies(int capacity) {
        this.capacity = capacity;
        octets = new byte[capacity * SLOT];
    }

    boolean isFull() {
        return count == capacity;
    }

    boolean isEmpty() {
        return count == 0;
    }

    void clear() {
        count = 0;
    }

    /** Each of these needs {@link #isFull} to be false. */
    void puback(int topicId, int msgId, int returnCode) {
        SnPuback.encode(octets, take(), SLOT, topicId, msgId, returnCode);
    }

    void regack(int topicId, int msgId, int returnCode) {
        SnRegack.encode(octets, take(), SLOT, topicId, msgId, returnCode);
    }

    void ack(int type, int msgId) {
        SnAck.encode(octets, take(), SLOT, type, msgId);
    }

    void pingresp() {
        SnPing.encodeResponse(octets, take(), SLOT);
    }

    private int take() {
        int slot = (head + count) % capacity;
        count++;
        return slot * SLOT;
    }

    /** Moves the oldest answer to {@code out}. @return its length, or {@link Status#TOO_SMALL} */
    int poll(byte[] out, int at, int room) {
        int from = head * SLOT;
        int length = octets[from];
        if (length > room) {
            return Status.TOO_SMALL;
        }
        System.arraycopy(octets, from, out, at, length);
        head = (head + 1) % capacity;
        count--;
        return length;
    }
}
