package midge.gateway.flow;

import midge.gateway.config.GatewayConfig;
import midge.gateway.port.SessionState;

/**
 * Keep alive (§6.11) and the supervision of sleep (§6.14): how long a client may be silent. Every message restarts the time; so as not
 * to move a deadline each time, only the moment is noted, and the deadline looked at again when it comes.
 */
final class PingFlow {
    private static final int SHORT_S = 60;

    private final Session session;
    private long heardMs;

    PingFlow(Session session) {
        this.session = session;
    }

    long heardMs() {
        return heardMs;
    }

    /** The client showed that it is there, or the time starts anew by rule. */
    void heard(long nowMs) {
        heardMs = nowMs;
    }

    /** The state changed, and with it the time that is allowed. */
    void begin(long nowMs) {
        heardMs = nowMs;
        session.setTimer(Timers.LIVENESS, dueMs());
    }

    /** PINGREQ of a client that is awake anyway. */
    void onPingreq(long nowMs) {
        session.services.downlink.pingresp(session, nowMs);
    }

    void onTimer(long nowMs) {
        if (!session.isConnected()) {
            return;
        }
        if (nowMs < dueMs()) {
            session.setTimer(Timers.LIVENESS, dueMs());
        } else {
            session.lose(nowMs);
        }
    }

    private long dueMs() {
        GatewayConfig config = session.services.config;
        int seconds = session.is(SessionState.ACTIVE) ? session.connect.keepAliveS() : session.sleep.durationS();
        return heardMs + (seconds == 0 ? config.idleLimitS() * 1000L : withTolerance(seconds));
    }

    /** 10 % more above a minute, 50 % up to a minute (§7.2). @return ms */
    static long withTolerance(int seconds) {
        return seconds > SHORT_S ? seconds * 1100L : seconds * 1500L;
    }
}
