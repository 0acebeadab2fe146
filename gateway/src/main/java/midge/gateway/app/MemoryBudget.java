package midge.gateway.app;

import midge.gateway.config.GatewayConfig;

/** What the limits of a configuration can cost, so that a person can compare it with the machine. */
public final class MemoryBudget {
    /** A connected client with a topic, a subscription and a kept message stays below this; a test of the core says so. */
    static final long CLIENT_OCTETS = 4 * 1024;

    /** A DTLS session with a shared key was measured at 2.4 KiB of heap; one by certificates keeps the client's chain too. */
    static final long DTLS_OCTETS = 6 * 1024;

    private static final long MIB = 1024 * 1024;

    private final GatewayConfig config;
    private final int dtlsSessions;

    /** @param dtlsSessions of all listeners together, 0 without DTLS */
    public MemoryBudget(GatewayConfig config, int dtlsSessions) {
        this.config = config;
        this.dtlsSessions = dtlsSessions;
    }

    /** @return octets of heap for all clients with few topics each */
    public long clientsOctets() {
        return config.maxSessions() * CLIENT_OCTETS;
    }

    private long dtlsOctets() {
        return dtlsSessions * DTLS_OCTETS;
    }

    /** @param heapOctets what the JVM may take */
    public String line(long heapOctets) {
        long worst = clientsOctets() + config.poolOctets() + config.topicsOctets() + dtlsOctets();
        return "limits: " + config.maxSessions() + " clients, each " + config.topicsPerClient() + " topics and "
                + config.queueMessages() + " messages of " + config.maxDatagram() + " octets; memory at worst: "
                + mib(clientsOctets()) + " clients + " + mib(config.topicsOctets()) + " topics + "
                + mib(config.poolOctets()) + " queues"
                + (dtlsSessions == 0 ? "" : " + " + mib(dtlsOctets()) + " DTLS sessions") + " = " + mib(worst)
                + "; heap " + mib(heapOctets)
                + (worst > heapOctets ? ", which is too little: lower limits.clients, or raise -Xmx" : "");
    }

    private static String mib(long octets) {
        return (octets + MIB - 1) / MIB + " MiB";
    }
}
