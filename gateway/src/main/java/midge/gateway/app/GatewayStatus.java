package midge.gateway.app;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import midge.gateway.core.GatewayCore;
import midge.gateway.flow.Session;
import midge.gateway.net.GatewayLoop;
import midge.gateway.port.GatewayCounters;
import midge.gateway.port.SessionState;

/**
 * What a gateway looks like at one moment. Taken on its event loop, some sessions at a time, so that traffic waits microseconds and not
 * for all of them.
 */
final class GatewayStatus {
    private static final int SESSIONS_AT_ONCE = 1_000;
    private static final int STATES = SessionState.LOST + 1;
    private static final long PATIENCE_MS = 2_000;

    final long[] counters = new long[GatewayCounters.count()];
    final long[] fromClients = new long[GatewayCounters.types()];
    final long[] toClients = new long[GatewayCounters.types()];
    final long[] sessionsByState = new long[STATES];
    long queuedMessages;
    long usedOctets;
    int sessionCount;
    boolean brokerReachable;

    private GatewayStatus() {}

    /**
     * Asks the gateway's thread and waits for it. Not to be called on that thread.
     *
     * @throws TimeoutException when the gateway does not answer within two seconds
     */
    static GatewayStatus of(GatewayLoop gateway) throws TimeoutException, InterruptedException {
        return of(gateway, session -> {});
    }

    /** As the other; {@code visitor} sees each session, on the gateway's thread. */
    static GatewayStatus of(GatewayLoop gateway, Consumer<Session> visitor)
            throws TimeoutException, InterruptedException {
        GatewayStatus status = new GatewayStatus();
        status.ask(gateway, () -> status.readCore(gateway));
        for (int i = 0; i < status.sessionCount; i += SESSIONS_AT_ONCE) {
            int from = i;
            status.ask(gateway, () -> status.readSessions(gateway.core(), from, visitor));
        }
        return status;
    }

    private void ask(GatewayLoop gateway, Runnable question) throws TimeoutException, InterruptedException {
        try {
            gateway.call(() -> {
                        question.run();
                        return true;
                    })
                    .get(PATIENCE_MS, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the gateway's state cannot be read", e);
        }
    }

    private void readCore(GatewayLoop gateway) {
        GatewayCore core = gateway.core();
        GatewayCounters counted = gateway.counters();
        for (int i = 0; i < counters.length; i++) {
            counters[i] = counted.value(i);
        }
        for (int type = 0; type < fromClients.length; type++) {
            fromClients[type] = counted.fromClients(type);
            toClients[type] = counted.toClients(type);
        }
        sessionCount = core.sessions().count();
        usedOctets = core.usedOctets();
        brokerReachable = core.isBrokerReachable(gateway.nowMs());
    }

    private void readSessions(GatewayCore core, int from, Consumer<Session> visitor) {
        for (int i = from; i < Math.min(sessionCount, from + SESSIONS_AT_ONCE); i++) {
            Session session = core.sessions().get(i);
            sessionsByState[session.state()]++;
            queuedMessages += session.queued();
            visitor.accept(session);
        }
    }
}
