package midge.board;

import java.io.IOException;
import java.util.Set;
import midge.hal.Idle;
import midge.hal.link.DatagramLink;

/** Opens links that carry MQTT-SN and are not UDP: radios behind serial lines, modems. Found by {@link java.util.ServiceLoader}. */
public interface DatagramLinkProvider {
    /** @return schemes of URIs, lower case */
    Set<String> schemes();

    /**
     * Looks at a URI of one of its schemes, and at nothing else.
     *
     * @throws IllegalArgumentException of one line when the URI is wrong
     */
    void check(String uri);

    /**
     * Opens a link; it is also {@link AutoCloseable} when there is something to close. Once it answers {@link midge.hal.Hal#GONE} it
     * stays so, and whoever has it opens another.
     *
     * @param idle to be woken when a frame arrives or the link is gone
     * @throws IllegalArgumentException of one line when the URI is wrong
     * @throws IOException of one sentence when the machine does not give what it names
     */
    DatagramLink open(String uri, Idle idle) throws IOException;
}
