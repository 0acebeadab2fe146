package midge.sim.live;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import midge.sim.stream.ClientStream;
import midge.sim.stream.StreamServer;
import midge.sim.stream.StreamUser;

/** Streams of a world that lead out of it, by TCP to any broker. Lives on the event loop that runs the world. */
final class SocketStreams implements StreamServer {
    private static final int CONNECT_MS = 5_000;

    private final EventLoop loop;
    private final InetSocketAddress broker;

    SocketStreams(EventLoop loop, InetSocketAddress broker) {
        this.loop = loop;
        this.broker = broker;
    }

    @Override
    public ClientStream connect(StreamUser user) {
        return new Socket(user);
    }

    private final class Socket extends ChannelInboundHandlerAdapter implements ClientStream {
        private final StreamUser user;
        private final Channel channel;
        private boolean ended;

        Socket(StreamUser user) {
            this.user = user;
            ChannelFuture connecting = new Bootstrap()
                    .group(loop)
                    .channel(NioSocketChannel.class)
                    .option(ChannelOption.TCP_NODELAY, true)
                    .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MS)
                    .handler(this)
                    .connect(broker);
            channel = connecting.channel();
            connecting.addListener(done -> {
                if (!done.isSuccess()) {
                    loop.execute(this::end); // never before the constructor has returned
                }
            });
        }

        @Override
        public int send(byte[] octets, int offset, int length) {
            if (ended || !channel.isActive() || !channel.isWritable()) {
                return 0;
            }
            channel.writeAndFlush(channel.alloc().buffer(length).writeBytes(octets, offset, length));
            return length;
        }

        @Override
        public void close() {
            ended = true;
            channel.close();
        }

        private void end() {
            if (!ended) {
                ended = true;
                channel.close();
                user.onClosed();
            }
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            if (!ended) {
                user.onOpen();
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf in = (ByteBuf) message;
            try {
                byte[] octets = new byte[in.readableBytes()];
                in.readBytes(octets);
                if (!ended) {
                    user.onOctets(octets, 0, octets.length);
                }
            } finally {
                in.release();
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            if (channel.isWritable()) {
                loop.execute(() -> {
                    if (!ended) {
                        user.onWritable();
                    }
                });
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            end();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            end();
        }
    }
}
