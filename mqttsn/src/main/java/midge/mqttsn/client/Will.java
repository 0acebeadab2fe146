package midge.mqttsn.client;

/** The will that CONNECT announces: from the configuration at first, then as the updates that the gateway accepted have it. */
final class Will {
    private final byte[] topic;
    private final byte[] message;
    private int flags;
    private int topicLength;
    private int messageLength;

    Will(SnClientConfig config) {
        topic = new byte[config.willTopicOctets()];
        message = new byte[config.willMessageOctets()];
        setTopic(config.willFlags(), config.willTopic(), 0, config.willTopic().length);
        setMessage(config.willMessage(), 0, config.willMessage().length);
    }

    boolean topicFits(int length) {
        return length <= topic.length;
    }

    boolean messageFits(int length) {
        return length <= message.length;
    }

    /** @param length 0 deletes topic and message (§6.4) */
    void setTopic(int flags, byte[] from, int at, int length) {
        this.flags = flags;
        topicLength = length;
        System.arraycopy(from, at, topic, 0, length);
        if (length == 0) {
            messageLength = 0;
        }
    }

    void setMessage(byte[] from, int at, int length) {
        messageLength = length;
        System.arraycopy(from, at, message, 0, length);
    }

    int flags() {
        return flags;
    }

    byte[] topic() {
        return topic;
    }

    int topicLength() {
        return topicLength;
    }

    byte[] message() {
        return message;
    }

    int messageLength() {
        return messageLength;
    }
}
