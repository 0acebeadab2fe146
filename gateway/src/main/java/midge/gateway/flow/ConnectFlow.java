package midge.gateway.flow;

import midge.gateway.port.GatewayCounters;
import midge.gateway.port.SessionState;
import midge.gateway.store.RecordWriter;
import midge.mqtt.codec.MqttConnectWriter;
import midge.mqtt.codec.MqttVersion;
import midge.mqttsn.codec.SnConnect;
import midge.mqttsn.codec.SnReturnCode;
import midge.mqttsn.codec.SnType;

/**
 * Connection set-up (§6.2, §6.3): CONNECT, perhaps the will, then the broker, whose answer becomes the CONNACK.
 *
 * <p>A client that asks for a clean session gets one from the broker. Should the broker connection break later, it is opened again
 * without that flag, so that nothing is lost in further breaks; when such a client leaves, the broker is told to forget it.
 */
final class ConnectFlow {
    private static final int NOTHING_YET = -1;

    /** Bits of a record. */
    private static final int CLEAN = 1;

    private static final int WAS_UP = 2;
    private static final int KEPT = 4;
    private static final int ASKED_TO_KEEP = 8;
    private static final int STALE = 16;

    private final Session session;
    private int flags;
    private int keepAliveS;
    private boolean clean;
    private boolean pristine;
    /** Nothing but the will, and answers, came since CONNECT. */
    private boolean settingUp;

    private long connectMs;
    private int lastReply = NOTHING_YET;
    /** The broker has accepted this client. */
    private boolean wasUp;
    /** The connection that the broker accepted last was not for a clean session. */
    private boolean kept;

    private boolean keptByThisAttempt;
    private boolean forgetsByThisAttempt;
    /** The broker was asked for a session that it keeps; whether it has one now shows only a CONNACK. */
    private boolean askedToKeep;
    /** The broker may still have a session of an earlier connection, which wanted none kept. */
    private boolean stale;

    ConnectFlow(Session session) {
        this.session = session;
    }

    boolean isClean() {
        return clean;
    }

    int keepAliveS() {
        return keepAliveS;
    }

    /** @return whether the broker may keep this client's session although the client wants none kept */
    boolean leavesSession() {
        return clean && askedToKeep;
    }

    /**
     * Anything but CONNECT came from the client. Answers do not show that it has the CONNACK: they may be to messages that came sooner
     * than it, or in place of it.
     */
    void onOtherMessage(int type) {
        switch (type) {
            case SnType.REGACK, SnType.PUBACK, SnType.PUBREC, SnType.PUBCOMP, SnType.PINGRESP -> {}
            case SnType.WILLTOPIC, SnType.WILLMSG -> pristine = false;
            default -> {
                pristine = false;
                settingUp = false;
            }
        }
    }

    /** The client gave its will once more: it has not heard what followed. @return whether that can be so */
    boolean onWillAgain(long nowMs) {
        if (settingUp) {
            session.services.count(GatewayCounters.DUPLICATES);
            repeat(nowMs);
        }
        return settingUp;
    }

    /** @param moved whether the client came from another address than before */
    void onConnect(SnConnect connect, boolean moved, long nowMs) {
        if (!moved && isRepeated(connect, nowMs)) {
            session.services.count(GatewayCounters.DUPLICATES);
            session.ping.heard(nowMs);
            connectMs = pristine ? nowMs : connectMs;
            repeat(nowMs);
            return;
        }
        boolean sleeping = session.is(SessionState.ASLEEP) || session.is(SessionState.AWAKE);
        boolean stateOnly = sleeping && !connect.will() && !connect.cleanSession();
        flags = connect.flags();
        keepAliveS = connect.keepAliveS();
        session.services.records.touch(session);
        pristine = true;
        settingUp = true;
        connectMs = nowMs;
        if (stateOnly) {
            activate(nowMs);
            session.deliver.pump(nowMs);
        } else {
            startOver(connect.cleanSession(), connect.will(), nowMs);
        }
    }

    /**
     * The same CONNECT with nothing but answers in between is a retransmission (A8). With something in between it may be a copy that the radio
     * brings late; to start over then would take topic ids and subscriptions from a client that knows nothing of it. So for a moment,
     * shorter than a client takes to start again, it counts as repeated all the same.
     */
    private boolean isRepeated(SnConnect connect, long nowMs) {
        boolean alive = session.is(SessionState.CONNECTING) || session.is(SessionState.ACTIVE);
        boolean recent = pristine || nowMs - connectMs < session.services.config.lateCopyMs();
        return alive && recent && connect.flags() == flags && connect.keepAliveS() == keepAliveS;
    }

    private void repeat(long nowMs) {
        if (lastReply == SnType.CONNACK) {
            session.services.downlink.result(session, SnType.CONNACK, SnReturnCode.ACCEPTED, nowMs);
        } else if (lastReply != NOTHING_YET) {
            session.services.downlink.willRequest(session, lastReply, nowMs);
        }
    }

    private void startOver(boolean wantsClean, boolean wantsWill, long nowMs) {
        boolean wasClean = clean;
        stale |= leavesSession();
        if (wasClean) {
            session.link.closeAndForget(nowMs);
        } else {
            session.link.close(true, nowMs);
        }
        session.interrupt();
        clean = wantsClean;
        askedToKeep = false;
        wasUp = false;
        lastReply = NOTHING_YET;
        if (clean || wasClean) {
            session.forgetSession(nowMs); // a clean session ends with its connection (A36)
        }
        session.enter(SessionState.CONNECTING, nowMs);
        session.ping.heard(nowMs);
        if (wantsWill) {
            lastReply = SnType.WILLTOPICREQ;
            session.will.ask(nowMs);
        } else {
            openBroker(nowMs);
        }
    }

    /** The will is known: the broker's turn. */
    void openBroker(long nowMs) {
        lastReply = NOTHING_YET;
        boolean canBeginAnew = clean || hasExpiry();
        if (stale && !canBeginAnew) {
            session.link.openAnew(nowMs);
        } else {
            session.link.open(nowMs);
        }
    }

    void onPurged() {
        stale = false;
        session.services.records.touch(session);
    }

    /** The client gave no will in time: the attempt ends without a word. */
    void abandon(long nowMs) {
        session.disconnect(nowMs);
    }

    void onLeft(long nowMs) {
        stale |= leavesSession();
        askedToKeep = false;
        wasUp = false;
        lastReply = NOTHING_YET;
    }

    private void activate(long nowMs) {
        lastReply = SnType.CONNACK;
        session.enter(SessionState.ACTIVE, nowMs);
        session.ping.begin(nowMs);
        session.services.count(GatewayCounters.CONNECTED);
        session.services.downlink.result(session, SnType.CONNACK, SnReturnCode.ACCEPTED, nowMs);
    }

    void fillConnect(MqttConnectWriter writer, boolean purge) {
        boolean forget = purge || isFirstOfCleanSession() || (stale && hasExpiry());
        forgetsByThisAttempt = forget;
        boolean keeps = !purge && (!forget || hasExpiry());
        if (keeps && !askedToKeep) {
            askedToKeep = true;
            session.services.records.touch(session);
        }
        keptByThisAttempt = keeps;
        ConnectOptions.fill(writer, session.services, session.clientId(), forget, keeps);
        if (!purge) {
            session.will.fill(writer);
        }
    }

    /** With MQTT 5.0 a session can begin clean and yet outlive its connection (§3.1.2.11.2). */
    private boolean hasExpiry() {
        return session.services.config.mqttVersion() >= MqttVersion.V5;
    }

    private boolean isFirstOfCleanSession() {
        return clean && !wasUp;
    }

    /**
     * The broker has accepted.
     *
     * @return whether it still has what this gateway told it before. A clean session ended with its connection, so what the broker has
     *     after that comes from an attempt whose CONNACK was lost, and is empty.
     */
    boolean onLinkUp(boolean sessionPresent, long nowMs) {
        boolean resumed = sessionPresent && (kept || !wasUp);
        if (stale && forgetsByThisAttempt) {
            onPurged();
        }
        if (kept != keptByThisAttempt || !wasUp) {
            kept = keptByThisAttempt;
            wasUp = true;
            session.services.records.touch(session);
        }
        if (session.is(SessionState.CONNECTING)) {
            activate(nowMs);
        }
        return resumed;
    }

    void onLinkRefused(int reason, long nowMs) {
        boolean later = BrokerLink.isTemporary(reason);
        if (!wasUp) {
            askedToKeep = false; // a refused CONNECT leaves no session
        }
        if (session.is(SessionState.CONNECTING)) {
            refuse(later ? SnReturnCode.CONGESTION : SnReturnCode.NOT_SUPPORTED, nowMs);
        } else if (session.will.onLinkRefused(SnReturnCode.NOT_SUPPORTED, nowMs) || later) {
            session.link.retry(nowMs);
        } else if (session.isConnected()) {
            // The broker no longer wants this client; only a new CONNECT can tell it why.
            if (session.isListening()) {
                session.services.downlink.disconnect(session, nowMs);
            }
            session.disconnect(nowMs);
        }
    }

    void onLinkDown(long nowMs) {
        if (session.is(SessionState.CONNECTING)) {
            refuse(SnReturnCode.CONGESTION, nowMs);
        } else if (session.isConnected()) {
            session.will.onLinkRefused(SnReturnCode.CONGESTION, nowMs);
            session.link.retry(nowMs);
            session.onIdle(nowMs);
        }
    }

    /** Writes what {@link #restore} needs. */
    void write(RecordWriter record) {
        int bits = (clean ? CLEAN : 0)
                | (wasUp ? WAS_UP : 0)
                | (kept ? KEPT : 0)
                | (askedToKeep ? ASKED_TO_KEEP : 0)
                | (stale ? STALE : 0);
        record.u8(flags).u16(keepAliveS).u8(bits);
    }

    static boolean isClean(int bits) {
        return (bits & CLEAN) != 0;
    }

    /** The process before had this connection; a CONNECT that comes now is no copy of the one that made it. */
    void restore(int someFlags, int someKeepAliveS, int bits, long nowMs) {
        flags = someFlags;
        keepAliveS = someKeepAliveS;
        clean = isClean(bits);
        wasUp = (bits & WAS_UP) != 0;
        kept = (bits & KEPT) != 0;
        askedToKeep = (bits & ASKED_TO_KEEP) != 0;
        stale = (bits & STALE) != 0;
        pristine = false;
        connectMs = nowMs - session.services.config.lateCopyMs();
        lastReply = SnType.CONNACK;
    }

    void refuse(int returnCode, long nowMs) {
        session.drop(GatewayCounters.CONNECT_REFUSED, nowMs);
        session.services.downlink.result(session, SnType.CONNACK, returnCode, nowMs);
        session.disconnect(nowMs);
    }
}
