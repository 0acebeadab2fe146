package midge.sim.broker;

import midge.wire.Prng;

/** What all parts of one broker share. */
final class BrokerCore {
    final BrokerConfig config;
    final BrokerPorts ports;
    final BrokerCounters counters = new BrokerCounters();
    final Deadlines deadlines = new Deadlines();
    final PacketWriter writer;
    final Router router;
    final Sessions sessions;
    final Codecs codecs = new Codecs();
    final Prng prng;
    /** The time that the present call was given. */
    long nowMs;

    final long startedMs;
    /** Open connections. */
    int connected;
    /** Octets that wait in all sessions' queues. */
    long queuedOctets;

    BrokerCore(BrokerConfig config, BrokerPorts ports, long seed, long nowMs) {
        this.config = config;
        this.ports = ports;
        this.nowMs = nowMs;
        startedMs = nowMs;
        prng = new Prng(seed);
        writer = new PacketWriter(ports, counters);
        router = new Router(this);
        sessions = new Sessions(this);
    }
}
