package midge.mqtt.codec;

import midge.wire.Status;

/**
 * Cuts a stream that arrives in chunks of any size into packets.
 *
 * <pre>
 * framer.push(chunk, 0, n);
 * while ((n = framer.next()) > 0) { handle(framer.buffer(), framer.offset(), n); }
 * if (n < 0) { close(); }
 * </pre>
 *
 * A packet that lies whole in the chunk is handed out where it lies. Only a packet cut by the chunk's end is kept, in the framer's own
 * store, and completed there from the next chunk; no octet is copied twice. After {@link #next} returned 0 the chunk's array is free
 * again.
 *
 * <p><em>Memory.</em> {@link #MqttFramer(int)} holds a store as large as the largest packet, and never needs more. A host with
 * thousands of streams gives each a small store, or an empty one, {@link #MqttFramer(byte[], int)}; when a cut packet does not fit, {@code next} answers
 * {@link Status#TOO_SMALL}, and {@link #lend} with an array of {@link #needed} octets lets it go on. Once {@link #isEmpty}, the store
 * may be exchanged for a small one again.
 */
public final class MqttFramer {
    private static final byte[] NOTHING = new byte[0];

    private final int packetSizeMax;
    private byte[] store;
    private int kept;

    private byte[] chunk = NOTHING;
    private int at;
    private int limit;

    private byte[] buffer = NOTHING;
    private int offset;
    private int needed;
    private int error;

    /** @param packetSizeMax the largest packet to accept, octets, fixed header included; the store has this size */
    public MqttFramer(int packetSizeMax) {
        this(new byte[packetSizeMax > MqttHeader.SIZE_MAX ? packetSizeMax : MqttHeader.SIZE_MAX], packetSizeMax);
    }

    /**
     * @param store where cut packets are kept; may be shorter than {@code packetSizeMax}, see above
     * @param packetSizeMax the largest packet to accept, octets, fixed header included
     */
    public MqttFramer(byte[] store, int packetSizeMax) {
        this.store = store;
        this.packetSizeMax = packetSizeMax;
    }

    /** Forgets everything that was kept and any error: a new stream begins. */
    public void reset() {
        kept = 0;
        error = Status.OK;
        release();
    }

    /**
     * Takes the next chunk of the stream. The array is referred to, not copied, until {@link #next} returns 0 or below.
     *
     * @return {@link Status#OK}; {@link Status#BUSY} when the chunk before was not used up; the error that ended the stream
     */
    public int push(byte[] bytes, int from, int length) {
        if (error < 0) {
            return error;
        }
        if (at < limit) {
            return Status.BUSY;
        }
        chunk = bytes;
        at = from;
        limit = from + length;
        return Status.OK;
    }

    /**
     * Finds the next packet.
     *
     * @return its length, with {@link #buffer} and {@link #offset}, valid until the next call; 0 when the chunk is used up;
     *     {@link Status#TOO_SMALL} when the store must be {@link #lend lent}; {@link Status#TOO_LARGE} for a packet beyond the
     *     maximum; {@link MqttError#RESERVED_TYPE} or {@link MqttError#REMAINING_LENGTH}. After the last three the stream is of no
     *     more use until {@link #reset}.
     */
    public int next() {
        if (error < 0) {
            return error;
        }
        return kept > 0 ? completeKept() : fromChunk();
    }

    private int fromChunk() {
        int available = limit - at;
        if (available == 0) {
            release();
            return 0;
        }
        int length = MqttHeader.packetLength(chunk, at, available);
        if (length > available || length == Status.TRUNCATED) {
            return keep(length, available);
        }
        if (length < 0 || length > packetSizeMax) {
            return fail(length);
        }
        buffer = chunk;
        offset = at;
        at += length;
        return length;
    }

    /** Stores the beginning of a packet. @param length of the whole packet, or TRUNCATED when the header is cut */
    private int keep(int length, int available) {
        if (length > packetSizeMax) {
            return fail(length);
        }
        if (!hasRoom(length > 0 ? length : MqttHeader.SIZE_MAX)) {
            return Status.TOO_SMALL;
        }
        System.arraycopy(chunk, at, store, 0, available);
        kept = available;
        release();
        return 0;
    }

    private int completeKept() {
        int length = completeHeader();
        if (length == Status.TRUNCATED) {
            release();
            return 0;
        }
        if (length < 0 || length > packetSizeMax) {
            return fail(length);
        }
        if (!hasRoom(length)) {
            return Status.TOO_SMALL;
        }
        int missing = length - kept;
        int available = limit - at;
        int taken = missing < available ? missing : available;
        System.arraycopy(chunk, at, store, kept, taken);
        at += taken;
        if (taken < missing) {
            kept += taken;
            release();
            return 0;
        }
        kept = 0;
        buffer = store;
        offset = 0;
        return length;
    }

    /** Takes single octets until the header is whole. @return the packet's length, TRUNCATED or an error */
    private int completeHeader() {
        int length = MqttHeader.packetLength(store, 0, kept);
        while (length == Status.TRUNCATED && at < limit) {
            store[kept++] = chunk[at++];
            length = MqttHeader.packetLength(store, 0, kept);
        }
        return length;
    }

    private boolean hasRoom(int octets) {
        needed = octets > MqttHeader.SIZE_MAX ? octets : MqttHeader.SIZE_MAX;
        return store.length >= needed;
    }

    private int fail(int verdict) {
        error = verdict < 0 ? verdict : Status.TOO_LARGE;
        release();
        return error;
    }

    private void release() {
        chunk = NOTHING;
        at = 0;
        limit = 0;
    }

    /**
     * Lets go of the chunk before it is used up.
     *
     * @return how many of its last octets were not looked at; the caller pushes them again later
     */
    public int putBack() {
        int unread = limit - at;
        release();
        return unread;
    }

    /** @return the array that holds the packet found: the chunk, or the store */
    public byte[] buffer() {
        return buffer;
    }

    /** @return where the packet found begins in {@link #buffer} */
    public int offset() {
        return offset;
    }

    /** @return octets that the store must have at least after {@link Status#TOO_SMALL} */
    public int needed() {
        return needed;
    }

    /** @return whether no octet is kept in the store */
    public boolean isEmpty() {
        return kept == 0;
    }

    /** @return the present store */
    public byte[] store() {
        return store;
    }

    /**
     * Exchanges the store; what was kept moves along.
     *
     * @return {@link Status#OK}, or {@link Status#TOO_SMALL} when what is kept does not fit (nothing was changed)
     */
    public int lend(byte[] newStore) {
        if (newStore.length < kept || (kept > 0 && newStore.length < MqttHeader.SIZE_MAX)) {
            return Status.TOO_SMALL;
        }
        System.arraycopy(store, 0, newStore, 0, kept);
        store = newStore;
        return Status.OK;
    }
}
