package midge.hal.link;

/**
 * Carries a stream of octets in chunks, each of which arrives whole and in order, as the UART services of Bluetooth LE do: a chunk is what
 * fits one write or one notification, the MTU of the connection less three octets.
 *
 * <p>The chunks mean nothing: a module that has a serial line on its other side joins and cuts them as it likes. {@link ChunkedPort} makes
 * a serial line of them.
 *
 * <p><em>For board authors:</em> never block and never keep the caller's array.
 */
public interface ChunkLink {
    /** @return octets in the largest chunk that {@link #send} takes now, 20 at least */
    int chunkMost();

    /** @return {@code length}; 0 when the link is merely full, try later; a negative {@link midge.hal.Hal} code when it is gone */
    int send(byte[] chunk, int offset, int length);

    /**
     * @return length of the chunk copied to {@code into}; 0 when none waits; a negative {@link midge.hal.Hal} code when the link is gone.
     *     {@code capacity} must suffice for the largest
     */
    int receive(byte[] into, int offset, int capacity);

    /** Closes the link at once; harmless when closed. */
    void close();
}
