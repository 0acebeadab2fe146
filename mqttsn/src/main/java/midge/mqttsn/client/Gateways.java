package midge.mqttsn.client;

import midge.wire.Bytes;

/** The gateways that a client knows of: id, peer, address, and how long each counts as active. */
final class Gateways {
    static final int NONE = -1;
    /** The longest address kept: IPv6 with a port. */
    static final int ADDRESS_MAX = 18;

    private static final int FREE = 0;
    private static final int ACTIVE = 1;
    private static final int LOST = 2;

    private final byte[] states;
    private final byte[] gwIds;
    private final int[] peers;
    private final long[] expireAtMs;
    private final byte[] addressLengths;
    private final byte[] addresses;

    Gateways(int capacity) {
        states = new byte[capacity];
        gwIds = new byte[capacity];
        peers = new int[capacity];
        expireAtMs = new long[capacity];
        addressLengths = new byte[capacity];
        addresses = new byte[capacity * ADDRESS_MAX];
    }

    int find(int gwId) {
        for (int i = 0; i < states.length; i++) {
            if (states[i] != FREE && gwId(i) == gwId) {
                return i;
            }
        }
        return NONE;
    }

    /** @return a place for a new gateway, if need be that of a lost one; {@link #NONE} */
    int add(int gwId) {
        int place = inState(FREE);
        if (place == NONE) {
            place = inState(LOST);
        }
        if (place != NONE) {
            gwIds[place] = (byte) gwId;
            peers[place] = SnDiscovery.UNKNOWN_PEER;
            addressLengths[place] = 0;
        }
        return place;
    }

    private int inState(int state) {
        for (int i = 0; i < states.length; i++) {
            if (states[i] == state) {
                return i;
            }
        }
        return NONE;
    }

    int firstActive() {
        return inState(ACTIVE);
    }

    int firstLost() {
        return inState(LOST);
    }

    void activate(int i, long expireAtMs) {
        states[i] = ACTIVE;
        this.expireAtMs[i] = expireAtMs;
    }

    boolean isActive(int i) {
        return states[i] == ACTIVE;
    }

    void lose(int i) {
        states[i] = LOST;
        expireAtMs[i] = Long.MAX_VALUE;
    }

    void remove(int i) {
        states[i] = FREE;
    }

    /** @return an active gateway whose time is over; {@link #NONE} */
    int expired(long nowMs) {
        for (int i = 0; i < states.length; i++) {
            if (states[i] == ACTIVE && nowMs >= expireAtMs[i]) {
                return i;
            }
        }
        return NONE;
    }

    long nextExpiryMs() {
        long next = Long.MAX_VALUE;
        for (int i = 0; i < states.length; i++) {
            if (states[i] == ACTIVE && expireAtMs[i] < next) {
                next = expireAtMs[i];
            }
        }
        return next;
    }

    long expireAtMs(int i) {
        return expireAtMs[i];
    }

    int gwId(int i) {
        return Bytes.u8(gwIds, i);
    }

    int peer(int i) {
        return peers[i];
    }

    void peer(int i, int peer) {
        peers[i] = peer;
    }

    /** Keeps an address; one that is too long is not kept. */
    void address(int i, byte[] from, int at, int length) {
        if (length <= ADDRESS_MAX) {
            System.arraycopy(from, at, addresses, i * ADDRESS_MAX, length);
            addressLengths[i] = (byte) length;
        }
    }

    byte[] addresses() {
        return addresses;
    }

    int addressOffset(int i) {
        return i * ADDRESS_MAX;
    }

    int addressLength(int i) {
        return addressLengths[i];
    }

    /** @return an active gateway with an address; {@link #NONE} */
    int answerable() {
        for (int i = 0; i < states.length; i++) {
            if (states[i] == ACTIVE && addressLengths[i] > 0) {
                return i;
            }
        }
        return NONE;
    }
}
