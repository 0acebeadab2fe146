package midge.gateway.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * One connection to a broker, by TCP, TLS or WebSocket, for each session that asks for one. Everything happens on one event loop.
 *
 * <p>A session number can be used again while the socket of its predecessor still closes; events of a socket that is no longer the
 * session's are dropped here, so that the core never sees them.
 */
final class BrokerConnections {
    /** What happens on the connections. */
    interface Events {
        void opened(int session);

        void received(int session, byte[] bytes, int offset, int length);

        void closed(int session);

        /** Room again, after {@link BrokerConnections#send} took nothing. */
        void writable(int session);

        /** All octets that had arrived were handed over. */
        void settled();
    }

    private static final int CONNECT_TIMEOUT_MS = 10_000;
    private static final WriteBufferWaterMark WATER = new WriteBufferWaterMark(16 * 1024, 64 * 1024);

    private final Bootstrap bootstrap;
    private final List<Broker> brokers;
    private final Events events;
    private final List<@Nullable Channel> channels = new ArrayList<>();
    private final List<Channel> dirty = new ArrayList<>();
    private final byte[] scratch = new byte[16 * 1024];
    private String lastFailure = "";

    BrokerConnections(Transport transport, EventLoop loop, List<Broker> brokers, Events events) {
        this.brokers = List.copyOf(brokers);
        this.events = events;
        this.bootstrap = new Bootstrap()
                .group(loop)
                .channel(transport.socket())
                .resolver(new NameService())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER);
    }

    void open(int session, int number) {
        close(session);
        Broker broker = brokers.get(number);
        while (channels.size() <= session) {
            channels.add(null);
        }
        BrokerPipeline pipeline = new BrokerPipeline(broker, new Connection(session, broker));
        ChannelFuture connecting = bootstrap.clone().handler(pipeline).connect(broker.address());
        channels.set(session, connecting.channel());
        connecting.addListener((ChannelFuture done) -> {
            if (!done.isSuccess()) {
                ended(session, done.channel(), broker, done.cause());
            }
        });
    }

    /** @return octets taken: all of them, or 0 while the socket has too much to send already or is not open */
    int send(int session, byte[] bytes, int offset, int length) {
        Channel channel = channelOf(session);
        if (channel == null || !channel.isActive() || !channel.isWritable()) {
            return 0;
        }
        ByteBuf copy = channel.alloc().buffer(length).writeBytes(bytes, offset, length);
        channel.write(copy, channel.voidPromise());
        dirty.add(channel);
        return length;
    }

    /** Sends what {@link #send} has gathered since the last call, one system call a socket. */
    void flush() {
        for (int i = 0; i < dirty.size(); i++) {
            dirty.get(i).flush();
        }
        dirty.clear();
    }

    /** Closes without a further event. */
    void close(int session) {
        Channel channel = channelOf(session);
        if (channel != null) {
            channels.set(session, null);
            // What was written before (a DISCONNECT, say) still goes out.
            channel.flush();
            channel.close();
        }
    }

    /** @return why the last connection failed or broke, for a person to read; empty when none did */
    String lastFailure() {
        return lastFailure;
    }

    private @Nullable Channel channelOf(int session) {
        return session < channels.size() ? channels.get(session) : null;
    }

    private void failed(int session, Broker broker, Throwable cause) {
        lastFailure = BrokerFailure.explain(cause, broker);
        Logger.debug("broker connection of session {}: {}", session, lastFailure);
    }

    private void ended(int session, Channel channel, Broker broker, @Nullable Throwable cause) {
        if (cause != null) {
            failed(session, broker, cause);
        }
        if (channelOf(session) == channel) {
            channels.set(session, null);
            events.closed(session);
            events.settled();
        }
    }

    private final class Connection extends ChannelInboundHandlerAdapter {
        private final int session;
        private final Broker broker;

        Connection(int session, Broker broker) {
            this.session = session;
            this.broker = broker;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (BrokerPipeline.isReadyAtOnce(broker)) {
                opened(context);
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == BrokerPipeline.Event.READY) {
                opened(context);
            }
        }

        private void opened(ChannelHandlerContext context) {
            if (channelOf(session) == context.channel()) {
                events.opened(session);
                events.settled();
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf arrived = (ByteBuf) message;
            try {
                while (arrived.isReadable() && channelOf(session) == context.channel()) {
                    int length = Math.min(scratch.length, arrived.readableBytes());
                    arrived.readBytes(scratch, 0, length);
                    events.received(session, scratch, 0, length);
                }
            } finally {
                arrived.release();
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            events.settled();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            // May come from within a write, hence from within a call of the core: answered later.
            if (context.channel().isWritable()) {
                context.executor().execute(() -> {
                    if (channelOf(session) == context.channel()) {
                        events.writable(session);
                        events.settled();
                    }
                });
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            ended(session, context.channel(), broker, null);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            failed(session, broker, cause);
            context.close();
        }
    }
}
