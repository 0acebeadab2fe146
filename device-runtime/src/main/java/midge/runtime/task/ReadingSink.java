package midge.runtime.task;

/** Takes payloads on their way out. Behind it is MQTT-SN, MQTT or a test; the caller neither knows nor waits. */
public interface ReadingSink {
    /** More topics than any device here publishes on. */
    int MAX_TOPICS = 64;

    /**
     * Takes over one message. The payload is copied, so the caller's array is free again on return.
     *
     * @param topic its number in the device's topic list, which also says whether the broker retains it
     * @param qos 0..2
     * @return a token, 0 or above, whose end {@link ReadingListener#onOutcome} tells, never before this call returns; a negative {@code
     *     Status} when it was refused: {@code TOO_LARGE} for the space set at construction, {@code INVALID} for an unknown topic or qos,
     *     {@code BUSY} when there is room only for what is more important
     */
    int accept(int topic, byte[] payload, int offset, int length, int qos, long nowMs);
}
