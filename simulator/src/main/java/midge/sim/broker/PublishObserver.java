package midge.sim.broker;

/** Sees each message that a client has published, once, as the broker takes it over. It must not call the broker. */
@FunctionalInterface
public interface PublishObserver {
    /**
     * Shows one message. The arrays are the broker's, not to be changed.
     *
     * @param clientId who published it
     * @param topic    the name's octets, UTF-8
     */
    void onPublish(String clientId, byte[] topic, byte[] payload, int qos, boolean retain, long nowMs);
}
