package midge.runtime.task;

import midge.hal.link.DatagramLink;
import midge.mqttsn.client.SnDiscovery;
import midge.wire.Status;

/**
 * Several gateways: the one of the link's configuration until that is lost, then one that {@link SnDiscovery} has heard of, or finds by
 * broadcast (§6.1, §6.11). For {@link LinkTask#choose}.
 */
public final class FoundGateways implements GatewayChoice {
    /** Octets that are always enough for a frame about gateways. */
    private static final int FRAME_MAX = 21;

    private final DatagramLink link;
    private final byte[] frame = new byte[FRAME_MAX];
    private final SnDiscovery discovery;
    private int gwId = SnDiscovery.NO_GATEWAY;
    private int peer = DatagramLink.GATEWAY;
    private boolean lost;
    private int changes;

    /** @param link the one of the {@link LinkTask}, which can send to everyone */
    public FoundGateways(DatagramLink link, SnDiscovery discovery) {
        this.link = link;
        this.discovery = discovery;
    }

    public int peer() {
        return peer;
    }

    public int changes() {
        return changes;
    }

    public boolean take(byte[] octets, int length, int from, long nowMs) {
        return discovery.onDatagram(octets, 0, length, from, nowMs) == Status.OK;
    }

    public boolean review(boolean isLost, long nowMs) {
        if (isLost && !lost) {
            discovery.lost(gwId, nowMs);
            gwId = SnDiscovery.NO_GATEWAY;
        }
        lost = isLost;
        return isLost && gwId == SnDiscovery.NO_GATEWAY && choose(nowMs);
    }

    private boolean choose(long nowMs) {
        int found = discovery.best();
        int at = found == SnDiscovery.NO_GATEWAY ? DatagramLink.GATEWAY : discovery.peer(found);
        if (at == SnDiscovery.UNKNOWN_PEER) {
            discovery.lost(
                    found, nowMs); // only its address is known, and this link has numbers: it must be heard first
            return false;
        }
        gwId = found;
        if (at == peer) {
            return false;
        }
        peer = at;
        changes++;
        return true;
    }

    public long turn(long nowMs) {
        if (nowMs >= discovery.nextDeadlineMs()) {
            discovery.onTimeout(nowMs);
        }
        for (int n = discovery.pollTransmit(frame, 0, FRAME_MAX);
                n > 0;
                n = discovery.pollTransmit(frame, 0, FRAME_MAX)) {
            link.send(DatagramLink.BROADCAST, frame, 0, n); // a search that is lost is repeated
        }
        return discovery.nextDeadlineMs();
    }
}
