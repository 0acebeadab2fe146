package midge.board;

import java.net.InetSocketAddress;
import java.util.function.Function;
import midge.board.jvm.HostLink;
import midge.board.jvm.LinkUri;
import midge.board.jvm.SelectorIdle;
import midge.hal.Hal;
import org.jspecify.annotations.Nullable;

/** A stream to a host whose address is asked for each time that the stream is opened: it may move, and may not be known at the start. */
final class NamedStreamLink implements HostLink {
    private static final byte[] NOTHING = {};

    private final Function<InetSocketAddress, HostLink> opener;
    private final HostLookup lookup;
    private boolean isAsking;
    private @Nullable HostLink link;

    NamedStreamLink(LinkUri uri, SelectorIdle idle, Function<InetSocketAddress, HostLink> opener) {
        this.opener = opener;
        lookup = new HostLookup(uri, idle::wake);
    }

    @Override
    public int open() {
        close();
        lookup.start();
        isAsking = true;
        return Hal.OK;
    }

    @Override
    public int state() {
        if (isAsking && !lookup.isRunning()) {
            isAsking = false;
            InetSocketAddress address = lookup.address();
            if (address != null) {
                HostLink opening = opener.apply(address);
                link = opening;
                opening.open();
            }
        }
        return isAsking ? OPENING : link == null ? CLOSED : stateOf(link);
    }

    /** TLS shakes hands when it is asked for octets, which the device's loop does not do before the link is open. */
    private static int stateOf(HostLink link) {
        if (link.state() == OPENING) {
            link.receive(NOTHING, 0, 0);
        }
        return link.state();
    }

    @Override
    public int send(byte[] bytes, int offset, int length) {
        return link == null ? Hal.GONE : link.send(bytes, offset, length);
    }

    @Override
    public int receive(byte[] into, int offset, int capacity) {
        return link == null ? Hal.GONE : link.receive(into, offset, capacity);
    }

    @Override
    public String failure() {
        return link == null ? lookup.failure() : link.failure();
    }

    @Override
    public boolean isRefusal() {
        return link != null && link.isRefusal();
    }

    @Override
    public boolean isFlushed() {
        return link == null || link.isFlushed();
    }

    @Override
    public void close() {
        isAsking = false;
        if (link != null) {
            link.close(); // kept, for it knows why it failed
        }
    }
}
