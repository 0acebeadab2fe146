package midge.runtime.task;

import midge.mqttsn.codec.SnFlags;
import midge.wire.Status;

/** Publishes by name through the MQTT-SN client of a {@link LinkTask}, which registers the names as they are used. */
public final class SnUplink implements Uplink {
    private final LinkTask link;
    private final PublishTopics topics;

    /** @param topics what the numbers of topics mean */
    public SnUplink(LinkTask link, PublishTopics topics) {
        this.link = link;
        this.topics = topics;
    }

    public boolean ready() {
        return link.connection().ready();
    }

    public int publish(int topic, int qos, byte[] payload, int offset, int length, long nowMs) {
        if (topic >= topics.count()) {
            return Status.INVALID;
        }
        byte[] name = topics.name(topic);
        int flags = SnFlags.ofQos(qos) | (topics.retained(topic) ? SnFlags.RETAIN : 0);
        link.wake();
        return link.client().publish(name, 0, name.length, flags, payload, offset, length, nowMs);
    }
}
