package midge.bench.gateway;

/**
 * One thing to measure.
 *
 * @param up      from clients to the broker; else from the broker to clients
 * @param qos     0..2, both of the client and at the broker
 * @param clients each has one message in flight at a time
 * @param warmUpMs of the same load, not counted
 * @param measureMs counted
 * @param verify  whether a subscriber at the broker looks at each message that went up at QoS 1 and 2; at QoS 0 it always does, because
 *                nothing else tells that a message has come
 */
record LoadCase(boolean up, int qos, int clients, long warmUpMs, long measureMs, boolean verify) {
    /** Octets of payload: client's number, number of the message, and zeros. */
    static final int PAYLOAD = 16;

    boolean subscribesAtBroker() {
        return up && (verify || qos == 0);
    }

    @Override
    public String toString() {
        return (up ? "up" : "down") + " QoS " + qos + ", " + clients + " clients";
    }
}
