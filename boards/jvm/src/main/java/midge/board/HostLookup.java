package midge.board;

import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import midge.board.jvm.LinkUri;
import org.jspecify.annotations.Nullable;

/** Asks for the address of a host on a thread of its own, since that may take long, above all while there is no network. */
final class HostLookup {
    private final LinkUri uri;
    private final Runnable whenDone;
    private volatile boolean isRunning;
    private volatile @Nullable InetSocketAddress address;
    private volatile String failure = "";

    /** @param whenDone called on another thread */
    HostLookup(LinkUri uri, Runnable whenDone) {
        this.uri = uri;
        this.whenDone = whenDone;
    }

    /** Asks (again), unless it is asking. */
    void start() {
        if (isRunning) {
            return;
        }
        isRunning = true;
        address = null;
        Thread thread = new Thread(this::ask, "lookup");
        thread.setDaemon(true);
        thread.start();
    }

    private void ask() {
        try {
            address = uri.resolve();
            failure = "";
        } catch (UnknownHostException e) {
            failure = "no address is known for host '" + uri.host() + "'; check the name and this machine's network";
        } finally {
            isRunning = false;
            whenDone.run();
        }
    }

    boolean isRunning() {
        return isRunning;
    }

    /** {@return what the last {@link #start} found, null when nothing or not yet} */
    @Nullable
    InetSocketAddress address() {
        return address;
    }

    /** {@return why the last one found nothing, empty when it did} */
    String failure() {
        return failure;
    }
}
