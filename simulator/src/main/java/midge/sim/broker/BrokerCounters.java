package midge.sim.broker;

/** What a broker did since it was made. */
public final class BrokerCounters {
    long octetsReceived;
    long octetsSent;
    long packetsReceived;
    long packetsSent;
    long publishesReceived;
    long publishesSent;
    long publishesDropped;
    long connectionsOpened;
    long connectionsRefused;
    long connectionsBroken;
    long sessionsEvicted;

    BrokerCounters() {}

    /** {@return octets that came on all connections} */
    public long octetsReceived() {
        return octetsReceived;
    }

    /** {@return octets sent on all connections} */
    public long octetsSent() {
        return octetsSent;
    }

    /** {@return control packets received} */
    public long packetsReceived() {
        return packetsReceived;
    }

    /** {@return control packets sent} */
    public long packetsSent() {
        return packetsSent;
    }

    /** {@return PUBLISH packets that clients sent, repeats of QoS 2 left out} */
    public long publishesReceived() {
        return publishesReceived;
    }

    /** {@return PUBLISH packets sent to clients, repeats included} */
    public long publishesSent() {
        return publishesSent;
    }

    /** {@return messages that did not go to a subscriber: queue full, expired, larger than it takes, or QoS 0 while it was away} */
    public long publishesDropped() {
        return publishesDropped;
    }

    /** {@return connections opened} */
    public long connectionsOpened() {
        return connectionsOpened;
    }

    /** {@return connections closed because there were too many, or whose CONNECT was refused} */
    public long connectionsRefused() {
        return connectionsRefused;
    }

    /** {@return connections that the broker closed for what they sent, or for silence} */
    public long connectionsBroken() {
        return connectionsBroken;
    }

    /** {@return sessions ended early to make room} */
    public long sessionsEvicted() {
        return sessionsEvicted;
    }
}
