package midge.sim.net;

import midge.hal.Hal;

/** A gateway's radio: frames arrive by callback, in the world's thread, and are sent to node numbers or addresses. */
public final class SimPort extends RadioNode {
    /** {@link #send} to everyone. */
    public static final int EVERYONE = -1;

    private final SimNetwork network;
    private final FrameSink sink;

    SimPort(SimNetwork network, int id, String name, FrameSink sink) {
        super(id, name);
        this.network = network;
        this.sink = sink;
    }

    /** {@return this port's number on its network} */
    public int node() {
        return id;
    }

    /** {@return what this port sent and received so far} */
    public LinkCounters counters() {
        return counters;
    }

    /**
     * Sends a copy of the frame.
     *
     * @param toNode a node number or {@link #EVERYONE}
     * @return {@code length}; {@link Hal#INVALID} when there is no such node or the frame does not fit the medium, {@link Hal#FULL} when
     *     too much waits in the transmitter; in both cases the frame is dropped and counted
     */
    public int send(int toNode, byte[] frame, int offset, int length) {
        if (length < 1 || length > network.profile().mtu() || toNode < EVERYONE || toNode >= network.nodeCount()) {
            counters.framesDropped++;
            return Hal.INVALID;
        }
        if (network.full(this)) {
            counters.framesDropped++;
            return Hal.FULL;
        }
        network.transmit(this, toNode, frame, offset, length);
        return length;
    }

    /** As {@link #send(int, byte[], int, int)}, to the node with this {@link SimNetwork#address}. */
    public int send(byte[] address, int addressOffset, int addressLength, byte[] frame, int offset, int length) {
        int node = network.nodeAt(address, addressOffset, addressLength);
        return node < 0 ? Hal.INVALID : send(node, frame, offset, length);
    }

    @Override
    void deliver(int fromNode, byte[] frame) {
        sink.onFrame(fromNode, frame, 0, frame.length);
    }
}
