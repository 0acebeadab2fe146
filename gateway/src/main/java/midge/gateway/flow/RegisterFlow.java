package midge.gateway.flow;

import midge.gateway.config.GatewayConfig;
import midge.gateway.port.GatewayCounters;
import midge.gateway.port.SessionState;
import midge.gateway.table.NameList;
import midge.mqttsn.codec.SnRegack;
import midge.mqttsn.codec.SnRegister;
import midge.mqttsn.codec.SnReturnCode;
import midge.topic.TopicName;

/**
 * Topic registration both ways (§6.5). A topic id is the place of its name in the client's list, counted on from the last id of the
 * connection before. So an id is not given to another name soon: a PUBLISH with an id of an earlier connection, which the client has not
 * given up yet or which comes late, meets "invalid topic id" and never another topic.
 */
final class RegisterFlow {
    /** Mark of a name whose id the client knows. */
    static final int KNOWN = 1;
    /** Mark of a name that the client refused (A27). */
    static final int REFUSED = 2;

    private static final int ID_MAX = 0xFFFE;

    private final Session session;
    private int idBase;
    private int topicId;
    private int msgId;
    private int attempts;

    RegisterFlow(Session session) {
        this.session = session;
        idBase = session.services.firstTopicId();
    }

    /** A client wants an id for a name. */
    boolean onRegister(byte[] frame, int offset, int length, long nowMs) {
        SnRegister register = session.services.snRegister;
        if (register.wrap(frame, offset, length) < 0) {
            return false;
        }
        byte[] buffer = register.buffer();
        int nameLength = register.nameLength();
        int returnCode = SnReturnCode.ACCEPTED;
        int id = 0;
        if (nameLength > session.services.config.maxTopic()
                || TopicName.check(buffer, register.nameOffset(), nameLength) < 0) {
            returnCode = SnReturnCode.NOT_SUPPORTED;
        } else if (!session.rules().mayUse(buffer, register.nameOffset(), nameLength)) {
            session.services.count(GatewayCounters.TOPIC_REFUSED);
            returnCode = SnReturnCode.NOT_SUPPORTED;
        } else if (!session.services.admission.hasToken(session, nowMs)) {
            returnCode = SnReturnCode.CONGESTION;
        } else {
            id = idOf(buffer, register.nameOffset(), nameLength);
            returnCode = id == 0 ? SnReturnCode.CONGESTION : SnReturnCode.ACCEPTED;
        }
        if (id == 0) {
            session.drop(GatewayCounters.REJECTED, nowMs);
        } else {
            markKnown(id);
        }
        session.services.downlink.regack(session, id, register.msgId(), returnCode, nowMs);
        return true;
    }

    /** @return the id of a name, a new one if need be; 0 when the client's list is full */
    int idOf(byte[] name, int offset, int length) {
        int place = session.topics.find(name, offset, length);
        if (place < 0) {
            place = session.topics.add(name, offset, length, 0);
            if (place >= 0) {
                session.services.records.topic(session, place);
            }
        }
        return place < 0 ? 0 : idBase + place;
    }

    /** @return the place of an id in the client's list, -1 when there is no such id */
    int place(int id) {
        int place = id - idBase;
        return place >= 0 && place < session.topics.count() ? place : -1;
    }

    /** A new connection begins, or none is left: all ids end (A2). */
    void forgetIds() {
        int next = idBase + session.topics.count();
        idBase = next > highestBase(session.services.config) ? 1 : next;
        session.topics.clear();
        session.services.records.topicsEnd(session);
    }

    int idBase() {
        return idBase;
    }

    /** @return the highest base that leaves a client all its topics */
    static int highestBase(GatewayConfig config) {
        return Math.max(1, ID_MAX + 1 - config.topicsPerClient());
    }

    void restore(int base) {
        idBase = base;
    }

    void restoreEnd(int base) {
        session.topics.clear();
        idBase = base >= 1 && base <= highestBase(session.services.config) ? base : 1;
    }

    private void tag(int place, int tag) {
        if (session.topics.tag(place) != tag) {
            session.topics.tag(place, tag);
            session.services.records.topic(session, place);
        }
    }

    /** The client knows this id from now on. */
    void markKnown(int id) {
        tag(place(id), KNOWN);
    }

    /** The client turned out not to know this id. */
    void markUnknown(int id) {
        tag(place(id), 0);
    }

    boolean isKnown(int id) {
        return (session.topics.tag(place(id)) & KNOWN) != 0;
    }

    boolean isRefused(int id) {
        return (session.topics.tag(place(id)) & REFUSED) != 0;
    }

    /** The client subscribes again, so it may get what it refused before (A27). */
    void forgiveRefused() {
        NameList topics = session.topics;
        for (int i = 0; i < topics.count(); i++) {
            tag(i, topics.tag(i) & ~REFUSED);
        }
    }

    /** @return whether a REGISTER to the client is open */
    boolean isOpen() {
        return topicId != 0;
    }

    /** Tells the client an id; the delivery goes on when it has answered. */
    void begin(int id, long nowMs) {
        topicId = id;
        msgId = session.nextMsgId();
        attempts = 0;
        send(nowMs);
    }

    private void send(long nowMs) {
        session.ask();
        NameList topics = session.topics;
        int place = place(topicId);
        session.services.downlink.register(
                session, topicId, msgId, topics.names(), topics.offset(place), topics.length(place), nowMs);
        session.setTimer(Timers.REGISTER, nowMs + session.services.config.retryMs());
    }

    void onTimer(long nowMs) {
        if (!isOpen()) {
            return;
        }
        if (attempts++ == session.services.config.retryLimit()) {
            session.lose(nowMs);
            return;
        }
        session.repeat();
        send(nowMs);
    }

    boolean onRegack(byte[] frame, int offset, int length, long nowMs) {
        SnRegack regack = session.services.snRegack;
        if (regack.wrap(frame, offset, length) < 0) {
            return false;
        }
        if (!isOpen() || regack.msgId() != msgId || session.is(SessionState.ASLEEP)) {
            session.drop(GatewayCounters.DROP_STRAY, nowMs);
            return true;
        }
        int id = topicId;
        int returnCode = regack.returnCode();
        interrupt();
        if (returnCode == SnReturnCode.ACCEPTED) {
            markKnown(id);
        } else if (returnCode == SnReturnCode.CONGESTION) {
            // No room at the client just now: this message is lost for it, the next one may ask again.
            session.deliver.onTopicRefused(nowMs);
        } else {
            tag(place(id), REFUSED);
        }
        session.deliver.pump(nowMs);
        return true;
    }

    /** Gives the open REGISTER up. */
    void interrupt() {
        topicId = 0;
        session.stopTimer(Timers.REGISTER);
    }
}
