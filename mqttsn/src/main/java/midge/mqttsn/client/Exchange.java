package midge.mqttsn.client;

/**
 * The one exchange in hand: which frame is to be sent, and resent until its answer comes (§6.13). The frame itself is written anew each
 * time from the outbox, the topic table or the configuration, so that it takes no room here.
 */
final class Exchange {
    static final int FREE = 0;
    /** PUBLISH at QoS 0 or -1: done as soon as it is sent. */
    static final int SEND = 1;

    static final int CONNECT = 2;
    static final int WILL_TOPIC = 3;
    static final int WILL_MESSAGE = 4;
    static final int REGISTER = 5;
    static final int PUBLISH = 6;
    static final int PUBREL = 7;
    static final int SUBSCRIBE = 8;
    static final int UNSUBSCRIBE = 9;
    static final int WILL_TOPIC_UPDATE = 10;
    static final int WILL_MESSAGE_UPDATE = 11;
    static final int PING = 12;
    static final int WAKE = 13;
    static final int SLEEP = 14;
    static final int DISCONNECT = 15;

    private final Timers timers;
    private final int retryMs;

    private int kind;
    private int msgId;
    private int resends;
    private boolean due;

    Exchange(Timers timers, int retryMs) {
        this.timers = timers;
        this.retryMs = retryMs;
    }

    int kind() {
        return kind;
    }

    int msgId() {
        return msgId;
    }

    int resends() {
        return resends;
    }

    boolean isFree() {
        return kind == FREE;
    }

    /** @return whether the frame waits for the link */
    boolean isDue() {
        return due;
    }

    /** @return whether this is the answer that is waited for; it may come before the link has said that the frame was sent */
    boolean awaits(int kind, int msgId) {
        return this.kind == kind && this.msgId == msgId;
    }

    /** @param msgId 0 for exchanges without one */
    void start(int kind, int msgId, long nowMs) {
        this.kind = kind;
        this.msgId = msgId;
        resends = 0;
        due = true;
        if (kind != SEND) {
            restartRetry(nowMs);
        }
    }

    void finish() {
        kind = FREE;
        msgId = 0;
        due = false;
        timers.stop(Timers.RETRY);
    }

    void sent() {
        due = false;
    }

    /** Sends the frame once more: asked for by the peer, or after T_retry. */
    void again(long nowMs) {
        due = true;
        restartRetry(nowMs);
    }

    /** Counts a resend. A frame that the link has not even taken is merely awaited longer. @return whether a frame is resent */
    boolean resend(long nowMs) {
        boolean waitsForLink = due;
        again(nowMs);
        if (!waitsForLink) {
            resends++;
        }
        return !waitsForLink;
    }

    /** The peer shows that it is there and busy with this: T_retry and N_retry begin anew. */
    void heard(long nowMs) {
        resends = 0;
        restartRetry(nowMs);
    }

    private void restartRetry(long nowMs) {
        timers.start(Timers.RETRY, nowMs + retryMs);
    }
}
