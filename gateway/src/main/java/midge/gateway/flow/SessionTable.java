package midge.gateway.flow;

import java.util.Arrays;
import midge.gateway.port.GatewayCounters;
import midge.gateway.port.Peer;
import midge.gateway.table.IndexTable;
import midge.wire.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * All sessions, found by number, client id or address. Sessions of absent clients are remembered as long as there is room; then the one
 * that is absent for longest gives way.
 */
public final class SessionTable {
    private static final int NONE = -1;

    private final Services services;
    private final @Nullable Session[] sessions;
    private final IndexTable byId;
    private final IndexTable byPeer;
    /** Places in order of absence, as a doubly linked list; of present sessions both links are NONE. */
    private final int[] older;

    private final int[] newer;
    private int oldestAbsent = NONE;
    private int newestAbsent = NONE;
    private int used;

    /** An empty table for as many sessions as configured. */
    public SessionTable(Services services) {
        this.services = services;
        int size = services.config.maxSessions();
        sessions = new Session[size];
        byId = new IndexTable(size);
        byPeer = new IndexTable(size);
        older = new int[size];
        newer = new int[size];
        Arrays.fill(older, NONE);
        Arrays.fill(newer, NONE);
    }

    /** @return how many sessions there are, numbered from 0; none of them is ever removed, but one may pass to another client */
    public int count() {
        return used;
    }

    /** @param index 0..{@link #count}-1 */
    @SuppressWarnings("NullAway") // places below the count are filled
    public Session get(int index) {
        return sessions[index];
    }

    @Nullable
    Session find(Peer peer) {
        int hash = peer.hashCode();
        for (int at = byPeer.first(hash); at >= 0; at = byPeer.next(at, hash)) {
            Session session = get(byPeer.value(at));
            if (session.peer().equals(peer)) {
                return session;
            }
        }
        return null;
    }

    @Nullable
    Session find(byte[] id, int offset, int length) {
        int hash = Session.hash(id, offset, length);
        for (int at = byId.first(hash); at >= 0; at = byId.next(at, hash)) {
            Session session = get(byId.value(at));
            byte[] other = session.clientId();
            if (other.length == length && Bytes.equal(other, 0, id, offset, length)) {
                return session;
            }
        }
        return null;
    }

    /** @return a session for a client that has none; null when all are in use by connected clients */
    @Nullable
    Session add(byte[] id, int offset, int length, long nowMs) {
        Session session = used < sessions.length ? create() : evict(nowMs);
        if (session != null) {
            session.begin(id, offset, length);
            byId.add(session.idHash(), session.index());
        }
        return session;
    }

    private Session create() {
        Session session = new Session(services, used, this);
        sessions[used++] = session;
        return session;
    }

    private @Nullable Session evict(long nowMs) {
        if (oldestAbsent == NONE) {
            return null;
        }
        Session session = get(oldestAbsent);
        services.drop(session.index(), GatewayCounters.SESSIONS_EVICTED, nowMs);
        byId.remove(session.idHash(), session.index());
        unbind(session);
        session.end(nowMs);
        return session;
    }

    /** Lets an address lead to a session; another session that it led to loses it. */
    void bind(Session session, Peer peer) {
        Session other = find(peer);
        if (other == session) {
            return;
        }
        if (other != null) {
            unbind(other);
        }
        unbind(session);
        session.bind(peer);
        byPeer.add(peer.hashCode(), session.index());
    }

    private void unbind(Session session) {
        if (session.hasPeer()) {
            byPeer.remove(session.peer().hashCode(), session.index());
            session.unbind();
        }
    }

    /** Sorts a session among the absent ones, as the youngest, or takes it out. */
    void absent(Session session, boolean absent) {
        int place = session.index();
        boolean listed = place == oldestAbsent || older[place] != NONE;
        if (listed) {
            unlink(place);
        }
        if (absent) {
            older[place] = newestAbsent;
            newer[place] = NONE;
            if (newestAbsent == NONE) {
                oldestAbsent = place;
            } else {
                newer[newestAbsent] = place;
            }
            newestAbsent = place;
        }
    }

    private void unlink(int place) {
        if (older[place] == NONE) {
            oldestAbsent = newer[place];
        } else {
            newer[older[place]] = newer[place];
        }
        if (newer[place] == NONE) {
            newestAbsent = older[place];
        } else {
            older[newer[place]] = older[place];
        }
        older[place] = NONE;
        newer[place] = NONE;
    }
}
