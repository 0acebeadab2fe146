package midge.mqttsn.client;

import midge.mqttsn.codec.SnAdvertise;
import midge.mqttsn.codec.SnGwInfo;
import midge.mqttsn.codec.SnMessage;
import midge.mqttsn.codec.SnSearchGw;
import midge.mqttsn.codec.SnType;
import midge.wire.Prng;
import midge.wire.Status;

/**
 * Finds gateways and keeps the list of those that are there (§6.1), beside an {@link SnClient} and without any I/O. Give it every
 * datagram with the peer that it came from, broadcast what {@link #pollTransmit} hands out with the radius of the configuration, and
 * call {@link #onTimeout} when {@link #nextDeadlineMs} has come.
 *
 * <p>To fail over: when the client reports its gateway as lost, call {@link #lost} and connect to {@link #best}; while that has none,
 * a search is on. The lost gateway itself comes last (§6.11): after three searches without an answer, or when it is heard again.
 */
public final class SnDiscovery {
    /** {@link #best}: no gateway is known. */
    public static final int NO_GATEWAY = -1;
    /** {@link #peer}: known only by the address that another client has told. */
    public static final int UNKNOWN_PEER = -2;

    private static final int SEARCHES_BEFORE_LAST_RESORT = 3;
    private static final long NEVER = Long.MAX_VALUE;
    private static final long MS_PER_S = 1000;

    private final SnDiscoveryConfig config;
    private final SnDiscoveryListener listener;
    private final Prng dice;
    private final Gateways gateways;
    private final SnMessage message = new SnMessage();
    private final SnAdvertise advertise = new SnAdvertise();
    private final SnGwInfo gwInfo = new SnGwInfo();
    private final SnSearchGw searchGw = new SnSearchGw();

    private long searchAtMs = NEVER;
    private long gapMs;
    private boolean searchDue;
    private int searches;
    private long answerAtMs = NEVER;
    private boolean answerDue;
    private int dropped;

    /** @param seed for the random delays that keep clients from talking at once */
    public SnDiscovery(SnDiscoveryConfig config, SnDiscoveryListener listener, long seed) {
        this.config = config;
        this.listener = listener;
        dice = new Prng(seed);
        gateways = new Gateways(config.gateways());
    }

    /** Searches actively: SEARCHGW after a random delay, and again with growing gaps until a gateway is heard. */
    public void search(long nowMs) {
        searches = 0;
        gapMs = config.searchDelayMs();
        searchAtMs = nowMs + dice.below(config.searchDelayMs() + 1);
    }

    /** @return the id of the gateway to use now, or {@link #NO_GATEWAY} */
    public int best() {
        int i = gateways.firstActive();
        if (i == Gateways.NONE && searches >= SEARCHES_BEFORE_LAST_RESORT) {
            i = gateways.firstLost();
        }
        return i == Gateways.NONE ? NO_GATEWAY : gateways.gwId(i);
    }

    /** @return whom to send to: the peer that {@code gwId} was heard from; {@link #UNKNOWN_PEER}, then see {@link #address} */
    public int peer(int gwId) {
        int i = gateways.find(gwId);
        return i == Gateways.NONE ? UNKNOWN_PEER : gateways.peer(i);
    }

    /**
     * Copies the network address that another client has told for a gateway; on UDP 4 or 16 octets of IP address, maybe 2 of port.
     *
     * @return its length, 0 when none is known; {@link Status#TOO_SMALL}
     */
    public int address(int gwId, byte[] into, int offset, int capacity) {
        int i = gateways.find(gwId);
        int length = i == Gateways.NONE ? 0 : gateways.addressLength(i);
        if (length > capacity) {
            return Status.TOO_SMALL;
        }
        if (length > 0) {
            System.arraycopy(gateways.addresses(), gateways.addressOffset(i), into, offset, length);
        }
        return length;
    }

    /**
     * Tells a known gateway's network address, so that this client can answer others for it.
     *
     * @return {@link Status#OK}; {@code INVALID} for an unknown gateway; {@code TOO_LARGE} above 18 octets
     */
    public int knowAddress(int gwId, byte[] address, int offset, int length) {
        int i = gateways.find(gwId);
        if (i == Gateways.NONE) {
            return Status.INVALID;
        }
        if (length > Gateways.ADDRESS_MAX) {
            return Status.TOO_LARGE;
        }
        gateways.address(i, address, offset, length);
        return Status.OK;
    }

    /** The gateway does not answer: it is used again only when heard again, or as the last resort. Searches if no other is known. */
    public void lost(int gwId, long nowMs) {
        int i = gateways.find(gwId);
        if (i != Gateways.NONE) {
            gateways.lose(i);
        }
        if (gateways.firstActive() == Gateways.NONE && searchAtMs == NEVER) {
            search(nowMs);
        }
    }

    /** @return gateways that the list had no room for */
    public int dropped() {
        return dropped;
    }

    /**
     * Takes in one datagram.
     *
     * @param peer who sent it, as the link numbers peers
     * @return {@link Status#OK}; {@code UNSUPPORTED} for a message that is not about discovery; a codec status
     */
    public int onDatagram(byte[] frame, int offset, int length, int peer, long nowMs) {
        int status = message.wrap(frame, offset, length);
        if (status != Status.OK) {
            return status;
        }
        switch (message.type()) {
            case SnType.ADVERTISE:
                advertise.wrap(frame, offset, length);
                heard(advertise.gwId(), peer, nowMs + advertisedMs(advertise.durationS()), nowMs);
                return Status.OK;
            case SnType.GWINFO:
                gwInfo.wrap(frame, offset, length);
                onGwInfo(peer, nowMs);
                return Status.OK;
            case SnType.SEARCHGW:
                searchGw.wrap(frame, offset, length);
                onSearchGw(nowMs);
                return Status.OK;
            default:
                return Status.UNSUPPORTED;
        }
    }

    /** N_ADV periods and a tenth of them more. */
    private long advertisedMs(int durationS) {
        return durationS * MS_PER_S * config.missedAdverts() * 11 / 10;
    }

    private void onGwInfo(int sender, long nowMs) {
        answerAtMs = NEVER;
        answerDue = false;
        boolean fromGateway = gwInfo.addressLength() == 0;
        int known = gateways.find(gwInfo.gwId());
        if (!fromGateway && known != Gateways.NONE && !gateways.isActive(known)) {
            return; // the other client may not have noticed yet that it is lost
        }
        long expireAtMs = nowMs + 2 * config.advertiseS() * MS_PER_S;
        if (known != Gateways.NONE && gateways.isActive(known) && gateways.expireAtMs(known) > expireAtMs) {
            expireAtMs = gateways.expireAtMs(known);
        }
        heard(gwInfo.gwId(), fromGateway ? sender : UNKNOWN_PEER, expireAtMs, nowMs);
        int i = gateways.find(gwInfo.gwId());
        if (i != Gateways.NONE && !fromGateway) {
            gateways.address(i, gwInfo.buffer(), gwInfo.addressOffset(), gwInfo.addressLength());
        }
    }

    private void heard(int gwId, int peer, long expireAtMs, long nowMs) {
        searchAtMs = NEVER;
        searchDue = false;
        int i = gateways.find(gwId);
        boolean fresh = i == Gateways.NONE || !gateways.isActive(i);
        if (i == Gateways.NONE) {
            i = gateways.add(gwId);
        }
        if (i == Gateways.NONE) {
            dropped++;
            return;
        }
        gateways.activate(i, expireAtMs);
        if (peer != UNKNOWN_PEER) {
            gateways.peer(i, peer);
        }
        if (fresh) {
            listener.onGateway(gwId, nowMs);
        }
    }

    /** Another client asks. If we were about to ask the same, its question counts as ours; if we know a gateway, we may answer. */
    private void onSearchGw(long nowMs) {
        if (searchAtMs != NEVER && searchGw.radius() == config.radius()) {
            searched(nowMs);
        }
        if (config.isAnswering() && answerAtMs == NEVER && !answerDue && gateways.answerable() != Gateways.NONE) {
            answerAtMs = nowMs + dice.below(config.answerDelayMs() + 1);
        }
    }

    /** A SEARCHGW is on the air, ours or an equal one. */
    private void searched(long nowMs) {
        searchDue = false;
        searches++;
        searchAtMs = nowMs + gapMs;
        gapMs = 2 * gapMs < config.searchGapMsMax() ? 2 * gapMs : config.searchGapMsMax();
    }

    /** Does what time asks for. */
    public void onTimeout(long nowMs) {
        for (int i = gateways.expired(nowMs); i != Gateways.NONE; i = gateways.expired(nowMs)) {
            int gwId = gateways.gwId(i);
            gateways.remove(i);
            listener.onGatewayGone(gwId, nowMs);
        }
        if (nowMs >= searchAtMs) {
            searched(nowMs);
            searchDue = true;
        }
        if (nowMs >= answerAtMs) {
            answerAtMs = NEVER;
            answerDue = true;
        }
    }

    /** @return octets of the next frame to broadcast, 0 when there is none, {@link Status#TOO_SMALL}; 21 octets are always enough */
    public int pollTransmit(byte[] out, int offset, int capacity) {
        if (searchDue) {
            int length = SnSearchGw.encode(out, offset, capacity, config.radius());
            searchDue = length < 0;
            return length;
        }
        int i = answerDue ? gateways.answerable() : Gateways.NONE;
        if (i == Gateways.NONE) {
            answerDue = false;
            return 0;
        }
        int length = SnGwInfo.encode(
                out,
                offset,
                capacity,
                gateways.gwId(i),
                gateways.addresses(),
                gateways.addressOffset(i),
                gateways.addressLength(i));
        answerDue = length < 0;
        return length;
    }

    /** @return when {@link #onTimeout} is to be called next; {@code Long.MAX_VALUE} when there is nothing to wait for */
    public long nextDeadlineMs() {
        long next = gateways.nextExpiryMs();
        next = searchAtMs < next ? searchAtMs : next;
        return answerAtMs < next ? answerAtMs : next;
    }
}
