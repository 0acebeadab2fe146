package midge.cli;

import java.io.IOException;
import java.net.InetSocketAddress;
import midge.board.DatagramLinks;
import midge.board.jvm.PeersLink;
import midge.board.jvm.SelectorIdle;
import midge.hal.Hal;
import midge.hal.Idle;
import midge.hal.link.DatagramLink;
import org.jspecify.annotations.Nullable;

/** A link that leads to one gateway without an address, such as a serial line. */
final class DirectLink implements PeersLink, SnGateways {
    /** Stands for the gateway where others have addresses. */
    private static final InetSocketAddress OTHER_END = InetSocketAddress.createUnresolved("gateway", 0);

    private final String uri;
    private final DatagramLink link;
    private final Waker waker = new Waker();

    /** Wakes whoever rests, once there is somebody. */
    private static final class Waker implements Idle {
        private volatile @Nullable SelectorIdle idle;

        @Override
        public void until(long deadlineMs) {
            throw new IllegalStateException("rests elsewhere");
        }

        @Override
        public void wake() {
            SelectorIdle rests = idle;
            if (rests != null) {
                rests.wake();
            }
        }
    }

    /** Opens the link; throws {@link UserError} when that cannot be done. */
    DirectLink(String uri) {
        this.uri = uri;
        try {
            link = DatagramLinks.open(uri, waker);
        } catch (IllegalArgumentException e) {
            throw new UserError(ExitCode.USAGE, "--sn: " + e.getMessage());
        } catch (IOException e) {
            throw new UserError(ExitCode.FAILED, "--sn: " + e.getMessage());
        }
    }

    /** @param idle rests from now on until a frame comes */
    void wakes(SelectorIdle idle) {
        waker.idle = idle;
        idle.wake(); // for what has come already
    }

    @Override
    public int mtu() {
        return link.mtu();
    }

    @Override
    public int send(int peer, byte[] frame, int offset, int length) {
        return alive(link.send(peer, frame, offset, length));
    }

    @Override
    public int receive(byte[] into, int offset, int capacity) {
        return alive(link.receive(into, offset, capacity));
    }

    private int alive(int result) {
        if (result == Hal.GONE) {
            throw new UserError(ExitCode.FAILED, uri + " is gone; is its device unplugged?");
        }
        return result;
    }

    @Override
    public int lastPeer() {
        return link.lastPeer();
    }

    @Override
    public int peer(InetSocketAddress address) {
        return GATEWAY;
    }

    @Override
    public @Nullable InetSocketAddress address(int peer) {
        return peer == GATEWAY ? OTHER_END : null;
    }

    @Override
    public InetSocketAddress current() {
        return OTHER_END;
    }

    @Override
    public void lost(long nowMs) {
        // there is no other
    }

    @Override
    public int count() {
        return 1;
    }

    @Override
    public boolean take(byte[] frame, int length, int peer, long nowMs) {
        return false;
    }

    @Override
    public void turn(PeersLink link, long nowMs) {
        // nothing to search
    }

    @Override
    public long nextDeadlineMs() {
        return Long.MAX_VALUE;
    }

    @Override
    public String where() {
        return uri;
    }

    @Override
    public void close() throws IOException {
        DatagramLinks.close(link);
    }
}
