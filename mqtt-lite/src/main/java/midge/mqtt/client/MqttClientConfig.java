package midge.mqtt.client;

import midge.mqtt.codec.MqttConnectWriter;
import midge.mqtt.codec.MqttProperties;
import midge.mqtt.codec.MqttPropertiesWriter;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.MqttVersion;
import midge.mqtt.codec.Property;
import midge.topic.TopicName;
import midge.topic.Utf8;
import midge.wire.Ranges;
import midge.wire.Status;

/**
 * What an {@link MqttClient} is and how much memory it has. Immutable; made by {@link Builder}, which judges everything once.
 *
 * <p>Memory of one client: {@link #bufferBytes}, mostly {@code packetSizeMax}, {@code window} times {@code slotBytes}, and
 * {@code sendBytes}.
 */
public final class MqttClientConfig {
    /** {@link Builder#sessionExpiryS}: never. */
    public static final long NEVER_EXPIRES = 0xFFFFFFFFL;

    final int version;
    final boolean clean;
    final int keepAliveS;
    final long sessionExpiryS;
    final int receiveMax;
    final int packetSizeMax;
    final int window;
    final int slotBytes;
    final int sendBytes;
    final int requestsMax;
    final int topicAliasMax;
    final int topicAliasesOut;
    final int aliasTopicBytes;
    final int connectTimeoutMs;
    final int pingTimeoutMs;
    final boolean republish;
    final boolean adoptSession;
    final boolean requestProblemInformation;
    final byte[] authenticationMethod;

    private final byte[] clientId;
    private final byte[] userName;
    private final byte[] password;
    private final byte[] willTopic;
    private final byte[] willPayload;
    private final byte[] willProperties;
    private final int willQos;
    private final boolean willRetain;
    private final byte[] properties;

    MqttClientConfig(Builder b) {
        version = b.version;
        clean = b.clean;
        keepAliveS = b.keepAliveS;
        sessionExpiryS = b.sessionExpiryS;
        receiveMax = b.receiveMax;
        packetSizeMax = b.packetSizeMax;
        window = b.window;
        slotBytes = b.slotBytes;
        requestsMax = b.requestsMax;
        topicAliasMax = b.topicAliasMax;
        topicAliasesOut = b.topicAliasesOut;
        aliasTopicBytes = b.aliasTopicBytes;
        connectTimeoutMs = b.connectTimeoutMs;
        pingTimeoutMs = b.pingTimeoutMs;
        republish = b.republish;
        adoptSession = b.adoptSession;
        requestProblemInformation = b.requestProblemInformation;
        authenticationMethod = b.authenticationMethod;
        clientId = b.clientId;
        userName = b.userName;
        password = b.password;
        willTopic = b.willTopic;
        willPayload = b.willPayload;
        willProperties = b.willProperties;
        willQos = b.willQos;
        willRetain = b.willRetain;
        properties = b.connectProperties();
        sendBytes = b.sendBytes > connectBytes() ? b.sendBytes : connectBytes();
    }

    /** @return whether the server can find this client's session again */
    boolean mayResume() {
        return version == MqttVersion.V5 || clientId.length > 0;
    }

    /** Sets {@code writer} to this client's CONNECT. */
    void describe(MqttConnectWriter writer, boolean cleanStart) {
        writer.reset(version, cleanStart, keepAliveS);
        writer.properties(properties, 0, properties.length).clientId(clientId, 0, clientId.length);
        if (willTopic != null) {
            writer.will(willTopic, 0, willTopic.length, willQos, willRetain);
            writer.willPayload(willPayload, 0, willPayload.length);
            writer.willProperties(willProperties, 0, willProperties.length);
        }
        if (userName != null) {
            writer.userName(userName, 0, userName.length);
        }
        if (password != null) {
            writer.password(password, 0, password.length);
        }
    }

    /** An upper bound of this client's CONNECT, octets. */
    private int connectBytes() {
        int octets = 48 + clientId.length + properties.length + length(userName) + length(password);
        return octets + length(willTopic) + length(willPayload) + length(willProperties);
    }

    private static int length(byte[] array) {
        return array == null ? 0 : array.length;
    }

    /** @return octets in the arrays of a client of this configuration, exactly; about a thousand more go to its objects */
    public int bufferBytes() {
        int scratch = topicAliasesOut > 0 ? 2 * (slotBytes + 16) : MessageSender.BEGINNING;
        return packetSizeMax
                + window * (slotBytes + 4)
                + TransmitQueue.bufferBytes(sendBytes, window)
                + 4 * receiveMax
                + 16 * requestsMax
                + AliasTable.bufferBytes(topicAliasMax, aliasTopicBytes)
                + AliasTable.bufferBytes(topicAliasesOut, aliasTopicBytes)
                + scratch;
    }

    /** @return the protocol level, of {@link MqttVersion} */
    public int version() {
        return version;
    }

    /** Collects and judges the options. Arrays are copied. */
    public static final class Builder {
        private static final byte[] NOTHING = new byte[0];

        private int version = MqttVersion.V3_1_1;
        private boolean clean = true;
        private int keepAliveS = 60;
        private long sessionExpiryS;
        private int receiveMax = 16;
        private int packetSizeMax = 1_024;
        private int window = 4;
        private int slotBytes = 256;
        private int sendBytes = 512;
        private int requestsMax = 4;
        private int topicAliasMax;
        private int topicAliasesOut;
        private int aliasTopicBytes = 64;
        private int connectTimeoutMs = 10_000;
        private int pingTimeoutMs = 10_000;
        private boolean republish;
        private boolean adoptSession;
        private boolean requestProblemInformation = true;
        private boolean requestResponseInformation;
        private byte[] authenticationMethod;
        private byte[] authenticationData;
        private byte[] userProperties = NOTHING;
        private byte[] clientId = NOTHING;
        private byte[] userName;
        private byte[] password;
        private byte[] willTopic;
        private byte[] willPayload = NOTHING;
        private byte[] willProperties = NOTHING;
        private int willQos;
        private boolean willRetain;

        /** A {@link MqttVersion}. Default 3.1.1. */
        public Builder version(int level) {
            version = Ranges.check("version", level, MqttVersion.V3_1, MqttVersion.V5);
            return this;
        }

        /** Client identifier, UTF-8. Default empty: the server makes one up (3.1.1: only with a clean session; 3.1: never). */
        public Builder clientId(byte[] id) {
            clientId = copy(id);
            return this;
        }

        /** Clean session (3.x), clean start (5.0). Default true. */
        public Builder clean(boolean cleanSession) {
            clean = cleanSession;
            return this;
        }

        /** Keep alive, s. Default 60, range 0..65_535, 0 is off; a 5.0 server may choose another (§3.1.2.10). */
        public Builder keepAliveS(int seconds) {
            keepAliveS = Ranges.check("keepAliveS", seconds, 0, 65_535);
            return this;
        }

        /** User name, UTF-8. Default none. */
        public Builder userName(byte[] name) {
            userName = copy(name);
            return this;
        }

        /** Password, any octets. Default none; before 5.0 only beside a user name. */
        public Builder password(byte[] secret) {
            password = copy(secret);
            return this;
        }

        /** Will (§3.1.2.5). Default none. @param qos 0..2 */
        public Builder will(byte[] topic, byte[] payload, int qos, boolean retain) {
            willTopic = copy(topic);
            willPayload = copy(payload);
            willQos = Ranges.check("will QoS", qos, 0, 2);
            willRetain = retain;
            return this;
        }

        /** The will's properties, bare, see {@link MqttPropertiesWriter}; 5.0. Default none. */
        public Builder willProperties(byte[] bare) {
            willProperties = copy(bare);
            return this;
        }

        /** Session expiry interval, s; 5.0 (§3.1.2.11.2). Default 0: the session ends with the connection. 0..{@link #NEVER_EXPIRES}. */
        public Builder sessionExpiryS(long seconds) {
            if (seconds < 0 || seconds > NEVER_EXPIRES) {
                throw new IllegalArgumentException("sessionExpiryS must be 0..4294967295");
            }
            sessionExpiryS = seconds;
            return this;
        }

        /**
         * Inbound QoS 2 messages that may be unfinished at once; 5.0 announces it as Receive Maximum (§3.1.2.11.3). Default 16, range
         * 1..65_535. A server that sends more (before 5.0 it cannot know; Mosquitto does after a resume) is borne with as long as the
         * identifiers can be kept: so many runs of consecutive ones.
         */
        public Builder receiveMax(int messages) {
            receiveMax = Ranges.check("receiveMax", messages, 1, 65_535);
            return this;
        }

        /** The largest packet to receive, octets; a buffer of this size is held, and 5.0 announces it. Default 1_024, from 64. */
        public Builder packetSizeMax(int octets) {
            packetSizeMax = Ranges.check("packetSizeMax", octets, 64, 268_435_460);
            return this;
        }

        /** Outbound QoS 1/2 messages that may be unfinished at once. Default 4, range 1..32_767. */
        public Builder window(int messages) {
            window = Ranges.check("window", messages, 1, 32_767);
            return this;
        }

        /**
         * Room for each of them, octets of the encoded PUBLISH: payload + topic + 9 in 3.x, properties and 4 more in 5.0. Default 256,
         * from 16. A larger message is published with {@link MqttClient#publishPulled}, which keeps all but the payload here.
         */
        public Builder slotBytes(int octets) {
            slotBytes = Ranges.check("slotBytes", octets, 16, 1 << 28);
            return this;
        }

        /** Room for what waits to be sent beside those: QoS 0 messages, subscriptions, acknowledgements; octets. Default 512, from 128. */
        public Builder sendBytes(int octets) {
            sendBytes = Ranges.check("sendBytes", octets, 128, 1 << 28);
            return this;
        }

        /** SUBSCRIBE and UNSUBSCRIBE that may be unanswered at once. Default 4, range 1..1_000. */
        public Builder requestsMax(int requests) {
            requestsMax = Ranges.check("requestsMax", requests, 1, 1_000);
            return this;
        }

        /** Topic aliases that the server may use; 5.0 (§3.1.2.11.5). Default 0, range 0..65_535. */
        public Builder topicAliasMax(int aliases) {
            topicAliasMax = Ranges.check("topicAliasMax", aliases, 0, 65_535);
            return this;
        }

        /** Topics for which this client uses aliases, first come, as far as the server allows; 5.0. Default 0, range 0..65_535. */
        public Builder topicAliasesOut(int aliases) {
            topicAliasesOut = Ranges.check("topicAliasesOut", aliases, 0, 65_535);
            return this;
        }

        /**
         * Room for each aliased topic, octets. Default 64, range 1..65_535. A longer topic is published without alias; when the server
         * sets an alias for a longer one, the connection is ended with reason 0x83.
         */
        public Builder aliasTopicBytes(int octets) {
            aliasTopicBytes = Ranges.check("aliasTopicBytes", octets, 1, 65_535);
            return this;
        }

        /** Wait for CONNACK, or for the next AUTH before it, ms. Default 10_000, range 100..600_000. */
        public Builder connectTimeoutMs(int ms) {
            connectTimeoutMs = Ranges.check("connectTimeoutMs", ms, 100, 600_000);
            return this;
        }

        /** Wait for PINGRESP, or anything else, after PINGREQ, ms. Default 10_000, range 100..600_000. */
        public Builder pingTimeoutMs(int ms) {
            pingTimeoutMs = Ranges.check("pingTimeoutMs", ms, 100, 600_000);
            return this;
        }

        /**
         * What becomes of a message that was sent but not acknowledged when the server has lost the session. Default false: it is
         * reported with {@link midge.mqtt.codec.MqttError#SESSION_LOST}. True: it is published anew, so that it arrives at least once
         * but, even at QoS 2, perhaps twice.
         */
        public Builder republish(boolean anew) {
            republish = anew;
            return this;
        }

        /**
         * Whether to go on with a session of the server of which this client knows nothing (after a restart without
         * {@link SessionStore}). Default false, as §3.2.2-4 wants it. When true, QoS 2 may deliver a message of the old session twice.
         */
        public Builder adoptSession(boolean adopt) {
            adoptSession = adopt;
            return this;
        }

        /** Whether acknowledgements may carry a reason string and user properties; 5.0 (§3.1.2.11.7). Default true. */
        public Builder requestProblemInformation(boolean wanted) {
            requestProblemInformation = wanted;
            return this;
        }

        /** Whether CONNACK shall carry response information; 5.0 (§3.1.2.11.6). Default false. */
        public Builder requestResponseInformation(boolean wanted) {
            requestResponseInformation = wanted;
            return this;
        }

        /** Enhanced authentication; 5.0 (§4.12). Default none. @param data the first data, may be {@code null} */
        public Builder authentication(byte[] method, byte[] data) {
            authenticationMethod = copy(method);
            authenticationData = data == null ? null : copy(data);
            return this;
        }

        /** User properties of CONNECT, bare, see {@link MqttPropertiesWriter#putUser}; 5.0. Default none. */
        public Builder userProperties(byte[] bare) {
            userProperties = copy(bare);
            return this;
        }

        /** @throws IllegalArgumentException when options do not go together */
        public MqttClientConfig build() {
            require(Utf8.check(clientId, 0, clientId.length) == Status.OK, "clientId is not UTF-8");
            require(clientId.length > 0 || version != MqttVersion.V3_1, "clientId is empty, 3.1 needs one");
            require(
                    clientId.length > 0 || clean || version == MqttVersion.V5,
                    "clientId is empty, 3.1.1 allows that only with a clean session");
            require(userName == null || Utf8.check(userName, 0, userName.length) == Status.OK, "userName is not UTF-8");
            require(
                    password == null || userName != null || version == MqttVersion.V5,
                    "password without userName needs version 5");
            requireFields();
            if (willTopic != null) {
                require(TopicName.check(willTopic, 0, willTopic.length) == Status.OK, "will topic is not a topic name");
                requireGood(willProperties, Property.WILL, "willProperties are not allowed in a will");
            }
            boolean v5Only = sessionExpiryS != 0
                    || topicAliasMax != 0
                    || topicAliasesOut != 0
                    || authenticationMethod != null
                    || userProperties.length != 0
                    || willProperties.length != 0
                    || requestResponseInformation
                    || !requestProblemInformation;
            require(version == MqttVersion.V5 || !v5Only, "an option needs version 5");
            require(window + requestsMax <= 65_535, "window and requestsMax exceed the packet identifiers");
            MqttClientConfig config = new MqttClientConfig(this);
            requireGood(config.properties, MqttType.CONNECT, "userProperties or authentication not allowed in CONNECT");
            return config;
        }

        private void requireFields() {
            require(isField(clientId), "clientId is longer than 65535");
            require(isField(userName), "userName is longer than 65535");
            require(isField(password), "password is longer than 65535");
            require(isField(willTopic) && isField(willPayload), "will is longer than 65535");
        }

        private static boolean isField(byte[] field) {
            return field == null || field.length <= 65_535;
        }

        private static void requireGood(byte[] bare, int packet, String why) {
            require(new MqttProperties().wrapBare(bare, 0, bare.length, packet) == Status.OK, why);
        }

        private static void require(boolean met, String why) {
            if (!met) {
                throw new IllegalArgumentException(why);
            }
        }

        private static byte[] copy(byte[] from) {
            byte[] to = new byte[from.length];
            System.arraycopy(from, 0, to, 0, from.length);
            return to;
        }

        private byte[] connectProperties() {
            if (version < MqttVersion.V5) {
                return NOTHING;
            }
            int room = 48 + length(authenticationMethod) + length(authenticationData) + userProperties.length;
            MqttPropertiesWriter w = new MqttPropertiesWriter().reset(new byte[room], 0, room);
            if (sessionExpiryS != 0) {
                w.put(Property.SESSION_EXPIRY_INTERVAL, sessionExpiryS);
            }
            w.put(Property.RECEIVE_MAXIMUM, receiveMax).put(Property.MAXIMUM_PACKET_SIZE, packetSizeMax);
            if (topicAliasMax > 0) {
                w.put(Property.TOPIC_ALIAS_MAXIMUM, topicAliasMax);
            }
            if (requestResponseInformation) {
                w.put(Property.REQUEST_RESPONSE_INFORMATION, 1);
            }
            if (!requestProblemInformation) {
                w.put(Property.REQUEST_PROBLEM_INFORMATION, 0);
            }
            if (authenticationMethod != null) {
                w.put(Property.AUTHENTICATION_METHOD, authenticationMethod, 0, authenticationMethod.length);
            }
            if (authenticationData != null) {
                w.put(Property.AUTHENTICATION_DATA, authenticationData, 0, authenticationData.length);
            }
            byte[] all = new byte[w.length() + userProperties.length];
            System.arraycopy(w.buffer(), 0, all, 0, w.length());
            System.arraycopy(userProperties, 0, all, w.length(), userProperties.length);
            return all;
        }
    }
}
