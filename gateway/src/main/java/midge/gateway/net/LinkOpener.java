package midge.gateway.net;

import java.io.IOException;
import midge.hal.Idle;
import midge.hal.link.DatagramLink;

/** Opens a link of the host's, such as a serial port; again and again, when its hardware is unplugged in between. */
@FunctionalInterface
public interface LinkOpener {
    /**
     * Opens the link, which is closed afterwards when it is {@link AutoCloseable}. It is used by one thread.
     *
     * @param idle to be woken when a datagram comes or the link is gone
     * @throws IOException of one sentence when that is not possible now
     */
    DatagramLink open(Idle idle) throws IOException;
}
