package midge.cli;

/** One way to publish, MQTT or MQTT-SN. Each call returns when it is done and throws {@link UserError} when it cannot be. */
interface Publisher extends AutoCloseable {
    /** Connects. */
    void open();

    /** Publishes one message and waits for what its QoS promises. */
    void publish(Topic topic, byte[] payload, int qos, boolean retain);

    /** Disconnects. */
    @Override
    void close();
}
