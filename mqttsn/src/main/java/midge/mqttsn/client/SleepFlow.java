package midge.mqttsn.client;

import midge.mqttsn.codec.SnDisconnect;
import midge.mqttsn.codec.SnPing;
import midge.wire.Status;

/** Keep alive (§6.11), disconnect (§6.12) and sleep (§6.14): everything that is PINGREQ or DISCONNECT. */
final class SleepFlow {
    private final Core core;
    private int sleepS;

    SleepFlow(Core core) {
        this.core = core;
    }

    /** @param durationS 1..65535, what the next {@link #fallAsleep} announces */
    void duration(int durationS) {
        sleepS = durationS;
    }

    void ping() {
        core.timers.stop(Timers.KEEP_ALIVE);
        core.exchange.start(Exchange.PING, 0, core.nowMs);
    }

    void wake() {
        core.state = SnClient.AWAKE;
        core.timers.stop(Timers.SLEEP);
        core.exchange.start(Exchange.WAKE, 0, core.nowMs);
    }

    void fallAsleep() {
        leave(SnClient.FALLING_ASLEEP, Exchange.SLEEP);
    }

    void disconnect() {
        leave(SnClient.DISCONNECTING, Exchange.DISCONNECT);
    }

    private void leave(int state, int kind) {
        core.wish = Core.WISH_NOTHING;
        core.state = state;
        core.timers.stop(Timers.KEEP_ALIVE);
        core.timers.stop(Timers.SLEEP);
        core.exchange.start(kind, 0, core.nowMs);
    }

    int encode(int kind, byte[] out, int at, int room) {
        byte[] id = core.config.clientId();
        switch (kind) {
            case Exchange.PING:
                return SnPing.encodeRequest(out, at, room, id, 0, 0);
            case Exchange.WAKE:
                return SnPing.encodeRequest(out, at, room, id, 0, id.length);
            case Exchange.SLEEP:
                return SnDisconnect.encode(out, at, room, sleepS);
            default:
                return SnDisconnect.encode(out, at, room, 0);
        }
    }

    /** The gateway is still sending what it holds: a wake-up is supervised from its last sign (§6.14). */
    void heard() {
        if (core.exchange.kind() == Exchange.WAKE) {
            core.exchange.heard(core.nowMs);
        }
    }

    int onPingresp() {
        if (core.exchange.kind() == Exchange.PING) {
            core.answered();
            return Status.OK;
        }
        if (core.exchange.kind() == Exchange.WAKE) {
            asleep(SnClientListener.COLLECTED);
            return Status.OK;
        }
        return core.ignore();
    }

    /** No answer to a wake-up, with all its resends. */
    void notAnswered() {
        core.counters.missedWakes++;
        asleep(SnClientListener.NO_ANSWER);
    }

    private void asleep(int cause) {
        core.exchange.finish();
        core.state = SnClient.ASLEEP;
        core.timers.start(Timers.SLEEP, core.nowMs + sleepS * 1000L - core.config.earlyMs(sleepS));
        core.listener.onAsleep(cause, core.nowMs);
    }

    int onPingreq() {
        if (core.replies.isFull()) {
            core.counters.dropped++;
            return Status.BUSY;
        }
        core.replies.pingresp();
        return Status.OK;
    }

    /**
     * Either the answer to our own DISCONNECT or the gateway's will to end it. While asleep or connecting, and for T_retry after an
     * answer, it can only be, or is taken for, a late copy of that answer: a gateway that means it says so again when we send again.
     */
    int onDisconnect() {
        switch (core.exchange.kind()) {
            case Exchange.SLEEP:
                answersMayBeLate();
                asleep(SnClientListener.FELL_ASLEEP);
                return Status.OK;
            case Exchange.DISCONNECT:
                answersMayBeLate();
                core.disconnected(SnClientListener.REQUESTED, 0);
                return Status.OK;
            default:
                boolean late = core.timers.isRunning(Timers.LATE) && !core.timers.isDue(Timers.LATE, core.nowMs);
                if (late || core.state == SnClient.ASLEEP || core.state == SnClient.CONNECTING) {
                    return core.ignore();
                }
                core.disconnected(SnClientListener.BY_GATEWAY, 0);
                return Status.OK;
        }
    }

    private void answersMayBeLate() {
        core.timers.start(Timers.LATE, core.nowMs + core.config.retryMs());
    }
}
