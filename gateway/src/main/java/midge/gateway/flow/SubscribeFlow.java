package midge.gateway.flow;

import midge.gateway.port.GatewayCounters;
import midge.gateway.table.BlockPool;
import midge.gateway.table.NameList;
import midge.mqtt.codec.MqttSuback;
import midge.mqtt.codec.MqttSubscribe;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.MqttUnsuback;
import midge.mqtt.codec.MqttUnsubscribe;
import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnReturnCode;
import midge.mqttsn.codec.SnSubscribe;
import midge.mqttsn.codec.SnType;
import midge.topic.TopicFilter;
import midge.topic.TopicName;

/**
 * SUBSCRIBE and UNSUBSCRIBE (§6.9), one open at a time, and the list of what is subscribed, from which the gateway subscribes again by
 * itself when the broker has lost the session.
 *
 * <p>While a SUBSCRIBE is open nothing is delivered, so that SUBACK comes before the retained messages that it brings (A26).
 */
final class SubscribeFlow {
    private static final int FAILURE = 0x80;
    private static final byte[] NOTHING = {};

    private final Session session;
    private final Services services;
    private int openType;
    private int msgId;
    private int packetId;
    private int tag;
    private int topicId;
    private int filter = BlockPool.NONE;
    private int filterLength;
    private boolean muted;
    private boolean answered;
    private int answeredMsgId;
    private int answeredHash;
    private int answeredFlags;
    private int answeredTopicId;
    /** Next entry of the list to be subscribed again; past the end: done. */
    private int again = Integer.MAX_VALUE;

    private int againPacketId;

    SubscribeFlow(Session session) {
        this.session = session;
        services = session.services;
    }

    /** @return whether SUBACK of the broker is awaited */
    boolean isAwaitingSuback() {
        return openType == SnType.SUBSCRIBE && packetId != 0 && session.link.isUp();
    }

    /** @return whether this packet identifier is in use */
    boolean uses(int id) {
        return id == packetId || id == againPacketId;
    }

    /** @return the pre-defined id under which the client subscribed to just this name, 0: none (A6) */
    int predefinedId(byte[] topic, int length) {
        int place = session.subscriptions.find(topic, 0, length);
        return place < 0 ? 0 : Subscriptions.predefinedId(session.subscriptions.tag(place));
    }

    boolean onRequest(byte[] frame, int offset, int length, long nowMs) {
        SnSubscribe request = services.snSubscribe;
        if (request.wrap(frame, offset, length) < 0) {
            return false;
        }
        int type = request.type();
        TopicRef topic = services.topicRef;
        int refusal = judge(request, topic);
        if (refusal == SnReturnCode.ACCEPTED && type == SnType.SUBSCRIBE) {
            refusal = admit(topic, nowMs);
        }
        if (refusal != SnReturnCode.ACCEPTED) {
            refuse(type, request.msgId(), refusal, nowMs);
        } else if (openType != 0) {
            onWhileOpen(request, nowMs);
        } else if (type == SnType.SUBSCRIBE && isAnswered(request, topic)) {
            services.count(GatewayCounters.DUPLICATES);
            services.downlink.suback(
                    session, answeredFlags, answeredTopicId, answeredMsgId, SnReturnCode.ACCEPTED, nowMs);
        } else {
            begin(request, topic, nowMs);
        }
        return true;
    }

    private int admit(TopicRef topic, long nowMs) {
        if (!session.rules().maySubscribe(topic.octets(), topic.offset(), topic.length())) {
            services.count(GatewayCounters.TOPIC_REFUSED);
            return SnReturnCode.NOT_SUPPORTED;
        }
        return services.admission.hasToken(session, nowMs) ? SnReturnCode.ACCEPTED : SnReturnCode.CONGESTION;
    }

    /** Finds the filter. @return a return code */
    private int judge(SnSubscribe request, TopicRef topic) {
        int type = request.topicIdType();
        byte[] buffer = request.buffer();
        if (type == SnFlags.TOPIC_RESERVED || (request.type() == SnType.SUBSCRIBE && request.qos() < 0)) {
            return SnReturnCode.NOT_SUPPORTED;
        }
        if (type == SnFlags.TOPIC_NORMAL) {
            topic.set(buffer, request.topicOffset(), request.topicLength());
            boolean usable = topic.length() <= services.config.maxTopic()
                    && TopicFilter.check(buffer, topic.offset(), topic.length()) >= 0;
            return usable ? SnReturnCode.ACCEPTED : SnReturnCode.NOT_SUPPORTED;
        }
        boolean found =
                topic.find(null, -1, session.predefined(), type, request.topicId(), buffer, request.topicOffset());
        if (found) {
            return SnReturnCode.ACCEPTED;
        }
        return type == SnFlags.TOPIC_PREDEFINED ? SnReturnCode.INVALID_TOPIC_ID : SnReturnCode.NOT_SUPPORTED;
    }

    /** UNSUBACK has no room for a reason. */
    private void refuse(int type, int id, int returnCode, long nowMs) {
        if (type == SnType.UNSUBSCRIBE) {
            services.downlink.ack(session, SnType.UNSUBACK, id, nowMs);
            return;
        }
        boolean congestion = returnCode == SnReturnCode.CONGESTION;
        session.drop(congestion ? GatewayCounters.CONGESTION : GatewayCounters.REJECTED, nowMs);
        services.downlink.suback(session, 0, 0, id, returnCode, nowMs);
    }

    private void onWhileOpen(SnSubscribe request, long nowMs) {
        if (request.type() == openType && request.msgId() == msgId) {
            services.count(GatewayCounters.DUPLICATES);
            muted = false;
        } else if (request.type() == SnType.SUBSCRIBE) {
            refuse(SnType.SUBSCRIBE, request.msgId(), SnReturnCode.CONGESTION, nowMs);
        } else {
            // UNSUBACK could not say "not now"; the client will ask again.
            session.drop(GatewayCounters.CONGESTION, nowMs);
        }
    }

    private boolean isAnswered(SnSubscribe request, TopicRef topic) {
        return answered && request.msgId() == answeredMsgId && hash(request, topic) == answeredHash;
    }

    private static int hash(SnSubscribe request, TopicRef topic) {
        int flags = request.flags() & (SnFlags.QOS_MASK | SnFlags.TOPIC_MASK);
        return FinishedExchanges.hash(flags, topic, NOTHING, 0, 0);
    }

    private void begin(SnSubscribe request, TopicRef topic, long nowMs) {
        boolean subscribing = request.type() == SnType.SUBSCRIBE;
        int idForClient = subscribing ? idForClient(request, topic) : 0;
        int chain = idForClient < 0 ? BlockPool.NONE : services.pool.take(topic.length());
        if (chain == BlockPool.NONE) {
            refuse(request.type(), request.msgId(), SnReturnCode.CONGESTION, nowMs);
            return;
        }
        services.pool.write(chain, 0, topic.octets(), topic.offset(), topic.length());
        filter = chain;
        filterLength = topic.length();
        openType = request.type();
        msgId = request.msgId();
        int predefinedId = request.topicIdType() == SnFlags.TOPIC_PREDEFINED ? request.topicId() : 0;
        tag = Subscriptions.tag(Math.max(request.qos(), 0), predefinedId);
        topicId = idForClient;
        muted = false;
        answered = false;
        answeredMsgId = msgId;
        answeredHash = hash(request, topic);
        session.register.forgiveRefused();
        send(nowMs);
    }

    /** @return the id for SUBACK, 0 where there is none; -1 when the client's lists are full */
    private int idForClient(SnSubscribe request, TopicRef topic) {
        NameList list = session.subscriptions;
        if (list.isFull() && list.find(topic.octets(), topic.offset(), topic.length()) < 0) {
            return -1;
        }
        if (request.topicIdType() == SnFlags.TOPIC_PREDEFINED) {
            return request.topicId();
        }
        boolean plain = request.topicIdType() == SnFlags.TOPIC_NORMAL
                && TopicName.check(topic.octets(), topic.offset(), topic.length()) >= 0;
        if (!plain) {
            return 0;
        }
        int id = session.register.idOf(topic.octets(), topic.offset(), topic.length());
        return id == 0 ? -1 : id;
    }

    private void send(long nowMs) {
        packetId = 0;
        if (!session.link.isUp()) {
            return;
        }
        packetId = session.packetId(msgId);
        byte[] topic = services.topic;
        services.pool.read(filter, 0, topic, 0, filterLength);
        if (openType == SnType.SUBSCRIBE) {
            sendSubscribe(packetId, topic, 0, filterLength, Subscriptions.qos(tag), nowMs);
        } else {
            sendUnsubscribe(packetId, topic, filterLength, nowMs);
        }
    }

    private void sendSubscribe(int id, byte[] topic, int offset, int length, int qos, long nowMs) {
        byte[] list = services.payload;
        byte[] out = services.packetOut;
        int entry = MqttSubscribe.entry(list, 0, list.length, topic, offset, length, qos);
        int version = services.config.mqttVersion();
        int size = MqttSubscribe.encode(out, 0, out.length, version, id, NOTHING, 0, 0, list, 0, entry);
        session.link.send(out, 0, size, nowMs);
    }

    private void sendUnsubscribe(int id, byte[] topic, int length, long nowMs) {
        byte[] list = services.payload;
        byte[] out = services.packetOut;
        int entry = MqttUnsubscribe.entry(list, 0, list.length, topic, 0, length);
        int version = services.config.mqttVersion();
        int size = MqttUnsubscribe.encode(out, 0, out.length, version, id, NOTHING, 0, 0, list, 0, entry);
        session.link.send(out, 0, size, nowMs);
    }

    boolean onSuback(byte[] packet, int offset, int length, long nowMs) {
        MqttSuback suback = services.suback;
        if (suback.wrap(packet, offset, length, services.config.mqttVersion()) < 0 || suback.count() != 1) {
            return false;
        }
        if (suback.code(0) >= FAILURE) {
            services.refusal(session.index(), MqttType.SUBACK, suback.code(0), suback.properties(), nowMs);
        }
        if (suback.packetId() == packetId && openType == SnType.SUBSCRIBE) {
            finishSubscribe(suback.code(0), nowMs);
            session.deliver.pump(nowMs);
        } else if (suback.packetId() == againPacketId && againPacketId != 0) {
            onSubscribedAgain(suback.code(0), nowMs);
        } else {
            session.drop(GatewayCounters.DROP_BROKER_STRAY, nowMs);
        }
        return true;
    }

    private void finishSubscribe(int code, long nowMs) {
        NameList list = session.subscriptions;
        byte[] topic = services.topic;
        services.pool.read(filter, 0, topic, 0, filterLength);
        int place = list.find(topic, 0, filterLength);
        boolean quiet = muted;
        int id = msgId;
        int granted = topicId;
        int newTag = tag;
        close();
        if (code >= FAILURE) {
            // What it means for an older subscription to the same filter is unknown: MQTT leaves that as it was.
            if (!quiet) {
                refuse(SnType.SUBSCRIBE, id, SnReturnCode.NOT_SUPPORTED, nowMs);
            }
            return;
        }
        if (place >= 0) {
            list.tag(place, newTag);
        } else {
            place = list.add(topic, 0, filterLength, newTag);
        }
        if (place < 0) {
            // The memory of all lists ran out meanwhile. What the broker sends all the same is delivered; when the
            // client
            // asks again later its subscription is remembered.
            if (!quiet) {
                refuse(SnType.SUBSCRIBE, id, SnReturnCode.CONGESTION, nowMs);
            }
            return;
        }
        services.records.subscription(session, place);
        if (granted > 0 && Subscriptions.predefinedId(newTag) == 0) {
            session.register.markKnown(granted);
        }
        answered = true;
        answeredFlags = SnFlags.ofQos(code);
        answeredTopicId = granted;
        if (!quiet) {
            services.downlink.suback(session, answeredFlags, granted, id, SnReturnCode.ACCEPTED, nowMs);
        }
    }

    boolean onUnsuback(byte[] packet, int offset, int length, long nowMs) {
        MqttUnsuback unsuback = services.unsuback;
        if (unsuback.wrap(packet, offset, length, services.config.mqttVersion()) < 0) {
            return false;
        }
        if (unsuback.packetId() != packetId || openType != SnType.UNSUBSCRIBE) {
            session.drop(GatewayCounters.DROP_BROKER_STRAY, nowMs);
            return true;
        }
        byte[] topic = services.topic;
        services.pool.read(filter, 0, topic, 0, filterLength);
        int place = session.subscriptions.find(topic, 0, filterLength);
        if (place >= 0) {
            services.records.unsubscription(session, place);
            session.subscriptions.remove(place);
            again = place < again && again != Integer.MAX_VALUE ? again - 1 : again;
        }
        boolean quiet = muted;
        close();
        if (!quiet) {
            services.downlink.ack(session, SnType.UNSUBACK, msgId, nowMs);
        }
        return true;
    }

    private void close() {
        services.pool.give(filter);
        filter = BlockPool.NONE;
        openType = 0;
        packetId = 0;
    }

    /** Subscribes to the whole list again if the broker has lost it, and sends what is open. */
    void onLinkUp(boolean sessionPresent, long nowMs) {
        againPacketId = 0;
        if (!sessionPresent) {
            again = 0;
        }
        subscribeNext(nowMs);
        if (openType != 0) {
            send(nowMs);
        }
    }

    private void subscribeNext(long nowMs) {
        NameList list = session.subscriptions;
        againPacketId = 0;
        if (again >= list.count()) {
            again = Integer.MAX_VALUE;
            return;
        }
        againPacketId = session.packetId(1);
        int length = list.length(again);
        sendSubscribe(
                againPacketId, list.names(), list.offset(again), length, Subscriptions.qos(list.tag(again)), nowMs);
    }

    private void onSubscribedAgain(int code, long nowMs) {
        if (code >= FAILURE) {
            session.drop(GatewayCounters.SUBSCRIPTIONS_LOST, nowMs);
            services.records.unsubscription(session, again);
            session.subscriptions.remove(again);
        } else {
            again++;
        }
        subscribeNext(nowMs);
    }

    /** The client sleeps: it is not answered unless it asks again. */
    void mute() {
        muted = true;
    }

    /** The client's connection ended, or begins anew. */
    void interrupt() {
        close();
        answered = false;
        again = Integer.MAX_VALUE;
        againPacketId = 0;
    }
}
