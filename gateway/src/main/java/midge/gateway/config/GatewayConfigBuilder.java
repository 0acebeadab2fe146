package midge.gateway.config;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import midge.gateway.port.Peer;
import midge.topic.TopicName;
import midge.wire.Ranges;

/**
 * Collects the options of a {@link GatewayConfig}. Every setter judges its value at once.
 *
 * <p>All throw {@link IllegalArgumentException} for a value outside the stated range, naming option, value and range.
 */
public final class GatewayConfigBuilder {
    int gatewayId = 1;
    int mqttVersion = 4;
    int maxSessions = 10_000;
    int maxClientId = 64;
    int maxDatagram = 1_400;
    int maxTopic = 256;
    int topicsPerClient = 256;
    int queueMessages = 1_000;
    int queueOctets = 256 * 1024;
    int outgoingOctets = 16 * 1024;
    int poolMiB = 64;
    int upstreamWindow = 1;
    int retryMs = 10_000;
    int retryLimit = 3;
    int waitMs = 301_000;
    int idleLimitS = 86_400;
    int strangerMs = 10_000;
    int lateCopyMs = 1_000;
    int advertiseS = 900;
    int brokers = 1;
    int sessionExpiryS = 604_800;
    int brokerKeepAliveS = 60;
    int brokerTimeoutMs = 10_000;
    int backoffMsMin = 500;
    int backoffMsMax = 60_000;
    boolean unconnectedPublish = true;
    boolean unconnectedNames;
    boolean anyForwarder;
    String unconnectedClientId = "";
    String statusTopic = "";
    byte[] userName = {};
    byte[] password = {};
    boolean aggregating;
    Durability durability = Durability.ALWAYS;
    int storeBatchMs = 100;
    Logins logins = Logins.NONE;
    AllowList allowed = AllowList.EVERYBODY;
    TopicRules topicRules = TopicRules.NONE;
    int clientRate;
    int clientBurst = 50;
    int addressRate;
    int addressBurst = 500;
    int topicsMiB = 32;
    ClientBinding binding = ClientBinding.EQUAL;
    final TreeSet<Integer> broadcastListeners = new TreeSet<>();
    final List<Peer> forwarders = new ArrayList<>();
    final Map<Integer, String> predefined = new HashMap<>();
    final Map<String, Map<Integer, String>> predefinedByClient = new HashMap<>();

    GatewayConfigBuilder() {}

    /** GwId in ADVERTISE and GWINFO. Default 1. Range 0..255 (§5.3.6). */
    public GatewayConfigBuilder gatewayId(int gatewayId) {
        this.gatewayId = Ranges.check("gatewayId", gatewayId, 0, 255);
        return this;
    }

    /** MQTT protocol level towards the broker: 4 (3.1.1, the default) or 5 (5.0). */
    public GatewayConfigBuilder mqttVersion(int mqttVersion) {
        this.mqttVersion = Ranges.check("mqttVersion", mqttVersion, 4, 5);
        return this;
    }

    /** Clients known at one time, connected or remembered. Default 10_000. Range 1..1_000_000. */
    public GatewayConfigBuilder maxSessions(int maxSessions) {
        this.maxSessions = Ranges.check("maxSessions", maxSessions, 1, 1_000_000);
        return this;
    }

    /** Longest ClientId, octets; longer ones get CONNACK 3. Default 64 (A7). Range 23..256. */
    public GatewayConfigBuilder maxClientId(int maxClientId) {
        this.maxClientId = Ranges.check("maxClientId", maxClientId, 23, 256);
        return this;
    }

    /** Largest MQTT-SN message in either direction, octets. Default 1_400. Range 60..32_000. */
    public GatewayConfigBuilder maxDatagram(int maxDatagram) {
        this.maxDatagram = Ranges.check("maxDatagram", maxDatagram, 60, 32_000);
        return this;
    }

    /** Longest topic name or filter, octets. Default 256. Range 23..8_192. */
    public GatewayConfigBuilder maxTopic(int maxTopic) {
        this.maxTopic = Ranges.check("maxTopic", maxTopic, 23, 8_192);
        return this;
    }

    /** Registered topic ids, and apart from them subscriptions, of one client. Default 256. Range 1..65_534. */
    public GatewayConfigBuilder topicsPerClient(int topicsPerClient) {
        this.topicsPerClient = Ranges.check("topicsPerClient", topicsPerClient, 1, 65_534);
        return this;
    }

    /** The names of all clients' topic ids and subscriptions together, MiB; more meets "congestion". Default 32. Range 1..1_024. */
    public GatewayConfigBuilder topicsMiB(int topicsMiB) {
        this.topicsMiB = Ranges.check("topicsMiB", topicsMiB, 1, 1_024);
        return this;
    }

    /** Messages kept for one client. Default 1_000 (A38). Range 1..100_000. */
    public GatewayConfigBuilder queueMessages(int queueMessages) {
        this.queueMessages = Ranges.check("queueMessages", queueMessages, 1, 100_000);
        return this;
    }

    /** Octets of topics and payloads kept for one client. Default 262_144 (A38). Range 1_024..16_777_216. */
    public GatewayConfigBuilder queueOctets(int queueOctets) {
        this.queueOctets = Ranges.check("queueOctets", queueOctets, 1_024, 16_777_216);
        return this;
    }

    /** Octets that wait for a slow broker connection, per client; then PUBLISH meets "congestion". Default 16_384. Range 1_024..1_048_576. */
    public GatewayConfigBuilder outgoingOctets(int outgoingOctets) {
        this.outgoingOctets = Ranges.check("outgoingOctets", outgoingOctets, 1_024, 1_048_576);
        return this;
    }

    /** All clients' queues and buffers together, MiB; taken as needed, never given back. Default 64. Range 1..1_024. */
    public GatewayConfigBuilder poolMiB(int poolMiB) {
        this.poolMiB = Ranges.check("poolMiB", poolMiB, 1, 1_024);
        return this;
    }

    /** Open QoS 1 and 2 exchanges from one client; one more meets "congestion". Default 1 (§6.6). Range 1..8. */
    public GatewayConfigBuilder upstreamWindow(int upstreamWindow) {
        this.upstreamWindow = Ranges.check("upstreamWindow", upstreamWindow, 1, 8);
        return this;
    }

    /** T_retry: how long an answer of a client is awaited, ms. Default 10_000 (§7.2: 10 to 15 s). Range 100..60_000. */
    public GatewayConfigBuilder retryMs(int retryMs) {
        this.retryMs = Ranges.check("retryMs", retryMs, 100, 60_000);
        return this;
    }

    /** N_retry: how often a message is sent again before the client counts as lost. Default 3 (§7.2: 3 to 5). Range 0..20. */
    public GatewayConfigBuilder retryLimit(int retryLimit) {
        this.retryLimit = Ranges.check("retryLimit", retryLimit, 0, 20);
        return this;
    }

    /** T_WAIT: pause after a client answered "congestion", ms. Default 301_000 (§7.2: more than 5 min). Range 100..3_600_000. */
    public GatewayConfigBuilder waitMs(int waitMs) {
        this.waitMs = Ranges.check("waitMs", waitMs, 100, 3_600_000);
        return this;
    }

    /** Longest silence of a client with keep alive 0, s. Default 86_400 (A24). Range 1..604_800. */
    public GatewayConfigBuilder idleLimitS(int idleLimitS) {
        this.idleLimitS = Ranges.check("idleLimitS", idleLimitS, 1, 604_800);
        return this;
    }

    /** Shortest time between two DISCONNECTs to one unknown address, ms. Default 10_000 (A33). Range 0..3_600_000. */
    public GatewayConfigBuilder strangerMs(int strangerMs) {
        this.strangerMs = Ranges.check("strangerMs", strangerMs, 0, 3_600_000);
        return this;
    }

    /**
     * How long a copy of CONNECT counts as repeated even when other messages came in between, ms; 0: not at all. Default 1_000, range
     * 0..60_000. See A8: a client that really starts again within this time keeps its topic ids and subscriptions.
     */
    public GatewayConfigBuilder lateCopyMs(int lateCopyMs) {
        this.lateCopyMs = Ranges.check("lateCopyMs", lateCopyMs, 0, 60_000);
        return this;
    }

    /** T_ADV, s; 0 sends no ADVERTISE. Default 900 (§7.2: more than 15 min). Range 0..65_535. Needs {@link #broadcastListener}. */
    public GatewayConfigBuilder advertiseS(int advertiseS) {
        this.advertiseS = Ranges.check("advertiseS", advertiseS, 0, 65_535);
        return this;
    }

    /**
     * A listener that can send to everyone: it gets ADVERTISE, and GWINFO goes to everyone there (§6.1). On other listeners GWINFO goes
     * to whoever asked. Default none. Range 0..65_535, several allowed.
     */
    public GatewayConfigBuilder broadcastListener(int listener) {
        broadcastListeners.add(Ranges.check("broadcastListener", listener, 0, 65_535));
        return this;
    }

    /** Keep alive of each MQTT connection, s; the gateway pings by itself. Default 60. Range 5..65_535. */
    public GatewayConfigBuilder brokerKeepAliveS(int brokerKeepAliveS) {
        this.brokerKeepAliveS = Ranges.check("brokerKeepAliveS", brokerKeepAliveS, 5, 65_535);
        return this;
    }

    /** How long CONNACK and PINGRESP of the broker are awaited, ms, connecting included. Default 10_000. Range 100..120_000. */
    public GatewayConfigBuilder brokerTimeoutMs(int brokerTimeoutMs) {
        this.brokerTimeoutMs = Ranges.check("brokerTimeoutMs", brokerTimeoutMs, 100, 120_000);
        return this;
    }

    /**
     * Pause before the broker is tried again, ms: doubles from {@code min} (range 10..60_000, default 500) to {@code max} (range
     * min..3_600_000, default 60_000), with up to half of it taken off at random.
     */
    public GatewayConfigBuilder backoffMs(int min, int max) {
        backoffMsMin = Ranges.check("backoffMsMin", min, 10, 60_000);
        backoffMsMax = Ranges.check("backoffMsMax", max, min, 3_600_000);
        return this;
    }

    /** How many brokers there are to choose from; when one does not answer the next is tried. Default 1. Range 1..16. */
    public GatewayConfigBuilder brokers(int brokers) {
        this.brokers = Ranges.check("brokers", brokers, 1, 16);
        return this;
    }

    /**
     * MQTT 5.0: how long the broker keeps the session of a client whose connection is gone, s; a client with CleanSession leaves none
     * when it says goodbye. Default 604_800 (a week). Range 60..2_147_483_647.
     */
    public GatewayConfigBuilder sessionExpiryS(int sessionExpiryS) {
        this.sessionExpiryS = Ranges.check("sessionExpiryS", sessionExpiryS, 60, Integer.MAX_VALUE);
        return this;
    }

    /**
     * Whether all clients share one broker connection (MQTT-SN 1.2 §4.2), of which the gateway keeps wills, subscriptions and sessions.
     * Default false: each has its own. Needs MQTT 5.0, whose subscription identifiers tell which filter a message came by.
     */
    public GatewayConfigBuilder aggregating(boolean aggregating) {
        this.aggregating = aggregating;
        return this;
    }

    /** Who logs in how; goes before {@link #userName} where it names a client. Default none. */
    public GatewayConfigBuilder logins(Logins logins) {
        this.logins = logins;
        return this;
    }

    /** Who is served. Default everybody. */
    public GatewayConfigBuilder allowed(AllowList allowed) {
        this.allowed = allowed;
        return this;
    }

    /** What clients may publish and read. Default everything. */
    public GatewayConfigBuilder topicRules(TopicRules topicRules) {
        this.topicRules = topicRules;
        return this;
    }

    /**
     * PUBLISH, REGISTER and SUBSCRIBE of one client in a second; more meet "congestion", at QoS 0 they are dropped. Default 0: any
     * number. Range 0..1_000_000.
     */
    public GatewayConfigBuilder clientRate(int perSecond) {
        clientRate = Ranges.check("clientRate", perSecond, 0, 1_000_000);
        return this;
    }

    /** How many of them may come at once. Default 50. Range 1..1_000_000. */
    public GatewayConfigBuilder clientBurst(int messages) {
        clientBurst = Ranges.check("clientBurst", messages, 1, 1_000_000);
        return this;
    }

    /** Datagrams of one address in a second, whatever its ports; more are dropped. Default 0: any number. Range 0..1_000_000. */
    public GatewayConfigBuilder addressRate(int perSecond) {
        addressRate = Ranges.check("addressRate", perSecond, 0, 1_000_000);
        return this;
    }

    /** How many of them may come at once. Default 500. Range 1..1_000_000. */
    public GatewayConfigBuilder addressBurst(int datagrams) {
        addressBurst = Ranges.check("addressBurst", datagrams, 1, 1_000_000);
        return this;
    }

    /** Which client ids a link's identity may use. Default {@link ClientBinding#EQUAL}. */
    public GatewayConfigBuilder binding(ClientBinding binding) {
        this.binding = binding;
        return this;
    }

    /** Whether PUBLISH at QoS -1 is served, by one broker connection of the gateway's own (§6.8). Default true. */
    public GatewayConfigBuilder unconnectedPublish(boolean served) {
        unconnectedPublish = served;
        return this;
    }

    /** Whether QoS -1 may carry the topic name itself, a common extension (A30). Default false. */
    public GatewayConfigBuilder unconnectedNames(boolean served) {
        unconnectedNames = served;
        return this;
    }

    /** MQTT client id of the connection for QoS -1. Default {@code midge-gateway-<gatewayId>}. 1..64 octets. */
    public GatewayConfigBuilder unconnectedClientId(String clientId) {
        Ranges.check("octets of unconnectedClientId", utf8(clientId).length, 1, 64);
        unconnectedClientId = clientId;
        return this;
    }

    /**
     * Where the gateway tells how it is: on this topic {@code online} and {@code offline}, retained, the latter as its will too; hosts add
     * figures below it. Empty, the default: nowhere. At most 200 octets, without wildcards.
     */
    public GatewayConfigBuilder statusTopic(String topic) {
        byte[] octets = utf8(topic);
        Ranges.check("octets of statusTopic", octets.length, 0, 200);
        if (octets.length > 0 && TopicName.check(octets, 0, octets.length) < 0) {
            throw new IllegalArgumentException("must be a topic name, without + and #");
        }
        statusTopic = topic;
        return this;
    }

    /** A forwarder that is served, by address; its node id is ignored. Default none (A29). */
    public GatewayConfigBuilder forwarder(Peer address) {
        forwarders.add(new Peer().set(address));
        return this;
    }

    /** Whether envelopes from any address are served. Default false (A29). */
    public GatewayConfigBuilder anyForwarder(boolean served) {
        anyForwarder = served;
        return this;
    }

    /** User name for every broker connection; empty: none. Default none. At most 128 octets. */
    public GatewayConfigBuilder userName(String userName) {
        this.userName = utf8(userName);
        Ranges.check("octets of userName", this.userName.length, 0, 128);
        return this;
    }

    /** Password for every broker connection, only with a user name; empty: none. Default none. At most 128 octets; copied. */
    public GatewayConfigBuilder password(byte[] password) {
        Ranges.check("octets of password", password.length, 0, 128);
        this.password = password.clone();
        return this;
    }

    /** When what is kept on disk is safe from a power cut. Default {@link Durability#ALWAYS}. */
    public GatewayConfigBuilder durability(Durability durability) {
        this.durability = durability;
        return this;
    }

    /** With {@link Durability#BATCH}, how much a power cut may take, ms. Default 100. Range 1..60_000. */
    public GatewayConfigBuilder storeBatchMs(int storeBatchMs) {
        this.storeBatchMs = Ranges.check("storeBatchMs", storeBatchMs, 1, 60_000);
        return this;
    }

    /** A pre-defined topic id for all clients (§6.7). Range 1..65_534; names as in MQTT, 1..{@link #maxTopic} octets, no wildcards. */
    public GatewayConfigBuilder predefined(int id, String name) {
        predefined.put(Ranges.check("predefined topic id", id, 1, 0xFFFE), checkName(name));
        return this;
    }

    /** A pre-defined topic id for one client; goes before one for all with the same id. Ranges as for {@link #predefined(int, String)}. */
    public GatewayConfigBuilder predefined(String clientId, int id, String name) {
        predefinedByClient
                .computeIfAbsent(clientId, key -> new HashMap<>())
                .put(Ranges.check("predefined topic id", id, 1, 0xFFFE), checkName(name));
        return this;
    }

    /**
     * @return the configuration
     * @throws IllegalArgumentException when options do not fit together
     */
    public GatewayConfig build() {
        if (password.length > 0 && userName.length == 0) {
            throw new IllegalArgumentException("password without userName, MQTT 3.1.1 forbids it");
        }
        if (aggregating && mqttVersion < 5) {
            throw new IllegalArgumentException("one connection for all clients needs mqttVersion 5");
        }
        checkLengths(predefined);
        predefinedByClient.values().forEach(this::checkLengths);
        return new GatewayConfig(this);
    }

    private void checkLengths(Map<Integer, String> topics) {
        for (String name : topics.values()) {
            Ranges.check("octets of the pre-defined topic " + name, utf8(name).length, 1, maxTopic);
        }
    }

    private static String checkName(String name) {
        if (name.isEmpty() || name.indexOf('+') >= 0 || name.indexOf('#') >= 0 || name.indexOf(0) >= 0) {
            throw new IllegalArgumentException("pre-defined topic \"" + name + "\" is no topic name");
        }
        return name;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
