package midge.sim.net;

import java.util.Arrays;
import midge.wire.Bytes;
import org.jspecify.annotations.Nullable;

/** One station of a {@link SimNetwork}: what both kinds, {@link SimLink} and {@link SimPort}, have in common. */
abstract class RadioNode {
    final int id;
    final String name;
    final LinkCounters counters = new LinkCounters();
    long transmitterFreeUs;
    boolean isolated;
    /** By the number of the node at the other end: one for most devices, that of their gateway, which joined before them. */
    private @Nullable RadioPath[] paths = new RadioPath[1];

    RadioNode(int id, String name) {
        this.id = id;
        this.name = name;
    }

    /** {@return what this node's frames meet on their way to another} */
    RadioPath pathTo(int node) {
        if (node >= paths.length) {
            paths = Arrays.copyOf(paths, Math.max(node + 1, 2 * paths.length));
        }
        RadioPath path = paths[node];
        if (path == null) {
            path = new RadioPath();
            paths[node] = path;
        }
        return path;
    }

    /** A frame has reached this node. It must not keep the array. */
    abstract void deliver(int fromNode, byte[] frame);

    /** {@return 10.x.y.z made of the node's number, so that captures show it as an IPv4 address} */
    static byte[] address(int id) {
        byte[] address = new byte[4];
        Bytes.putU32(address, 0, 0x0A00_0000L + id + 1);
        return address;
    }

    /** {@return the node that {@code address} was made for, or -1} */
    static int idOf(byte[] address, int offset, int length) {
        if (length != 4 || address[offset] != 10) {
            return -1;
        }
        return (int) (Bytes.u32(address, offset) - 0x0A00_0001L);
    }
}
