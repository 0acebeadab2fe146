package midge.sim.stream;

/** Sees what arrives on streams, for captures. It must not change anything. */
@FunctionalInterface
public interface StreamTap {
    /**
     * Shows one chunk as it arrives.
     *
     * @param up whether it went from the client to the broker
     */
    void onOctets(int stream, boolean up, long atMs, byte[] octets, int offset, int length);
}
