package midge.gateway.flow;

import midge.gateway.config.AccessRules;
import midge.gateway.config.ClientRules;
import midge.gateway.port.GatewayCounters;
import midge.gateway.port.Peer;
import midge.gateway.table.RateTable;
import org.jspecify.annotations.Nullable;

/** Says who is served, what a client may do, and how often. A gateway without rules is asked next to nothing. */
final class Admission {
    /** Addresses that are told apart; 48 KiB. */
    private static final int ADDRESSES = 4_096;

    private final Services services;
    private AccessRules rules = AccessRules.NONE;
    private ClientRules nobody = ClientRules.ALL;
    private @Nullable RateTable addresses;
    private @Nullable RateTable clients;

    Admission(Services services, AccessRules rules) {
        this.services = services;
        adopt(rules);
    }

    /** Judges by these from now on. Rates that did not change go on; others begin with full buckets. */
    void adopt(AccessRules newRules) {
        AccessRules old = rules;
        rules = newRules;
        nobody = rules.topics().ofNobody();
        if (rules.addressRate() != old.addressRate() || rules.addressBurst() != old.addressBurst()) {
            addresses = table(ADDRESSES, rules.addressRate(), rules.addressBurst());
        }
        if (rules.clientRate() != old.clientRate() || rules.clientBurst() != old.clientBurst()) {
            int places = Math.max(64, services.config.maxSessions() + 3 & ~3);
            clients = table(places, rules.clientRate(), rules.clientBurst());
        }
    }

    private @Nullable RateTable table(int places, int rate, int burst) {
        return rate == 0 ? null : new RateTable(places, rate, burst, services.random.nextInt());
    }

    /** @return what the rules say to this client; ask once per session */
    ClientRules of(byte[] clientId) {
        return rules.topics().of(clientId);
    }

    /** @return what holds for messages without a connection */
    ClientRules ofNobody() {
        return nobody;
    }

    /** @return whether a datagram from there is looked at; if not, it is counted */
    boolean admitsDatagram(Peer from, long nowMs) {
        if (addresses == null || addresses.take(from.hostHash(), nowMs)) {
            return true;
        }
        services.drop(-1, GatewayCounters.DROP_RATE, nowMs);
        return false;
    }

    /** @return whether this client is served at that address */
    boolean admits(Peer from, byte[] id, int offset, int length) {
        return rules.allowed().isOpen() || rules.allowed().admits(from, id, offset, length);
    }

    boolean admits(Session session) {
        byte[] id = session.clientId();
        return admits(session.peer(), id, 0, id.length);
    }

    /** @return whether a search from there is answered */
    boolean admitsSearch(Peer from) {
        return rules.allowed().admitsSome(from);
    }

    /** @return whether a message without a connection is taken from there */
    boolean admitsUnconnected(Peer from) {
        return rules.allowed().admitsAny(from);
    }

    /** @return whether the client has not sent too many messages and requests lately */
    boolean hasToken(Session session, long nowMs) {
        return clients == null || clients.take(session.idHash(), nowMs);
    }
}
