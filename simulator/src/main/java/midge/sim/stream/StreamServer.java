package midge.sim.stream;

/** Where clients open streams to a broker: a {@link BrokerNode}, or sockets to one outside of the world. */
@FunctionalInterface
public interface StreamServer {
    /** Begins to open a stream; the user hears how it went, never before this returns. */
    ClientStream connect(StreamUser user);
}
