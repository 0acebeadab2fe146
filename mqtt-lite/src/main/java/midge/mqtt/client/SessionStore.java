package midge.mqtt.client;

/**
 * Where a client keeps what must outlive a reboot (MQTT 5.0 §4.1): unfinished outbound messages and the identifiers of unfinished
 * inbound QoS 2 messages. After a restart the host reads them back, in the order in which they were written, through
 * {@link MqttClient#restoreSession}, {@link MqttClient#restoreMessage}, {@link MqttClient#restoreReleased} and
 * {@link MqttClient#restoreReceived}, before the first {@code onOpen}.
 *
 * <p>Each call returns 0 once the fact would survive, or a negative status. A client without store takes {@code null}.
 */
public interface SessionStore {
    /** A new session has begun on both sides; received identifiers of an older one are void. Messages not yet sent stay. */
    int begin();

    /** The session is over; received identifiers are void. Messages stay until they are removed. */
    int end();

    /** A QoS 1/2 message was accepted. @param packet the encoded PUBLISH, to be copied. A failure refuses the message. */
    int putMessage(int packetId, byte[] packet, int offset, int length);

    /** PUBREC has come: of this message only the identifier is needed from now on. */
    int releaseMessage(int packetId);

    /** The message is finished. */
    int removeMessage(int packetId);

    /** An inbound QoS 2 message was delivered; PUBREC is sent when this returns 0. */
    int putReceived(int packetId);

    /** PUBREL has come: the identifier is free. */
    int removeReceived(int packetId);
}
