package midge.cli;

import java.nio.charset.StandardCharsets;
import java.util.List;
import midge.mqtt.client.MqttClient;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttSuback;
import midge.mqtt.codec.MqttSubscribe;
import midge.mqtt.codec.MqttUnsuback;
import midge.mqtt.codec.MqttUnsubscribe;
import midge.mqtt.codec.ReasonCode;
import midge.wire.Status;

/** Subscribes to filters on each new connection, and hands on what comes. */
final class Subscriber extends MqttEvents {
    /** Takes messages. */
    interface Sink {
        void onMessage(byte[] topic, int topicOffset, int topicLength, MqttPublish publish);
    }

    private final List<String> filters;
    private final int options;
    private final Sink sink;
    private List<String> left = List.of();
    private byte[] subscribeProperties = {};
    private byte[] unsubscribeProperties = {};
    private int answersDue;
    private String refused = "";

    /** @param options of each subscription: highest QoS, in MQTT 5 the flags of {@link MqttSubscribe} */
    Subscriber(List<String> filters, int options, Sink sink) {
        this.filters = filters;
        this.options = options;
        this.sink = sink;
    }

    /** Filters to take off the session. */
    Subscriber leaving(List<String> filtersToLeave) {
        left = List.copyOf(filtersToLeave);
        return this;
    }

    /** Bare properties of MQTT 5 for SUBSCRIBE and UNSUBSCRIBE. */
    Subscriber properties(byte[] ofSubscribe, byte[] ofUnsubscribe) {
        subscribeProperties = ofSubscribe;
        unsubscribeProperties = ofUnsubscribe;
        return this;
    }

    /** Asks for all filters at once, then takes off those to be left, in mosquitto_sub's order. */
    void subscribe(MqttClient client, long nowMs) {
        answersDue = 0;
        if (!filters.isEmpty()) {
            subscribeToAll(client, nowMs);
        }
        if (!left.isEmpty()) {
            unsubscribe(client, nowMs);
        }
    }

    private void subscribeToAll(MqttClient client, long nowMs) {
        byte[] list =
                new byte[filters.stream().mapToInt(f -> 3 * f.length() + 3).sum()];
        int length = 0;
        for (String filter : filters) {
            byte[] octets = filter.getBytes(StandardCharsets.UTF_8);
            length += MqttSubscribe.entry(list, length, list.length - length, octets, 0, octets.length, options);
        }
        int status = client.subscribe(list, 0, length, subscribeProperties, 0, subscribeProperties.length, nowMs);
        answersDue++;
        if (status < Status.OK) {
            throw new UserError(
                    ExitCode.USAGE,
                    "cannot subscribe to " + String.join(", ", filters)
                            + ": # stands only at the end, + and # only alone between slashes");
        }
    }

    private void unsubscribe(MqttClient client, long nowMs) {
        byte[] list = new byte[left.stream().mapToInt(f -> 3 * f.length() + 2).sum()];
        int length = 0;
        for (String filter : left) {
            byte[] octets = filter.getBytes(StandardCharsets.UTF_8);
            length += MqttUnsubscribe.entry(list, length, list.length - length, octets, 0, octets.length);
        }
        int status = client.unsubscribe(list, 0, length, unsubscribeProperties, 0, unsubscribeProperties.length, nowMs);
        if (status < Status.OK) {
            throw new UserError(ExitCode.USAGE, "cannot unsubscribe from " + String.join(", ", left));
        }
        answersDue++;
    }

    /** {@return whether the broker has answered} */
    boolean isAnswered() {
        return answersDue == 0 || !refused.isEmpty();
    }

    /** Throws when the broker refused a filter. */
    void complain() {
        if (!refused.isEmpty()) {
            throw new UserError(ExitCode.REFUSED, "the broker refused the subscription to " + refused);
        }
    }

    @Override
    public void onSubscribed(int packetId, MqttSuback suback) {
        for (int i = 0; i < suback.count(); i++) {
            if (ReasonCode.isFailure(suback.code(i))) {
                refused = filters.get(i) + " (" + ReasonNames.of(suback.code(i)) + ")";
            }
        }
        answersDue--;
    }

    @Override
    public void onUnsubscribed(int packetId, MqttUnsuback unsuback) {
        answersDue--;
    }

    @Override
    public int onMessage(byte[] topic, int topicOffset, int topicLength, MqttPublish publish) {
        sink.onMessage(topic, topicOffset, topicLength, publish);
        return ReasonCode.SUCCESS;
    }
}
