package midge.cli;

import java.net.InetSocketAddress;
import midge.board.jvm.PeersLink;
import org.jspecify.annotations.Nullable;

/** The gateways that may be used, and the one that is: named on the command line, or found by a search. */
interface SnGateways {
    /** {@return the gateway to use; null while none is known} */
    @Nullable
    InetSocketAddress current();

    /** The current one does not answer: uses another from now on, when there is one. */
    void lost(long nowMs);

    /** {@return how many there are to try before giving up; it may grow} */
    int count();

    /**
     * Takes a frame that is about gateways.
     *
     * @return false when it is about something else
     */
    boolean take(byte[] frame, int length, int peer, long nowMs);

    /** Does what time asks for, and sends what is to be sent to everyone. */
    void turn(PeersLink link, long nowMs);

    /** {@return when {@link #turn} is due} */
    long nextDeadlineMs();

    /** {@return where they are or are looked for, for messages} */
    String where();
}
