package midge.runtime.task;

/** What an {@link OutboxTask} publishes through: MQTT-SN or MQTT. At most one message is under way at a time. */
public interface Uplink {
    /** @return whether {@link #publish} is worth calling now; when that changes to yes the outbox task is woken */
    boolean ready();

    /**
     * Starts to publish one message; its end is told to {@link OutboxTask#onOutcome}, never before this call returns. The payload is
     * copied.
     *
     * @return a token, 0 or above; {@code BUSY} or {@code NOT_CONNECTED} when it must wait; another negative {@code Status} when this
     *     message can never be published
     */
    int publish(int topic, int qos, byte[] payload, int offset, int length, long nowMs);
}
