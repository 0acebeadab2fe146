package midge.sim.broker;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All sessions by client identifier, bounded. */
final class Sessions {
    private final BrokerCore core;
    private final Map<String, Session> byClientId = new HashMap<>();
    /** Those whose clients are away, the one that went first in front. */
    private final LinkedHashSet<Session> away = new LinkedHashSet<>();

    Sessions(BrokerCore core) {
        this.core = core;
    }

    @Nullable
    Session find(String clientId) {
        return byClientId.get(clientId);
    }

    /** {@return a new session, or null when there is no room and nobody's session can end for it} */
    @Nullable
    Session create(String clientId) {
        if (byClientId.size() >= core.config.sessionsMax() && !evict()) {
            return null;
        }
        Session session = new Session(core, clientId);
        byClientId.put(clientId, session);
        return session;
    }

    private boolean evict() {
        Iterator<Session> eldest = away.iterator();
        if (!eldest.hasNext()) {
            return false;
        }
        core.counters.sessionsEvicted++;
        end(eldest.next());
        return true;
    }

    /** A client has come back to its session. */
    void present(Session session) {
        away.remove(session);
    }

    /** The client of {@code session} is gone; the session may end at once. */
    void absent(Session session, boolean clean) {
        away.add(session);
        session.detach(clean);
    }

    /** Ends a session whose client is away; its will, if still waiting, goes out. */
    void end(Session session) {
        byClientId.remove(session.clientId, session);
        away.remove(session);
        session.release();
        session.publishWill();
    }

    int count() {
        return byClientId.size();
    }
}
