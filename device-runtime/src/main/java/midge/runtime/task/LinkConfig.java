package midge.runtime.task;

import midge.topic.TopicFilter;
import midge.wire.Ascii;
import midge.wire.Ranges;
import midge.wire.Status;

/** How a {@link LinkTask} or {@link MqttLinkTask} keeps its connection, and what it subscribes to. Immutable; made by {@link Builder}. */
public final class LinkConfig {
    /** The most subscriptions of one device. */
    public static final int MAX_SUBSCRIPTIONS = 16;

    final int backoffMinMs;
    final int backoffMaxMs;
    final int startSpreadMs;
    final int openTimeoutMs;
    final int framesPerTurn;
    /** Empty when availability is not published. */
    final byte[] availabilityTopic;

    final byte[] online;
    final byte[] offline;
    final byte[][] filters;
    final int[] qos;

    private LinkConfig(Builder options) {
        backoffMinMs = options.backoffMinMs;
        backoffMaxMs = options.backoffMaxMs;
        startSpreadMs = options.startSpreadMs;
        openTimeoutMs = options.openTimeoutMs;
        framesPerTurn = options.framesPerTurn;
        availabilityTopic = options.availabilityTopic;
        online = options.online;
        offline = options.offline;
        filters = new byte[options.count][];
        qos = new int[options.count];
        System.arraycopy(options.filters, 0, filters, 0, options.count);
        System.arraycopy(options.qos, 0, qos, 0, options.count);
    }

    /** Collects the options; each has a default. */
    public static final class Builder {
        private static final byte[] NOTHING = {};

        private int backoffMinMs = 1_000;
        private int backoffMaxMs = 60_000;
        private int startSpreadMs = 1_000;
        private int openTimeoutMs = 30_000;
        private int framesPerTurn = 8;
        private byte[] availabilityTopic = NOTHING;
        private byte[] online = NOTHING;
        private byte[] offline = NOTHING;
        private final byte[][] filters = new byte[MAX_SUBSCRIPTIONS][];
        private final int[] qos = new int[MAX_SUBSCRIPTIONS];
        private int count;

        /** Waits between attempts to connect, ms; the first, doubled each time up to the longest. Default 1_000, 60_000. */
        public Builder backoff(int minMs, int maxMs) {
            backoffMinMs = Ranges.check("backoffMinMs", minMs, 1, 3_600_000);
            backoffMaxMs = Ranges.check("backoffMaxMs", maxMs, minMs, 3_600_000);
            return this;
        }

        /** The first attempt comes at a random moment within this time, ms, so that a thousand devices spread. Default 1_000. */
        public Builder startSpreadMs(int startSpreadMs) {
            this.startSpreadMs = Ranges.check("startSpreadMs", startSpreadMs, 0, 3_600_000);
            return this;
        }

        /** How long a stream may take to open before that is given up, ms; MQTT only. Default 30_000. Range 100..600_000. */
        public Builder openTimeoutMs(int openTimeoutMs) {
            this.openTimeoutMs = Ranges.check("openTimeoutMs", openTimeoutMs, 100, 600_000);
            return this;
        }

        /** Frames taken from the link, and given to it, in one turn at most; other tasks run in between. Default 8. Range 1..256. */
        public Builder framesPerTurn(int framesPerTurn) {
            this.framesPerTurn = Ranges.check("framesPerTurn", framesPerTurn, 1, 256);
            return this;
        }

        /**
         * Publishes {@code online} on this topic after each connect, {@code offline} before an orderly end, both retained, QoS 1. For the
         * disorderly end give the client's configuration a will with the same topic and {@code offline}. Default: nothing.
         */
        public Builder availability(String topic, byte[] online, byte[] offline) {
            availabilityTopic = Ascii.bytes("availability topic", topic);
            this.online = online;
            this.offline = offline;
            return this;
        }

        /**
         * Subscribes after each connect that does not resume an older one. The first subscription has number 0, the next 1: {@link
         * LinkTask#deliverTo} says who takes its messages.
         *
         * @param filter printable ASCII, wildcards allowed
         */
        public Builder subscribe(String filter, int qos) {
            return subscribe(Ascii.bytes("filter", filter), qos);
        }

        /** As {@link #subscribe(String, int)}, the filter in UTF-8; kept, not copied. */
        public Builder subscribe(byte[] filter, int qos) {
            Ranges.check("subscriptions", count + 1, 1, MAX_SUBSCRIPTIONS);
            if (TopicFilter.checkPlain(filter, 0, filter.length) != Status.OK) {
                throw new IllegalArgumentException("not a topic filter");
            }
            filters[count] = filter;
            this.qos[count] = Ranges.check("qos", qos, 0, 2);
            count++;
            return this;
        }

        /** @return the configuration as it is now */
        public LinkConfig build() {
            return new LinkConfig(this);
        }
    }
}
