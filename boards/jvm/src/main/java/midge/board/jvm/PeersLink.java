package midge.board.jvm;

import java.io.IOException;
import java.net.InetSocketAddress;
import midge.hal.link.DatagramLink;
import org.jspecify.annotations.Nullable;

/** A link to several gateways, whose peers are addresses. Their numbers come from a {@link PeerTable}. */
public interface PeersLink extends DatagramLink, AutoCloseable {
    /** @return the number of this address */
    int peer(InetSocketAddress address);

    /** @return the address that has this number, or null */
    @Nullable
    InetSocketAddress address(int peer);

    /** The peer has been silent for long: what the link has agreed on with it may be forgotten there, and is made anew if so. */
    default void renew(int peer) {}

    /** @return why nothing can be sent to this peer although it may be there, for a person to read; null when that is not so */
    default @Nullable String obstacle(int peer) {
        return null;
    }

    @Override
    void close() throws IOException;
}
