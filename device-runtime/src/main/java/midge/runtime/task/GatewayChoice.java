package midge.runtime.task;

import midge.hal.link.DatagramLink;
import midge.mqttsn.client.SnDiscovery;
import midge.wire.Status;

/** To whom a client's frames go: the gateway of the link's configuration until that is lost, then one that was found (§6.1, §6.11). */
final class GatewayChoice {
    /** Octets that are always enough for a frame about gateways. */
    private static final int FRAME_MAX = 21;

    private final DatagramLink link;
    private final byte[] frame = new byte[FRAME_MAX];
    private SnDiscovery discovery;
    private int gwId = SnDiscovery.NO_GATEWAY;
    private int peer = DatagramLink.GATEWAY;
    private boolean lost;
    private int changes;

    GatewayChoice(DatagramLink link) {
        this.link = link;
    }

    void discoverWith(SnDiscovery discovery) {
        this.discovery = discovery;
    }

    int peer() {
        return peer;
    }

    int changes() {
        return changes;
    }

    /** @return whether the frame was about gateways, and none of the client's business */
    boolean take(byte[] octets, int length, int from, long nowMs) {
        return discovery != null && discovery.onDatagram(octets, 0, length, from, nowMs) == Status.OK;
    }

    /**
     * Looks for another gateway while the client has none.
     *
     * @param isLost whether the gateway in use has not answered
     * @return whether the frames go to another gateway from now on
     */
    boolean review(boolean isLost, long nowMs) {
        if (discovery == null) {
            return false;
        }
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

    /** Searches and answers. @return when to call again */
    long turn(long nowMs) {
        if (discovery == null) {
            return LinkTask.NEVER;
        }
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
