package midge.sim.net;

import java.util.ArrayDeque;
import midge.hal.Hal;
import midge.hal.link.DatagramLink;

/**
 * A device's radio. Frames that arrive wait in an inbox of {@value #INBOX} until {@link #receive}; more are dropped and counted.
 *
 * <p>Peer numbers: {@code GATEWAY} is the node given when the device joined, any other node is its number + 1.
 */
public final class SimLink extends RadioNode implements DatagramLink {
    private static final int INBOX = 32;

    private static final class Received {
        final int fromNode;
        final byte[] frame;

        Received(int fromNode, byte[] frame) {
            this.fromNode = fromNode;
            this.frame = frame;
        }
    }

    private final SimNetwork network;
    private final int gatewayNode;
    private final ArrayDeque<Received> inbox = new ArrayDeque<>();
    private Runnable listener = () -> {};
    private int lastPeer = BROADCAST;

    SimLink(SimNetwork network, int id, String name, int gatewayNode) {
        super(id, name);
        this.network = network;
        this.gatewayNode = gatewayNode;
    }

    /**
     * Sets who is told.
     *
     * @param listener called when a frame has arrived, and when a full transmitter has room again; wakes the node
     */
    public void setListener(Runnable listener) {
        this.listener = listener;
    }

    /** {@return this device's number on its network} */
    public int node() {
        return id;
    }

    /** {@return what this device sent and received so far} */
    public LinkCounters counters() {
        return counters;
    }

    /** Forgets the frames that wait, as a power cut does. */
    public void clear() {
        inbox.clear();
    }

    @Override
    public int mtu() {
        return network.profile().mtu();
    }

    @Override
    public int send(int peer, byte[] frame, int offset, int length) {
        int to = peer == BROADCAST ? -1 : nodeOf(peer);
        if (length < 1 || length > mtu() || to >= network.nodeCount() || (to < 0 && peer != BROADCAST)) {
            counters.framesDropped++;
            return Hal.INVALID;
        }
        if (network.full(this)) {
            network.world().at(network.transmitterFreeMs(this), listener);
            return 0;
        }
        network.transmit(this, to, frame, offset, length);
        return length;
    }

    @Override
    public int receive(byte[] into, int offset, int capacity) {
        Received next = inbox.poll();
        while (next != null && next.frame.length > capacity) {
            counters.framesDropped++;
            next = inbox.poll();
        }
        if (next == null) {
            return 0;
        }
        System.arraycopy(next.frame, 0, into, offset, next.frame.length);
        lastPeer = peerOf(next.fromNode);
        return next.frame.length;
    }

    @Override
    public int lastPeer() {
        return lastPeer;
    }

    @Override
    void deliver(int fromNode, byte[] frame) {
        if (inbox.size() == INBOX) {
            counters.framesDropped++;
            return;
        }
        inbox.add(new Received(fromNode, frame));
        listener.run();
    }

    private int nodeOf(int peer) {
        return peer == GATEWAY ? gatewayNode : peer - 1;
    }

    private int peerOf(int node) {
        return node == gatewayNode ? GATEWAY : node + 1;
    }
}
