package midge.board;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import midge.hal.Hal;
import midge.hal.link.DatagramLink;
import org.jspecify.annotations.Nullable;

/**
 * A link whose hardware may be pulled out and plugged in again. While it is gone, frames are lost as on a radio out of reach, and a thread
 * tries to open it.
 */
public final class MendedLink implements DatagramLink, AutoCloseable {
    private static final int RETRY_MS_MIN = 250;
    private static final int RETRY_MS_MAX = 4_000;

    private final Opener opener;
    private final Runnable whenMended;
    private final AtomicReference<@Nullable DatagramLink> mended = new AtomicReference<>();
    private @Nullable DatagramLink link;
    private @Nullable Thread mender;
    private int mtu;
    private int lastPeer;
    private volatile String failure = "";
    private volatile boolean isClosed;

    /** How to get the link. */
    interface Opener {
        DatagramLink open() throws IOException;
    }

    /**
     * Opens the link.
     *
     * @param whenMended called on another thread
     */
    MendedLink(Opener opener, Runnable whenMended) throws IOException {
        this.opener = opener;
        this.whenMended = whenMended;
        link = opener.open();
        mtu = link.mtu();
    }

    /** {@return why there is no link, one clause; empty when there is one} */
    public String failure() {
        return link == null ? failure : "";
    }

    private @Nullable DatagramLink link() {
        if (link == null && !isClosed) {
            DatagramLink fresh = mended.getAndSet(null);
            if (fresh != null) {
                link = fresh;
                mtu = fresh.mtu();
            }
        }
        return link;
    }

    private void gone(DatagramLink broken) {
        link = null;
        discard(broken);
        failure = "the link is gone; is its device unplugged?";
        mender = new Thread(this::mend, "link");
        mender.setDaemon(true);
        mender.start();
    }

    private static void discard(DatagramLink broken) {
        try {
            DatagramLinks.close(broken);
        } catch (IOException e) {
            // what is gone need not close well
        }
    }

    private void mend() {
        for (int retryMs = RETRY_MS_MIN; !isClosed; retryMs = Math.min(2 * retryMs, RETRY_MS_MAX)) {
            LockSupport.parkNanos(retryMs * 1_000_000L);
            try {
                if (!isClosed) {
                    give(opener.open());
                    return;
                }
            } catch (IOException e) {
                failure = String.valueOf(e.getMessage());
            }
        }
    }

    private void give(DatagramLink fresh) {
        mended.set(fresh);
        if (isClosed && mended.compareAndSet(fresh, null)) {
            discard(fresh);
        }
        whenMended.run();
    }

    @Override
    public int mtu() {
        return link == null ? mtu : link.mtu();
    }

    @Override
    public int send(int peer, byte[] frame, int offset, int length) {
        DatagramLink open = link();
        if (open == null) {
            return length;
        }
        int sent = open.send(peer, frame, offset, length);
        if (sent == Hal.GONE) {
            gone(open);
            return length;
        }
        return sent;
    }

    @Override
    public int receive(byte[] into, int offset, int capacity) {
        DatagramLink open = link();
        if (open == null) {
            return 0;
        }
        int length = open.receive(into, offset, capacity);
        if (length == Hal.GONE) {
            gone(open);
            return 0;
        }
        lastPeer = open.lastPeer();
        return length;
    }

    @Override
    public int lastPeer() {
        return lastPeer;
    }

    @Override
    public void close() throws IOException {
        isClosed = true;
        LockSupport.unpark(mender);
        DatagramLink waiting = mended.getAndSet(null);
        if (waiting != null) {
            discard(waiting);
        }
        DatagramLink open = link;
        link = null;
        if (open != null) {
            DatagramLinks.close(open);
        }
    }
}
