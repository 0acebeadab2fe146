package midge.gateway.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.socket.SocketProtocolFamily;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Set;
import midge.gateway.port.Peer;
import midge.wire.Bytes;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/** MQTT-SN over one UDP socket. A peer's address is its IP address and two octets of port. */
final class UdpListener extends ChannelInboundHandlerAdapter implements Listener {
    /** Room behind the largest datagram that is served, so that a larger one is seen as such, in its forwarder envelope too. */
    private static final int TOO_LARGE = 300;

    private static final int BUFFER = 4 * 1024 * 1024;

    private final GatewayLoop gateway;
    private final int number;
    private final Peer key = new Peer();
    private final byte[] address = new byte[Peer.MAX_ADDRESS];
    private final byte[] frame;
    private final Transport transport;
    private final SocketProtocolFamily family;
    private final DatagramChannel channel;
    private @Nullable MulticastGroup group;
    private @Nullable Channel ears;
    private boolean unflushed;

    /**
     * Opens the socket, which hears nothing before {@link #bind}.
     *
     * @param family that of the address to {@link #bind} it to
     * @param largest octets of a datagram that is served
     */
    UdpListener(GatewayLoop gateway, int number, Transport transport, SocketProtocolFamily family, int largest) {
        this.gateway = gateway;
        this.number = number;
        frame = new byte[largest + TOO_LARGE];
        this.transport = transport;
        this.family = family;
        channel = (DatagramChannel) new Bootstrap()
                .group(gateway.eventLoop())
                .channelFactory(() -> transport.newDatagram(family))
                .option(ChannelOption.SO_RCVBUF, BUFFER)
                .option(ChannelOption.SO_SNDBUF, BUFFER)
                .handler(this)
                .register()
                .syncUninterruptibly()
                .channel();
        transport.batchDatagrams(channel, frame.length);
    }

    /** Listens from now on. Throws what binding threw, a {@link java.net.BindException} when the port is taken. */
    void bind(InetSocketAddress at) {
        channel.bind(at).syncUninterruptibly();
    }

    /**
     * Hears a group too, and sends to it what is for everyone. Answers leave by this listener's own socket, so that clients learn its
     * address.
     */
    void join(MulticastGroup joined) {
        DatagramChannel channelOfGroup = (DatagramChannel) new Bootstrap()
                .group(gateway.eventLoop())
                .channelFactory(() -> transport.newDatagram(family))
                .option(ChannelOption.SO_REUSEADDR, true)
                .handler(new Ears(joined.ownAddresses()))
                .bind(
                        joined.isV6()
                                ? new InetSocketAddress("::", joined.address().getPort())
                                : joined.address())
                .syncUninterruptibly()
                .channel();
        transport.batchDatagrams(channelOfGroup, frame.length);
        ears = channelOfGroup;
        for (NetworkInterface each : joined.interfaces()) {
            channelOfGroup.joinGroup(joined.address(), each).syncUninterruptibly();
        }
        group = joined;
    }

    /** The group's socket. It hears what this gateway says there as well. */
    private final class Ears extends ChannelInboundHandlerAdapter {
        private final Set<InetAddress> own;

        Ears(Set<InetAddress> own) {
            this.own = own;
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            InetSocketAddress sender = ((DatagramPacket) message).sender();
            if (sender.getPort() == address().getPort() && own.contains(sender.getAddress())) {
                ((DatagramPacket) message).release();
            } else {
                UdpListener.this.channelRead(context, message);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            gateway.settle();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            Logger.debug("multicast group of UDP listener {}: {}", address(), cause.toString());
        }
    }

    /** @return where it listens, with the port that was chosen when 0 was asked for */
    InetSocketAddress address() {
        return channel.localAddress();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        DatagramPacket packet = (DatagramPacket) message;
        try {
            InetSocketAddress sender = packet.sender();
            byte[] ip = sender.getAddress().getAddress();
            System.arraycopy(ip, 0, address, 0, ip.length);
            address[ip.length] = (byte) (sender.getPort() >>> 8);
            address[ip.length + 1] = (byte) sender.getPort();
            key.set(number, address, 0, ip.length + 2).attach(sender);
            ByteBuf content = packet.content();
            int length = Math.min(content.readableBytes(), frame.length);
            content.readBytes(frame, 0, length);
            gateway.onDatagram(key, frame, 0, length);
        } finally {
            packet.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        gateway.settle();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // An ICMP answer to an earlier datagram, for instance. The socket stays usable.
        Logger.debug("UDP listener {}: {}", address(), cause.toString());
    }

    @Override
    public void send(Peer to, byte[] octets, int offset, int length) {
        if (to.addressLength() == 0 && group != null) {
            sendToGroup(group, octets, offset, length);
            return;
        }
        InetSocketAddress receiver = receiver(to);
        if (receiver == null || !channel.isWritable()) {
            return; // nobody to multicast to, or the socket is full: the frame is lost as on any radio
        }
        ByteBuf copy = channel.alloc().buffer(length).writeBytes(octets, offset, length);
        channel.write(new DatagramPacket(copy, receiver), channel.voidPromise());
        unflushed = true;
    }

    /** Out of each interface; the option is set for one datagram at a time, so each leaves at once. */
    private void sendToGroup(MulticastGroup to, byte[] octets, int offset, int length) {
        for (NetworkInterface each : to.interfaces()) {
            ByteBuf copy = channel.alloc().buffer(length).writeBytes(octets, offset, length);
            channel.config().setNetworkInterface(each);
            channel.writeAndFlush(new DatagramPacket(copy, to.address()), channel.voidPromise());
        }
    }

    /** A peer of the process before comes without the socket address that this one attaches. */
    private @Nullable InetSocketAddress receiver(Peer to) {
        if (to.attachment() instanceof InetSocketAddress attached) {
            return attached;
        }
        byte[] octets = new byte[Peer.MAX_ADDRESS];
        int ip = to.address(octets, 0) - 2;
        try {
            InetAddress host = InetAddress.getByAddress(Arrays.copyOf(octets, Math.max(ip, 0)));
            InetSocketAddress built = new InetSocketAddress(host, Bytes.u16(octets, ip));
            to.attach(built);
            return built;
        } catch (UnknownHostException e) {
            return null; // no IP address has this length: everybody, or not one of ours
        }
    }

    @Override
    public void flush() {
        if (unflushed) {
            unflushed = false;
            channel.flush();
        }
    }

    @Override
    public void close() {
        channel.close();
        if (ears != null) {
            ears.close();
        }
    }
}
