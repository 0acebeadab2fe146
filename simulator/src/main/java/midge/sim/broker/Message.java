package midge.sim.broker;

import java.nio.charset.StandardCharsets;

/**
 * One application message inside the broker; never changed, so that all its receivers share it.
 *
 * <p>Topic names and filters are kept as strings with one character for each octet (ISO 8859-1): exact, compact, and quick as keys.
 */
final class Message {
    static final long NEVER = Long.MAX_VALUE;
    private static final byte[] NOTHING = new byte[0];

    final String topic;
    final byte[] topicOctets;
    final byte[] payload;
    final int qos;
    final boolean retain;
    /** Bare 5.0 properties to pass on: all but topic alias, message expiry and subscription identifiers. */
    final byte[] properties;
    /** {@link #NEVER} or when the message is worth nothing any more. */
    final long expiresMs;
    /** Client identifier of who sent it, for No Local. */
    final String publisher;

    Message(
            String topic,
            byte[] payload,
            int qos,
            boolean retain,
            byte[] properties,
            long expiresMs,
            String publisher) {
        this.topic = topic;
        topicOctets = octets(topic);
        this.payload = payload;
        this.qos = qos;
        this.retain = retain;
        this.properties = properties;
        this.expiresMs = expiresMs;
        this.publisher = publisher;
    }

    /** A message of the broker's own. */
    static Message own(String topic, byte[] payload, boolean retain) {
        return new Message(topic, payload, 0, retain, NOTHING, NEVER, "");
    }

    boolean expired(long nowMs) {
        return nowMs >= expiresMs;
    }

    /** {@return what a waiting copy counts against the bounds of a queue} */
    int octets() {
        return 64 + topicOctets.length + properties.length + payload.length;
    }

    static String key(byte[] octets, int offset, int length) {
        return new String(octets, offset, length, StandardCharsets.ISO_8859_1);
    }

    static byte[] octets(String key) {
        return key.getBytes(StandardCharsets.ISO_8859_1);
    }
}
