package midge.sim.stream;

/** The client's end of a {@link SimStream}. Each call is an event of its own in the world; calling the stream from it is fine. */
public interface StreamUser {
    /** The stream is open. */
    void onOpen();

    /** Octets have come; the array is lent for the call. */
    void onOctets(byte[] octets, int offset, int length);

    /** The stream takes octets again. */
    default void onWritable() {}

    /** The stream is broken, was closed by the other side, or could not be opened. Not called after {@link SimStream#close}. */
    void onClosed();
}
