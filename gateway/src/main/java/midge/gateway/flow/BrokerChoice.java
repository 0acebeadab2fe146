package midge.gateway.flow;

import midge.gateway.port.GatewayCounters;

/**
 * Which of several brokers is used: one for all clients, until it does not answer; then the next in the order of the configuration, and
 * the first after the last. A broker that answers again is not gone back to, since that would break connections that work.
 */
final class BrokerChoice {
    private final Services services;
    private final int count;
    private int current;

    BrokerChoice(Services services) {
        this.services = services;
        count = services.config.brokers();
    }

    /** @return the number of the broker in use */
    int current() {
        return current;
    }

    /** @return brokers to choose from */
    int count() {
        return count;
    }

    /** A broker could not be reached or did not want to serve; only the first to say so of the one in use changes anything. */
    void failed(int broker) {
        if (broker == current && count > 1) {
            current = (current + 1) % count;
            services.count(GatewayCounters.BROKER_SWITCHES);
        }
    }
}
