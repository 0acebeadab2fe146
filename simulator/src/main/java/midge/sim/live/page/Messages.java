package midge.sim.live.page;

import java.util.ArrayDeque;

/** The last messages that arrived at the broker, for a table of them. Safe for use by several threads. */
final class Messages {
    private static final int MESSAGES_MAX = 20_000;
    private static final int OCTETS_MAX = 4 << 20;
    private static final int ENTRY_OCTETS = 96;

    private record Message(long unixMs, String topic, String payload) {
        int octets() {
            return ENTRY_OCTETS + 2 * (topic.length() + payload.length());
        }
    }

    private final ArrayDeque<Message> messages = new ArrayDeque<>();
    private long octets;

    synchronized void add(long unixMs, String topic, String payload) {
        Message message = new Message(unixMs, topic, payload);
        messages.addLast(message);
        octets += message.octets();
        while (messages.size() > MESSAGES_MAX || octets > OCTETS_MAX) {
            octets -= messages.removeFirst().octets();
        }
    }

    /** {@return them as CSV (RFC 4180), oldest first} */
    synchronized String csv() {
        StringBuilder out = new StringBuilder("time,topic,payload\r\n");
        for (Message message : messages) {
            out.append(java.time.Instant.ofEpochMilli(message.unixMs()));
            out.append(',').append(field(message.topic()));
            out.append(',').append(field(message.payload())).append("\r\n");
        }
        return out.toString();
    }

    private static String field(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
