package midge.gateway.flow;

import midge.gateway.port.GatewayCounters;
import midge.gateway.table.BlockPool;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.ReasonCode;
import midge.mqttsn.codec.SnAck;
import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnPublish;
import midge.mqttsn.codec.SnReturnCode;
import midge.mqttsn.codec.SnType;
import org.jspecify.annotations.Nullable;

/**
 * Messages from the client to the broker (§6.6). The client gets PUBACK, PUBREC and PUBCOMP only when the broker's came.
 *
 * <p>An open exchange is recognised by its MsgId and contents, so a repeated PUBLISH is not forwarded twice; for finished ones see
 * {@link FinishedExchanges}. Exchanges outlive the client's connection: a message that the broker may have must not be forgotten, or its
 * packet identifier would be used for another. One that the client does not come back to is brought to its end with the broker alone.
 */
final class UpstreamFlow {
    /** Exchanges that no client waits for any more, beside those of the window. */
    private static final int DETACHED_MAX = 3;

    private static final byte[] NOTHING = {};

    private final Session session;
    private final Services services;
    private final @Nullable Exchange[] exchanges;
    private @Nullable FinishedExchanges finished;
    private int count;

    UpstreamFlow(Session session) {
        this.session = session;
        services = session.services;
        exchanges = new Exchange[services.config.upstreamWindow() + DETACHED_MAX];
    }

    /** Takes a PUBLISH that was wrapped without error. */
    void onPublish(SnPublish publish, long nowMs) {
        int qos = publish.qos();
        TopicRef topic = services.topicRef;
        int type = publish.topicIdType();
        if (!topic.find(
                session.topics,
                session.register.place(publish.topicId()),
                session.predefined(),
                type,
                publish.topicId(),
                publish.buffer(),
                publish.topicIdOffset())) {
            refuseTopic(publish, nowMs);
        } else if (!session.rules().mayWrite(topic.octets(), topic.offset(), topic.length())) {
            services.count(GatewayCounters.TOPIC_REFUSED);
            refuse(publish, SnReturnCode.NOT_SUPPORTED, nowMs);
        } else if (!services.admission.hasToken(session, nowMs)) {
            refuseHaste(publish, nowMs);
        } else if (!isAllowed(publish)) {
            refuse(publish, SnReturnCode.NOT_SUPPORTED, nowMs);
        } else if (qos <= 0) {
            forwardUnacknowledged(publish, topic, nowMs);
        } else {
            begin(publish, topic, nowMs);
        }
    }

    /** A broker of MQTT 5.0 may take less than everything (§3.2.2.3.4, §3.2.2.3.5); to send it all the same would end the connection. */
    private boolean isAllowed(SnPublish publish) {
        ServerLimits limits = session.link.limits();
        return publish.qos() <= limits.maximumQos && (limits.retainAvailable || !publish.retain());
    }

    private void refuseHaste(SnPublish publish, long nowMs) {
        if (publish.qos() <= 0) {
            session.drop(GatewayCounters.DROP_RATE, nowMs);
        } else {
            refuse(publish, SnReturnCode.CONGESTION, nowMs);
        }
    }

    private void refuseTopic(SnPublish publish, long nowMs) {
        boolean unusable =
                publish.topicIdType() == SnFlags.TOPIC_RESERVED || publish.topicIdType() == SnFlags.TOPIC_SHORT;
        refuse(publish, unusable ? SnReturnCode.NOT_SUPPORTED : SnReturnCode.INVALID_TOPIC_ID, nowMs);
    }

    /** PUBACK with an error answers any QoS but -1 (A3, A4). */
    private void refuse(SnPublish publish, int returnCode, long nowMs) {
        int counter = returnCode == SnReturnCode.CONGESTION ? GatewayCounters.CONGESTION : GatewayCounters.REJECTED;
        session.drop(counter, nowMs);
        if (publish.qos() >= 0) {
            int msgId = publish.qos() == 0 ? 0 : publish.msgId();
            services.downlink.puback(session, publish.topicId(), msgId, returnCode, nowMs);
        }
    }

    private void forwardUnacknowledged(SnPublish publish, TopicRef topic, long nowMs) {
        int length = encode(publish, topic, 0, 0);
        if (length < 0 || !session.link.hasRoom(length)) {
            session.drop(GatewayCounters.DROP_UP_QOS0, nowMs);
            return;
        }
        services.count(GatewayCounters.PUBLISHED_UP);
        session.link.send(services.packetOut, 0, length, nowMs);
    }

    private int encode(SnPublish publish, TopicRef topic, int qos, int packetId) {
        byte[] out = services.packetOut;
        return MqttPublish.encode(
                out,
                0,
                out.length,
                session.link.version(),
                MqttPublish.flags(qos, false, publish.retain()),
                topic.octets(),
                topic.offset(),
                topic.length(),
                packetId,
                NOTHING,
                0,
                0,
                publish.buffer(),
                publish.dataOffset(),
                publish.dataLength());
    }

    private void begin(SnPublish publish, TopicRef topic, long nowMs) {
        int hash = FinishedExchanges.hash(
                publish.flags() & (SnFlags.QOS_MASK | SnFlags.RETAIN),
                topic,
                publish.buffer(),
                publish.dataOffset(),
                publish.dataLength());
        Exchange open = find(publish.msgId());
        if (open != null && open.hash == hash) {
            if (open.stage == Exchange.AWAITED) {
                refill(open, publish, topic, nowMs);
            } else {
                repeat(open, publish, nowMs);
            }
        } else if (isFinished(publish, hash, nowMs)) {
            services.count(GatewayCounters.DUPLICATES);
            answer(publish.qos(), publish.topicId(), publish.msgId(), nowMs);
        } else {
            if (open != null) {
                // The client took the MsgId for another message: it no longer waits for the old one.
                open.attached = false;
                if (open.stage == Exchange.AWAITED) {
                    abandon(open, nowMs);
                }
            }
            accept(publish, topic, hash, nowMs);
        }
    }

    private boolean isFinished(SnPublish publish, int hash, long nowMs) {
        long windowMs = (long) services.config.retryMs() * (services.config.retryLimit() + 1);
        return finished != null && finished.contains(publish.msgId(), hash, publish.dup(), nowMs - windowMs);
    }

    private void repeat(Exchange open, SnPublish publish, long nowMs) {
        services.count(GatewayCounters.DUPLICATES);
        open.attached = true;
        open.muted = false;
        open.topicId = publish.topicId();
        if (open.stage == Exchange.RECEIVED) {
            services.downlink.ack(session, SnType.PUBREC, open.msgId, nowMs);
        }
    }

    /** The client sends again what was open when this gateway's process before ended: under the old packet identifier the broker knows it. */
    private void refill(Exchange open, SnPublish publish, TopicRef topic, long nowMs) {
        int length = encode(publish, topic, open.qos, open.packetId);
        int chain = length < 0 ? BlockPool.NONE : services.pool.take(length);
        if (chain == BlockPool.NONE) {
            refuse(publish, SnReturnCode.CONGESTION, nowMs);
            return;
        }
        services.count(GatewayCounters.DUPLICATES);
        services.pool.write(chain, 0, services.packetOut, 0, length);
        open.chain = chain;
        open.length = length;
        open.topicId = publish.topicId();
        open.attached = true;
        open.muted = false;
        open.stage = Exchange.UNSENT;
        sendStored(open, true, nowMs);
    }

    private void answer(int qos, int topicId, int msgId, long nowMs) {
        if (qos == 1) {
            services.downlink.puback(session, topicId, msgId, SnReturnCode.ACCEPTED, nowMs);
        } else {
            services.downlink.ack(session, SnType.PUBREC, msgId, nowMs);
        }
    }

    private void accept(SnPublish publish, TopicRef topic, int hash, long nowMs) {
        boolean place = hasPlace(nowMs);
        int packetId = session.packetId(publish.msgId());
        int length = encode(publish, topic, publish.qos(), packetId);
        if (length > session.link.limits().maximumPacketSize) {
            refuse(publish, SnReturnCode.NOT_SUPPORTED, nowMs);
            return;
        }
        boolean room = !session.link.isUp() || session.link.hasRoom(length);
        int chain = length < 0 || !room || !place ? BlockPool.NONE : services.pool.take(length);
        if (chain == BlockPool.NONE) {
            refuse(publish, SnReturnCode.CONGESTION, nowMs);
            return;
        }
        services.pool.write(chain, 0, services.packetOut, 0, length);
        Exchange exchange = add();
        exchange.msgId = publish.msgId();
        exchange.topicId = publish.topicId();
        exchange.qos = publish.qos();
        exchange.packetId = packetId;
        exchange.hash = hash;
        exchange.chain = chain;
        exchange.length = length;
        exchange.attached = true;
        exchange.muted = false;
        exchange.doubtful = false;
        exchange.stage = Exchange.UNSENT;
        services.count(GatewayCounters.PUBLISHED_UP);
        services.records.up(session, exchange);
        if (session.link.isUp() && hasQuota()) {
            exchange.stage = Exchange.SENT;
            session.link.send(services.packetOut, 0, length, nowMs);
        }
    }

    /** @return whether the broker takes one more open exchange: Receive Maximum (MQTT 5.0 §4.9) */
    private boolean hasQuota() {
        int open = 0;
        for (int i = 0; i < count; i++) {
            open += at(i).stage == Exchange.UNSENT ? 0 : 1;
        }
        return open < session.link.limits().receiveMaximum;
    }

    /** A new message in a full window shows that the client waits no more for what was open before a restart. */
    private boolean hasPlace(long nowMs) {
        int waitedFor = 0;
        Exchange oldest = null;
        for (int i = count - 1; i >= 0; i--) {
            boolean awaited = at(i).stage == Exchange.AWAITED;
            oldest = awaited ? at(i) : oldest;
            waitedFor += awaited || at(i).attached ? 1 : 0;
        }
        if (waitedFor < services.config.upstreamWindow()) {
            return count < exchanges.length;
        }
        if (oldest != null) {
            abandon(oldest, nowMs);
        }
        return oldest != null && hasPlace(nowMs);
    }

    /** If the broker has it, it is brought to its end there; if not, the broker says so. */
    private void abandon(Exchange exchange, long nowMs) {
        exchange.attached = false;
        exchange.doubtful = true;
        release(exchange, nowMs);
    }

    /** A client's PUBREL: passed on, or answered at once when there is nothing to release any more. */
    boolean onPubrel(byte[] frame, int offset, int length, long nowMs) {
        SnAck pubrel = services.snAck;
        if (pubrel.wrap(frame, offset, length) < 0) {
            return false;
        }
        Exchange exchange = find(pubrel.msgId());
        if (exchange == null || exchange.qos != 2) {
            services.downlink.ack(session, SnType.PUBCOMP, pubrel.msgId(), nowMs);
            return true;
        }
        exchange.attached = true;
        exchange.muted = false;
        if (exchange.stage == Exchange.RECEIVED || exchange.stage == Exchange.AWAITED) {
            release(exchange, nowMs);
        } else if (exchange.stage == Exchange.RELEASED) {
            services.count(GatewayCounters.DUPLICATES);
        } else {
            session.drop(GatewayCounters.DROP_STRAY, nowMs);
        }
        return true;
    }

    private void release(Exchange exchange, long nowMs) {
        exchange.stage = Exchange.RELEASED;
        session.link.sendAck(MqttType.PUBREL, exchange.packetId, nowMs);
    }

    /** PUBACK, PUBREC or PUBCOMP of the broker. */
    boolean onAck(byte[] packet, int offset, int length, long nowMs) {
        MqttAck ack = services.ack;
        if (ack.wrap(packet, offset, length, services.config.mqttVersion()) < 0) {
            return false;
        }
        int packetId = ack.packetId();
        Exchange exchange = findPacket(packetId);
        if (ack.type() == MqttType.PUBREC) {
            if (!ReasonCode.isFailure(ack.reasonCode())) {
                onPubrec(exchange, packetId, nowMs);
            } else if (exchange == null || exchange.qos != 2 || exchange.stage != Exchange.SENT) {
                session.drop(GatewayCounters.DROP_BROKER_STRAY, nowMs);
            } else {
                onRefused(exchange, ack, nowMs);
                onLinkWritable(nowMs);
            }
            return true;
        }
        boolean puback = ack.type() == MqttType.PUBACK;
        if (exchange == null
                || (exchange.qos == 1) != puback
                || exchange.stage != (puback ? Exchange.SENT : Exchange.RELEASED)) {
            session.drop(GatewayCounters.DROP_BROKER_STRAY, nowMs);
            return true;
        }
        if (puback && ReasonCode.isFailure(ack.reasonCode())) {
            onRefused(exchange, ack, nowMs);
        } else {
            finish(exchange, nowMs);
        }
        onLinkWritable(nowMs);
        return true;
    }

    /** The broker does not take the message (MQTT 5.0 §3.4.2.1): the client is told in place of PUBACK or PUBREC (A4). */
    private void onRefused(Exchange exchange, MqttAck ack, long nowMs) {
        int reason = ack.reasonCode();
        services.refusal(session.index(), ack.type(), reason, ack.properties(), nowMs);
        int returnCode = BrokerLink.isTemporary(reason) ? SnReturnCode.CONGESTION : SnReturnCode.NOT_SUPPORTED;
        session.drop(GatewayCounters.REJECTED, nowMs);
        boolean told = exchange.attached && !exchange.muted;
        int topicId = exchange.topicId;
        int msgId = exchange.msgId;
        services.records.upEnd(session, exchange, false);
        remove(exchange);
        if (told) {
            services.downlink.puback(session, topicId, msgId, returnCode, nowMs);
        }
    }

    private void onPubrec(@Nullable Exchange exchange, int packetId, long nowMs) {
        if (exchange == null) {
            session.drop(GatewayCounters.DROP_BROKER_STRAY, nowMs);
            session.link.sendAck(MqttType.PUBREL, packetId, nowMs);
        } else if (exchange.stage == Exchange.RELEASED) {
            release(exchange, nowMs);
        } else if (exchange.qos == 2 && exchange.stage == Exchange.SENT) {
            exchange.stage = Exchange.RECEIVED;
            freePayload(exchange);
            if (!exchange.attached) {
                release(exchange, nowMs);
            } else if (!exchange.muted) {
                services.downlink.ack(session, SnType.PUBREC, exchange.msgId, nowMs);
            }
        } else {
            session.drop(GatewayCounters.DROP_BROKER_STRAY, nowMs);
        }
    }

    private void finish(Exchange exchange, long nowMs) {
        if (!exchange.doubtful) {
            finished().add(exchange.msgId, exchange.hash, nowMs);
        }
        services.records.upEnd(session, exchange, !exchange.doubtful);
        remove(exchange);
        if (!exchange.attached || exchange.muted) {
            return;
        }
        if (exchange.qos == 1) {
            services.downlink.puback(session, exchange.topicId, exchange.msgId, SnReturnCode.ACCEPTED, nowMs);
        } else {
            services.downlink.ack(session, SnType.PUBCOMP, exchange.msgId, nowMs);
        }
    }

    private FinishedExchanges finished() {
        if (finished == null) {
            finished = new FinishedExchanges();
        }
        return finished;
    }

    /** Sends again, in the old order, what the broker has not finished (MQTT 3.1.1 §4.4). */
    void onLinkUp(boolean sessionPresent, long nowMs) {
        for (int i = 0; i < count; i++) {
            resume(at(i), sessionPresent, nowMs);
        }
    }

    private void resume(Exchange exchange, boolean sessionPresent, long nowMs) {
        if (exchange.stage <= Exchange.SENT) {
            sendStored(exchange, exchange.stage == Exchange.SENT && sessionPresent, nowMs);
        } else if (exchange.stage == Exchange.RELEASED || (exchange.stage == Exchange.RECEIVED && !exchange.attached)) {
            release(exchange, nowMs);
        }
    }

    private void sendStored(Exchange exchange, boolean dup, long nowMs) {
        byte[] out = services.packetOut;
        if (!session.link.hasRoom(exchange.length) || (exchange.stage == Exchange.UNSENT && !hasQuota())) {
            return;
        }
        services.pool.read(exchange.chain, 0, out, 0, exchange.length);
        int flags = MqttPublish.flags(exchange.qos, dup, false);
        out[0] |= (byte) flags;
        exchange.stage = Exchange.SENT;
        session.link.send(out, 0, exchange.length, nowMs);
    }

    /** It is this exchange's turn on the connection that it shares with others. */
    void sendAgain(int packetId, long nowMs) {
        Exchange exchange = findPacket(packetId);
        if (exchange != null && exchange.stage <= Exchange.SENT) {
            sendStored(exchange, false, nowMs);
        }
    }

    /** What found no room when the connection came up goes now. */
    void onLinkWritable(long nowMs) {
        for (int i = 0; i < count; i++) {
            if (at(i).stage == Exchange.UNSENT) {
                sendStored(at(i), false, nowMs);
            }
        }
    }

    /** @return whether this packet identifier is in use */
    boolean uses(int packetId) {
        return findPacket(packetId) != null;
    }

    /** The client sleeps: nothing is sent to it until it asks again. */
    void mute() {
        for (int i = 0; i < count; i++) {
            at(i).muted = true;
        }
    }

    /** The client's connection ended, or begins anew. */
    void detach() {
        for (int i = 0; i < count; i++) {
            at(i).attached = false;
        }
        if (finished != null) {
            finished.age();
        }
    }

    /** The broker forgets the session, so nothing can be finished. */
    void dropExchanges() {
        while (count > 0) {
            remove(at(count - 1));
        }
    }

    /** Nothing remains. */
    void forget() {
        dropExchanges();
        finished = null;
    }

    /** Writes what {@link #restore}, {@link #restoreEnd} and {@link #restoreFinished} need. */
    void write(SessionRecords records) {
        if (finished != null) {
            finished.write(session, records);
        }
        for (int i = 0; i < count; i++) {
            records.up(session, at(i));
        }
    }

    /** A QoS 2 message was open when the process before ended. */
    void restore(int packetId, int msgId, int topicId, int hash) {
        Exchange exchange = findPacket(packetId);
        if (exchange == null && count == exchanges.length) {
            remove(at(0));
        }
        exchange = exchange == null ? add() : exchange;
        exchange.packetId = packetId;
        exchange.msgId = msgId;
        exchange.topicId = topicId;
        exchange.hash = hash;
        exchange.qos = 2;
        exchange.stage = Exchange.AWAITED;
        exchange.doubtful = false;
        exchange.attached = true;
        exchange.muted = false;
    }

    void restoreEnd(int packetId, boolean done) {
        Exchange exchange = findPacket(packetId);
        if (exchange != null) {
            if (done) {
                restoreFinished(exchange.msgId, exchange.hash);
            }
            remove(exchange);
        }
    }

    void restoreFinished(int msgId, int hash) {
        finished().addOld(msgId, hash);
    }

    private Exchange add() {
        Exchange exchange = exchanges[count];
        if (exchange == null) {
            exchange = new Exchange();
            exchanges[count] = exchange;
        }
        count++;
        return exchange;
    }

    private void remove(Exchange exchange) {
        freePayload(exchange);
        int place = 0;
        while (exchanges[place] != exchange) {
            place++;
        }
        count--;
        System.arraycopy(exchanges, place + 1, exchanges, place, count - place);
        exchanges[count] = exchange;
    }

    private void freePayload(Exchange exchange) {
        services.pool.give(exchange.chain);
        exchange.chain = BlockPool.NONE;
    }

    @SuppressWarnings("NullAway") // places below count are filled
    private Exchange at(int place) {
        return exchanges[place];
    }

    private @Nullable Exchange find(int msgId) {
        for (int i = count - 1; i >= 0; i--) {
            if (at(i).msgId == msgId) {
                return at(i);
            }
        }
        return null;
    }

    private @Nullable Exchange findPacket(int packetId) {
        for (int i = 0; i < count; i++) {
            if (at(i).packetId == packetId) {
                return at(i);
            }
        }
        return null;
    }
}
