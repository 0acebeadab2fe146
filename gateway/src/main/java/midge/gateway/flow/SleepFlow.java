package midge.gateway.flow;

import midge.gateway.port.GatewayCounters;
import midge.gateway.port.SessionState;
import midge.mqttsn.codec.SnDisconnect;

/**
 * Sleep (§6.14) and goodbye (§6.12), which share one message.
 *
 * <p>A sleeping client is sent nothing: what was open towards it is taken up again when it wakes. A request that it sends while it is
 * asleep is answered all the same, since it listens then, and leaves it asleep (A19). It is told PINGRESP only when everything that was
 * kept for it is acknowledged.
 */
final class SleepFlow {
    private final Session session;
    private int durationS;

    SleepFlow(Session session) {
        this.session = session;
    }

    /** @return the announced length of sleep, s */
    int durationS() {
        return durationS;
    }

    void restore(int seconds) {
        durationS = seconds;
    }

    boolean onDisconnect(byte[] frame, int offset, int length, long nowMs) {
        SnDisconnect disconnect = session.services.snDisconnect;
        if (disconnect.wrap(frame, offset, length) < 0) {
            return false;
        }
        int seconds = disconnect.durationS();
        session.services.downlink.disconnect(session, nowMs);
        if (seconds == 0 || !session.isConnected()) {
            session.disconnect(nowMs);
            return true;
        }
        if (seconds != durationS) {
            durationS = seconds;
            session.services.records.touch(session);
        }
        session.deliver.keepAll(nowMs);
        session.register.interrupt();
        session.deliver.interrupt();
        session.upstream.mute();
        session.subscribe.mute();
        session.enter(SessionState.ASLEEP, nowMs);
        session.ping.begin(nowMs);
        return true;
    }

    /** PINGREQ of a client that sleeps, or that woke and asks again because it heard nothing. */
    void onPingreq(long nowMs) {
        if (session.is(SessionState.AWAKE)) {
            session.services.count(GatewayCounters.DUPLICATES);
            session.deliver.pump(nowMs);
            return;
        }
        session.enter(SessionState.AWAKE, nowMs);
        session.deliver.pump(nowMs);
    }

    /** Nothing is left to deliver: an awake client may sleep again, and its time starts anew. */
    void onIdle(long nowMs) {
        if (session.is(SessionState.AWAKE) && session.deliver.isIdle()) {
            session.services.downlink.pingresp(session, nowMs);
            session.enter(SessionState.ASLEEP, nowMs);
            session.ping.begin(nowMs);
        }
    }
}
