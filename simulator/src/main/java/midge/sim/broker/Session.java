package midge.sim.broker;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.ReasonCode;
import org.jspecify.annotations.Nullable;

/**
 * What the broker keeps for one client identifier: its subscriptions, what waits for it, what is on the way to it, and the QoS 2
 * identifiers that came from it (MQTT 5.0 §4.1). While the client is away its deadline is that of its will, or its own end.
 */
final class Session extends Deadlines.Owner {
    /** Session Expiry Interval for never. */
    static final long FOR_EVER_S = 0xFFFF_FFFFL;

    final String clientId;
    final Map<String, Subscription> subscriptions = new LinkedHashMap<>();
    /** QoS 2 packets of the client that were taken over and not yet released. */
    final BitSet received = new BitSet();

    private final BrokerCore core;
    private final ArrayDeque<Delivery> queue = new ArrayDeque<>();
    private final Map<Integer, Delivery> inflight = new LinkedHashMap<>();
    private long queuedOctets;
    private int lastPacketId;

    @Nullable
    Connection connection;

    @Nullable
    Will will;

    long expiryS;
    private long willDueMs = Deadlines.NEVER;
    private long endsMs = Deadlines.NEVER;

    /** The copy of the message being routed that this session gets already; see {@link Router}. */
    @Nullable
    Delivery routed;

    Session(BrokerCore core, String clientId) {
        this.core = core;
        this.clientId = clientId;
    }

    /** {@return whether a QoS 1 message would go out at once} */
    boolean isReady() {
        Connection here = connection;
        return here != null && here.isWritable() && queue.isEmpty() && inflight.size() < here.inflightMax();
    }

    /** Sends the message, or lets it wait; drops it when it may not wait. */
    void deliver(Delivery delivery) {
        Connection here = connection;
        boolean sendable = here != null && here.isWritable();
        if (delivery.qos == 0 && (sendable || here == null)) {
            if (here == null || !here.publish(delivery, 0, false)) {
                core.counters.publishesDropped++;
            }
            return;
        }
        if (!enqueue(delivery)) {
            core.counters.publishesDropped++;
        } else if (sendable) {
            pump();
        }
    }

    private boolean enqueue(Delivery delivery) {
        int octets = delivery.message.octets();
        if (queue.size() >= core.config.queueMessagesMax()
                || queuedOctets + octets > core.config.queueOctetsMax()
                || core.queuedOctets + octets > core.config.queueOctetsTotalMax()) {
            return false;
        }
        queue.add(delivery);
        account(octets);
        return true;
    }

    private void account(long octets) {
        queuedOctets += octets;
        core.queuedOctets += octets;
    }

    /** Sends what waits, as far as the client takes it. */
    void pump() {
        Connection here = connection;
        while (here != null && here.isWritable() && !queue.isEmpty()) {
            Delivery next = queue.element();
            if (next.qos > 0 && inflight.size() >= here.inflightMax()) {
                return;
            }
            queue.remove();
            account(-next.message.octets());
            if (next.message.expired(core.nowMs)) {
                core.counters.publishesDropped++;
            } else {
                send(here, next);
            }
        }
    }

    private void send(Connection here, Delivery delivery) {
        int packetId = delivery.qos == 0 ? 0 : freePacketId();
        if (!here.publish(delivery, packetId, false)) {
            core.counters.publishesDropped++; // larger than the client takes: as if it had been sent [5: 3.1.2-25]
        } else if (packetId > 0) {
            delivery.stage = delivery.qos == 1 ? Delivery.AWAIT_PUBACK : Delivery.AWAIT_PUBREC;
            inflight.put(packetId, delivery);
        }
    }

    private int freePacketId() {
        do {
            lastPacketId = lastPacketId % 65_535 + 1;
        } while (inflight.containsKey(lastPacketId));
        return lastPacketId;
    }

    void onPuback(int packetId) {
        Delivery delivery = inflight.get(packetId);
        if (delivery != null && delivery.stage == Delivery.AWAIT_PUBACK) {
            inflight.remove(packetId);
            pump();
        }
    }

    void onPubrec(Connection here, int packetId, int reason) {
        Delivery delivery = inflight.get(packetId);
        if (delivery == null || delivery.stage == Delivery.AWAIT_PUBACK) {
            here.ack(MqttType.PUBREL, packetId, ReasonCode.PACKET_IDENTIFIER_NOT_FOUND);
        } else if (ReasonCode.isFailure(reason)) {
            inflight.remove(packetId);
            pump();
        } else {
            delivery.stage = Delivery.AWAIT_PUBCOMP;
            here.ack(MqttType.PUBREL, packetId, ReasonCode.SUCCESS);
        }
    }

    void onPubcomp(int packetId) {
        Delivery delivery = inflight.get(packetId);
        if (delivery != null && delivery.stage == Delivery.AWAIT_PUBCOMP) {
            inflight.remove(packetId);
            pump();
        }
    }

    /**
     * The client is here.
     *
     * @param expiryIntervalS how long the session outlives the connection
     */
    void attach(Connection here, @Nullable Will newWill, long expiryIntervalS) {
        connection = here;
        will = newWill;
        expiryS = expiryIntervalS;
        willDueMs = Deadlines.NEVER;
        endsMs = Deadlines.NEVER;
    }

    /** Sends again what was on the way when the client went, in the old order and with the old identifiers [5: 4.4.0-1]. */
    void resume() {
        Connection here = connection;
        if (here == null) {
            return;
        }
        inflight.entrySet().removeIf(entry -> !resend(here, entry.getKey(), entry.getValue()));
        pump();
    }

    private boolean resend(Connection here, int packetId, Delivery delivery) {
        if (delivery.stage == Delivery.AWAIT_PUBCOMP) {
            here.ack(MqttType.PUBREL, packetId, ReasonCode.SUCCESS);
            return true;
        }
        boolean sent = here.publish(delivery, packetId, true);
        core.counters.publishesDropped += sent ? 0 : 1;
        return sent;
    }

    /**
     * The client is gone.
     *
     * @param clean it has said goodbye, so that its will is void
     */
    void detach(boolean clean) {
        connection = null;
        if (clean) {
            will = null;
        }
        queue.removeIf(this::isWorthlessOffline);
        endsMs = expiryS == FOR_EVER_S ? Deadlines.NEVER : core.nowMs + expiryS * 1000;
        Will left = will;
        willDueMs = left == null ? Deadlines.NEVER : Math.min(endsMs, core.nowMs + left.delayMs);
        if (deadlineMs() <= core.nowMs) {
            onDeadline(core.nowMs);
        }
        core.deadlines.changed(this);
    }

    private boolean isWorthlessOffline(Delivery delivery) {
        if (delivery.qos > 0) {
            return false;
        }
        account(-delivery.message.octets());
        core.counters.publishesDropped++;
        return true;
    }

    /** Publishes the will, if there is one left. */
    void publishWill() {
        Will left = will;
        will = null;
        willDueMs = Deadlines.NEVER;
        if (left != null) {
            core.router.publish(left.message(core.nowMs));
        }
    }

    /** Gives back what the session holds; it is not to be used any more. */
    void release() {
        subscriptions.values().forEach(core.router::unsubscribed);
        subscriptions.clear();
        queue.clear();
        inflight.clear();
        account(-queuedOctets);
        endsMs = Deadlines.NEVER;
        willDueMs = Deadlines.NEVER;
        core.deadlines.forget(this);
    }

    @Override
    long deadlineMs() {
        return connection != null ? Deadlines.NEVER : Math.min(willDueMs, endsMs);
    }

    @Override
    void onDeadline(long nowMs) {
        if (willDueMs <= nowMs) {
            publishWill();
        }
        if (endsMs <= nowMs) {
            core.sessions.end(this);
        }
    }
}
