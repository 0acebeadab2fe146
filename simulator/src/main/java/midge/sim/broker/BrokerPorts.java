package midge.sim.broker;

/** What the broker does to the world. Called only from within calls to {@link SimBroker}. */
public interface BrokerPorts {
    /** Sends octets on a connection, after those given before. The array is the broker's: copy what is not written at once. */
    void send(int connection, byte[] octets, int offset, int length);

    /** Closes a connection after what was given to {@link #send} has gone out. The broker has forgotten the number already. */
    void close(int connection);
}
