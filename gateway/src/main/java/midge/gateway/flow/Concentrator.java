package midge.gateway.flow;

import midge.gateway.port.GatewayCounters;
import midge.gateway.port.SessionState;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttConnectWriter;
import midge.mqtt.codec.MqttProperties;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.Property;
import midge.mqtt.codec.ReasonCode;
import midge.topic.TopicFilter;
import midge.wire.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The broker connection that all clients share (MQTT-SN 1.2 §4.2). Towards the sessions it is their broker: it keeps their subscriptions
 * ({@link SharedRequests}) and their wills ({@link SharedWills}), numbers their messages anew ({@link SharedExchanges}), and hands each
 * message to all whose filter it came by.
 *
 * <p>A message is acknowledged to the broker as soon as the queues of its clients have it, since one that sleeps must not hold up the
 * others: what waits in a queue is lost with the gateway.
 */
public final class Concentrator implements LinkOwner {
    private static final int SLOTS_MAX = 16_384;
    private static final int OUTGOING = 1024 * 1024;
    private static final int IDENTIFIERS_MAX = 32;

    private final Services services;
    private final SessionTable sessions;
    private final BrokerLink link;
    private final SharedRequests requests;
    private final SharedExchanges exchanges;
    private final SharedWills wills;
    /** A bit for each packet identifier of a QoS 2 message that the broker has not released yet. */
    private final long[] received = new long[1024];

    private final int[] identifiers = new int[IDENTIFIERS_MAX];
    private final int[] deliveredIn;
    private final byte[] ack = new byte[2048];
    private @Nullable UnconnectedFlow unconnected;
    private int deliveries;
    private boolean wasUp;
    private boolean starved;

    /** @param index number of the broker connection */
    public Concentrator(Services services, SessionTable sessions, int index) {
        this.services = services;
        this.sessions = sessions;
        link = new BrokerLink(services, index, this, OUTGOING);
        requests = new SharedRequests(services, link, sessions);
        int slots = services.config.maxSessions() * (services.config.upstreamWindow() + 1);
        exchanges = new SharedExchanges(Math.min(SLOTS_MAX, slots));
        wills = new SharedWills(services, link, exchanges);
        deliveredIn = new int[services.config.maxSessions()];
    }

    /** @return the connection */
    public BrokerLink link() {
        return link;
    }

    /** Takes care of messages without a connection too (§7.1). */
    void serve(UnconnectedFlow flow) {
        unconnected = flow;
    }

    /** A client needs the connection. */
    void want(long nowMs) {
        if (link.isClosed()) {
            link.open(nowMs);
        }
    }

    /** @return whether the broker's answer is awaited */
    boolean isPending() {
        return link.isPending();
    }

    boolean hasRoom(int length) {
        boolean room = link.hasRoom(length) && !exchanges.isFull();
        starved |= !room;
        return room;
    }

    /** A session's PUBLISH. At QoS 1 and 2 it gets the connection's own packet identifier, and may have to wait for its turn. */
    void publish(int session, byte[] packet, int offset, int length, long nowMs) {
        if ((packet[offset] & 0x06) == 0) {
            link.send(packet, offset, length, nowMs);
            return;
        }
        int at = idOffset(packet, offset);
        int packetId = Bytes.u16(packet, at);
        int slot = exchanges.find(session, packetId);
        slot = slot == 0 ? exchanges.take(session, packetId) : slot;
        if (slot == 0 || exchanges.stage(slot) != SharedExchanges.UNSENT) {
            return; // no slot: asked for without room; else it is on its way over this connection
        }
        if (!link.isUp() || exchanges.inFlight() >= link.limits().receiveMaximum) {
            exchanges.await(slot);
            return;
        }
        Bytes.putU16(packet, at, slot);
        exchanges.sent(slot);
        link.send(packet, offset, length, nowMs);
    }

    private static int afterHeader(byte[] packet, int offset) {
        int at = offset + 1;
        while (packet[at] < 0) {
            at++;
        }
        return at + 1;
    }

    private static int idOffset(byte[] packet, int offset) {
        int topicAt = afterHeader(packet, offset);
        return topicAt + 2 + Bytes.u16(packet, topicAt);
    }

    /** A session's PUBREL. */
    void release(int session, int packetId, long nowMs) {
        int slot = exchanges.find(session, packetId);
        if (slot != 0) {
            exchanges.released(slot);
            link.sendAck(MqttType.PUBREL, slot, nowMs);
        }
    }

    void subscribe(int session, byte[] packet, int offset, int length, long nowMs) {
        requests.subscribe(session, packet, offset, length, nowMs);
    }

    void unsubscribe(int session, byte[] packet, int offset, int length, long nowMs) {
        requests.unsubscribe(session, packet, offset, length, nowMs);
    }

    /** A session ends: nobody waits for its exchanges, nothing is for it. */
    void forget(int session, long nowMs) {
        requests.forget(session, nowMs);
        exchanges.orphan(session);
    }

    void publishWill(byte[] topic, byte[] message, int qos, boolean retain, long nowMs) {
        wills.add(topic, message, qos, retain, nowMs);
    }

    /** The first CONNECT of a process begins anew: identifiers of filters that a predecessor gave would lead to other clients. */
    @Override
    public void fillConnect(MqttConnectWriter writer, boolean purge) {
        ConnectOptions.fill(writer, services, services.config.unconnectedClientId(), purge || !wasUp, !purge);
    }

    @Override
    public void onLinkUp(boolean sessionPresent, long nowMs) {
        if (!link.limits().subscriptionIdentifiers) {
            services.refusal(
                    services.config.maxSessions(),
                    MqttType.CONNACK,
                    ReasonCode.SUBSCRIPTION_IDENTIFIERS_NOT_SUPPORTED,
                    services.connack.properties(),
                    nowMs);
            link.close(true, nowMs);
            onLinkDown(nowMs);
            return;
        }
        boolean resumed = sessionPresent && wasUp;
        wasUp = true;
        exchanges.reconnected();
        if (!resumed) {
            java.util.Arrays.fill(received, 0);
        }
        requests.onLinkUp(resumed, nowMs);
        releaseAgain(nowMs);
        wills.onLinkUp(nowMs);
        for (int i = 0; i < sessions.count() && link.isUp(); i++) {
            if (sessions.get(i).link() instanceof SharedLink share) {
                share.onSharedUp(nowMs);
            }
        }
        onLinkWritable(nowMs);
    }

    /** Exchanges that no session releases. */
    private void releaseAgain(long nowMs) {
        for (int slot = 1; slot <= exchanges.slots(); slot++) {
            if (exchanges.stage(slot) == SharedExchanges.RELEASED && exchanges.session(slot) < 0) {
                link.sendAck(MqttType.PUBREL, slot, nowMs);
            }
        }
    }

    @Override
    public void onLinkRefused(int reason, long nowMs) {
        onLinkDown(nowMs);
    }

    @Override
    public void onLinkDown(long nowMs) {
        requests.onLinkDown();
        for (int i = 0; i < sessions.count(); i++) {
            if (sessions.get(i).link() instanceof SharedLink share) {
                share.onSharedDown(nowMs);
            }
        }
        link.retry(nowMs);
    }

    @Override
    public void onLinkWritable(long nowMs) {
        requests.pump(nowMs);
        wills.pump(nowMs);
        if (unconnected != null) {
            unconnected.onLinkWritable(nowMs);
        }
        feedStarved(nowMs);
    }

    private void feedStarved(long nowMs) {
        if (!starved || exchanges.isFull()) {
            return;
        }
        starved = false;
        for (int i = 0; i < sessions.count() && !starved; i++) {
            if (sessions.get(i).link().isUp()) {
                sessions.get(i).onLinkWritable(nowMs);
            }
        }
    }

    @Override
    public boolean onPacket(int type, byte[] packet, int offset, int length, long nowMs) {
        return switch (type) {
            case MqttType.PUBLISH -> onPublish(packet, offset, length, nowMs);
            case MqttType.PUBREL -> onPubrel(packet, offset, length, nowMs);
            case MqttType.PUBACK, MqttType.PUBREC, MqttType.PUBCOMP -> onAck(packet, offset, length, nowMs);
            case MqttType.SUBACK -> requests.onSuback(packet, offset, length, nowMs);
            case MqttType.UNSUBACK -> requests.onUnsuback(packet, offset, length, nowMs);
            default -> false;
        };
    }

    /** The broker was told the largest packet, and sends no larger one. */
    @Override
    public boolean onOversized(int type, byte[] packet, int offset, int length, long nowMs) {
        return false;
    }

    private boolean onPublish(byte[] packet, int offset, int length, long nowMs) {
        MqttPublish publish = services.publish;
        if (publish.wrap(packet, offset, length, link.version()) < 0 || publish.topicLength() == 0) {
            return false;
        }
        int packetId = publish.packetId();
        int qos = publish.qos();
        boolean first = qos != 2 || (received[packetId >> 6] & 1L << packetId) == 0;
        if (first) {
            route(publish, nowMs);
        } else {
            services.count(GatewayCounters.DUPLICATES);
        }
        if (qos == 1) {
            link.sendAck(MqttType.PUBACK, packetId, nowMs);
        } else if (qos == 2) {
            received[packetId >> 6] |= 1L << packetId;
            link.sendAck(MqttType.PUBREC, packetId, nowMs);
        }
        return true;
    }

    private boolean onPubrel(byte[] packet, int offset, int length, long nowMs) {
        MqttAck pubrel = services.ack;
        if (pubrel.wrap(packet, offset, length, link.version()) < 0) {
            return false;
        }
        int packetId = pubrel.packetId();
        received[packetId >> 6] &= ~(1L << packetId);
        link.sendAck(MqttType.PUBCOMP, packetId, nowMs);
        return true;
    }

    private void route(MqttPublish publish, long nowMs) {
        MqttProperties properties = publish.properties();
        int count = 0;
        properties.rewind();
        while (count < IDENTIFIERS_MAX && properties.next()) {
            if (properties.id() == Property.SUBSCRIPTION_IDENTIFIER) {
                identifiers[count++] = (int) properties.value();
            }
        }
        deliveries++;
        boolean taken = false;
        for (int i = 0; i < count; i++) {
            SharedFilter filter = requests.filters().of(identifiers[i]);
            if (filter != null && fits(filter, publish)) {
                taken = true;
                deliver(publish, filter, SharedFilters.round(identifiers[i]), nowMs);
            }
        }
        if (!taken) {
            services.drop(services.config.maxSessions(), GatewayCounters.DROP_BROKER_STRAY, nowMs);
        }
    }

    /** Also shows that the number is still that filter's: it may have passed to another one while the message was on its way. */
    private static boolean fits(SharedFilter filter, MqttPublish publish) {
        int at = TopicFilter.innerOffset(filter.name, 0, filter.name.length);
        return TopicFilter.matches(
                filter.name,
                at,
                filter.name.length - at,
                publish.buffer(),
                publish.topicOffset(),
                publish.topicLength());
    }

    /** A message that came by several filters at once reaches a client once. A retained one is for those who have just asked. */
    private void deliver(MqttPublish publish, SharedFilter filter, int round, long nowMs) {
        for (int i = 0; i < filter.count(); i++) {
            int index = filter.session(i);
            if (deliveredIn[index] == deliveries || (publish.retain() && !filter.asked(i, round))) {
                continue;
            }
            Session session = sessions.get(index);
            int qos = Math.min(publish.qos(), filter.qos(i));
            if (qos > 0 || isPresent(session)) {
                deliveredIn[index] = deliveries;
                session.intake.take(publish, qos, 0, nowMs);
            }
        }
    }

    /** As a broker does it, QoS 0 is not kept for clients that are gone. */
    private static boolean isPresent(Session session) {
        return session.isConnected() || session.is(SessionState.CONNECTING);
    }

    private boolean onAck(byte[] packet, int offset, int length, long nowMs) {
        MqttAck view = services.ack;
        if (view.wrap(packet, offset, length, link.version()) < 0 || length > ack.length) {
            return false;
        }
        int type = view.type();
        int slot = view.packetId();
        if (exchanges.stage(slot) == SharedExchanges.FREE) {
            services.drop(services.config.maxSessions(), GatewayCounters.DROP_BROKER_STRAY, nowMs);
            if (type == MqttType.PUBREC) {
                link.sendAck(MqttType.PUBREL, slot, nowMs);
            }
            return true;
        }
        boolean ends = type != MqttType.PUBREC || ReasonCode.isFailure(view.reasonCode());
        int owner = exchanges.session(slot);
        int packetId = exchanges.packetId(slot);
        if (ends) {
            exchanges.give(slot);
        }
        if (owner >= 0) {
            System.arraycopy(packet, offset, ack, 0, length);
            Bytes.putU16(ack, afterHeader(ack, 0), packetId);
            boolean sound = sessions.get(owner).onPacket(type, ack, 0, length, nowMs);
            advance(nowMs);
            return sound;
        }
        if (!ends) {
            exchanges.released(slot);
            link.sendAck(MqttType.PUBREL, slot, nowMs);
        } else if (owner == SharedExchanges.WILL) {
            wills.done(slot);
        }
        advance(nowMs);
        return true;
    }

    /** An exchange ended: the next one may begin. */
    private void advance(long nowMs) {
        while (link.isUp() && exchanges.inFlight() < link.limits().receiveMaximum) {
            int slot = exchanges.poll();
            if (slot == 0) {
                break;
            }
            int owner = exchanges.session(slot);
            if (owner >= 0 && sessions.get(owner).link().isUp()) {
                sessions.get(owner).upstream.sendAgain(exchanges.packetId(slot), nowMs);
            }
        }
        wills.pump(nowMs);
        feedStarved(nowMs);
    }
}
