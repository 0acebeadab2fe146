package midge.runtime.task;

import midge.wire.Ranges;
import midge.wire.Status;

/** An {@link Outbox} in RAM: a fixed number of slots of a fixed size. A restart forgets it. */
public final class RamOutbox implements Outbox {
    private final int payloadCapacity;
    private final byte[] payloads;
    private final int[] lengths;
    private final int[] topics;
    private final int[] qos;
    private final int[] tokens;
    private final long[] stamps;
    private final int[] order; // slot numbers: the first depth ones are in use, oldest first; the others are free
    private int depth;

    /**
     * Takes about {@code capacity * (payloadCapacity + 28)} octets.
     *
     * @param capacity messages, 1..4096
     * @param payloadCapacity octets for each payload, 1..1024
     */
    public RamOutbox(int capacity, int payloadCapacity) {
        Ranges.check("capacity", capacity, 1, 4_096);
        this.payloadCapacity = Ranges.check("payloadCapacity", payloadCapacity, 1, 1_024);
        payloads = new byte[capacity * payloadCapacity];
        lengths = new int[capacity];
        topics = new int[capacity];
        qos = new int[capacity];
        tokens = new int[capacity];
        stamps = new long[capacity];
        order = new int[capacity];
        for (int i = 0; i < capacity; i++) {
            order[i] = i;
        }
    }

    public int depth() {
        return depth;
    }

    public int capacity() {
        return order.length;
    }

    public int payloadCapacity() {
        return payloadCapacity;
    }

    public int add(int topic, int qos, byte[] payload, int offset, int length, int token, long stampMs) {
        if (length > payloadCapacity) {
            return Status.TOO_LARGE;
        }
        if (depth == order.length) {
            return Status.BUSY;
        }
        int slot = order[depth++];
        System.arraycopy(payload, offset, payloads, slot * payloadCapacity, length);
        lengths[slot] = length;
        topics[slot] = topic;
        this.qos[slot] = qos;
        tokens[slot] = token;
        stamps[slot] = stampMs;
        return Status.OK;
    }

    public int topic(int position) {
        return topics[order[position]];
    }

    public int qos(int position) {
        return qos[order[position]];
    }

    public int token(int position) {
        return tokens[order[position]];
    }

    public long stampMs(int position) {
        return stamps[order[position]];
    }

    public int payload(int position, byte[] into, int offset, int capacity) {
        int slot = order[position];
        if (lengths[slot] > capacity) {
            return Status.TOO_SMALL;
        }
        System.arraycopy(payloads, slot * payloadCapacity, into, offset, lengths[slot]);
        return lengths[slot];
    }

    public void remove(int position) {
        int freed = order[position];
        System.arraycopy(order, position + 1, order, position, depth - position - 1);
        order[--depth] = freed;
    }

    public void handing(int position) {}

    public int underWay() {
        return -1;
    }
}
