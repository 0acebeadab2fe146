package midge.cli;

import java.net.InetSocketAddress;
import java.util.List;
import midge.board.jvm.LinkUri;
import midge.board.jvm.PeersLink;

/** Gateways of the command line, in its order and round again. */
final class SnNamedGateways implements SnGateways {
    private final List<LinkUri> uris;
    private final List<InetSocketAddress> addresses;
    private int index;

    SnNamedGateways(List<LinkUri> uris) {
        this.uris = uris;
        addresses = uris.stream().map(Endpoints::resolve).toList();
    }

    @Override
    public InetSocketAddress current() {
        return addresses.get(index);
    }

    @Override
    public void lost(long nowMs) {
        index = (index + 1) % addresses.size();
    }

    @Override
    public int count() {
        return addresses.size();
    }

    @Override
    public boolean take(byte[] frame, int length, int peer, long nowMs) {
        return false;
    }

    @Override
    public void turn(PeersLink link, long nowMs) {}

    @Override
    public long nextDeadlineMs() {
        return Long.MAX_VALUE;
    }

    @Override
    public String where() {
        return String.join(", ", uris.stream().map(LinkUri::toString).toList());
    }
}
