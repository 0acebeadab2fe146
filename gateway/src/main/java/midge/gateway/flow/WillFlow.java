package midge.gateway.flow;

import midge.gateway.port.GatewayCounters;
import midge.gateway.port.SessionState;
import midge.gateway.store.RecordWriter;
import midge.mqtt.codec.MqttConnectWriter;
import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnReturnCode;
import midge.mqttsn.codec.SnType;
import midge.mqttsn.codec.SnWillMsg;
import midge.mqttsn.codec.SnWillTopic;
import midge.topic.TopicName;
import midge.wire.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * The will: asked for during connection set-up (§6.2), changed later (§6.4).
 *
 * <p>MQTT cannot change a will on an open connection. So an update closes the broker connection with DISCONNECT, which discards the old
 * will, and opens it again with the new one, session kept; the client is answered when the broker has accepted. When the broker refuses,
 * or cannot be reached, the old will is put back and the client gets code 3, or 1 (A10).
 */
final class WillFlow {
    private static final int QUIET = 0;
    private static final int AWAIT_TOPIC = 1;
    private static final int AWAIT_MESSAGE = 2;

    private static final int TOPIC_ANSWER = 1;
    private static final int MESSAGE_ANSWER = 2;

    private static final byte[] EMPTY = {};

    private final Session session;
    private int stage = QUIET;
    private int attempts;
    private byte @Nullable [] topic;
    private byte[] message = EMPTY;
    private int flags;
    private byte @Nullable [] oldTopic;
    private byte[] oldMessage = EMPTY;
    private int oldFlags;
    private int answersDue;

    WillFlow(Session session) {
        this.session = session;
    }

    /** Begins to ask the client. */
    void ask(long nowMs) {
        await(AWAIT_TOPIC, nowMs);
    }

    private void await(int newStage, long nowMs) {
        stage = newStage;
        attempts = 0;
        request(nowMs);
    }

    private void request(long nowMs) {
        session.ask();
        int type = stage == AWAIT_TOPIC ? SnType.WILLTOPICREQ : SnType.WILLMSGREQ;
        session.services.downlink.willRequest(session, type, nowMs);
        session.setTimer(Timers.WILL, nowMs + session.services.config.retryMs());
    }

    void onTimer(long nowMs) {
        if (stage == QUIET) {
            return;
        }
        if (attempts++ == session.services.config.retryLimit()) {
            session.connect.abandon(nowMs);
            return;
        }
        session.repeat();
        request(nowMs);
    }

    boolean onTopic(int type, byte[] frame, int offset, int length, long nowMs) {
        SnWillTopic view = session.services.snWillTopic;
        if (view.wrap(frame, offset, length) < 0 || (!view.isEmpty() && !isUsable(view))) {
            return false;
        }
        if (type == SnType.WILLTOPICUPD) {
            updateTopic(view, nowMs);
        } else if (stage == AWAIT_TOPIC) {
            takeTopic(view, nowMs);
        } else if (stage == AWAIT_MESSAGE) {
            session.services.count(GatewayCounters.DUPLICATES);
            session.services.downlink.willRequest(session, SnType.WILLMSGREQ, nowMs);
        } else if (!session.connect.onWillAgain(nowMs)) {
            session.drop(GatewayCounters.DROP_STRAY, nowMs);
        }
        return true;
    }

    private boolean isUsable(SnWillTopic view) {
        return view.topicLength() <= session.services.config.maxTopic()
                && SnFlags.qos(view.flags()) >= 0
                && TopicName.check(view.buffer(), view.topicOffset(), view.topicLength()) >= 0;
    }

    private void takeTopic(SnWillTopic view, long nowMs) {
        if (view.isEmpty()) {
            forget();
            finish(nowMs);
            return;
        }
        if (!mayBeWritten(view)) {
            interrupt();
            forget();
            session.connect.refuse(SnReturnCode.NOT_SUPPORTED, nowMs);
            return;
        }
        topic = copy(view.buffer(), view.topicOffset(), view.topicLength());
        flags = view.flags();
        await(AWAIT_MESSAGE, nowMs);
    }

    boolean onMessage(int type, byte[] frame, int offset, int length, long nowMs) {
        SnWillMsg view = session.services.snWillMsg;
        if (view.wrap(frame, offset, length) < 0) {
            return false;
        }
        if (type == SnType.WILLMSGUPD) {
            updateMessage(view, nowMs);
        } else if (stage == AWAIT_MESSAGE) {
            message = copy(view.buffer(), view.messageOffset(), view.messageLength());
            finish(nowMs);
        } else if (!session.connect.onWillAgain(nowMs)) {
            session.drop(GatewayCounters.DROP_STRAY, nowMs);
        }
        return true;
    }

    private void finish(long nowMs) {
        interrupt();
        session.services.records.will(session);
        session.connect.openBroker(nowMs);
    }

    private boolean mayBeWritten(SnWillTopic view) {
        boolean allowed = session.rules().mayWrite(view.buffer(), view.topicOffset(), view.topicLength());
        if (!allowed) {
            session.services.count(GatewayCounters.TOPIC_REFUSED);
        }
        return allowed;
    }

    private void updateTopic(SnWillTopic view, long nowMs) {
        if (!view.isEmpty() && !mayBeWritten(view)) {
            session.services.downlink.result(session, SnType.WILLTOPICRESP, SnReturnCode.NOT_SUPPORTED, nowMs);
            return;
        }
        byte[] newTopic = view.isEmpty() ? null : copy(view.buffer(), view.topicOffset(), view.topicLength());
        update(newTopic, newTopic == null ? EMPTY : message, view.flags(), TOPIC_ANSWER, nowMs);
    }

    private void updateMessage(SnWillMsg view, long nowMs) {
        if (topic == null) {
            session.services.downlink.result(session, SnType.WILLMSGRESP, SnReturnCode.NOT_SUPPORTED, nowMs);
            return;
        }
        byte[] newMessage = copy(view.buffer(), view.messageOffset(), view.messageLength());
        update(topic, newMessage, flags, MESSAGE_ANSWER, nowMs);
    }

    private void update(byte @Nullable [] newTopic, byte[] newMessage, int newFlags, int answer, long nowMs) {
        if (!session.isConnected()) {
            session.drop(GatewayCounters.DROP_STRAY, nowMs);
            return;
        }
        if (isSame(newTopic, topic) && isSame(newMessage, message) && newFlags == flags) {
            // Also the retransmission of an update: if that is still under way, its answer will come.
            if ((answersDue & answer) == 0) {
                answer(answer, SnReturnCode.ACCEPTED, nowMs);
            }
            return;
        }
        if (answersDue == 0) {
            oldTopic = topic;
            oldMessage = message;
            oldFlags = flags;
        }
        topic = newTopic;
        message = newMessage;
        flags = newFlags;
        session.services.records.will(session);
        answersDue |= answer;
        session.link.open(nowMs);
    }

    void onLinkUp(long nowMs) {
        settle(SnReturnCode.ACCEPTED, nowMs);
    }

    /** @return whether an update was under way; then the old will counts again */
    boolean onLinkRefused(int returnCode, long nowMs) {
        if (answersDue == 0) {
            return false;
        }
        topic = oldTopic;
        message = oldMessage;
        flags = oldFlags;
        session.services.records.will(session);
        settle(returnCode, nowMs);
        return true;
    }

    private void settle(int returnCode, long nowMs) {
        int due = answersDue;
        answersDue = 0;
        oldTopic = null;
        oldMessage = EMPTY;
        answer(due, returnCode, nowMs);
    }

    private void answer(int answers, int returnCode, long nowMs) {
        if (session.is(SessionState.ASLEEP)) {
            return;
        }
        if ((answers & TOPIC_ANSWER) != 0) {
            session.services.downlink.result(session, SnType.WILLTOPICRESP, returnCode, nowMs);
        }
        if ((answers & MESSAGE_ANSWER) != 0) {
            session.services.downlink.result(session, SnType.WILLMSGRESP, returnCode, nowMs);
        }
    }

    void fill(MqttConnectWriter writer) {
        byte[] name = topic;
        if (name != null) {
            boolean retain = (flags & SnFlags.RETAIN) != 0;
            writer.will(name, 0, name.length, SnFlags.qos(flags), retain).willPayload(message, 0, message.length);
        }
    }

    /** The client is lost, and no broker knows of its will: it is published through the shared connection. */
    void publish(Concentrator shared, long nowMs) {
        byte[] name = topic;
        if (name != null) {
            boolean retain = (flags & SnFlags.RETAIN) != 0;
            shared.publishWill(name, message, SnFlags.qos(flags), retain, nowMs);
        }
    }

    /** Stops asking and answering; the will stays. */
    void interrupt() {
        stage = QUIET;
        answersDue = 0;
        session.stopTimer(Timers.WILL);
    }

    /** Removes the will. */
    void forget() {
        topic = null;
        message = EMPTY;
        flags = 0;
    }

    /** Writes what {@link #restore} needs. */
    void write(RecordWriter record) {
        byte[] name = topic;
        if (name == null) {
            record.u8(0);
        } else {
            record.u8(1).u8(flags).text(name, 0, name.length).text(message, 0, message.length);
        }
    }

    void restore(byte[] name, int willFlags, byte[] octets) {
        topic = name;
        flags = willFlags;
        message = octets;
    }

    private static boolean isSame(byte @Nullable [] a, byte @Nullable [] b) {
        if (a == null || b == null) {
            return a == b;
        }
        return a.length == b.length && Bytes.equal(a, 0, b, 0, a.length);
    }

    private static byte[] copy(byte[] from, int offset, int length) {
        byte[] octets = new byte[length];
        System.arraycopy(from, offset, octets, 0, length);
        return octets;
    }
}
