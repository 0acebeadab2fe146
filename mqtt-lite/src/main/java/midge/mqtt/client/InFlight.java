package midge.mqtt.client;

import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttError;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.MqttVersion;
import midge.mqtt.codec.ReasonCode;
import midge.wire.Bytes;
import midge.wire.Status;

/** Unfinished outbound messages: acknowledgements, the server's quota, and what a new connection does with old ones (§4.3, §4.4). */
final class InFlight {
    private final int version;
    private final boolean republish;
    private final MqttClientListener listener;
    private final SessionStore store;
    private final OutboundWindow window;
    private final TransmitQueue queue;
    private final ServerLimits limits;
    private final MessageSender sender;
    private final AliasTable aliases;

    private boolean connected;
    private int quota;
    /** The first message in state WAITING. */
    private OutboundMessage waiting;

    int strayPackets;

    InFlight(
            MqttClientConfig config,
            MqttClientListener listener,
            SessionStore store,
            TransmitQueue queue,
            ServerLimits limits) {
        version = config.version;
        republish = config.republish;
        this.listener = listener;
        this.store = store;
        this.queue = queue;
        this.limits = limits;
        window = new OutboundWindow(config.window, config.slotBytes, config.requestsMax);
        sender = new MessageSender(window, listener, config.topicAliasesOut > 0);
        aliases = new AliasTable(config.topicAliasesOut, config.aliasTopicBytes);
    }

    OutboundWindow window() {
        return window;
    }

    AliasTable aliases() {
        return aliases;
    }

    boolean isConnected() {
        return connected;
    }

    /** Takes a message that was encoded into a slot just acquired. @return its token, or a negative status */
    int accept(OutboundMessage m, int qos, boolean retain, int length, int pulledLength) {
        m.qos = qos;
        m.retain = retain;
        m.length = length;
        m.pulledLength = pulledLength;
        if (connected) {
            int status = limits.judge(qos, retain, m.packetLength());
            if (status < 0) {
                return status;
            }
        }
        if (store != null && pulledLength == 0) {
            int status = store.putMessage(m.packetId, window.arena, m.at, length);
            if (status < 0) {
                return status;
            }
        }
        window.append(m);
        if (waiting == null) {
            waiting = m;
        }
        int token = m.packetId;
        pump();
        return token;
    }

    /** Queues what the server's quota allows. */
    private void pump() {
        while (connected && waiting != null && (waiting.qos == 0 || quota > 0)) {
            OutboundMessage m = waiting;
            if (!queue.addMessage(m)) {
                return;
            }
            enqueued(m);
            waiting = nextWaiting(m.next);
        }
    }

    private void enqueued(OutboundMessage m) {
        m.state = OutboundMessage.QUEUED;
        if (m.qos > 0) {
            quota--;
        }
        chooseAlias(m);
    }

    private void chooseAlias(OutboundMessage m) {
        if (aliases.capacity() == 0 || limits.topicAliasMax == 0 || limits.packetSizeMax - 4 < m.packetLength()) {
            return;
        }
        int topicAt = m.at + 1;
        while (window.arena[topicAt] < 0) {
            topicAt++;
        }
        topicAt++;
        int length = Bytes.u16(window.arena, topicAt);
        m.alias = aliases.find(window.arena, topicAt + 2, length);
        m.setsAlias = m.alias == 0;
        if (m.setsAlias) {
            m.alias = aliases.next(length, limits.topicAliasMax);
            if (m.alias > 0) {
                aliases.add(window.arena, topicAt + 2, length);
            }
        }
    }

    private static OutboundMessage nextWaiting(OutboundMessage from) {
        OutboundMessage m = from;
        while (m != null && m.state != OutboundMessage.WAITING) {
            m = m.next;
        }
        return m;
    }

    /** Sends from the first entry of the queue, a message. @return octets put into {@code out}, or an error */
    int send(byte[] out, int offset, int capacity) {
        OutboundMessage m = window.slot(queue.firstMessage());
        int n = sender.send(m, out, offset, capacity);
        if (n < 0) {
            return MqttError.PAYLOAD;
        }
        m.started = m.started || n > 0;
        if (sender.isDone()) {
            sender.reset();
            queue.removeFirst();
            sent(m);
        }
        return n;
    }

    private void sent(OutboundMessage m) {
        if (m.state == OutboundMessage.RELEASE_QUEUED) {
            m.state = OutboundMessage.RELEASED;
        } else if (m.qos > 0) {
            m.state = OutboundMessage.SENT;
        } else {
            finish(m, ReasonCode.SUCCESS, null);
        }
    }

    /** PUBACK, PUBREC or PUBCOMP has come. @return {@link Status#OK} or an error that ends the connection */
    int onAck(MqttAck ack) {
        OutboundMessage m = window.find(ack.packetId());
        switch (ack.type()) {
            case MqttType.PUBACK:
                return onPuback(m, ack);
            case MqttType.PUBREC:
                return onPubrec(m, ack);
            default:
                return onPubcomp(m, ack);
        }
    }

    private int onPuback(OutboundMessage m, MqttAck ack) {
        if (m == null || m.state != OutboundMessage.SENT) {
            strayPackets++;
            return Status.OK;
        }
        return m.qos == 1 ? complete(m, ack) : MqttError.UNEXPECTED_PACKET;
    }

    private int onPubrec(OutboundMessage m, MqttAck ack) {
        if (m == null) {
            strayPackets++;
            boolean v5 = version >= MqttVersion.V5;
            if (!ReasonCode.isFailure(ack.reasonCode())) {
                int reason = v5 ? ReasonCode.PACKET_IDENTIFIER_NOT_FOUND : ReasonCode.SUCCESS;
                queue.answer(MqttType.PUBREL, ack.packetId(), reason);
            }
            return Status.OK;
        }
        if (m.state == OutboundMessage.RELEASED) {
            release(m);
            return Status.OK;
        }
        if (m.state != OutboundMessage.SENT) {
            strayPackets++;
            return Status.OK;
        }
        if (m.qos != 2) {
            return MqttError.UNEXPECTED_PACKET;
        }
        if (ReasonCode.isFailure(ack.reasonCode())) {
            return complete(m, ack);
        }
        if (store != null && m.pulledLength == 0 && store.releaseMessage(m.packetId) < 0) {
            return MqttError.STORE;
        }
        release(m);
        return Status.OK;
    }

    private void release(OutboundMessage m) {
        if (queue.addMessage(m)) {
            m.state = OutboundMessage.RELEASE_QUEUED;
        }
    }

    private int onPubcomp(OutboundMessage m, MqttAck ack) {
        if (m == null || m.state < OutboundMessage.SENT || m.state == OutboundMessage.RELEASE_QUEUED) {
            strayPackets++;
            return Status.OK;
        }
        return m.state == OutboundMessage.RELEASED ? complete(m, ack) : MqttError.UNEXPECTED_PACKET;
    }

    private int complete(OutboundMessage m, MqttAck ack) {
        if (quota < limits.receiveMax) {
            quota++;
        }
        int status = finish(m, ack.reasonCode(), ack);
        pump();
        return status;
    }

    /** Frees the slot and tells the application, which may use it again at once. */
    private int finish(OutboundMessage m, int result, MqttAck ack) {
        int token = m.packetId;
        boolean stored = store != null && m.pulledLength == 0 && m.qos > 0;
        if (waiting == m) {
            waiting = nextWaiting(m.next);
        }
        window.remove(m);
        int status = stored ? store.removeMessage(token) : Status.OK;
        listener.onDelivered(token, result, ack);
        return status < 0 ? MqttError.STORE : Status.OK;
    }

    /** CONNACK has come. @param resumed whether the server has kept the session. @return {@link Status#OK} or an error */
    int onConnected(boolean resumed) {
        OutboundMessage next;
        int worst = Status.OK;
        for (OutboundMessage m = window.first(); m != null; m = next) {
            next = m.next;
            int status = resumed ? Status.OK : forgetSession(m);
            if (status == Status.OK && m.state == OutboundMessage.WAITING) {
                int verdict = limits.judge(m.qos, m.retain, m.packetLength());
                status = verdict < 0 ? finish(m, verdict, null) : Status.OK;
            }
            worst = status < worst ? status : worst;
        }
        connected = !queue.isSealed();
        quota = limits.receiveMax;
        resend();
        return worst;
    }

    /** What was sent belonged to the lost session; what was not sent yet is as good as new. */
    private int forgetSession(OutboundMessage m) {
        if (m.isReleased()) {
            // After PUBREC the server had the message; only the end of the exchange is missing.
            return finish(m, republish ? ReasonCode.SUCCESS : MqttError.SESSION_LOST, null);
        }
        if (!m.started) {
            return Status.OK;
        }
        if (!republish) {
            return finish(m, MqttError.SESSION_LOST, null);
        }
        m.started = false;
        window.arena[m.at] &= ~MqttPublish.DUP;
        return Status.OK;
    }

    /** Queues everything in its first order; what exceeds the quota waits, but holds no PUBREL back (§4.6, §4.9). */
    private void resend() {
        waiting = null;
        for (OutboundMessage m = window.first(); m != null; m = m.next) {
            if (m.state == OutboundMessage.RELEASE_WAITING) {
                release(m);
            } else if (waiting == null && (m.qos == 0 || quota > 0) && queue.addMessage(m)) {
                enqueued(m);
            } else if (waiting == null) {
                waiting = m;
            }
        }
    }

    /** DISCONNECT is queued; nothing may follow. */
    void onEnding() {
        connected = false;
    }

    /** The connection is gone; everything unfinished waits for the next one. */
    void onClosed() {
        connected = false;
        sender.reset();
        aliases.clear();
        OutboundMessage next;
        for (OutboundMessage m = window.first(); m != null; m = next) {
            next = m.next;
            m.alias = 0;
            m.setsAlias = false;
            if (m.qos == 0) {
                finish(m, Status.NOT_CONNECTED, null);
            } else {
                m.state = m.isReleased() ? OutboundMessage.RELEASE_WAITING : OutboundMessage.WAITING;
            }
        }
        waiting = nextWaiting(window.first());
    }

    /** Puts a message of an earlier life at the end of the order. @param length 0 for one that was released */
    int restore(int packetId, int qos, byte[] packet, int offset, int length) {
        if (window.find(packetId) != null) {
            return Status.INVALID;
        }
        if (length > window.slotBytes) {
            return Status.TOO_SMALL;
        }
        OutboundMessage m = window.acquire();
        if (m == null) {
            return Status.BUSY;
        }
        System.arraycopy(packet, offset, window.arena, m.at, length);
        m.qos = qos;
        m.retain = length > 0 && (packet[offset] & MqttPublish.RETAIN) != 0;
        m.length = length;
        m.started = true;
        window.appendRestored(m, packetId);
        if (length == 0) {
            m.state = OutboundMessage.RELEASE_WAITING;
        } else if (waiting == null) {
            waiting = m;
        }
        return Status.OK;
    }
}
