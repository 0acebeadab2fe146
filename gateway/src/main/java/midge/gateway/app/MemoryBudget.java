package midge.gateway.app;

import midge.gateway.config.GatewayConfig;

/** What the limits of a configuration can cost, so that a person can compare it with the machine. */
public final class MemoryBudget {
    /** A connected client with a topic, a subscription and a kept message stays below this; a test of the core says so. */
    static final long CLIENT_OCTETS = 4 * 1024;
    /** Numbers that are kept beside each name. */
    private static final int NAME_OVERHEAD = 12;

    private static final long MIB = 1024 * 1024;

    private final GatewayConfig config;

    public MemoryBudget(GatewayConfig config) {
        this.config = config;
    }

    /** @return octets of heap for all clients with few topics each */
    public long clientsOctets() {
        return config.maxSessions() * CLIENT_OCTETS;
    }

    /** @return octets of heap for the names when every client fills its topic ids and its subscriptions with names of full length */
    public long topicsOctets() {
        long perList = (long) config.topicsPerClient() * (config.maxTopic() + NAME_OVERHEAD);
        // A list grows by half, so up to a third of it may be room.
        return config.maxSessions() * 2L * (perList + perList / 2);
    }

    /** @param heapOctets what the JVM may take */
    public String line(long heapOctets) {
        return "limits: " + config.maxSessions() + " clients, each " + config.topicsPerClient() + " topics and "
                + config.queueMessages() + " messages; memory: " + mib(clientsOctets()) + " clients + "
                + mib(config.poolOctets()) + " queues, at worst " + mib(topicsOctets())
                + " more if all fill their topics; heap " + mib(heapOctets);
    }

    private static String mib(long octets) {
        return (octets + MIB - 1) / MIB + " MiB";
    }
}
