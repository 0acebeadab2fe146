package midge.gateway.net;

import midge.gateway.port.GatewayCounters;
import midge.gateway.port.Peer;

/** A way to devices: a UDP socket, a radio dongle, a simulated radio. Called on the loop's thread only. */
public interface Listener {
    /** Sends one datagram, or drops it when the link is full. Arrays and peer are lent for the call. */
    void send(Peer to, byte[] frame, int offset, int length);

    /** Lets go what {@link #send} has gathered, where the link gathers. */
    default void flush() {}

    /** Adds what the link has counted on threads of its own since the last call. */
    default void count(GatewayCounters counters) {}

    /** Stops listening. */
    default void close() {}
}
