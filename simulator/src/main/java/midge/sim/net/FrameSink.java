package midge.sim.net;

/** Where frames for a {@link SimPort} go. */
@FunctionalInterface
public interface FrameSink {
    /**
     * Takes one frame.
     *
     * @param fromNode the sender's number on this network
     * @param frame    valid during the call only, not to be changed
     */
    void onFrame(int fromNode, byte[] frame, int offset, int length);
}
