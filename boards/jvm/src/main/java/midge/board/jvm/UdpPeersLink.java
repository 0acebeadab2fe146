package midge.board.jvm;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import midge.hal.Hal;
import org.jspecify.annotations.Nullable;

/**
 * UDP to several gateways, and to everyone in a multicast group if there is one. A peer is an address; its number is given when it is
 * first heard or asked for by {@link #peer}, and goes to a newcomer when {@link #PEERS_MAX} others have been in use since.
 */
public final class UdpPeersLink implements PeersLink {
    /** How many addresses are remembered. */
    public static final int PEERS_MAX = 64;

    private final DatagramChannel channel;
    private final @Nullable DatagramChannel groupChannel;
    private final @Nullable UdpGroup group;
    private final int localPort;
    private final ByteBuffer in = ByteBuffer.allocateDirect(65_536);
    private final ByteBuffer out = ByteBuffer.allocateDirect(UdpLink.DEFAULT_MTU);
    private final PeerTable peers = new PeerTable(PEERS_MAX);
    private int lastPeer;
    private long oversizedFrames;

    /** Opens a socket on any free local port, and one that has joined {@code group}. */
    public UdpPeersLink(@Nullable UdpGroup group, SelectorIdle idle) throws IOException {
        this.group = group;
        channel = group == null ? DatagramChannel.open() : DatagramChannel.open(family(group.address()));
        channel.configureBlocking(false);
        channel.bind(null);
        channel.register(idle.selector(), SelectionKey.OP_READ);
        localPort = ((InetSocketAddress) channel.getLocalAddress()).getPort();
        groupChannel = group == null ? null : join(group);
        if (groupChannel != null) {
            groupChannel.configureBlocking(false);
            groupChannel.register(idle.selector(), SelectionKey.OP_READ);
        }
    }

    private static ProtocolFamily family(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address
                ? StandardProtocolFamily.INET6
                : StandardProtocolFamily.INET;
    }

    private static DatagramChannel join(UdpGroup group) throws IOException {
        DatagramChannel joined = DatagramChannel.open(family(group.address()));
        joined.setOption(StandardSocketOptions.SO_REUSEADDR, true);
        try {
            joined.bind(
                    group.address()); // frames to the port that are not for the group are a gateway's on this machine
        } catch (SocketException e) {
            joined.bind(new InetSocketAddress(group.address().getPort())); // not every system takes a group here
        }
        IOException failure = null;
        int count = 0;
        for (NetworkInterface each : group.interfaces()) {
            try {
                joined.join(group.address().getAddress(), each);
                count++;
            } catch (IOException e) {
                failure = e; // an interface without an address of this family
            }
        }
        if (count == 0 && failure != null) {
            joined.close();
            throw failure;
        }
        return joined;
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
    public int mtu() {
        return UdpLink.DEFAULT_MTU;
    }

    @Override
    public int send(int peer, byte[] frame, int offset, int length) {
        if (length > UdpLink.DEFAULT_MTU) {
            return Hal.INVALID;
        }
        out.clear().put(frame, offset, length).flip();
        if (peer == BROADCAST) {
            return group == null ? Hal.UNSUPPORTED : sendToAll(group);
        }
        InetSocketAddress to = address(peer);
        if (to == null) {
            return Hal.UNSUPPORTED;
        }
        peers.used(peer);
        try {
            return channel.send(out, to);
        } catch (IOException e) {
            return Hal.GONE;
        }
    }

    private int sendToAll(UdpGroup to) {
        int length = out.remaining();
        int sent = Hal.GONE;
        for (NetworkInterface each : to.interfaces()) {
            try {
                channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, each);
                channel.send(out.rewind(), to.address());
                sent = length;
            } catch (IOException e) {
                // this one has no way there; another may
            }
        }
        return sent;
    }

    @Override
    public int receive(byte[] into, int offset, int capacity) {
        int length = receive(channel, into, offset, capacity);
        return length == 0 && groupChannel != null ? receive(groupChannel, into, offset, capacity) : length;
    }

    private int receive(DatagramChannel from, byte[] into, int offset, int capacity) {
        try {
            while (true) {
                in.clear();
                InetSocketAddress sender = (InetSocketAddress) from.receive(in);
                if (sender == null) {
                    return 0;
                }
                int length = in.flip().remaining();
                if (length > capacity) {
                    oversizedFrames++;
                } else if (length > 0 && !isOwn(sender)) {
                    in.get(into, offset, length);
                    lastPeer = peer(sender);
                    return length;
                }
            }
        } catch (IOException e) {
            return Hal.GONE;
        }
    }

    /** What goes to the group comes back from it. */
    private boolean isOwn(InetSocketAddress sender) throws SocketException {
        InetAddress address = sender.getAddress();
        return group != null && sender.getPort() == localPort && NetworkInterface.getByInetAddress(address) != null;
    }

    @Override
    public int lastPeer() {
        return lastPeer;
    }

    /** @return frames dropped because the caller's array was too small for them */
    public long oversizedFrames() {
        return oversizedFrames;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        if (groupChannel != null) {
            groupChannel.close();
        }
    }
}
