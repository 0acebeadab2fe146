package midge.board;

import java.io.IOException;
import java.util.Set;
import midge.board.jvm.SelectorIdle;
import midge.hal.link.DatagramLink;

/** Opens links that carry MQTT-SN and are not UDP: radios behind serial lines, modems. Found by {@link java.util.ServiceLoader}. */
public interface DatagramLinkProvider {
    /** @return schemes of URIs, lower case */
    Set<String> schemes();

    /**
     * Opens a link; it is also {@link AutoCloseable} when there is something to close.
     *
     * @param idle to be woken when a frame arrives
     * @throws IllegalArgumentException of one line when the URI is wrong
     * @throws IOException of one sentence when the machine does not give what it names
     */
    DatagramLink open(String uri, SelectorIdle idle) throws IOException;
}
