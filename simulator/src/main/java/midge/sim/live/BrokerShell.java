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
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import midge.sim.broker.BrokerConfig;
import midge.sim.broker.BrokerPorts;
import midge.sim.broker.SimBroker;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * Serves a {@link SimBroker} on a TCP port. The broker lives on one event loop, which the host gives and ends; anything that touches
 * {@link #broker} must run there.
 */
public final class BrokerShell {
    /** How many ports are tried, counted from the one asked for. */
    private static final int PORTS_TRIED = 100;
    /** A peer that does not read what was sent before a close is cut off after this time. */
    private static final int CLOSE_MS = 2_000;

    private static final int CHUNK = 64 * 1024;

    private final EventLoop loop;
    private final SimBroker broker;
    private final long startNs = System.nanoTime();
    private final Map<Integer, Stream> streams = new HashMap<>();
    private final ArrayDeque<Stream> unflushed = new ArrayDeque<>();
    private byte[] chunk = new byte[CHUNK];
    private int lastConnection;
    private long armedMs = Long.MAX_VALUE;
    private @Nullable Future<?> timer;
    private @Nullable Channel server;

    private BrokerShell(EventLoop loop, BrokerConfig config, long seed) {
        this.loop = loop;
        broker = new SimBroker(config, new Ports(), seed, 0);
    }

    /**
     * Starts to listen. Not to be called on the event loop.
     *
     * @param loop of NIO kind; the host shuts it down after {@link #close}
     * @param port the one wanted; when it is taken the next free one of the 100 from there on; 0 for any
     * @param seed decides what the broker draws at random
     * @throws IOException when none of these ports can be had, with the reason
     */
    public static BrokerShell start(EventLoop loop, BrokerConfig config, InetAddress address, int port, long seed)
            throws IOException {
        BrokerShell shell = new BrokerShell(loop, config, seed);
        shell.bind(address, port);
        return shell;
    }

    private void bind(InetAddress address, int first) throws IOException {
        int last = first == 0 ? 0 : Math.min(65_535, first + PORTS_TRIED - 1);
        for (int port = first; port <= last; port++) {
            var bound = bootstrap().bind(new InetSocketAddress(address, port)).awaitUninterruptibly();
            if (bound.isSuccess()) {
                server = bound.channel();
                return;
            }
            if (!(bound.cause() instanceof BindException)) {
                throw new IOException("cannot listen on port " + port + ": " + bound.cause(), bound.cause());
            }
        }
        throw new IOException("no free port from " + first + " to " + last + " on " + address.getHostAddress());
    }

    private ServerBootstrap bootstrap() {
        return new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 1024)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channel.pipeline().addLast(new Stream(channel, ++lastConnection));
                    }
                });
    }

    /** {@return the port that it listens on} */
    public int port() {
        return server == null ? -1 : ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** {@return the broker, to be touched on the event loop only} */
    public SimBroker broker() {
        return broker;
    }

    /** {@return the time that the broker lives in, ms since the start} */
    public long nowMs() {
        return (System.nanoTime() - startNs) / 1_000_000;
    }

    /** Stops listening, says goodbye to all clients and closes their connections. Not to be called on the event loop. */
    public void close() {
        if (server != null) {
            server.close().awaitUninterruptibly();
            // The selector lets go of a closed socket when it selects the next time; until then the port takes
            // connections.
            loop.schedule(() -> {}, 1, TimeUnit.MILLISECONDS).awaitUninterruptibly();
        }
        loop.submit(() -> {
                    broker.shutdown(nowMs());
                    settle();
                })
                .awaitUninterruptibly();
    }

    /** To be called after the broker was: sends what has gathered and sets the timer. */
    private void settle() {
        for (Stream stream = unflushed.poll(); stream != null; stream = unflushed.poll()) {
            stream.flush();
        }
        long deadlineMs = broker.nextDeadlineMs();
        if (deadlineMs >= armedMs) {
            return; // the timer rings early at worst, and sets itself anew
        }
        if (timer != null) {
            timer.cancel(false);
        }
        armedMs = deadlineMs;
        timer = loop.schedule(this::ring, Math.max(0, deadlineMs - nowMs()), TimeUnit.MILLISECONDS);
    }

    private void ring() {
        armedMs = Long.MAX_VALUE;
        timer = null;
        broker.onTimeout(nowMs());
        settle();
    }

    private final class Ports implements BrokerPorts {
        @Override
        public void send(int connection, byte[] octets, int offset, int length) {
            Stream stream = streams.get(connection);
            if (stream != null) {
                stream.write(octets, offset, length);
            }
        }

        @Override
        public void close(int connection) {
            Stream stream = streams.remove(connection);
            if (stream != null) {
                stream.end();
            }
        }
    }

    private final class Stream extends ChannelInboundHandlerAdapter {
        private final Channel channel;
        private final int connection;
        private boolean waitsForFlush;

        Stream(Channel channel, int connection) {
            this.channel = channel;
            this.connection = connection;
        }

        void write(byte[] octets, int offset, int length) {
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

        void end() {
            channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            loop.schedule(() -> channel.close(), CLOSE_MS, TimeUnit.MILLISECONDS);
        }

        @Override
        public void channelActive(ChannelHandlerContext ctx) {
            streams.put(connection, this);
            broker.onOpen(connection, nowMs());
            settle();
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
                broker.onBytes(connection, chunk, 0, length, nowMs());
            } finally {
                ReferenceCountUtil.release(message);
                settle();
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext ctx) {
            if (channel.isWritable()) {
                loop.execute(this::resume); // this may be in the middle of a flush
            } else {
                broker.onWritable(connection, false, nowMs());
            }
        }

        private void resume() {
            broker.onWritable(connection, channel.isWritable(), nowMs());
            settle();
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            streams.remove(connection);
            broker.onClosed(connection, nowMs());
            settle();
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
