package midge.mqttsn.client;

import midge.mqttsn.codec.SnFlags;
import midge.topic.TopicName;
import midge.topic.Utf8;
import midge.wire.Ascii;
import midge.wire.Ranges;
import midge.wire.Status;

/** Everything about an {@link SnClient} that is fixed at construction. Immutable; several clients may share one. */
public final class SnClientConfig {
    private static final int CLIENT_ID_MAX = 23;
    private static final int LONG_CLIENT_ID_MAX = 255;
    private static final int NAME_MAX = 255;
    private static final int TOPICS_MAX = 255;
    /** Header of CONNECT in its long form, more than that of any other frame with a configured field. */
    private static final int FRAME_OVERHEAD = 8;

    private final byte[] clientId;
    private final int connectFlags;
    private final int keepAliveS;
    private final int retryMs;
    private final int retries;
    private final int waitMs;
    private final int frameOctetsMax;
    private final int outboxOctets;
    private final int topics;
    private final int topicOctets;
    private final int inboundIds;
    private final int replies;
    private final int willFlags;
    private final byte[] willTopic;
    private final byte[] willMessage;
    private final int willTopicOctets;
    private final int willMessageOctets;
    private final int[] predefinedIds;
    private final byte[][] predefinedNames;
    private final boolean fullNames;

    private SnClientConfig(Builder b) {
        clientId = b.clientId;
        connectFlags = (b.cleanSession ? SnFlags.CLEAN_SESSION : 0) | (b.will ? SnFlags.WILL : 0);
        keepAliveS = b.keepAliveS;
        retryMs = b.retryMs;
        retries = b.retries;
        waitMs = b.waitMs;
        frameOctetsMax = b.frameOctetsMax;
        outboxOctets = b.outboxOctets;
        topics = b.topics;
        topicOctets = b.topicOctets;
        inboundIds = b.inboundIds;
        replies = b.replies;
        willFlags = b.willFlags;
        willTopic = b.willTopic;
        willMessage = b.willMessage;
        willTopicOctets = b.willTopicOctets > willTopic.length ? b.willTopicOctets : willTopic.length;
        willMessageOctets = b.willMessageOctets > willMessage.length ? b.willMessageOctets : willMessage.length;
        predefinedIds = b.predefinedIds;
        predefinedNames = b.predefinedNames;
        fullNames = b.fullNames;
    }

    /** @param clientId 1..23 characters of printable ASCII, unique at the broker (§5.3.1) */
    public static Builder builder(String clientId) {
        return new Builder(Ascii.bytes("clientId", clientId));
    }

    /** @param clientId 1..23 octets of UTF-8, unique at the broker (§5.3.1); kept, not copied */
    public static Builder builder(byte[] clientId) {
        return new Builder(clientId);
    }

    byte[] clientId() {
        return clientId;
    }

    int connectFlags() {
        return connectFlags;
    }

    int keepAliveS() {
        return keepAliveS;
    }

    /** @return T_retry, ms */
    public int retryMs() {
        return retryMs;
    }

    /** @return N_retry */
    public int retries() {
        return retries;
    }

    /** @return T_wait, ms */
    public int waitMs() {
        return waitMs;
    }

    /** @return the longest frame that the client writes; offer {@code pollTransmit} this much room */
    public int frameOctetsMax() {
        return frameOctetsMax;
    }

    int outboxOctets() {
        return outboxOctets;
    }

    int inboundIds() {
        return inboundIds;
    }

    int replies() {
        return replies;
    }

    int willFlags() {
        return willFlags;
    }

    byte[] willTopic() {
        return willTopic;
    }

    byte[] willMessage() {
        return willMessage;
    }

    int willTopicOctets() {
        return willTopicOctets;
    }

    int willMessageOctets() {
        return willMessageOctets;
    }

    int predefinedCount() {
        return predefinedIds.length;
    }

    int predefinedId(int index) {
        return predefinedIds[index];
    }

    byte[] predefinedName(int index) {
        return predefinedNames[index];
    }

    boolean fullNames() {
        return fullNames;
    }

    int topicEntries() {
        return topics + predefinedIds.length;
    }

    int topicPoolOctets() {
        int octets = topicOctets;
        for (int i = 0; i < predefinedNames.length; i++) {
            octets += predefinedNames[i].length;
        }
        return octets;
    }

    /**
     * How long before a period ends the client acts, so that resends still fall into it: T_retry, or a quarter of the period if that is
     * less.
     */
    long earlyMs(int periodS) {
        long quarter = periodS * 250L;
        return retryMs < quarter ? retryMs : quarter;
    }

    /** @return octets that one client with this configuration takes; see {@link SnClientMemoryConfig} for where they go */
    public int memoryOctets() {
        return new SnClientMemoryConfig(this).totalOctets();
    }

    /** Collects the options; each has a default. {@link #build} may be called once. */
    public static final class Builder {
        private final byte[] clientId;
        private boolean longClientId;
        private boolean cleanSession = true;
        private int keepAliveS = 60;
        private int retryMs = 10_000;
        private int retries = 3;
        private int waitMs = 301_000;
        private int frameOctetsMax = 255;
        private int outboxOctets = 256;
        private int topics = 8;
        private int topicOctets = 80;
        private int inboundIds = 4;
        private int replies = 4;
        private boolean will;
        private int willFlags;
        private byte[] willTopic = new byte[0];
        private byte[] willMessage = new byte[0];
        private int willTopicOctets;
        private int willMessageOctets;
        private int[] predefinedIds = new int[0];
        private byte[][] predefinedNames = new byte[0][];
        private boolean fullNames;

        private Builder(byte[] clientId) {
            this.clientId = clientId;
        }

        /** Lets a ClientId have 1..255 octets, for gateways that take more than the 23 of §5.3.1. */
        public Builder longClientId() {
            longClientId = true;
            return this;
        }

        /**
         * Whether {@code connect(nowMs)} asks the gateway to forget subscriptions and will of earlier connections (§6.3). Default true.
         */
        public Builder cleanSession(boolean cleanSession) {
            this.cleanSession = cleanSession;
            return this;
        }

        /** Keep alive of §6.11, s. Default 60. Range 1..65535. */
        public Builder keepAliveS(int keepAliveS) {
            this.keepAliveS = Ranges.check("keepAliveS", keepAliveS, 1, 0xFFFF);
            return this;
        }

        /** Keep alive 0: no pings, and a gateway that is gone is noticed only by an exchange without answer. */
        public Builder noKeepAlive() {
            keepAliveS = 0;
            return this;
        }

        /** T_retry: wait for an expected answer, ms. Default 10_000 (§7.2 suggests 10..15 s). Range 100..60_000. */
        public Builder retryMs(int retryMs) {
            this.retryMs = Ranges.check("retryMs", retryMs, 100, 60_000);
            return this;
        }

        /** N_retry: resends before the gateway counts as lost. Default 3 (§7.2 suggests 3..5). Range 0..20. */
        public Builder retries(int retries) {
            this.retries = Ranges.check("retries", retries, 0, 20);
            return this;
        }

        /** T_wait: pause after "rejected: congestion", ms. Default 301_000 (§7.2: above 5 min). Range 100..3_600_000. */
        public Builder waitMs(int waitMs) {
            this.waitMs = Ranges.check("waitMs", waitMs, 100, 3_600_000);
            return this;
        }

        /** The longest frame that the link carries, octets. Default 255; §7.4 has 60 for ZigBee. Range 32..65535. */
        public Builder frameOctetsMax(int frameOctetsMax) {
            this.frameOctetsMax = Ranges.check("frameOctetsMax", frameOctetsMax, 32, 0xFFFF);
            return this;
        }

        /**
         * Room for what waits to be sent or acknowledged; each message takes 10 octets more than its payload, subscriptions 10 more than
         * their filter. Default 256. Range 32..65535.
         */
        public Builder outboxOctets(int outboxOctets) {
            this.outboxOctets = Ranges.check("outboxOctets", outboxOctets, 32, 0xFFFF);
            return this;
        }

        /**
         * Topic names known at a time besides the pre-defined ones: those published to, subscribed to and registered by the gateway; short
         * names need none. Default 8. Range 0..200.
         */
        public Builder topics(int topics) {
            this.topics = Ranges.check("topics", topics, 0, 200);
            return this;
        }

        /** Octets that all those names share. Default 80. Range 0..65000. */
        public Builder topicOctets(int topicOctets) {
            this.topicOctets = Ranges.check("topicOctets", topicOctets, 0, 65_000);
            return this;
        }

        /** Inbound QoS 2 messages remembered, from PUBREC to T_retry after PUBREL. Default 4. Range 1..64. */
        public Builder inboundIds(int inboundIds) {
            this.inboundIds = Ranges.check("inboundIds", inboundIds, 1, 64);
            return this;
        }

        /** Answers that may wait for the link; a frame that would need one more is dropped. Default 4. Range 1..64. */
        public Builder replies(int replies) {
            this.replies = Ranges.check("replies", replies, 1, 64);
            return this;
        }

        /**
         * The will that {@code connect(nowMs)} sets (§6.2). Default none.
         *
         * @param topic printable ASCII, no wildcards; empty asks the gateway to delete a stored will
         * @param message kept, not copied
         * @param flags QoS 0..2 and {@link SnFlags#RETAIN}
         */
        public Builder will(String topic, byte[] message, int flags) {
            return will(Ascii.bytes("will topic", topic), message, flags);
        }

        /** As {@link #will(String, byte[], int)}, the topic in UTF-8; kept, not copied. */
        public Builder will(byte[] topic, byte[] message, int flags) {
            will = true;
            willTopic = topic;
            if (willTopic.length > 0) {
                checkName("will topic", willTopic);
            }
            willMessage = message;
            willFlags = flags & (SnFlags.QOS_MASK | SnFlags.RETAIN);
            Ranges.check("will QoS", SnFlags.qos(flags), 0, 2);
            return this;
        }

        /** Room for longer wills by {@code updateWillTopic} and {@code updateWillMessage}. Default: the will's own lengths. */
        public Builder willRoom(int topicOctets, int messageOctets) {
            willTopicOctets = Ranges.check("will topicOctets", topicOctets, 0, NAME_MAX);
            willMessageOctets = Ranges.check("will messageOctets", messageOctets, 0, 0xFFF0);
            return this;
        }

        /**
         * Adds a pre-defined topic (§6.7): publishing and subscribing by this name uses the id, and messages with the id get the name.
         *
         * @param id 1..0xFFFE
         */
        public Builder predefined(int id, String name) {
            return predefined(id, Ascii.bytes("predefined name", name));
        }

        /** As {@link #predefined(int, String)}, the name in UTF-8; kept, not copied. */
        public Builder predefined(int id, byte[] name) {
            Ranges.check("predefined id", id, 1, 0xFFFE);
            checkName("predefined name", name);
            int n = predefinedIds.length;
            int[] ids = new int[n + 1];
            byte[][] names = new byte[n + 1][];
            System.arraycopy(predefinedIds, 0, ids, 0, n);
            System.arraycopy(predefinedNames, 0, names, 0, n);
            ids[n] = id;
            names[n] = name;
            predefinedIds = ids;
            predefinedNames = names;
            return this;
        }

        /** Lets QoS -1 carry a full topic name, an extension that not every gateway reads. Default off. */
        public Builder fullNames() {
            fullNames = true;
            return this;
        }

        /** @throws IllegalArgumentException when options do not fit together, for example a ClientId longer than a frame may be */
        public SnClientConfig build() {
            Ranges.check("clientId length", clientId.length, 1, longClientId ? LONG_CLIENT_ID_MAX : CLIENT_ID_MAX);
            if (Utf8.check(clientId, 0, clientId.length) != Status.OK) {
                throw new IllegalArgumentException("clientId is not UTF-8 without U+0000");
            }
            Ranges.check("topics with predefined", topics + predefinedIds.length, 0, TOPICS_MAX);
            Ranges.check("clientId length in a frame", clientId.length, 1, frameOctetsMax - FRAME_OVERHEAD);
            Ranges.check("will topic length in a frame", willTopic.length, 0, frameOctetsMax - FRAME_OVERHEAD);
            Ranges.check("will message length in a frame", willMessage.length, 0, frameOctetsMax - FRAME_OVERHEAD);
            return new SnClientConfig(this);
        }

        private static void checkName(String what, byte[] name) {
            Ranges.check(what, name.length, 1, NAME_MAX);
            if (TopicName.check(name, 0, name.length) != Status.OK) {
                StringBuffer message = new StringBuffer();
                throw new IllegalArgumentException(
                        message.append(what).append(" must not have wildcards").toString());
            }
        }
    }
}
