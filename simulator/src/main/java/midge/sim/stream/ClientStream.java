package midge.sim.stream;

/** A client's end of a byte stream to a broker, simulated or real. */
public interface ClientStream {
    /**
     * Offers octets.
     *
     * @return how many were taken; fewer than offered means wait for {@link StreamUser#onWritable}
     */
    int send(byte[] octets, int offset, int length);

    /** Closes the client's end: what was taken still arrives, and the user hears nothing more. */
    void close();
}
