package midge.mqtt.client;

import midge.wire.Bytes;

/** Topics by alias, for one direction of one connection (MQTT 5.0 §3.3.2.3.4). */
final class AliasTable {
    private final byte[] topics;
    private final int[] lengths;
    private final int topicBytes;
    private int used;

    AliasTable(int aliases, int topicBytes) {
        this.topicBytes = topicBytes;
        topics = new byte[aliases * topicBytes];
        lengths = new int[aliases];
    }

    /** Aliases end with the connection. */
    void clear() {
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = 0;
        }
        used = 0;
    }

    int capacity() {
        return lengths.length;
    }

    byte[] topics() {
        return topics;
    }

    /** @param alias 1..capacity. @return where its topic begins in {@link #topics} */
    int offset(int alias) {
        return (alias - 1) * topicBytes;
    }

    /** @param alias 1..capacity. @return octets of its topic, 0 when it was not set */
    int length(int alias) {
        return lengths[alias - 1];
    }

    /** Sets or replaces. @return false when the topic is too long to be kept */
    boolean set(int alias, byte[] topic, int at, int length) {
        if (length > topicBytes) {
            return false;
        }
        System.arraycopy(topic, at, topics, offset(alias), length);
        lengths[alias - 1] = length;
        return true;
    }

    /** @return the alias of the topic, or 0 */
    int find(byte[] topic, int at, int length) {
        for (int alias = 1; alias <= used; alias++) {
            if (lengths[alias - 1] == length && Bytes.equal(topics, offset(alias), topic, at, length)) {
                return alias;
            }
        }
        return 0;
    }

    /** @param limit the peer's maximum. @return the alias that {@link #add} would give to a topic of this length, or 0 when none */
    int next(int length, int limit) {
        return used < lengths.length && used < limit && length <= topicBytes ? used + 1 : 0;
    }

    /** Gives the topic the {@link #next} alias. */
    void add(byte[] topic, int at, int length) {
        used++;
        set(used, topic, at, length);
    }

    /** @return octets in the arrays of such a table */
    static int bufferBytes(int aliases, int topicBytes) {
        return aliases * (topicBytes + 4);
    }
}
