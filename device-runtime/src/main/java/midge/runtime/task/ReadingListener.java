package midge.runtime.task;

/**
 * Follows each reading from the sensor to its end: for demonstrations, simulations and tests that keep accounts. It is called inside a
 * turn, must return soon and must not call back into the tasks.
 */
public interface ReadingListener {
    /** Listens to nothing. */
    ReadingListener NOBODY = new NoReadingListener();

    /**
     * A value was measured, whether or not it will be published.
     *
     * @param topic the topic that the value belongs to, the identity of its channel
     * @param quantity a {@link midge.hal.sense.Quantity}
     * @param value in the unit of the quantity
     */
    void onSampled(int topic, int quantity, int value, long nowMs);

    /**
     * A message was accepted for publishing. It holds the values reported by {@link #onSampled} for this topic at this {@code nowMs};
     * for a topic that no sensor has (state of an actuator, availability) there are none.
     *
     * @param token what {@link #onOutcome} will name; tokens of one device grow by one, and begin again at 0 after 2^31-1
     */
    void onPublished(int topic, int token, byte[] payload, int offset, int length, long nowMs);

    /** A message could not even be accepted. @param status a negative {@code Status} */
    void onRefused(int topic, int status, long nowMs);

    /**
     * A message came to its end.
     *
     * @param status 0 when it was delivered (QoS 1, 2: the gateway confirmed it; QoS 0: it was sent); else a negative code of {@link
     *     Outcome}
     */
    void onOutcome(int token, int status, long nowMs);

    /** A measurement failed; the next one is tried in the next period. @param code a negative {@link midge.hal.Hal} code */
    void onSensorFailed(int topic, int code, long nowMs);
}
