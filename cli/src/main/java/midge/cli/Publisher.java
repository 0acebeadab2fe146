package midge.cli;

import java.util.function.BooleanSupplier;

/** One way to publish, MQTT or MQTT-SN. Each call returns when it is done and throws {@link UserError} when it cannot be. */
interface Publisher extends AutoCloseable {
    /** Connects. */
    void open();

    /** Publishes one message and waits for what its QoS promises. */
    void publish(Topic topic, byte[] payload, int qos, boolean retain);

    /** Keeps the connection alive until {@code done}, which is asked after each {@link #wake}. */
    void await(BooleanSupplier done);

    /** Keeps the connection alive for so long. */
    void rest(long millis);

    /** Has {@link #await} look again; safe from any thread. */
    void wake();

    /** Disconnects. */
    @Override
    void close();
}
