package midge.bench.throughput;

/** An MQTT client under measurement, used as its documentation tells. One connection, 3.1.1, keep alive off or long. */
interface Subject extends AutoCloseable {
    /** Connects to the broker at this port of the loopback address and waits for CONNACK. */
    void connect(int port) throws Exception;

    /**
     * Publishes with at most {@link Load#WINDOW} unfinished messages, and returns when the broker has all.
     *
     * <p>At QoS 0 nothing confirms a message, so one of QoS 1 goes last and is waited for: the broker takes what one client sends in order.
     */
    void publish(Load load, int messages) throws Exception;

    /** Subscribes and waits for SUBACK; each message is told to {@code meter}. */
    void subscribe(Load load, Meter meter) throws Exception;

    /** Serves the subscription until {@code meter} has all; only for clients without a thread of their own. */
    default void receive(Meter meter) throws Exception {
        meter.await();
    }

    @Override
    void close() throws Exception;
}
