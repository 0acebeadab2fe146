package midge.gateway.net;

import java.util.concurrent.atomic.LongAdder;
import midge.gateway.port.GatewayCounters;
import org.eclipse.californium.scandium.DtlsHealth;
import org.eclipse.californium.scandium.dtls.Handshaker;
import org.eclipse.californium.scandium.dtls.SessionAdapter;
import org.eclipse.californium.scandium.dtls.SessionListener;
import org.tinylog.Logger;

/** What happens on a DTLS listener's threads, until the gateway's loop takes the numbers over. */
final class DtlsCounts implements DtlsHealth {
    /** Shortest time between two lines about failed handshakes: anybody can make one fail. */
    private static final long LINE_GAP_NS = 1_000_000_000L;

    final LongAdder overflow = new LongAdder();
    private final LongAdder handshakes = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder records = new LongAdder();
    private volatile long lastLineNs = System.nanoTime() - LINE_GAP_NS;

    /** On the gateway's loop. */
    void moveTo(GatewayCounters counters) {
        counters.add(GatewayCounters.DTLS_HANDSHAKES, handshakes.sumThenReset());
        counters.add(GatewayCounters.DTLS_HANDSHAKES_FAILED, failures.sumThenReset());
        counters.add(GatewayCounters.DROP_DTLS_RECORD, records.sumThenReset());
        counters.add(GatewayCounters.DROP_LINK_FULL, overflow.sumThenReset());
    }

    /** {@return who is told why handshakes fail} */
    SessionListener failures() {
        return new SessionAdapter() {
            @Override
            public void handshakeFailed(Handshaker handshaker, Throwable error) {
                long nowNs = System.nanoTime();
                if (nowNs - lastLineNs >= LINE_GAP_NS) {
                    lastLineNs = nowNs;
                    Logger.warn("no DTLS session with {}: {}", handshaker.getPeerAddress(), error.getMessage());
                }
            }
        };
    }

    @Override
    public void endHandshake(boolean success) {
        (success ? handshakes : failures).increment();
    }

    @Override
    public void receivingRecord(boolean drop) {
        if (drop) {
            records.increment();
        }
    }

    @Override
    public void sendingRecord(boolean drop) {
        // what is not sent is counted by who sends
    }

    @Override
    public void startHandshake() {
        // its end is counted
    }

    @Override
    public void dump(String tag, int maxConnections, int remainingCapacity, int pendingWithoutVerify) {
        // the metrics tell
    }

    @Override
    public boolean isEnabled() {
        return true;
    }
}
