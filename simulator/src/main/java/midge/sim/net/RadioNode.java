package midge.sim.net;

import midge.wire.Bytes;

/** One station of a {@link SimNetwork}: what both kinds, {@link SimLink} and {@link SimPort}, have in common. */
abstract class RadioNode {
    final int id;
    final String name;
    final LinkCounters counters = new LinkCounters();
    long transmitterFreeUs;
    boolean isolated;

    RadioNode(int id, String name) {
        this.id = id;
        this.name = name;
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
