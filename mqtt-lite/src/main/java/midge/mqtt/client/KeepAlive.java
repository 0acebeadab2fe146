package midge.mqtt.client;

/** When to send PINGREQ, and when its answer is overdue (MQTT 5.0 §3.1.2.10, §3.12). */
final class KeepAlive {
    /** No deadline. */
    static final long NEVER = Long.MAX_VALUE;

    private final int pingTimeoutMs;
    private long idleMs;
    private long lastSentMs;
    private long overdueAtMs;

    KeepAlive(int pingTimeoutMs) {
        this.pingTimeoutMs = pingTimeoutMs;
        stop();
    }

    /** Begins for a connection. A PINGREQ goes out after three quarters of the time, which leaves room for a slow network. */
    void start(int keepAliveS, long nowMs) {
        idleMs = keepAliveS * 750L;
        lastSentMs = nowMs;
        overdueAtMs = NEVER;
    }

    void stop() {
        idleMs = 0;
        overdueAtMs = NEVER;
    }

    /** Octets of any packet went out. */
    void sent(long nowMs) {
        lastSentMs = nowMs;
    }

    /** Octets came in; the peer is there, even if PINGRESP waits behind a large packet. */
    void heard(long nowMs) {
        if (overdueAtMs != NEVER) {
            overdueAtMs = nowMs + pingTimeoutMs;
        }
    }

    void pingSent(long nowMs) {
        lastSentMs = nowMs;
        overdueAtMs = nowMs + pingTimeoutMs;
    }

    void pingAnswered() {
        overdueAtMs = NEVER;
    }

    boolean isOverdue(long nowMs) {
        return nowMs >= overdueAtMs;
    }

    boolean isPingDue(long nowMs) {
        return overdueAtMs == NEVER && nowMs >= pingAtMs();
    }

    private long pingAtMs() {
        return idleMs == 0 ? NEVER : lastSentMs + idleMs;
    }

    long deadlineMs() {
        return overdueAtMs == NEVER ? pingAtMs() : overdueAtMs;
    }
}
