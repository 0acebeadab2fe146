package midge.gateway.app;

import midge.gateway.config.GatewayConfig;

/** What the limits of a configuration can cost, so that a person can compare it with the machine. */
public final class MemoryBudget {
    /** A connected client with a topic, a subscription and a kept message stays below this; a test of the core says so. */
    static final long CLIENT_OCTETS = 4 * 1024;

    private static final long MIB = 1024 * 1024;

    private final GatewayConfig config;

    public MemoryBudget(GatewayConfig config) {
        this.config = config;
    }

    /** @return octets of heap for all clients with few topics each */
    public long clientsOctets() {
        return config.maxSessions() * CLIENT_OCTETS;
    }

    /** @param heapOctets what the JVM may take */
    public String line(long heapOctets) {
        long worst = clientsOctets() + config.poolOctets() + config.topicsOctets();
        return "limits: " + config.maxSessions() + " clients, each " + config.topicsPerClient() + " topics and "
                + config.queueMessages() + " messages of " + config.maxDatagram() + " octets; memory at worst: "
                + mib(clientsOctets()) + " clients + " + mib(config.topicsOctets()) + " topics + "
                + mib(config.poolOctets()) + " queues = " + mib(worst) + "; heap " + mib(heapOctets)
                + (worst > heapOctets ? ", which is too little: lower limits.clients, or raise -Xmx" : "");
    }

    private static String mib(long octets) {
        return (octets + MIB - 1) / MIB + " MiB";
    }
}
