package midge.board;

import java.io.IOException;
import java.net.InetSocketAddress;
import midge.board.jvm.JvmClock;
import midge.board.jvm.LinkUri;
import midge.board.jvm.SelectorIdle;
import midge.board.jvm.UdpLink;
import midge.hal.Hal;
import midge.hal.link.DatagramLink;
import org.jspecify.annotations.Nullable;

/** UDP to a gateway whose name may not be known yet: until it is, frames are lost, as on a radio out of reach. */
final class NamedUdpLink implements DatagramLink, AutoCloseable {
    private static final int ASK_AGAIN_MS = 5_000;

    private final SelectorIdle idle;
    private final JvmClock clock = new JvmClock();
    private final HostLookup lookup;
    private long askAgainMs;
    private @Nullable UdpLink link;
    private String failure = "";

    NamedUdpLink(LinkUri gateway, SelectorIdle idle) {
        this.idle = idle;
        lookup = new HostLookup(gateway, idle::wake);
        lookup.start();
    }

    /** {@return the socket, null while there is no address} */
    private @Nullable UdpLink link() {
        if (link != null || lookup.isRunning()) {
            return link;
        }
        InetSocketAddress address = lookup.address();
        if (address != null) {
            try {
                link = new UdpLink(address, idle);
            } catch (IOException e) {
                failure = "cannot open a UDP socket: " + e.getMessage();
            }
        } else if (clock.nowMs() >= askAgainMs) {
            askAgainMs = clock.nowMs() + ASK_AGAIN_MS;
            lookup.start();
        }
        return link;
    }

    /** {@return why nothing can be sent, empty when it can} */
    String failure() {
        return link != null ? "" : failure.isEmpty() ? lookup.failure() : failure;
    }

    @Override
    public int mtu() {
        return UdpLink.DEFAULT_MTU;
    }

    @Override
    public int send(int peer, byte[] frame, int offset, int length) {
        UdpLink open = link();
        if (open == null) {
            return peer == GATEWAY ? length : Hal.UNSUPPORTED;
        }
        return open.send(peer, frame, offset, length);
    }

    @Override
    public int receive(byte[] into, int offset, int capacity) {
        UdpLink open = link();
        return open == null ? 0 : open.receive(into, offset, capacity);
    }

    @Override
    public int lastPeer() {
        return GATEWAY;
    }

    @Override
    public void close() throws IOException {
        if (link != null) {
            link.close();
        }
    }
}
