package midge.gateway.flow;

import midge.gateway.config.GatewayConfig;
import midge.gateway.port.GatewayCounters;
import midge.gateway.port.Peer;
import midge.gateway.table.MessageQueue;
import midge.mqtt.codec.MqttConnectWriter;
import midge.mqtt.codec.MqttPublish;
import midge.mqttsn.codec.SnPublish;
import midge.topic.TopicName;

/**
 * PUBLISH at QoS -1 from clients without a connection (§6.8): forwarded at QoS 0 through one broker connection of the gateway's own,
 * which is opened for the first of them and kept. Meanwhile they wait, as bounded as a client's queue. Nothing is ever answered.
 */
public final class UnconnectedFlow implements LinkOwner {
    private static final byte[] NOTHING = {};
    /** In place of a packet identifier, which QoS 0 has not: a client's message, and the gateway's own. */
    private static final int FOREIGN = 0;

    private static final int OWN = 1;
    private static final byte[] ONLINE = {'o', 'n', 'l', 'i', 'n', 'e'};
    private static final byte[] OFFLINE = {'o', 'f', 'f', 'l', 'i', 'n', 'e'};

    private final Services services;
    private final int index;
    private final BrokerLink link;
    private final MessageQueue queue;

    /**
     * With a broker connection of its own.
     *
     * @param index the connection's number
     */
    public UnconnectedFlow(Services services, int index) {
        this.services = services;
        this.index = index;
        link = new BrokerLink(services, index, this);
        queue = new MessageQueue(services.pool);
    }

    /**
     * Through the connection that all clients share.
     *
     * @param index the connection's number
     */
    public UnconnectedFlow(Services services, int index, Concentrator shared) {
        this.services = services;
        this.index = index;
        link = shared.link();
        queue = new MessageQueue(services.pool);
        shared.serve(this);
    }

    /** @return its broker connection */
    public BrokerLink link() {
        return link;
    }

    /** Takes a PUBLISH that was wrapped without error. */
    void onPublish(SnPublish publish, Peer from, long nowMs) {
        GatewayConfig config = services.config;
        TopicRef topic = services.topicRef;
        if (!config.unconnectedPublish() || !find(publish, topic)) {
            services.drop(-1, GatewayCounters.DROP_UNCONNECTED, nowMs);
            return;
        }
        if (!services.admission.admitsUnconnected(from)
                || !services.admission.ofNobody().mayWrite(topic.octets(), topic.offset(), topic.length())) {
            services.drop(-1, GatewayCounters.DROP_DENIED, nowMs);
            return;
        }
        if (topic.length() > config.maxTopic()) {
            services.drop(-1, GatewayCounters.DROP_TOO_LONG, nowMs);
            return;
        }
        add(
                FOREIGN,
                publish.retain(),
                topic.octets(),
                topic.offset(),
                topic.length(),
                publish.buffer(),
                publish.dataOffset(),
                publish.dataLength(),
                nowMs);
        if (link.isClosed()) {
            link.open(nowMs);
        }
        onLinkWritable(nowMs);
    }

    /** @return whether {@link #tell} reaches the broker; if not, that is seen to, and later it may */
    public boolean canTell(long nowMs) {
        if (link.isClosed()) {
            link.open(nowMs);
        }
        return link.isUp();
    }

    /** Publishes something of the gateway's own, retained. */
    public void tell(byte[] topic, byte[] payload, long nowMs) {
        add(OWN, true, topic, 0, topic.length, payload, 0, payload.length, nowMs);
        onLinkWritable(nowMs);
    }

    private void add(
            int whose,
            boolean retain,
            byte[] topic,
            int topicOffset,
            int topicLength,
            byte[] data,
            int dataOffset,
            int dataLength,
            long nowMs) {
        makeRoom(nowMs);
        int message = queue.add(
                retain ? MessageQueue.RETAIN : 0, whose, topic, topicOffset, topicLength, data, dataOffset, dataLength);
        if (message == MessageQueue.NONE) {
            services.drop(-1, GatewayCounters.DROP_NO_MEMORY, nowMs);
        }
    }

    private boolean find(SnPublish publish, TopicRef topic) {
        if (publish.hasFullName()) {
            topic.set(publish.buffer(), publish.nameOffset(), publish.nameLength());
            return TopicName.check(publish.buffer(), publish.nameOffset(), publish.nameLength()) >= 0;
        }
        return topic.find(
                null,
                -1,
                services.latest().predefined(),
                publish.topicIdType(),
                publish.topicId(),
                publish.buffer(),
                publish.topicIdOffset());
    }

    private void makeRoom(long nowMs) {
        GatewayConfig config = services.config;
        while (queue.count() >= config.queueMessages() || queue.octets() > config.queueOctets()) {
            services.drop(index, GatewayCounters.DROP_QUEUE_QOS0, nowMs);
            queue.remove(queue.head());
        }
    }

    /** Sends what waits, as far as the connection takes it. */
    @Override
    public void onLinkWritable(long nowMs) {
        for (int message = queue.head(); message != MessageQueue.NONE; message = queue.head()) {
            int length = encode(message);
            if (!link.hasRoom(length)) {
                return;
            }
            if (queue.packetId(message) == FOREIGN) {
                services.count(GatewayCounters.PUBLISHED_UNCONNECTED);
            }
            queue.remove(message);
            link.send(services.packetOut, 0, length, nowMs);
        }
    }

    private int encode(int message) {
        byte[] out = services.packetOut;
        int topicLength = queue.topicLength(message);
        int payloadLength = queue.payloadLength(message);
        queue.copyTopic(message, services.topic, 0);
        queue.copyPayload(message, services.payload, 0);
        return MqttPublish.encode(
                out,
                0,
                out.length,
                link.version(),
                MqttPublish.flags(0, false, queue.retain(message)),
                services.topic,
                0,
                topicLength,
                0,
                NOTHING,
                0,
                0,
                services.payload,
                0,
                payloadLength);
    }

    @Override
    public void fillConnect(MqttConnectWriter writer, boolean purge) {
        ConnectOptions.fill(writer, services, services.config.unconnectedClientId(), true, false);
        byte[] topic = services.config.statusTopic();
        if (topic.length > 0) {
            writer.will(topic, 0, topic.length, 1, true).willPayload(OFFLINE, 0, OFFLINE.length);
        }
    }

    @Override
    public void onLinkUp(boolean sessionPresent, long nowMs) {
        if (services.config.statusTopic().length > 0) {
            tell(services.config.statusTopic(), ONLINE, nowMs);
        }
        onLinkWritable(nowMs);
    }

    @Override
    public void onLinkRefused(int code, long nowMs) {
        link.retry(nowMs);
    }

    @Override
    public void onLinkDown(long nowMs) {
        link.retry(nowMs);
    }

    @Override
    public boolean onPacket(int type, byte[] packet, int offset, int length, long nowMs) {
        return false;
    }

    @Override
    public boolean onOversized(int type, byte[] packet, int offset, int length, long nowMs) {
        return false;
    }

    /** The gateway ends: its own connection says goodbye, and what still waits is dropped. */
    public void shutdown(long nowMs) {
        if (services.config.statusTopic().length > 0 && link.isUp()) {
            tell(services.config.statusTopic(), OFFLINE, nowMs);
        }
        link.closeAndForget(nowMs);
        while (queue.head() != MessageQueue.NONE) {
            services.drop(index, GatewayCounters.DROP_SESSION_END, nowMs);
            queue.remove(queue.head());
        }
    }

    /** A timer of this connection ran out. */
    public void onTimer(int kind, long nowMs) {
        if (kind == Timers.LINK) {
            link.onTimer(nowMs);
        } else {
            link.onWritable(nowMs);
        }
    }
}
