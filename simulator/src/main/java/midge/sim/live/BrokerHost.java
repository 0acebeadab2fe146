package midge.sim.live;

import midge.sim.broker.BrokerPorts;

/** Whom a {@link BrokerDoor} lets clients in to. All calls come on the event loop. */
interface BrokerHost {
    /**
     * A client has connected.
     *
     * @param ports what the broker does to this connection; may be called before this returns
     * @return its number, for the calls below
     */
    int opened(BrokerPorts ports);

    /** Octets came; the array is lent for the call. */
    void octets(int connection, byte[] octets, int offset, int length);

    /** Whether a connection takes more octets without keeping them in memory. */
    void writable(int connection, boolean writable);

    /** A client is gone. */
    void closed(int connection);

    /** After one or more of the calls above. */
    void settle();
}
