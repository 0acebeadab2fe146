package midge.sim.net;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import midge.sim.World;
import midge.wire.Prng;
import org.jspecify.annotations.Nullable;

/**
 * One radio medium that joins nodes. A device sits at a {@link SimLink}, a gateway at a {@link SimPort}; nodes are numbered from 0 in the
 * order in which they joined. Loss, duplication, reordering and delay are drawn from the world's seed.
 *
 * <p>Each node has one transmitter: frames leave one after the other, each taking its time on air. Nodes do not hear each other's
 * transmissions, so there are no collisions; loss stands for them.
 */
public final class SimNetwork {
    /** Kind of {@link World#trace} under which delivered frames go. */
    public static final int TRACE_FRAME = 1;

    private static final int ONE_MILLION = 1_000_000;

    private final World world;
    private final RadioProfile profile;
    private final Prng prng;
    private final NoisyLine line;
    private final Faults faults = new Faults();
    private final RadioMap map = new RadioMap();
    private final List<RadioNode> nodes = new ArrayList<>();
    private final List<FrameTap> taps = new ArrayList<>();
    private @Nullable FrameRewriter rewriter;

    /**
     * @param name tells this medium from others of the same world; its random numbers depend on it
     */
    public SimNetwork(World world, RadioProfile profile, String name) {
        this.world = world;
        this.profile = profile;
        prng = world.prng("radio/" + name);
        line = new NoisyLine(profile.mtu(), prng);
    }

    /** {@return the medium's faults, to be read and changed at any time} */
    public Faults faults() {
        return faults;
    }

    /** {@return where the nodes stand; at first none has a place, so that all hear each other} */
    public RadioMap map() {
        return map;
    }

    /** {@return the faults of one direction; from the first call on it has its own, which begin as those of the medium at that time} */
    public Faults faults(int fromNode, int toNode) {
        RadioPath path = nodes.get(fromNode).pathTo(toNode);
        Faults own = path.own;
        if (own == null) {
            own = new Faults(faults);
            path.own = own;
        }
        return own;
    }

    /**
     * Joins a device.
     *
     * @param gatewayNode whom its peer {@code DatagramLink.GATEWAY} is; -1 when it has to search
     */
    public SimLink device(String name, int gatewayNode) {
        SimLink link = new SimLink(this, nodes.size(), name, gatewayNode);
        nodes.add(link);
        return link;
    }

    /** Joins a gateway, or any host that wants a callback for each frame. */
    public SimPort port(String name, FrameSink sink) {
        SimPort port = new SimPort(this, nodes.size(), name, sink);
        nodes.add(port);
        return port;
    }

    /** Takes {@code node} out of everyone's reach, or brings it back: a partition of one. */
    public void isolate(int node, boolean isolated) {
        nodes.get(node).isolated = isolated;
    }

    /** Shows every frame to {@code tap} from now on. */
    public void addTap(FrameTap tap) {
        taps.add(tap);
    }

    /** Has every frame that a node sends from now on replaced by what {@code rewriter} makes of it. */
    public void rewrite(FrameRewriter rewriter) {
        this.rewriter = rewriter;
    }

    /**
     * Puts a frame on air as if a node had sent it; no rewriter sees it.
     *
     * @param toNode a node, or {@link SimPort#EVERYONE}
     */
    public void inject(int fromNode, int toNode, byte[] frame) {
        emit(nodes.get(fromNode), toNode, frame.clone());
    }

    /** {@return nodes that have joined} */
    public int nodeCount() {
        return nodes.size();
    }

    /** {@return the name under which a node joined} */
    public String name(int node) {
        return nodes.get(node).name;
    }

    /** {@return what a node did so far; a live view} */
    public LinkCounters counters(int node) {
        return nodes.get(node).counters;
    }

    /** {@return four octets, 10.x.y.z, that stand for a node where a gateway wants an address} */
    public byte[] address(int node) {
        return RadioNode.address(node);
    }

    /** {@return the node of an {@link #address}, -1 when there is none} */
    public int nodeAt(byte[] address, int offset, int length) {
        int id = RadioNode.idOf(address, offset, length);
        return id < nodes.size() ? id : -1;
    }

    /** {@return what this medium is by nature} */
    public RadioProfile profile() {
        return profile;
    }

    World world() {
        return world;
    }

    /** {@return whether the node's transmitter has more waiting than the profile allows} */
    boolean full(RadioNode from) {
        return from.transmitterFreeUs - world.nowMs() * 1000 > profile.backlogMs() * 1000L;
    }

    /** {@return when the transmitter is free again, world time} */
    long transmitterFreeMs(RadioNode from) {
        return (from.transmitterFreeUs + 999) / 1000;
    }

    /**
     * Puts a frame of legal size on air.
     *
     * @param to a node number, or -1 for everyone
     */
    void transmit(RadioNode from, int to, byte[] frame, int offset, int length) {
        byte[] copy = Arrays.copyOfRange(frame, offset, offset + length);
        FrameRewriter firmware = rewriter;
        byte[] sent = firmware == null ? copy : firmware.rewrite(from.id, to, copy);
        if (sent != null) {
            emit(from, to, sent);
        }
    }

    private void emit(RadioNode from, int to, byte[] copy) {
        long airtimeUs = profile.airtimeUs(copy.length);
        from.counters.framesSent++;
        from.counters.octetsSent += copy.length;
        from.counters.airtimeUs += airtimeUs;
        from.transmitterFreeUs = Math.max(from.transmitterFreeUs, world.nowMs() * 1000) + airtimeUs;
        long leavesMs = transmitterFreeMs(from);
        if (to >= 0) {
            travel(from, nodes.get(to), copy, leavesMs);
            return;
        }
        for (RadioNode node : nodes) {
            if (node != from) {
                travel(from, node, copy, leavesMs);
            }
        }
    }

    private void travel(RadioNode from, RadioNode to, byte[] frame, long leavesMs) {
        show(FrameTap.SENT, from, to, frame);
        RadioPath path = from.pathTo(to.id);
        Faults here = path.own == null ? faults : path.own;
        if (faults.cut()
                || here.cut()
                || from.isolated
                || to.isolated
                || happens(here.lossPpm())
                || happens(map.lossPpm(from.id, to.id))) {
            from.counters.framesLost++;
            show(FrameTap.LOST, from, to, frame);
            return;
        }
        byte[] received = here.bitErrorsPpb() == 0 ? frame : line.pass(frame, here.bitErrorsPpb());
        if (received == null) {
            from.counters.framesCorrupted++;
            show(FrameTap.LOST, from, to, frame);
            return;
        }
        arrive(from, to, received, arrivalMs(path, here, leavesMs));
        if (happens(here.duplicationPpm())) {
            from.counters.framesDuplicated++;
            arrive(from, to, received, arrivalMs(path, here, leavesMs));
        }
    }

    private long arrivalMs(RadioPath path, Faults here, long leavesMs) {
        long arrivalMs = leavesMs + here.latencyMs() + prng.below(here.jitterMs() + 1);
        if (happens(here.reorderingPpm())) {
            return arrivalMs + 1 + prng.below(here.holdMs());
        }
        path.lastArrivalMs = Math.max(path.lastArrivalMs, arrivalMs);
        return path.lastArrivalMs;
    }

    private void arrive(RadioNode from, RadioNode to, byte[] frame, long atMs) {
        world.at(atMs, () -> {
            to.counters.framesReceived++;
            to.counters.octetsReceived += frame.length;
            world.trace(TRACE_FRAME, to.id, frame, 0, frame.length);
            show(FrameTap.DELIVERED, from, to, frame);
            to.deliver(from.id, frame);
        });
    }

    private void show(int fate, RadioNode from, RadioNode to, byte[] frame) {
        for (FrameTap tap : taps) {
            tap.onFrame(fate, world.nowMs(), from.id, to.id, frame, 0, frame.length);
        }
    }

    private boolean happens(int ppm) {
        return ppm > 0 && prng.below(ONE_MILLION) < ppm;
    }
}
