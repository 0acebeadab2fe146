package midge.gateway.flow;

import midge.gateway.port.GatewayCounters;
import midge.gateway.table.MessageQueue;
import midge.mqtt.codec.MqttPublish;

/** Wills of lost clients on their way through the shared connection; each is kept until the broker has it. */
final class SharedWills {
    private static final int WAITING = 0;
    private static final int SENT = 1;
    private static final byte[] NOTHING = {};

    private final Services services;
    private final BrokerLink link;
    private final SharedExchanges exchanges;
    private final MessageQueue queue;
    private int lastId;

    SharedWills(Services services, BrokerLink link, SharedExchanges exchanges) {
        this.services = services;
        this.link = link;
        this.exchanges = exchanges;
        queue = new MessageQueue(services.pool);
    }

    void add(byte[] topic, byte[] message, int qos, boolean retain, long nowMs) {
        int flags = qos | (retain ? MessageQueue.RETAIN : 0);
        boolean room = queue.count() < services.config.maxSessions();
        int added = room ? queue.add(flags, 0, topic, 0, topic.length, message, 0, message.length) : MessageQueue.NONE;
        if (added == MessageQueue.NONE) {
            services.drop(services.config.maxSessions(), GatewayCounters.DROP_NO_MEMORY, nowMs);
        }
        pump(nowMs);
    }

    /** A new connection: what the broker has not acknowledged is sent again. */
    void onLinkUp(long nowMs) {
        for (int will = queue.head(); will != MessageQueue.NONE; will = queue.next(will)) {
            boolean unsent = exchanges.stage(queue.packetId(will)) == SharedExchanges.UNSENT;
            if (queue.stage(will) == SENT && unsent) {
                queue.stage(will, WAITING);
            }
        }
    }

    /** Sends what waits, as far as the connection takes it. */
    void pump(long nowMs) {
        int will = queue.head();
        while (will != MessageQueue.NONE) {
            int next = queue.next(will);
            if (queue.stage(will) == WAITING && !send(will, nowMs)) {
                return;
            }
            will = next;
        }
    }

    private boolean send(int will, long nowMs) {
        int qos = queue.qos(will);
        boolean again = queue.packetId(will) != 0;
        boolean place = again || !exchanges.isFull();
        boolean quota = qos == 0 || (place && exchanges.inFlight() < link.limits().receiveMaximum);
        if (!quota || !link.hasRoom(64 + queue.topicLength(will) + queue.payloadLength(will))) {
            return false;
        }
        if (qos > 0 && !again) {
            lastId = lastId % 0xFFFF + 1;
            queue.packetId(will, exchanges.take(SharedExchanges.WILL, lastId));
        }
        int length = encode(will, again);
        if (qos == 0) {
            queue.remove(will);
        } else {
            queue.stage(will, SENT);
            exchanges.sent(queue.packetId(will));
        }
        link.send(services.packetOut, 0, length, nowMs);
        return true;
    }

    private int encode(int will, boolean dup) {
        byte[] out = services.packetOut;
        int topicLength = queue.topicLength(will);
        int payloadLength = queue.payloadLength(will);
        queue.copyTopic(will, services.topic, 0);
        queue.copyPayload(will, services.payload, 0);
        int flags = MqttPublish.flags(queue.qos(will), dup, queue.retain(will));
        return MqttPublish.encode(
                out,
                0,
                out.length,
                link.version(),
                flags,
                services.topic,
                0,
                topicLength,
                queue.packetId(will),
                NOTHING,
                0,
                0,
                services.payload,
                0,
                payloadLength);
    }

    /** The broker has it. */
    void done(int slot) {
        int will = queue.find(slot);
        if (will != MessageQueue.NONE) {
            queue.remove(will);
        }
    }
}
