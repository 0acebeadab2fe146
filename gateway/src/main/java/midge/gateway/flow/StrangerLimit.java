package midge.gateway.flow;

import java.util.Arrays;
import midge.gateway.port.Peer;

/**
 * Decides whether an unknown address is answered again (A33). One place per hash value of a small fixed table: two strangers that meet in
 * one place count as one, so a flood of forged addresses gets at most one answer per place and interval.
 */
public final class StrangerLimit {
    private static final int PLACES = 1024;
    private static final long NEVER = Long.MIN_VALUE / 2;

    private final long[] answeredMs = new long[PLACES];
    private final int intervalMs;

    /** @param intervalMs shortest time between two answers */
    public StrangerLimit(int intervalMs) {
        this.intervalMs = intervalMs;
        Arrays.fill(answeredMs, NEVER);
    }

    /** @return whether to answer now; then the next answer has to wait */
    public boolean mayAnswer(Peer peer, long nowMs) {
        int place = ((peer.hashCode() * 0x9E3779B1) >>> 16) % PLACES;
        if (nowMs - answeredMs[place] < intervalMs) {
            return false;
        }
        answeredMs[place] = nowMs;
        return true;
    }
}
