package midge.gateway.net;

import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import midge.hal.Hal;
import midge.hal.Idle;
import midge.hal.link.AddressedLink;
import midge.hal.link.DatagramLink;
import midge.hal.link.LossyLink;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** Has a link: reads it, writes it, and opens it again when it is gone. */
final class LinkThread implements Idle {
    /** Room behind the largest datagram that is served, so that a larger one is seen as such. */
    private static final int TOO_LARGE = 300;
    /** A link that is full is asked again after this. */
    private static final int FULL_MS = 5;

    private static final int RETRY_MS_MIN = 250;
    private static final int RETRY_MS_MAX = 8_000;
    private static final long FOREVER_MS = 60_000;

    private final String name;
    private final LinkOpener opener;
    private final Ends ends;
    private final byte[] frame;
    private final byte[] address = new byte[AddressedLink.ADDRESS_MAX];
    private final Thread thread;
    private final Semaphore bell = new Semaphore(0);
    private DatagramLink link;
    private LinkListener.@Nullable Datagram pending;
    private int damaged;
    private volatile boolean isClosed;

    /** Where datagrams come from and go to; called on the link's thread. */
    interface Ends {
        /** Takes a datagram and both arrays. */
        void arrived(byte[] address, byte[] frame);

        /** {@return the next one to send, null when there is none} */
        LinkListener.@Nullable Datagram next();

        /** A datagram could not be sent. */
        void dropped();

        /** So many frames came damaged. */
        void damaged(int frames);

        /** The link is gone. */
        void gone();
    }

    /** Opens the link; what comes waits in it until {@link #start}. */
    LinkThread(String name, LinkOpener opener, int largest, Ends ends) throws IOException {
        this.name = name;
        this.opener = opener;
        this.ends = ends;
        frame = new byte[largest + TOO_LARGE];
        link = opener.open(this);
        thread = new Thread(this::run, "link " + name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        while (serve()) {
            closeLink();
            Logger.warn("{} is gone; its clients keep their sessions, and it is opened again when it is back", name);
            ends.gone();
            if (!reopen()) {
                return;
            }
            Logger.info("{} is back", name);
        }
        closeLink();
    }

    /** {@return whether the link is gone; otherwise the listener is closed} */
    private boolean serve() {
        while (true) {
            boolean isLast = isClosed;
            boolean isThere = receive();
            long restMs = send();
            if (!isThere || restMs < 0) {
                return !isClosed;
            }
            if (isLast && pending == null) {
                return false;
            }
            rest(restMs);
        }
    }

    private boolean receive() {
        int length;
        while ((length = link.receive(frame, 0, frame.length)) > 0) {
            byte[] from = sender();
            if (from.length > 0) {
                ends.arrived(from, Arrays.copyOf(frame, length));
            }
        }
        countDamaged();
        return length != Hal.GONE;
    }

    private void countDamaged() {
        if (link instanceof LossyLink lossy) {
            int frames = lossy.droppedFrames() - damaged;
            damaged += frames;
            ends.damaged(frames);
        }
    }

    private byte[] sender() {
        int peer = link.lastPeer();
        if (link instanceof AddressedLink addressed) {
            return Arrays.copyOf(address, Math.max(0, addressed.address(peer, address, 0)));
        }
        return new byte[] {(byte) peer};
    }

    /** {@return how long to rest at most, ms; negative when the link is gone} */
    private long send() {
        while (true) {
            LinkListener.Datagram next = pending == null ? ends.next() : pending;
            pending = null;
            if (next == null) {
                return FOREVER_MS;
            }
            int peer = receiver(next.address());
            int sent = peer < DatagramLink.BROADCAST
                    ? Hal.UNSUPPORTED
                    : link.send(peer, next.frame(), 0, next.frame().length);
            if (sent == 0) {
                pending = next;
                return FULL_MS;
            }
            if (sent < 0) {
                ends.dropped();
            }
            if (sent == Hal.GONE) {
                return -1;
            }
        }
    }

    private int receiver(byte[] to) {
        if (to.length == 0) {
            return DatagramLink.BROADCAST;
        }
        if (link instanceof AddressedLink addressed) {
            return addressed.peer(to, 0, to.length);
        }
        return to.length == 1 ? to[0] & 0xFF : Hal.INVALID;
    }

    /** {@return whether it is open again; otherwise the listener is closed} */
    private boolean reopen() {
        String told = "";
        for (int retryMs = RETRY_MS_MIN; !isClosed; retryMs = Math.min(2 * retryMs, RETRY_MS_MAX)) {
            rest(retryMs);
            while (pending != null || (pending = ends.next()) != null) {
                pending = null;
                ends.dropped();
            }
            try {
                if (!isClosed) {
                    link = opener.open(this);
                    damaged = 0;
                    return true;
                }
            } catch (IOException e) {
                String why = String.valueOf(e.getMessage());
                if (!why.equals(told)) {
                    Logger.warn("{}: {}", name, why);
                    told = why;
                }
            }
        }
        return false;
    }

    private void closeLink() {
        if (link instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Exception e) {
                Logger.debug("{}: {}", name, e.toString()); // what is gone need not close well
            }
        }
    }

    private void rest(long ms) {
        try {
            if (bell.tryAcquire(ms, TimeUnit.MILLISECONDS)) {
                bell.drainPermits();
            }
        } catch (InterruptedException e) {
            isClosed = true;
        }
    }

    @Override
    public void until(long deadlineMs) {
        throw new IllegalStateException("the link's thread rests by itself");
    }

    @Override
    public void wake() {
        bell.release();
    }

    /** Ends it once what was to be sent has left, or after this time. */
    void close(long limitMs) {
        isClosed = true;
        wake();
        try {
            thread.join(limitMs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
