package midge.gateway.flow;

import midge.gateway.port.GatewayCounters;
import midge.gateway.port.Peer;

/**
 * ADVERTISE and GWINFO (§6.1). ADVERTISE goes to everyone on the listeners that can do that, every T_ADV; GWINFO too, or on other
 * listeners to whoever asked. While the broker cannot be reached neither is sent: a gateway should not invite clients it cannot serve.
 */
public final class DiscoveryFlow {
    private final Services services;
    private final Peer[] everyone;

    /** Sets up the peers to send to. */
    public DiscoveryFlow(Services services) {
        this.services = services;
        int[] listeners = services.config.broadcastListeners();
        everyone = new Peer[listeners.length];
        for (int i = 0; i < listeners.length; i++) {
            everyone[i] = Peer.everyone(listeners[i]);
        }
    }

    /** Sends the first ADVERTISE at once, when the gateway is asked to advertise at all. */
    public void begin(long nowMs) {
        if (services.config.advertiseS() > 0 && everyone.length > 0) {
            services.timers.setAdvertise(nowMs);
        }
    }

    /** Advertises no more. */
    public void end() {
        services.timers.stopAdvertise();
    }

    /** T_ADV ran out. */
    public void onTimer(long nowMs) {
        for (int i = 0; i < everyone.length; i++) {
            if (services.isBrokerReachable(nowMs)) {
                services.downlink.advertise(everyone[i], nowMs);
            }
        }
        services.timers.setAdvertise(nowMs + services.config.advertiseS() * 1000L);
    }

    void onSearch(Peer from, long nowMs) {
        if (!services.admission.admitsSearch(from)) {
            services.drop(-1, GatewayCounters.DROP_DENIED, nowMs);
        } else if (services.isBrokerReachable(nowMs)) {
            services.downlink.gwInfo(receiverFor(from), nowMs);
        }
    }

    /** A node behind a forwarder is answered through it. */
    private Peer receiverFor(Peer from) {
        for (int i = 0; i < everyone.length; i++) {
            if (everyone[i].listener() == from.listener() && from.nodeLength() == 0) {
                return everyone[i];
            }
        }
        return from;
    }
}
