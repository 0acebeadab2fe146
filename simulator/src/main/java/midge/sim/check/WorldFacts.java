package midge.sim.check;

import java.util.List;

/** What checkers may know of a whole world. */
public interface WorldFacts {
    /** {@return virtual time, ms} */
    long nowMs();

    /** {@return when the last fault ended, ms; {@code Long.MAX_VALUE} while there are any} */
    long healedMs();

    /** {@return all devices} */
    List<? extends DeviceFacts> devices();

    /** {@return all readings published so far} */
    List<Reading> readings();

    /** {@return all commands that the broker has taken over so far} */
    List<Command> commands();

    /** {@return octets in the gateway's queues and buffers} */
    long gatewayOctets();
}
