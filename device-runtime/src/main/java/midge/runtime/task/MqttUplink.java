package midge.runtime.task;

import midge.wire.Status;

/** Publishes through the MQTT client of a {@link MqttLinkTask}. */
public final class MqttUplink implements Uplink {
    private final MqttLinkTask link;
    private final PublishTopics topics;

    /** @param topics what the numbers of topics mean */
    public MqttUplink(MqttLinkTask link, PublishTopics topics) {
        this.link = link;
        this.topics = topics;
    }

    public boolean ready() {
        return link.connection().ready();
    }

    /** {@inheritDoc} At QoS 0 the end comes with the link's next turn. */
    public int publish(int topic, int qos, byte[] payload, int offset, int length, long nowMs) {
        if (topic >= topics.count()) {
            return Status.INVALID;
        }
        byte[] name = topics.name(topic);
        boolean retained = topics.retained(topic);
        link.wake();
        int token = link.client().publish(qos, retained, name, 0, name.length, payload, offset, length, nowMs);
        if (token == 0) {
            link.connection().sentAtOnce();
        }
        return token;
    }
}
