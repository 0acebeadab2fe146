package midge.mqttsn.client;

/**
 * What an {@link SnClient} reports. Each event comes after the client has changed its state, so the listener may call the client back,
 * except for {@code onDatagram}, {@code onTimeout} and {@code pollTransmit}. Arrays are lent for the call: copy what is needed before
 * calling the client. Extend {@link SnQuietListener} to take only some.
 *
 * <p>A {@code returnCode} is what the gateway sent, one of {@link midge.mqttsn.codec.SnReturnCode} or a reserved value as it came; 0 is
 * success.
 */
public interface SnClientListener {
    /** {@link #onDisconnected}: {@link SnClient#disconnect} has done its work, acknowledged or not. */
    int REQUESTED = 0;
    /** {@link #onDisconnected}: the gateway answered CONNECT with the return code given. */
    int REFUSED = 1;
    /** {@link #onDisconnected}: the gateway sent DISCONNECT unasked (§6.12); connect again. */
    int BY_GATEWAY = 2;
    /** {@link #onDisconnected}: N_retry resends brought no answer (§6.13); try another gateway first. */
    int GATEWAY_LOST = 3;

    /** {@link #onAsleep}: the gateway has acknowledged the sleep. */
    int FELL_ASLEEP = 0;
    /** {@link #onAsleep}: awake no more, everything that the gateway held has been collected. */
    int COLLECTED = 1;
    /** {@link #onAsleep}: awake no more, because the gateway has not answered; the next wake-up tries again. */
    int NO_ANSWER = 2;

    /**
     * The client is active.
     *
     * @param resumed true when it was asleep before: subscriptions, will and topic ids still hold
     */
    void onConnected(boolean resumed, long nowMs);

    /**
     * There is no connection any more. What is in the outbox stays there and goes out after the next {@code connect}.
     *
     * @param cause {@link #REQUESTED}, {@link #REFUSED}, {@link #BY_GATEWAY} or {@link #GATEWAY_LOST}
     * @param returnCode of the CONNACK for {@link #REFUSED}, else 0
     */
    void onDisconnected(int cause, int returnCode, long nowMs);

    /**
     * The client is asleep; the radio may be switched off until {@link SnClient#nextDeadlineMs}.
     *
     * @param cause {@link #FELL_ASLEEP}, {@link #COLLECTED} or {@link #NO_ANSWER}
     */
    void onAsleep(int cause, long nowMs);

    /**
     * A publish is done: at QoS 1 and 2 the gateway has it, at QoS 0 and -1 it was handed to the link.
     *
     * @param token from {@code publish}
     * @param returnCode 0, or the gateway's refusal
     */
    void onDelivered(int token, int returnCode, long nowMs);

    /** {@code register} is done. @param topicId the id until the next {@code connect}; 0 when refused */
    void onRegistered(int token, int topicId, int returnCode, long nowMs);

    /**
     * {@code subscribe} is done.
     *
     * @param topicId as the gateway sent it; 0 for wildcards and, with most gateways, short names
     * @param grantedQos 0..2, meaningless when refused
     */
    void onSubscribed(int token, int topicId, int grantedQos, int returnCode, long nowMs);

    /** {@code unsubscribe} is done; the protocol cannot report a failure. */
    void onUnsubscribed(int token, long nowMs);

    /** {@code updateWillTopic} or {@code updateWillMessage} is done. */
    void onWillUpdated(int token, int returnCode, long nowMs);

    /**
     * A message for this client; at QoS 2 exactly once.
     *
     * @param flags as received: QoS, Retain, topic id type; see {@link midge.mqttsn.codec.SnFlags}
     * @param topicId the id, or the two octets of a short name
     * @param topic array with the topic's name
     * @param topicLength octets of the name; 0 for a pre-defined id that has no name in the configuration
     * @param data array with the payload
     */
    void onMessage(
            int flags,
            int topicId,
            byte[] topic,
            int topicOffset,
            int topicLength,
            byte[] data,
            int dataOffset,
            int dataLength,
            long nowMs);
}
