package midge.sim.net;

/** Sees every frame of a network, for captures and for a live view. It must not change anything. */
@FunctionalInterface
public interface FrameTap {
    /** The sender's transmitter took it; called once for each receiver, before it is decided what becomes of it. */
    int SENT = 0;
    /** It was lost on the way. */
    int LOST = 1;
    /** It reached the receiver. */
    int DELIVERED = 2;

    /**
     * Shows one frame and what became of it.
     *
     * @param fate  {@link #SENT}, {@link #LOST} or {@link #DELIVERED}
     * @param atMs  world time
     * @param frame valid during the call only
     */
    void onFrame(int fate, long atMs, int fromNode, int toNode, byte[] frame, int offset, int length);
}
