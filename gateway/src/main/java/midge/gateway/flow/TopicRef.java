package midge.gateway.flow;

import midge.gateway.config.PredefinedTopics;
import midge.gateway.table.NameList;
import midge.mqttsn.codec.SnFlags;
import midge.topic.TopicName;
import org.jspecify.annotations.Nullable;

/** What a client's topic reference stands for (§6.7): where the name lies, until the next call. */
final class TopicRef {
    private static final int SHORT_LENGTH = 2;
    private static final byte[] NONE = {};

    private byte[] octets = NONE;
    private int offset;
    private int length;

    /**
     * Looks a reference up.
     *
     * @param topics   the client's registered names, null when it has none
     * @param place    place of a registered id in them, -1: none
     * @param topicId  the id; for a short name ignored
     * @param frame    holds a short name at {@code shortOffset}
     * @return whether it stands for a name
     */
    boolean find(
            @Nullable NameList topics,
            int place,
            PredefinedTopics predefined,
            int topicIdType,
            int topicId,
            byte[] frame,
            int shortOffset) {
        if (topicIdType == SnFlags.TOPIC_SHORT) {
            set(frame, shortOffset, SHORT_LENGTH);
            return TopicName.check(frame, shortOffset, SHORT_LENGTH) >= 0;
        }
        if (topicIdType == SnFlags.TOPIC_PREDEFINED) {
            byte[] name = predefined.name(topicId);
            set(name == null ? NONE : name, 0, name == null ? 0 : name.length);
            return name != null;
        }
        if (topicIdType != SnFlags.TOPIC_NORMAL || topics == null || place < 0) {
            return false;
        }
        set(topics.names(), topics.offset(place), topics.length(place));
        return true;
    }

    void set(byte[] octets, int offset, int length) {
        this.octets = octets;
        this.offset = offset;
        this.length = length;
    }

    byte[] octets() {
        return octets;
    }

    int offset() {
        return offset;
    }

    int length() {
        return length;
    }
}
