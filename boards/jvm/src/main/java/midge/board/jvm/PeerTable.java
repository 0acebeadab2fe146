package midge.board.jvm;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Numbers for addresses, given when one is first asked for; the one that was not used for longest goes to a newcomer. */
final class PeerTable {
    private final @Nullable InetSocketAddress[] peers;
    private final long[] usedAt;
    private long uses;

    PeerTable(int size) {
        peers = new InetSocketAddress[size];
        usedAt = new long[size];
    }

    int number(InetSocketAddress address) {
        int oldest = 0;
        for (int i = 0; i < peers.length; i++) {
            if (address.equals(peers[i])) {
                used(i);
                return i;
            }
            if (usedAt[i] < usedAt[oldest]) {
                oldest = i;
            }
        }
        peers[oldest] = address;
        used(oldest);
        return oldest;
    }

    void used(int peer) {
        usedAt[peer] = ++uses;
    }

    @Nullable
    InetSocketAddress address(int peer) {
        return peer >= 0 && peer < peers.length ? peers[peer] : null;
    }
}
