package midge.sim.live;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import midge.sim.broker.BrokerPorts;
import org.tinylog.Logger;

/** Listens on ports and brings what clients say there to a {@link BrokerHost}. Everything but {@link #listen} and {@link #close} happens on the event loop. */
final class BrokerDoor {
    /** How many ports are tried, counted from the one asked for. */
    static final int PORTS_TRIED = 100;
    /** A peer that does not read what was sent before a close is cut off after this time. */
    private static final int CLOSE_MS = 2_000;

    private static final int CHUNK = 64 * 1024;

    private final EventLoop loop;
    private final BrokerHost host;
    private final List<Channel> servers = new ArrayList<>();
    private final ArrayDeque<Stream> unflushed = new ArrayDeque<>();
    private byte[] chunk = new byte[CHUNK];

    /** @param loop of NIO kind; the host shuts it down after {@link #close} */
    BrokerDoor(EventLoop loop, BrokerHost host) {
        this.loop = loop;
        this.host = host;
    }

    /**
     * Starts to listen. Not to be called on the event loop.
     *
     * @param first the port wanted; 0 for any
     * @param tries how many ports from there on may be taken instead when it is another program's
     * @return the port
     * @throws IOException when none of these ports can be had, with the reason
     */
    int listen(InetAddress address, int first, int tries) throws IOException {
        return listen(address, first, tries, false);
    }

    /** As the other; {@code webSocket} for MQTT in WebSocket messages, subprotocol {@code mqtt}, on any path. */
    int listen(InetAddress address, int first, int tries, boolean webSocket) throws IOException {
        int last = first == 0 ? 0 : Math.min(65_535, first + tries - 1);
        for (int port = first; port <= last; port++) {
            var bound = bootstrap(webSocket)
                    .bind(new InetSocketAddress(address, port))
                    .awaitUninterruptibly();
            if (bound.isSuccess()) {
                servers.add(bound.channel());
                return ((InetSocketAddress) bound.channel().localAddress()).getPort();
            }
            if (!(bound.cause() instanceof BindException)) {
                throw new IOException("cannot listen on port " + port + ": " + bound.cause(), bound.cause());
            }
        }
        throw new IOException(
                (first == last ? "port " + first + " is taken" : "no free port from " + first + " to " + last) + " on "
                        + address.getHostAddress());
    }

    private ServerBootstrap bootstrap(boolean webSocket) {
        return new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        if (webSocket) {
                            WebSocketDoor.addTo(channel.pipeline(), new Stream(channel));
                        } else {
                            channel.pipeline().addLast(new Stream(channel));
                        }
                    }
                });
    }

    /** Sends what the broker has written since the last time. */
    void flush() {
        for (Stream stream = unflushed.poll(); stream != null; stream = unflushed.poll()) {
            stream.flush();
        }
    }

    /** Stops listening; open connections are the host's to end. Not to be called on the event loop. */
    void close() {
        servers.forEach(server -> server.close().awaitUninterruptibly());
        // The selector lets go of a closed socket when it selects the next time; until then the port takes connections.
        loop.schedule(() -> {}, 1, TimeUnit.MILLISECONDS).awaitUninterruptibly();
    }

    /** One client; it comes in when its channel, or its WebSocket, is open. */
    private final class Stream extends ChannelInboundHandlerAdapter implements BrokerPorts {
        private final Channel channel;
        private int connection;
        private boolean isIn;
        private boolean waitsForFlush;

        Stream(Channel channel) {
            this.channel = channel;
        }

        @Override
        public void send(int number, byte[] octets, int offset, int length) {
            channel.write(channel.alloc().buffer(length).writeBytes(octets, offset, length), channel.voidPromise());
            if (!waitsForFlush) {
                waitsForFlush = true;
                unflushed.add(this);
            }
        }

        void flush() {
            waitsForFlush = false;
            channel.flush();
        }

        @Override
        public void close(int number) {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            loop.schedule(() -> channel.close(), CLOSE_MS, TimeUnit.MILLISECONDS);
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            isIn = true;
            connection = host.opened(this);
            host.settle();
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ByteBuf octets = (ByteBuf) message;
            try {
                int length = octets.readableBytes();
                if (length > chunk.length) {
                    chunk = new byte[length];
                }
                octets.readBytes(chunk, 0, length);
                host.octets(connection, chunk, 0, length);
            } finally {
                ReferenceCountUtil.release(message);
                host.settle();
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            if (channel.isWritable()) {
                loop.execute(this::resume); // this may be in the middle of a flush
            } else {
                host.writable(connection, false);
            }
        }

        private void resume() {
            host.writable(connection, channel.isWritable());
            host.settle();
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (isIn) {
                isIn = false;
                host.closed(connection);
                host.settle();
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            if (!(cause instanceof IOException)) {
                Logger.error(cause, "the broker failed on a connection");
            }
            ctx.close();
        }
    }
}
