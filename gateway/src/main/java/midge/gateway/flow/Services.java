package midge.gateway.flow;

import midge.gateway.config.GatewayConfig;
import midge.gateway.port.GatewayCounters;
import midge.gateway.port.GatewayPorts;
import midge.gateway.port.PacketObserver;
import midge.gateway.store.StateStore;
import midge.gateway.table.Allotment;
import midge.gateway.table.BlockPool;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttConnack;
import midge.mqtt.codec.MqttConnectWriter;
import midge.mqtt.codec.MqttDisconnect;
import midge.mqtt.codec.MqttProperties;
import midge.mqtt.codec.MqttPropertiesWriter;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttSuback;
import midge.mqtt.codec.MqttUnsuback;
import midge.mqtt.codec.Property;
import midge.mqttsn.codec.SnAck;
import midge.mqttsn.codec.SnConnect;
import midge.mqttsn.codec.SnDisconnect;
import midge.mqttsn.codec.SnPing;
import midge.mqttsn.codec.SnPuback;
import midge.mqttsn.codec.SnPublish;
import midge.mqttsn.codec.SnRegack;
import midge.mqttsn.codec.SnRegister;
import midge.mqttsn.codec.SnSubscribe;
import midge.mqttsn.codec.SnWillMsg;
import midge.mqttsn.codec.SnWillTopic;
import midge.wire.Prng;
import org.jspecify.annotations.Nullable;

/**
 * What all sessions of one core share: ports, counters, memory, timers, and arrays and views that are in use only within one call. A
 * session therefore owns next to nothing while its client is quiet.
 */
public final class Services {
    /** A CONNECT may hold a client id, a user name and a password beside the will. */
    private static final int CONNECT_ROOM = 600;

    final GatewayConfig config;
    /** What was configured last: of it count pre-defined topics, logins and access alone. */
    private GatewayConfig latest;

    final GatewayPorts ports;
    final GatewayCounters counters;
    final BlockPool pool;
    final Timers timers;
    final Prng random;
    final Downlink downlink;
    final SessionRecords records;

    /** One MQTT packet on its way out. */
    final byte[] packetOut;
    /** One MQTT packet put together from pieces. */
    final byte[] packetIn;
    /** One topic name or filter taken out of the pool. */
    final byte[] topic;

    private final byte[] connectProperties = new byte[32];

    /** One payload taken out of the pool. */
    final byte[] payload;

    final MqttConnectWriter connectWriter = new MqttConnectWriter();
    final MqttConnack connack = new MqttConnack();
    final MqttPublish publish = new MqttPublish();
    final MqttAck ack = new MqttAck();
    final MqttSuback suback = new MqttSuback();
    final MqttUnsuback unsuback = new MqttUnsuback();
    final MqttDisconnect disconnect = new MqttDisconnect();
    final MqttPropertiesWriter propertiesWriter = new MqttPropertiesWriter();
    final BrokerChoice brokers;
    final Admission admission;
    final Allotment topicMemory;

    final SnConnect snConnect = new SnConnect();
    final SnWillTopic snWillTopic = new SnWillTopic();
    final SnWillMsg snWillMsg = new SnWillMsg();
    final SnRegister snRegister = new SnRegister();
    final SnRegack snRegack = new SnRegack();
    final SnPublish snPublish;
    final SnPuback snPuback = new SnPuback();
    final SnAck snAck = new SnAck();
    final SnSubscribe snSubscribe = new SnSubscribe();
    final SnPing snPing = new SnPing();
    final SnDisconnect snDisconnect = new SnDisconnect();
    final TopicRef topicRef;

    /** The first topic id that a client is given. */
    private int firstTopicId = 1;

    PacketObserver observer = PacketObserver.NONE;
    private @Nullable Concentrator shared;
    private long unreachableUntilMs = Long.MIN_VALUE;

    /**
     * @param links broker connections, those of the sessions and the one for QoS -1
     * @param store what keeps the sessions; null: nothing does
     */
    public Services(
            GatewayConfig config,
            GatewayPorts ports,
            GatewayCounters counters,
            int links,
            long seed,
            @Nullable StateStore store) {
        this.config = config;
        latest = config;
        this.ports = ports;
        this.counters = counters;
        pool = new BlockPool(config.poolOctets());
        timers = new Timers(links);
        random = new Prng(seed);
        brokers = new BrokerChoice(this);
        admission = new Admission(this, config.access());
        topicMemory = new Allotment(config.topicsOctets());
        downlink = new Downlink(this);
        packetOut = new byte[config.maxPacket() + CONNECT_ROOM];
        packetIn = new byte[config.maxPacket()];
        topic = new byte[config.maxTopic()];
        payload = new byte[config.maxPacket()];
        snPublish = new SnPublish(config.unconnectedNames());
        topicRef = new TopicRef();
        records = new SessionRecords(store, topic, payload);
    }

    /** Sets where the topic ids of sessions made from now on begin. */
    public void firstTopicId(int id) {
        firstTopicId = id;
    }

    int firstTopicId() {
        return firstTopicId;
    }

    /** Takes pre-defined topics, logins and access rules of this configuration from now on, and nothing else. */
    public void adopt(GatewayConfig newer) {
        latest = newer;
        admission.adopt(newer.access());
    }

    /** @return the configuration to ask for pre-defined topics and logins */
    GatewayConfig latest() {
        return latest;
    }

    /** Lets all sessions, of which there are none yet, use one broker connection. */
    public void share(Concentrator shared) {
        this.shared = shared;
    }

    /** @return a new session's way to the broker */
    Upstream upstream(int index, LinkOwner owner) {
        return shared == null ? new BrokerLink(this, index, owner) : new SharedLink(this, shared, index, owner);
    }

    /** Sets the observer. */
    public void observe(PacketObserver observer) {
        this.observer = observer;
    }

    /** Tells whose state the store keeps. */
    public void keep(SessionTable sessions) {
        records.attend(sessions);
    }

    /** A call of the core ends. */
    public void settle() {
        records.settle();
    }

    /** Puts into the store what changed. */
    public void commit(long nowMs) {
        records.commit(nowMs);
    }

    /** @return the deadlines of all sessions */
    public Timers timers() {
        return timers;
    }

    /** @return the memory for everything that waits */
    public BlockPool pool() {
        return pool;
    }

    /** A broker answered. */
    void onBrokerReached() {
        unreachableUntilMs = Long.MIN_VALUE;
    }

    /** A broker could not be reached. */
    void onBrokerUnreached(long nowMs) {
        unreachableUntilMs = nowMs + config.backoffMsMax();
    }

    /** @return whether clients should be invited: no attempt to reach the broker failed lately (§6.1) */
    public boolean isBrokerReachable(long nowMs) {
        return nowMs >= unreachableUntilMs;
    }

    /** Tells the observer why the broker refused something. */
    void refusal(int session, int packetType, int reason, MqttProperties properties, long nowMs) {
        boolean told = properties.find(Property.REASON_STRING);
        observer.onBrokerRefusal(
                session,
                packetType,
                reason,
                properties.buffer(),
                told ? properties.valueOffset() : 0,
                told ? properties.valueLength() : 0,
                nowMs);
    }

    /** @return properties of a CONNECT to be filled in; they stay valid until the next call */
    MqttPropertiesWriter connectProperties() {
        return propertiesWriter.reset(connectProperties, 0, connectProperties.length);
    }

    /** Counts something that was dropped or refused. */
    void drop(int session, int counter, long nowMs) {
        counters.add(counter);
        observer.onDropped(session, counter, nowMs);
    }

    void count(int counter) {
        counters.add(counter);
    }
}
