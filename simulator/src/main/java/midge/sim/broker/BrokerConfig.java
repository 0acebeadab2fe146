package midge.sim.broker;

import midge.wire.Ranges;

/** A broker's options, checked when they are set. Each one that is named {@code …Max} bounds memory. */
public final class BrokerConfig {
    private final int connectionsMax;
    private final int sessionsMax;
    private final int packetOctetsMax;
    private final int queueMessagesMax;
    private final int queueOctetsMax;
    private final long queueOctetsTotalMax;
    private final int inflightMax;
    private final int receiveMaximum;
    private final int topicAliasMaximum;
    private final int subscriptionsMax;
    private final int retainedMax;
    private final int connectMs;
    private final int sysMs;
    private final Authenticator authenticator;

    private BrokerConfig(Builder b) {
        connectionsMax = b.connectionsMax;
        sessionsMax = b.sessionsMax;
        packetOctetsMax = b.packetOctetsMax;
        queueMessagesMax = b.queueMessagesMax;
        queueOctetsMax = b.queueOctetsMax;
        queueOctetsTotalMax = b.queueOctetsTotalMax;
        inflightMax = b.inflightMax;
        receiveMaximum = b.receiveMaximum;
        topicAliasMaximum = b.topicAliasMaximum;
        subscriptionsMax = b.subscriptionsMax;
        retainedMax = b.retainedMax;
        connectMs = b.connectMs;
        sysMs = b.sysMs;
        authenticator = b.authenticator;
    }

    /** {@return the defaults, for a broker that serves simulations and loopback} */
    public static BrokerConfig defaults() {
        return new Builder().build();
    }

    /** {@return a builder that holds the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    int connectionsMax() {
        return connectionsMax;
    }

    int sessionsMax() {
        return sessionsMax;
    }

    int packetOctetsMax() {
        return packetOctetsMax;
    }

    int queueMessagesMax() {
        return queueMessagesMax;
    }

    int queueOctetsMax() {
        return queueOctetsMax;
    }

    long queueOctetsTotalMax() {
        return queueOctetsTotalMax;
    }

    int inflightMax() {
        return inflightMax;
    }

    int receiveMaximum() {
        return receiveMaximum;
    }

    int topicAliasMaximum() {
        return topicAliasMaximum;
    }

    int subscriptionsMax() {
        return subscriptionsMax;
    }

    int retainedMax() {
        return retainedMax;
    }

    int connectMs() {
        return connectMs;
    }

    int sysMs() {
        return sysMs;
    }

    Authenticator authenticator() {
        return authenticator;
    }

    /** Collects the options. */
    public static final class Builder {
        private int connectionsMax = 20_000;
        private int sessionsMax = 50_000;
        private int packetOctetsMax = 16 << 20;
        private int queueMessagesMax = 20_000;
        private int queueOctetsMax = 32 << 20;
        private long queueOctetsTotalMax = 256L << 20;
        private int inflightMax = 100;
        private int receiveMaximum = 1_000;
        private int topicAliasMaximum = 16;
        private int subscriptionsMax = 1_000;
        private int retainedMax = 100_000;
        private int connectMs = 10_000;
        private int sysMs = 10_000;
        private Authenticator authenticator = Authenticator.EVERYONE;

        private Builder() {}

        /** Connections at a time; one more is closed at once. Default 20_000. Range 1..1_000_000. */
        public Builder connectionsMax(int count) {
            connectionsMax = Ranges.check("connectionsMax", count, 1, 1_000_000);
            return this;
        }

        /** Sessions, connected or kept; for one more the one that is away the longest ends. Default 50_000. Range 1..1_000_000. */
        public Builder sessionsMax(int count) {
            sessionsMax = Ranges.check("sessionsMax", count, 1, 1_000_000);
            return this;
        }

        /** Largest packet taken, header included, octets; told to 5.0 clients. Default 16 MiB. Range 256..268_435_460. */
        public Builder packetOctetsMax(int octets) {
            packetOctetsMax = Ranges.check("packetOctetsMax", octets, 256, 268_435_460);
            return this;
        }

        /** Messages that wait for one session; one more is dropped. Default 20_000. Range 1..1_000_000. */
        public Builder queueMessagesMax(int count) {
            queueMessagesMax = Ranges.check("queueMessagesMax", count, 1, 1_000_000);
            return this;
        }

        /** Octets of the messages that wait for one session. Default 32 MiB. Range 1_024..1_073_741_824. */
        public Builder queueOctetsMax(int octets) {
            queueOctetsMax = Ranges.check("queueOctetsMax", octets, 1_024, 1 << 30);
            return this;
        }

        /** QoS 1 and 2 messages on the way to one client, unless it asks for fewer. Default 100. Range 1..65_535. */
        public Builder inflightMax(int count) {
            inflightMax = Ranges.check("inflightMax", count, 1, 65_535);
            return this;
        }

        /** QoS 2 messages that a 5.0 client may have open (Receive Maximum, MQTT 5.0 §3.2.2.3.3). Default 1_000. Range 1..65_535. */
        public Builder receiveMaximum(int count) {
            receiveMaximum = Ranges.check("receiveMaximum", count, 1, 65_535);
            return this;
        }

        /** Topic aliases that a 5.0 client may set (MQTT 5.0 §3.2.2.3.8). Default 16. Range 0..65_535. */
        public Builder topicAliasMaximum(int count) {
            topicAliasMaximum = Ranges.check("topicAliasMaximum", count, 0, 65_535);
            return this;
        }

        /** Subscriptions of one session. Default 1_000. Range 1..1_000_000. */
        public Builder subscriptionsMax(int count) {
            subscriptionsMax = Ranges.check("subscriptionsMax", count, 1, 1_000_000);
            return this;
        }

        /** Retained messages; one more is delivered but not kept. Default 100_000. Range 0..10_000_000. */
        public Builder retainedMax(int count) {
            retainedMax = Ranges.check("retainedMax", count, 0, 10_000_000);
            return this;
        }

        /** How long a new connection may take to send CONNECT, ms. Default 10_000. Range 100..600_000. */
        public Builder connectMs(int ms) {
            connectMs = Ranges.check("connectMs", ms, 100, 600_000);
            return this;
        }

        /** Time between two $SYS updates, ms. Default 10_000. Range 100..3_600_000. */
        public Builder sysMs(int ms) {
            sysMs = Ranges.check("sysMs", ms, 100, 3_600_000);
            return this;
        }

        /** Who may connect. Default everyone. */
        public Builder authenticator(Authenticator judge) {
            authenticator = judge;
            return this;
        }

        /** {@return the options as they stand} */
        public BrokerConfig build() {
            return new BrokerConfig(this);
        }
    }
}
