package midge.cli;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttVersion;
import midge.mqttsn.client.SnClient;
import midge.mqttsn.client.SnClientConfig;
import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnReturnCode;
import midge.wire.Status;

/** Subscribes over MQTT-SN and hands on what comes, awake all the time or asleep in between. */
final class SnSubscriber implements AutoCloseable {
    private static final int BACKOFF_MS_MIN = 1_000;
    private static final int BACKOFF_MS_MAX = 30_000;
    /** Longest time for collecting once more before the end. */
    private static final long LAST_WAKE_MS = 3_000;

    private final SnOptions options;
    private final List<SnTopic> topics;
    private final List<SnTopic> left;
    private final int qos;
    private final int[] sleepS;
    private final Subscriber.Sink sink;
    private final Events events = new Events();
    private final SnLoop loop;
    private final SnClient client;
    private int sleeps;
    private boolean hasEnough;

    /**
     * @param left   what to take back first
     * @param sleepS times of sleep, s, one after the other, the last one again and again; empty to stay awake
     */
    SnSubscriber(
            SnOptions options,
            SnClientConfig config,
            List<SnTopic> topics,
            List<SnTopic> left,
            int qos,
            int[] sleepS,
            Subscriber.Sink sink) {
        this.options = options;
        this.topics = topics;
        this.left = left;
        this.qos = qos;
        this.sleepS = sleepS;
        this.sink = sink;
        loop = new SnLoop(options, config, events);
        client = loop.client();
    }

    /**
     * Receives until {@code ended}, Ctrl-C or the end of the time.
     *
     * @param millis         or negative for no end
     * @param onlySubscribe  to end with the answers to the subscriptions
     */
    int run(BooleanSupplier ended, long millis, boolean onlySubscribe) {
        long deadlineMs = millis < 0 ? Long.MAX_VALUE : loop.nowMs() + millis;
        loop.connect();
        subscribe(ended, deadlineMs);
        loop.complain();
        if (onlySubscribe && events.isAnswered()) {
            hasEnough = true;
            return ExitCode.OK;
        }
        long backoffMs = BACKOFF_MS_MIN;
        while (true) {
            loop.run(() -> ended.getAsBoolean() || isCutOff(), deadlineMs);
            if (ended.getAsBoolean()) {
                hasEnough = true;
                return ExitCode.OK;
            }
            if (loop.isInterrupted() || loop.nowMs() >= deadlineMs) {
                return loop.isInterrupted() ? ExitCode.INTERRUPTED : ExitCode.TIMED_OUT;
            }
            if (backoffMs == BACKOFF_MS_MIN) {
                options.tell("connection lost (" + why() + "), trying again");
            }
            if (!reconnect(ended, deadlineMs)) {
                loop.run(() -> false, Math.min(deadlineMs, loop.nowMs() + backoffMs));
                backoffMs = Math.min(2 * backoffMs, BACKOFF_MS_MAX);
            } else {
                backoffMs = BACKOFF_MS_MIN;
            }
        }
    }

    private boolean isCutOff() {
        return loop.isDown() || events.missedWake();
    }

    private String why() {
        return loop.isDown() ? String.valueOf(loop.failure().getMessage()) : "no answer to a wake-up";
    }

    private boolean reconnect(BooleanSupplier ended, long deadlineMs) {
        try {
            loop.connect();
        } catch (UserError stillAway) {
            return false;
        }
        subscribe(ended, deadlineMs);
        return !loop.isDown();
    }

    private void subscribe(BooleanSupplier ended, long deadlineMs) {
        events.refused = "";
        for (SnTopic topic : left) {
            ask(topic, topic.unsubscribe(client, loop.nowMs()), deadlineMs);
        }
        for (SnTopic topic : topics) {
            ask(topic, topic.subscribe(client, qos, loop.nowMs()), deadlineMs);
        }
        loop.run(() -> events.isAnswered() || loop.isDown() || ended.getAsBoolean(), deadlineMs);
        if (!events.refused.isEmpty()) {
            throw new UserError(ExitCode.REFUSED, "the gateway refused the subscription to " + events.refused);
        }
        if (sleepS.length > 0 && client.state() == SnClient.ACTIVE) {
            client.sleep(sleepS[Math.min(sleeps, sleepS.length - 1)], loop.nowMs());
        }
    }

    /** One after the other: the outbox has room for a long filter, not for all. */
    private void ask(SnTopic topic, int token, long deadlineMs) {
        if (token < 0) {
            throw new UserError(
                    ExitCode.USAGE,
                    "cannot subscribe to '" + topic.text() + "' over MQTT-SN: "
                            + (token == Status.TOO_LARGE || token == Status.INVALID
                                    ? "a filter has 1..255 octets"
                                    : "status " + token));
        }
        events.asked.put(token, topic.text());
        loop.run(() -> events.isAnswered() || loop.isDown(), deadlineMs);
    }

    /** Clears a retained message: an empty one takes its place. */
    void remove(byte[] topic, int offset, int length) {
        int status = client.publish(topic, offset, length, SnFlags.RETAIN, topic, 0, 0, loop.nowMs());
        if (status < 0) {
            throw new UserError(ExitCode.FAILED, "cannot clear a retained message (status " + status + ")");
        }
    }

    /** Wakes once more for what the gateway has kept, unless enough has come, and disconnects. */
    @Override
    public void close() {
        loop.closing();
        if (!hasEnough && client.wake(loop.nowMs()) >= 0) {
            loop.run(() -> client.state() != SnClient.AWAKE, loop.nowMs() + LAST_WAKE_MS);
        }
        loop.close();
    }

    /** Messages, and answers to subscriptions. */
    private final class Events extends SnEvents {
        private final Map<Integer, String> asked = new HashMap<>();
        private String refused = "";
        private final MqttPublish message = new MqttPublish();
        private byte[] packet = new byte[0];

        boolean isAnswered() {
            return asked.isEmpty() || !refused.isEmpty();
        }

        @Override
        public void onSubscribed(int token, int topicId, int grantedQos, int returnCode, long nowMs) {
            String topic = asked.remove(token);
            if (returnCode != SnReturnCode.ACCEPTED) {
                refused = topic + " (" + name(returnCode) + ")";
            }
        }

        @Override
        public void onUnsubscribed(int token, long nowMs) {
            asked.remove(token);
        }

        @Override
        public void onAsleep(int cause, long nowMs) {
            super.onAsleep(cause, nowMs);
            if (cause == COLLECTED && sleeps + 1 < sleepS.length) {
                sleeps++;
                if (sleepS[sleeps] != sleepS[sleeps - 1]) {
                    client.sleep(sleepS[sleeps], nowMs);
                }
            }
        }

        /** The message takes the shape of MQTT 3.1.1, so that what prints it knows one shape only. */
        @Override
        public void onMessage(
                int flags,
                int topicId,
                byte[] topic,
                int topicOffset,
                int topicLength,
                byte[] data,
                int dataOffset,
                int dataLength,
                long nowMs) {
            byte[] name = topic;
            int nameOffset = topicOffset;
            int nameLength = topicLength;
            if (topicLength == 0) {
                name = String.valueOf(topicId)
                        .getBytes(StandardCharsets.US_ASCII); // known by its id only, as -t has it
                nameOffset = 0;
                nameLength = name.length;
            }
            int room = nameLength + dataLength + 16;
            if (packet.length < room) {
                packet = new byte[room];
            }
            int mqttFlags = MqttPublish.flags(SnFlags.qos(flags), false, (flags & SnFlags.RETAIN) != 0);
            int length = MqttPublish.encode(
                    packet, 0, room, mqttFlags, name, nameOffset, nameLength, 1, data, dataOffset, dataLength);
            if (length > 0 && message.wrap(packet, 0, length, MqttVersion.V3_1_1) == Status.OK) {
                sink.onMessage(packet, message.topicOffset(), message.topicLength(), message);
            }
        }
    }
}
