package midge.gateway.flow;

import midge.gateway.table.TimerHeap;

/** The named deadlines of every session, in one heap; the last one belongs to the gateway itself. */
public final class Timers {
    /** Keep alive or sleep: how long the client may stay silent. */
    public static final int LIVENESS = 0;
    /** T_retry of WILLTOPICREQ and WILLMSGREQ. */
    public static final int WILL = 1;
    /** T_retry of a REGISTER to the client. */
    public static final int REGISTER = 2;
    /** T_retry of a PUBLISH or PUBREL to the client; T_WAIT after its "congestion". */
    public static final int DELIVER = 3;
    /** The broker connection: time-out, pause, keep alive. */
    public static final int LINK = 4;
    /** Octets that the broker connection has not taken. */
    public static final int FLUSH = 5;

    private static final int KINDS = 6;

    private final TimerHeap heap;
    private final int advertise;

    Timers(int links) {
        heap = new TimerHeap(links * KINDS + 1);
        advertise = links * KINDS;
    }

    void set(int session, int kind, long deadlineMs) {
        heap.set(session * KINDS + kind, deadlineMs);
    }

    void stop(int session, int kind) {
        heap.stop(session * KINDS + kind);
    }

    boolean isSet(int session, int kind) {
        return heap.isSet(session * KINDS + kind);
    }

    void setAdvertise(long deadlineMs) {
        heap.set(advertise, deadlineMs);
    }

    void stopAdvertise() {
        heap.stop(advertise);
    }

    /** @return the earliest deadline, {@link Long#MAX_VALUE}: none */
    public long earliestMs() {
        return heap.earliestMs();
    }

    /** Stops the earliest timer if it is due. @return its number, or -1 */
    public int expire(long nowMs) {
        return heap.expire(nowMs);
    }

    /** @return whether this is the gateway's own timer */
    public boolean isAdvertise(int timer) {
        return timer == advertise;
    }

    /** @return the session of a timer */
    public static int session(int timer) {
        return timer / KINDS;
    }

    /** @return the kind of a timer */
    public static int kind(int timer) {
        return timer % KINDS;
    }
}
