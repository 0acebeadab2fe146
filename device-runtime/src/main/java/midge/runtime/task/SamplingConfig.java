package midge.runtime.task;

import midge.hal.WallClock;
import midge.runtime.payload.BareNumber;
import midge.runtime.payload.ReadingFormat;
import midge.wire.Ranges;

/** How one sensor is sampled and what of it is published. Immutable; made by {@link Builder}. */
public final class SamplingConfig {
    /** The most values that one sensor may have. */
    public static final int MAX_VALUES = 16;
    /** A deadband that every value exceeds. */
    public static final int REPORT_ALL = -1;

    static final int NO_TOPIC = -1;

    final int periodMs;
    final int jitterMs;
    final int oversampling;
    final int timeoutMs;
    final int maxSilenceMs;
    final int qos;
    final int payloadCapacity;
    final ReadingFormat format;
    /** {@code null} when nobody knows the time. */
    final WallClock wallClock;

    /** The topic that all values share in one message, or {@link #NO_TOPIC} when each has its own. */
    final int commonTopic;

    private final int[] topics = new int[MAX_VALUES];
    private final int[] deadbands = new int[MAX_VALUES];

    private SamplingConfig(Builder options) {
        periodMs = options.periodMs;
        jitterMs = (int) ((long) options.periodMs * options.jitterPercent / 100);
        oversampling = options.oversampling;
        timeoutMs = options.timeoutMs;
        maxSilenceMs = options.maxSilenceMs;
        qos = options.qos;
        payloadCapacity = options.payloadCapacity;
        format = options.format;
        wallClock = options.wallClock;
        commonTopic = options.commonTopic;
        System.arraycopy(options.topics, 0, topics, 0, MAX_VALUES);
        System.arraycopy(options.deadbands, 0, deadbands, 0, MAX_VALUES);
    }

    int topic(int index) {
        return topics[index];
    }

    int deadband(int index) {
        return deadbands[index];
    }

    /** Collects the options. */
    public static final class Builder {
        private int periodMs = 30_000;
        private int jitterPercent = 10;
        private int oversampling = 1;
        private int timeoutMs = 2_000;
        private int maxSilenceMs = 600_000;
        private int qos = 1;
        private int payloadCapacity = 48;
        private WallClock wallClock;
        private ReadingFormat format = new BareNumber();
        private int commonTopic = NO_TOPIC;
        private final int[] topics = new int[MAX_VALUES];
        private final int[] deadbands = new int[MAX_VALUES];

        /** Starts with the defaults and no topic. */
        public Builder() {
            for (int i = 0; i < MAX_VALUES; i++) {
                topics[i] = NO_TOPIC;
                deadbands[i] = REPORT_ALL;
            }
        }

        /** Time between measurements, ms. Default 30_000. Range 0..604_800_000 (a week); 0 measures only on request. */
        public Builder periodMs(int periodMs) {
            this.periodMs = Ranges.check("periodMs", periodMs, 0, 604_800_000);
            return this;
        }

        /** Each measurement starts up to this part of a period late, so that a thousand devices spread out. Default 10, 0..50 %. */
        public Builder jitterPercent(int jitterPercent) {
            this.jitterPercent = Ranges.check("jitterPercent", jitterPercent, 0, 50);
            return this;
        }

        /** Measurements that make one value, their mean. Default 1. Range 1..64. */
        public Builder oversampling(int oversampling) {
            this.oversampling = Ranges.check("oversampling", oversampling, 1, 64);
            return this;
        }

        /** How long after its {@code readyAtMs} a sensor may still say "not yet", ms. Default 2_000. Range 1..3_600_000. */
        public Builder timeoutMs(int timeoutMs) {
            this.timeoutMs = Ranges.check("timeoutMs", timeoutMs, 1, 3_600_000);
            return this;
        }

        /** A value is published after this time though its deadband says no, ms. Default 600_000. 0: never for this reason. */
        public Builder maxSilenceMs(int maxSilenceMs) {
            this.maxSilenceMs = Ranges.check("maxSilenceMs", maxSilenceMs, 0, Integer.MAX_VALUE);
            return this;
        }

        /** Default 1. Range 0..2. */
        public Builder qos(int qos) {
            this.qos = Ranges.check("qos", qos, 0, 2);
            return this;
        }

        /** Room for one payload, octets. Default 48. Range 1..1_024. */
        public Builder payloadCapacity(int payloadCapacity) {
            this.payloadCapacity = Ranges.check("payloadCapacity", payloadCapacity, 1, 1_024);
            return this;
        }

        /** Stamps each measurement, for formats that tell the time. Default none. */
        public Builder wallClock(WallClock wallClock) {
            this.wallClock = wallClock;
            return this;
        }

        /** Default {@link BareNumber} with the usual decimals. Not shared with another task: formats keep a place while they write. */
        public Builder format(ReadingFormat format) {
            this.format = format;
            return this;
        }

        /** Publishes the value {@code index} of the sensor on {@code topic}. Values without a topic are neither reported nor published. */
        public Builder topic(int index, int topic) {
            topics[Ranges.check("index", index, 0, MAX_VALUES - 1)] =
                    Ranges.check("topic", topic, 0, ReadingSink.MAX_TOPICS - 1);
            return this;
        }

        /** Publishes all values in one message, when any of them is to be reported. Needs a format that holds several. */
        public Builder commonTopic(int topic) {
            commonTopic = Ranges.check("topic", topic, 0, ReadingSink.MAX_TOPICS - 1);
            return this;
        }

        /**
         * Publishes the value {@code index} only when it differs from the one published last by more than {@code deadband}, in the unit
         * of its quantity; 0 means on every change. Default {@link #REPORT_ALL}.
         */
        public Builder deadband(int index, int deadband) {
            deadbands[Ranges.check("index", index, 0, MAX_VALUES - 1)] =
                    Ranges.check("deadband", deadband, REPORT_ALL, Integer.MAX_VALUE);
            return this;
        }

        /** @return the configuration; the builder may go on and make others */
        public SamplingConfig build() {
            return new SamplingConfig(this);
        }
    }
}
