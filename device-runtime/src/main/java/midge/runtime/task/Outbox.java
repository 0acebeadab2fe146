package midge.runtime.task;

/**
 * Messages that wait to be delivered, oldest first. In RAM ({@link RamOutbox}) or on storage that survives a power cut. Who drops what
 * when it is full is the caller's decision.
 */
public interface Outbox {
    /** @return messages that wait now */
    int depth();

    /** @return messages that it can hold */
    int capacity();

    /** @return the longest payload that it takes, octets */
    int payloadCapacity();

    /**
     * Adds the newest message, a copy.
     *
     * @param token 0 or above, given back by {@link #token}
     * @param stampMs when it was made
     * @return {@code OK}; {@code BUSY} when it is full; {@code TOO_LARGE} for a payload above {@link #payloadCapacity}; another negative
     *     code when storage fails. Nothing was changed then
     */
    int add(int topic, int qos, byte[] payload, int offset, int length, int token, long stampMs);

    /** @param position 0, the oldest, to {@code depth() - 1}. @return its topic number */
    int topic(int position);

    /** @return the QoS of the message at {@code position} */
    int qos(int position);

    /** @return the token of the message at {@code position} */
    int token(int position);

    /** @return when the message at {@code position} was made */
    long stampMs(int position);

    /** Copies a payload out. @return its length, or {@code TOO_SMALL} */
    int payload(int position, byte[] into, int offset, int capacity);

    /** Takes the message at {@code position} out for good; the later ones move up. */
    void remove(int position);

    /**
     * The message at {@code position} is being given to the uplink, until this is called again with -1. An outbox on storage that the
     * uplink uses too makes of both facts one.
     */
    void handing(int position);

    /** @return the uplink's token for the oldest message when that was under way before a restart and still is; otherwise -1 */
    int underWay();
}
