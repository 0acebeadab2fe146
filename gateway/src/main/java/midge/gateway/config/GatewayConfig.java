package midge.gateway.config;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import midge.gateway.port.Peer;

/**
 * What a gateway is told once. Immutable; may be shared by several cores. Units, defaults and ranges of the options are told in
 * {@link GatewayConfigBuilder}.
 */
public final class GatewayConfig {
    /** What a PUBLISH of MQTT 5.0 may carry beside topic and payload. */
    private static final int PROPERTIES_ROOM = 1_024;

    private final int gatewayId;
    private final int mqttVersion;
    private final int maxSessions;
    private final int maxClientId;
    private final int maxDatagram;
    private final int maxTopic;
    private final int topicsPerClient;
    private final int queueMessages;
    private final int queueOctets;
    private final int outgoingOctets;
    private final int poolMiB;
    private final int upstreamWindow;
    private final int retryMs;
    private final int retryLimit;
    private final int waitMs;
    private final int idleLimitS;
    private final int strangerMs;
    private final int lateCopyMs;
    private final int advertiseS;
    private final boolean aggregating;
    private final Durability durability;
    private final int storeBatchMs;
    private final int brokers;
    private final int sessionExpiryS;
    private final int brokerKeepAliveS;
    private final int brokerTimeoutMs;
    private final int backoffMsMin;
    private final int backoffMsMax;
    private final boolean unconnectedPublish;
    private final boolean unconnectedNames;
    private final boolean anyForwarder;
    private final byte[] unconnectedClientId;
    private final byte[] statusTopic;
    private final Login login;
    private final Logins logins;
    private final AccessRules access;
    private final int topicsMiB;
    private final ClientBinding binding;
    private final int[] broadcastListeners;
    private final Peer[] forwarders;
    private final PredefinedTopics predefined;
    private final Map<String, PredefinedTopics> predefinedByClient = new HashMap<>();

    GatewayConfig(GatewayConfigBuilder builder) {
        gatewayId = builder.gatewayId;
        mqttVersion = builder.mqttVersion;
        maxSessions = builder.maxSessions;
        maxClientId = builder.maxClientId;
        maxDatagram = builder.maxDatagram;
        maxTopic = builder.maxTopic;
        topicsPerClient = builder.topicsPerClient;
        queueMessages = builder.queueMessages;
        queueOctets = builder.queueOctets;
        outgoingOctets = builder.outgoingOctets;
        poolMiB = builder.poolMiB;
        upstreamWindow = builder.upstreamWindow;
        retryMs = builder.retryMs;
        retryLimit = builder.retryLimit;
        waitMs = builder.waitMs;
        idleLimitS = builder.idleLimitS;
        strangerMs = builder.strangerMs;
        lateCopyMs = builder.lateCopyMs;
        advertiseS = builder.advertiseS;
        aggregating = builder.aggregating;
        durability = builder.durability;
        storeBatchMs = builder.storeBatchMs;
        brokers = builder.brokers;
        sessionExpiryS = builder.sessionExpiryS;
        brokerKeepAliveS = builder.brokerKeepAliveS;
        brokerTimeoutMs = builder.brokerTimeoutMs;
        backoffMsMin = builder.backoffMsMin;
        backoffMsMax = builder.backoffMsMax;
        unconnectedPublish = builder.unconnectedPublish;
        unconnectedNames = builder.unconnectedNames;
        anyForwarder = builder.anyForwarder;
        String id = builder.unconnectedClientId;
        unconnectedClientId = (id.isEmpty() ? "midge-gateway-" + gatewayId : id).getBytes(StandardCharsets.UTF_8);
        statusTopic = builder.statusTopic.getBytes(StandardCharsets.UTF_8);
        login = new Login(builder.userName, builder.password);
        logins = builder.logins;
        access = new AccessRules(
                builder.allowed,
                builder.topicRules,
                builder.clientRate,
                builder.clientBurst,
                builder.addressRate,
                builder.addressBurst);
        topicsMiB = builder.topicsMiB;
        binding = builder.binding;
        broadcastListeners =
                builder.broadcastListeners.stream().mapToInt(Integer::intValue).toArray();
        forwarders = builder.forwarders.toArray(new Peer[0]);
        predefined = PredefinedTopics.global(builder.predefined);
        builder.predefinedByClient.forEach(
                (client, topics) -> predefinedByClient.put(client, PredefinedTopics.client(topics, predefined)));
    }

    /** @return a builder with every option at its default */
    public static GatewayConfigBuilder builder() {
        return new GatewayConfigBuilder();
    }

    /** @return GwId */
    public int gatewayId() {
        return gatewayId;
    }

    /** @return MQTT protocol level */
    public int mqttVersion() {
        return mqttVersion;
    }

    /** @return clients known at one time */
    public int maxSessions() {
        return maxSessions;
    }

    /** @return longest ClientId, octets */
    public int maxClientId() {
        return maxClientId;
    }

    /** @return largest MQTT-SN message, octets */
    public int maxDatagram() {
        return maxDatagram;
    }

    /** @return longest topic name or filter, octets */
    public int maxTopic() {
        return maxTopic;
    }

    /** @return topic ids, and subscriptions, of one client */
    public int topicsPerClient() {
        return topicsPerClient;
    }

    /** @return messages kept for one client */
    public int queueMessages() {
        return queueMessages;
    }

    /** @return octets kept for one client */
    public int queueOctets() {
        return queueOctets;
    }

    /** @return octets that wait for one broker connection */
    public int outgoingOctets() {
        return outgoingOctets;
    }

    /** @return all queues and buffers together, MiB */
    public int poolMiB() {
        return poolMiB;
    }

    /** @return open QoS 1 and 2 exchanges from one client */
    public int upstreamWindow() {
        return upstreamWindow;
    }

    /** @return T_retry, ms */
    public int retryMs() {
        return retryMs;
    }

    /** @return N_retry */
    public int retryLimit() {
        return retryLimit;
    }

    /** @return T_WAIT, ms */
    public int waitMs() {
        return waitMs;
    }

    /** @return longest silence with keep alive 0, s */
    public int idleLimitS() {
        return idleLimitS;
    }

    /** @return shortest time between two DISCONNECTs to one stranger, ms */
    public int strangerMs() {
        return strangerMs;
    }

    /** @return how long a copy of CONNECT counts as repeated, ms */
    public int lateCopyMs() {
        return lateCopyMs;
    }

    /** @return T_ADV, s; 0: none */
    public int advertiseS() {
        return advertiseS;
    }

    /** @return MQTT keep alive, s */
    public int brokerKeepAliveS() {
        return brokerKeepAliveS;
    }

    /** @return longest wait for CONNACK and PINGRESP, ms */
    public int brokerTimeoutMs() {
        return brokerTimeoutMs;
    }

    /** @return first pause before the broker is tried again, ms */
    public int backoffMsMin() {
        return backoffMsMin;
    }

    /** @return longest such pause, ms */
    public int backoffMsMax() {
        return backoffMsMax;
    }

    /** @return whether QoS -1 is served */
    public boolean unconnectedPublish() {
        return unconnectedPublish;
    }

    /** @return whether QoS -1 may carry a topic name */
    public boolean unconnectedNames() {
        return unconnectedNames;
    }

    /** @return whether all forwarders are served */
    public boolean anyForwarder() {
        return anyForwarder;
    }

    /** @return the MQTT client id for QoS -1, not to be written to */
    public byte[] unconnectedClientId() {
        return unconnectedClientId;
    }

    /** @return where the gateway tells how it is, empty: nowhere; not to be written to */
    public byte[] statusTopic() {
        return statusTopic;
    }

    /** @return how this client logs in at the broker; both parts may be empty */
    public Login login(byte[] clientId) {
        Login own = logins.find(clientId);
        return own == null ? login : own;
    }

    /** @return who is served, and what clients may do */
    public AccessRules access() {
        return access;
    }

    /** @return which client ids a link's identity may use */
    public ClientBinding binding() {
        return binding;
    }

    /** @return brokers to choose from, at least 1 */
    public int brokers() {
        return brokers;
    }

    /** @return whether all clients share one broker connection */
    public boolean aggregating() {
        return aggregating;
    }

    /** @return when what is kept on disk is safe from a power cut */
    public Durability durability() {
        return durability;
    }

    /** @return with {@link Durability#BATCH}, how long records may wait, ms */
    public int storeBatchMs() {
        return storeBatchMs;
    }

    /** @return Session Expiry Interval, s */
    public int sessionExpiryS() {
        return sessionExpiryS;
    }

    /** @return listeners that can send to everyone, not to be written to */
    public int[] broadcastListeners() {
        return broadcastListeners;
    }

    /** @return the pre-defined topics for all clients */
    public PredefinedTopics predefined() {
        return predefined;
    }

    /** @return the pre-defined topics that hold for one client; makes a string, so ask once per session */
    public PredefinedTopics predefined(byte[] clientId) {
        if (predefinedByClient.isEmpty()) {
            return predefined;
        }
        return predefinedByClient.getOrDefault(new String(clientId, StandardCharsets.UTF_8), predefined);
    }

    /** @return whether envelopes from this address are served (A29) */
    public boolean isForwarder(Peer peer) {
        for (int i = 0; i < forwarders.length; i++) {
            if (forwarders[i].sameAddress(peer)) {
                return true;
            }
        }
        return anyForwarder;
    }

    /** @return the largest MQTT packet that is taken from a broker whole: a PUBLISH of the longest topic and the largest datagram */
    public int maxPacket() {
        return 16 + maxTopic + maxDatagram + (mqttVersion < 5 ? 0 : PROPERTIES_ROOM);
    }

    /** @return octets that all clients' topic ids and subscriptions can come to */
    public long topicsOctets() {
        return (long) topicsMiB << 20;
    }

    /** @return octets that all queues and buffers can come to, the sessions' own tables not counted */
    public long poolOctets() {
        return (long) poolMiB << 20;
    }
}
