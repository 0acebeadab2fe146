package midge.board.jvm;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import midge.hal.Hal;
import org.eclipse.californium.elements.AddressEndpointContext;
import org.eclipse.californium.elements.DtlsEndpointContext;
import org.eclipse.californium.elements.EndpointContext;
import org.eclipse.californium.elements.MapBasedEndpointContext;
import org.eclipse.californium.elements.MapBasedEndpointContext.Attributes;
import org.eclipse.californium.elements.MessageCallback;
import org.eclipse.californium.elements.RawData;
import org.eclipse.californium.scandium.DTLSConnector;
import org.jspecify.annotations.Nullable;

/**
 * DTLS 1.2 to one gateway or several, with Connection ID: a session goes on when the device's address changes. The handshake begins with
 * the first frame to a gateway and runs on threads of its own; until it is done frames wait, and when it fails they are lost, as on any
 * radio.
 */
public final class DtlsLink implements PeersLink {
    /** How many gateways are remembered. */
    public static final int PEERS_MAX = 16;

    /** Largest frame, octets: what a record takes beside it is left free. */
    public static final int MTU = UdpLink.DEFAULT_MTU - 64;

    /** Frames that may wait for the device's loop; more are lost. */
    private static final int QUEUE = 256;

    private final DTLSConnector connector;
    private final SelectorIdle idle;
    private final Queue<RawData> arrived = new ArrayBlockingQueue<>(QUEUE);
    private final PeerTable peers = new PeerTable(PEERS_MAX);
    private final boolean[] isDoubtful = new boolean[PEERS_MAX];
    private final Obstacle[] obstacles = new Obstacle[PEERS_MAX];
    private int lastPeer;

    /** Why frames to a peer do not get there: of the connector's threads, and looked at by the device's. */
    private static final class Obstacle implements MessageCallback {
        private volatile @Nullable String text;

        @Override
        public void onConnecting() {
            text = "the handshake is not answered";
        }

        @Override
        public void onContextEstablished(EndpointContext context) {
            text = null;
        }

        @Override
        public void onError(@Nullable Throwable error) {
            text = error == null || error.getMessage() == null ? "the handshake failed" : error.getMessage();
        }

        @Override
        public void onDtlsRetransmission(int flight) {
            // the connector's own matter
        }

        @Override
        public void onSent() {
            // and lost or not, who knows
        }
    }

    /** Opens a socket on any free local port. */
    public DtlsLink(DtlsCredentials credentials, SelectorIdle idle) throws IOException {
        this.idle = idle;
        for (int i = 0; i < PEERS_MAX; i++) {
            obstacles[i] = new Obstacle();
        }
        connector = new DTLSConnector(
                credentials.connector().setAddress(new InetSocketAddress(0)).build());
        connector.setRawDataReceiver(this::arrived);
        connector.start();
    }

    private void arrived(RawData data) {
        if (arrived.offer(data)) {
            idle.wake();
        }
    }

    @Override
    public int mtu() {
        return MTU;
    }

    @Override
    public int peer(InetSocketAddress address) {
        return peers.number(address);
    }

    @Override
    public @Nullable InetSocketAddress address(int peer) {
        return peers.address(peer);
    }

    @Override
    public void renew(int peer) {
        isDoubtful[peer] = true;
    }

    @Override
    public @Nullable String obstacle(int peer) {
        return obstacles[peer].text;
    }

    @Override
    public int send(int peer, byte[] frame, int offset, int length) {
        if (length > MTU) {
            return Hal.INVALID;
        }
        InetSocketAddress to = peers.address(peer);
        if (to == null) {
            return Hal.UNSUPPORTED; // nobody, or everybody: DTLS is between two
        }
        peers.used(peer);
        byte[] copy = Arrays.copyOfRange(frame, offset, offset + length);
        try {
            connector.send(RawData.outbound(copy, context(peer, to), obstacles[peer], false));
            return length;
        } catch (IllegalStateException e) {
            return Hal.GONE;
        }
    }

    /** A probe keeps the session if the gateway has it still, and makes another otherwise. */
    private EndpointContext context(int peer, InetSocketAddress to) {
        if (!isDoubtful[peer]) {
            return new AddressEndpointContext(to);
        }
        isDoubtful[peer] = false;
        Attributes probe =
                new Attributes().add(DtlsEndpointContext.KEY_HANDSHAKE_MODE, DtlsEndpointContext.HANDSHAKE_MODE_PROBE);
        return new MapBasedEndpointContext(to, null, probe);
    }

    @Override
    public int receive(byte[] into, int offset, int capacity) {
        for (RawData data = arrived.poll(); data != null; data = arrived.poll()) {
            if (data.getSize() > 0 && data.getSize() <= capacity) {
                System.arraycopy(data.getBytes(), 0, into, offset, data.getSize());
                lastPeer = peers.number(data.getInetSocketAddress());
                return data.getSize();
            }
        }
        return 0;
    }

    @Override
    public int lastPeer() {
        return lastPeer;
    }

    @Override
    public void close() {
        connector.destroy();
    }
}
