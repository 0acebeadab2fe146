package midge.board.jvm;

import midge.hal.link.StreamLink;

/** A {@link StreamLink} of a machine with people in front of it: it can tell why it closed. */
public interface HostLink extends StreamLink {
    /** @return why the link closed by itself, one line for a person to read; empty when it did not */
    String failure();

    /**
     * @return whether {@link #failure} was somebody's decision (a certificate that is not trusted, an HTTP status), so that trying
     *     again without a change will not help; false when the peer was silent or the line broke
     */
    boolean isRefusal();

    /** @return whether all octets that {@code send} took have left; {@code close} may lose those that have not */
    boolean isFlushed();
}
