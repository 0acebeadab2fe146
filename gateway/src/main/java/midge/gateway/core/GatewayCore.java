package midge.gateway.core;

/**
 * A transparent MQTT-SN 1.2 gateway without I/O: one MQTT connection per client (§4.1).
 *
 * <p>The host reports what happened and when; the core answers through its {@link GatewayPorts} before the call returns. After each call
 * the host asks {@link #nextDeadlineMs} and calls {@link #onTimeout} then; further calls do no harm. Time is in ms, from any start, and
 * never goes back. One thread at a time, and no call from inside a port.
 *
 * <p>No octets that arrive, from clients or brokers, make a call throw. What cannot be used is dropped and counted in
 * {@link #counters}. After a session's tables have grown to what its client needs, nothing is allocated.
 */
public final class GatewayCore {
    private final GatewayConfig config;
    private final GatewayCounters counters = new GatewayCounters();

    /**
     * @param seed for jitter; the same seed and the same calls give the same answers
     */
    public GatewayCore(GatewayConfig config, GatewayPorts ports, long seed) {
        this.config = config;
    }

    /** Lets an observer see every packet from now on; {@link PacketObserver#NONE} ends it. */
    public void observe(PacketObserver observer) {}

    /** @return how many broker connections there can be: sessions are numbered 0..links()-1; the last is the one for QoS -1 */
    public int links() {
        return config.maxSessions() + 1;
    }

    /** @return what happened so far */
    public GatewayCounters counters() {
        return counters;
    }

    /**
     * Takes one datagram.
     *
     * @param from  read during the call only, may be filled anew afterwards
     * @param frame holds the datagram in {@code offset..offset+length-1}
     */
    public void onDatagram(Peer from, byte[] frame, int offset, int length, long nowMs) {
        counters.add(GatewayCounters.DATAGRAMS_IN);
    }

    /** The broker connection of {@code session} is open. */
    public void onBrokerOpen(int session, long nowMs) {}

    /** Octets came from the broker, cut anyhow. */
    public void onBrokerBytes(int session, byte[] octets, int offset, int length, long nowMs) {}

    /** The broker connection ended, or could not be opened. Not to be called after {@link GatewayPorts#closeBroker}. */
    public void onBrokerClosed(int session, long nowMs) {}

    /** The broker connection takes octets again, after {@link GatewayPorts#sendBroker} had taken fewer than offered. */
    public void onBrokerWritable(int session, long nowMs) {}

    /** Does what is due. */
    public void onTimeout(long nowMs) {}

    /** @return when {@link #onTimeout} has something to do; {@link Long#MAX_VALUE}: nothing to wait for */
    public long nextDeadlineMs() {
        return Long.MAX_VALUE;
    }
}
