package midge.hal.link;

/**
 * An ordered stream of octets to one peer: TCP, TLS, WebSocket, a modem's socket. Never blocks.
 *
 * <p><em>For users:</em> a link that failed is {@link #CLOSED} and may be opened again; nothing that was sent before is known to have
 * arrived.
 *
 * <p><em>For board authors:</em> look names up and shake hands outside the caller's thread, or step by step in {@link #state}. Wake
 * {@code midge.hal.Idle} when the state changes and when octets arrive.
 */
public interface StreamLink {
    /** Closed, or never opened. */
    int CLOSED = 0;
    /** On the way to {@link #OPEN}. */
    int OPENING = 1;
    /** Octets can move. */
    int OPEN = 2;

    /** Starts to connect to the configured peer; {@link #state} tells how it goes. @return {@code Hal.OK} or a negative code */
    int open();

    /** @return {@link #CLOSED}, {@link #OPENING} or {@link #OPEN} */
    int state();

    /** @return octets taken, 0..length (0: full, try later); a negative {@link midge.hal.Hal} code when the link is closed */
    int send(byte[] bytes, int offset, int length);

    /** @return octets copied, 0 when none wait; a negative {@link midge.hal.Hal} code when the link is closed and all was read */
    int receive(byte[] into, int offset, int capacity);

    /** Closes at once; harmless when closed. */
    void close();
}
