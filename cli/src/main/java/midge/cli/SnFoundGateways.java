package midge.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.util.Arrays;
import midge.board.jvm.LinkUri;
import midge.board.jvm.PeersLink;
import midge.hal.link.DatagramLink;
import midge.mqttsn.client.SnDiscovery;
import midge.mqttsn.client.SnDiscoveryConfig;
import midge.mqttsn.client.SnDiscoveryListener;
import midge.wire.Status;
import org.jspecify.annotations.Nullable;

/** Gateways that answer SEARCHGW or advertise themselves in a multicast group. */
final class SnFoundGateways implements SnGateways {
    /** T_SEARCHGW: shorter than a device's, since a person waits. */
    private static final int SEARCH_DELAY_MS = 500;

    private static final int SEARCH_GAP_MS_MAX = 8_000;
    private static final int GATEWAYS = 16;
    private static final int FRAME = 32;
    private static final int ADDRESS_MAX = 18;
    /** Of a gateway whose address another client has told without a port. */
    private static final int USUAL_PORT = 1884;

    private final LinkUri uri;
    private final SnDiscovery discovery;
    private final byte[] frame = new byte[FRAME];
    private final @Nullable InetSocketAddress[] addresses = new InetSocketAddress[256];
    private @Nullable PeersLink heardBy;
    private int current = SnDiscovery.NO_GATEWAY;
    private boolean searched;

    SnFoundGateways(LinkUri uri) {
        this.uri = uri;
        SnDiscoveryConfig config = new SnDiscoveryConfig()
                .gateways(GATEWAYS)
                .searchDelayMs(SEARCH_DELAY_MS)
                .searchGapMsMax(SEARCH_GAP_MS_MAX);
        discovery = new SnDiscovery(config, new Heard(), new SecureRandom().nextLong());
    }

    @Override
    public @Nullable InetSocketAddress current() {
        if (current == SnDiscovery.NO_GATEWAY) {
            current = discovery.best();
        }
        if (current != SnDiscovery.NO_GATEWAY && addresses[current] == null) {
            byte[] told = new byte[ADDRESS_MAX];
            addresses[current] = address(told, discovery.address(current, told, 0, ADDRESS_MAX));
        }
        return current == SnDiscovery.NO_GATEWAY ? null : addresses[current];
    }

    @Override
    public void lost(long nowMs) {
        if (current != SnDiscovery.NO_GATEWAY) {
            discovery.lost(current, nowMs);
            current = SnDiscovery.NO_GATEWAY;
        }
    }

    @Override
    public int count() {
        long known = Arrays.stream(addresses).filter(address -> address != null).count();
        return (int) Math.max(1, known);
    }

    @Override
    public boolean take(byte[] octets, int length, int peer, long nowMs) {
        return discovery.onDatagram(octets, 0, length, peer, nowMs) == Status.OK;
    }

    @Override
    public void turn(PeersLink link, long nowMs) {
        heardBy = link;
        if (!searched) {
            searched = true;
            discovery.search(nowMs);
        }
        discovery.onTimeout(nowMs);
        for (int length; (length = discovery.pollTransmit(frame, 0, FRAME)) > 0; ) {
            if (link.send(DatagramLink.BROADCAST, frame, 0, length) < 0) {
                throw new UserError(
                        ExitCode.FAILED, "cannot send to " + uri + ": no network interface has a way there");
            }
        }
    }

    @Override
    public long nextDeadlineMs() {
        return discovery.nextDeadlineMs();
    }

    @Override
    public String where() {
        return uri.toString();
    }

    /** Keeps the addresses of gateways that were heard: the link gives the numbers of its peers to others in time. */
    private final class Heard implements SnDiscoveryListener {
        @Override
        public void onGateway(int gwId, long nowMs) {
            int peer = discovery.peer(gwId);
            if (peer != SnDiscovery.UNKNOWN_PEER && heardBy != null) {
                addresses[gwId] = heardBy.address(peer);
            }
        }

        @Override
        public void onGatewayGone(int gwId, long nowMs) {
            // the one in use is given up when it does not answer, not when it is quiet
        }
    }

    /** {@return an address of 4 or 16 octets, maybe with two of port; null for what is none} */
    static @Nullable InetSocketAddress address(byte[] octets, int length) {
        boolean hasPort = length == 6 || length == 18;
        int ip = hasPort ? length - 2 : length;
        if (ip != 4 && ip != 16) {
            return null;
        }
        int port = hasPort ? ((octets[ip] & 0xFF) << 8) | (octets[ip + 1] & 0xFF) : USUAL_PORT;
        try {
            return new InetSocketAddress(InetAddress.getByAddress(Arrays.copyOf(octets, ip)), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // thrown for other lengths only
        }
    }
}
