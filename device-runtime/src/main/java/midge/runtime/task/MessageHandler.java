package midge.runtime.task;

/** Takes the messages of one subscription. */
public interface MessageHandler {
    /**
     * A message came, at QoS 2 exactly once. Arrays are lent for the call.
     *
     * @param retained whether the broker had kept it from earlier
     */
    void onMessage(
            byte[] topic,
            int topicOffset,
            int topicLength,
            byte[] payload,
            int offset,
            int length,
            boolean retained,
            long nowMs);
}
