package midge.board.jvm;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import midge.hal.Hal;
import midge.hal.link.DatagramLink;

/** UDP to one gateway. Frames from anyone else are dropped. */
public final class UdpLink implements DatagramLink, AutoCloseable {
    /** What fits one Ethernet frame with IPv6 and UDP headers. */
    public static final int DEFAULT_MTU = 1452;

    private final DatagramChannel channel;
    private final InetSocketAddress gateway;
    private final ByteBuffer in = ByteBuffer.allocateDirect(65_536);
    private final ByteBuffer out = ByteBuffer.allocateDirect(DEFAULT_MTU);
    private long foreignFrames;
    private long oversizedFrames;

    /** Opens a socket on any free local port. */
    public UdpLink(InetSocketAddress gateway, SelectorIdle idle) throws IOException {
        this.gateway = gateway;
        channel = DatagramChannel.open(
                gateway.getAddress() instanceof java.net.Inet6Address
                        ? StandardProtocolFamily.INET6
                        : StandardProtocolFamily.INET);
        channel.configureBlocking(false);
        channel.bind(null);
        channel.register(idle.selector(), SelectionKey.OP_READ);
    }

    @Override
    public int mtu() {
        return DEFAULT_MTU;
    }

    @Override
    public int send(int peer, byte[] frame, int offset, int length) {
        if (peer != GATEWAY) {
            return Hal.UNSUPPORTED;
        }
        if (length > DEFAULT_MTU) {
            return Hal.INVALID;
        }
        out.clear().put(frame, offset, length).flip();
        try {
            return channel.send(out, gateway);
        } catch (PortUnreachableException e) {
            return length; // sent and lost, as on any radio
        } catch (IOException e) {
            return Hal.GONE;
        }
    }

    @Override
    public int receive(byte[] into, int offset, int capacity) {
        try {
            for (; ; ) {
                in.clear();
                SocketAddress from = channel.receive(in);
                if (from == null) {
                    return 0;
                }
                in.flip();
                if (!from.equals(gateway)) {
                    foreignFrames++;
                } else if (in.remaining() > capacity) {
                    oversizedFrames++;
                } else if (in.hasRemaining()) {
                    int length = in.remaining();
                    in.get(into, offset, length);
                    return length;
                }
            }
        } catch (PortUnreachableException e) {
            return 0;
        } catch (IOException e) {
            return Hal.GONE;
        }
    }

    @Override
    public int lastPeer() {
        return GATEWAY;
    }

    /** @return frames dropped because they came from another address than the gateway's */
    public long foreignFrames() {
        return foreignFrames;
    }

    /** @return frames dropped because the caller's array was too small for them */
    public long oversizedFrames() {
        return oversizedFrames;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
