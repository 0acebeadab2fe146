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

    /** What one system call writes; more begins a further buffer. */
    private static final int GATHERED = 16 * 1024;

    private static final int FIRST_ROOM = 256;

    private final EventLoop loop;
    private final Bootstrap bootstrap;
    private List<Broker> brokers;
    private final Events events;
    private final List<@Nullable Connection> connections = new ArrayList<>();
    private final List<Connection> dirty = new ArrayList<>();
    private final byte[] scratch = new byte[16 * 1024];
    private String lastFailure = "";

    BrokerConnections(Transport transport, EventLoop loop, List<Broker> brokers, Events events) {
        this.loop = loop;
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

    /** Connections opened from now on go there, as many brokers as before. */
    void replace(List<Broker> others) {
        if (others.size() != brokers.size()) {
            throw new IllegalArgumentException(others.size() + " brokers in place of " + brokers.size());
        }
        brokers = List.copyOf(others);
    }

    /**
     * Begins to connect, in a later turn of the event loop: in this one events may still wait for the file descriptor of a socket that
     * was closed just now, and a new socket would get the same one.
     */
    void open(int session, int number) {
        close(session);
        while (connections.size() <= session) {
            connections.add(null);
        }
        Connection connection = new Connection(session, brokers.get(number));
        connections.set(session, connection);
        loop.execute(connection::connect);
    }

    /** @return octets taken: all of them, or 0 while the socket has too much to send already or is not open */
    int send(int session, byte[] bytes, int offset, int length) {
        Connection connection = connectionOf(session);
        return connection == null ? 0 : connection.send(bytes, offset, length);
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
        Connection connection = connectionOf(session);
        if (connection != null) {
            connections.set(session, null);
            connection.close();
        }
    }

    /** @return why the last connection failed or broke, for a person to read; empty when none did */
    String lastFailure() {
        return lastFailure;
    }

    private @Nullable Connection connectionOf(int session) {
        return session < connections.size() ? connections.get(session) : null;
    }

    private void failed(int session, Broker broker, Throwable cause) {
        lastFailure = BrokerFailure.explain(cause, broker);
        Logger.debug("broker connection of session {}: {}", session, lastFailure);
    }

    private final class Connection extends ChannelInboundHandlerAdapter {
        private final int session;
        private final Broker broker;
        private @Nullable Channel channel;
        private @Nullable ByteBuf gathered;
        private boolean unflushed;

        Connection(int session, Broker broker) {
            this.session = session;
            this.broker = broker;
        }

        private boolean isCurrent() {
            return connectionOf(session) == this;
        }

        void connect() {
            if (!isCurrent()) {
                return;
            }
            ChannelFuture connecting =
                    bootstrap.clone().handler(new BrokerPipeline(broker, this)).connect(broker.address());
            channel = connecting.channel();
            connecting.addListener((ChannelFuture done) -> {
                if (!done.isSuccess()) {
                    failed(session, broker, done.cause());
                    ended();
                }
            });
        }

        int send(byte[] bytes, int offset, int length) {
            Channel to = channel;
            if (to == null || !to.isActive()) {
                return 0;
            }
            if (gathered != null && gathered.readableBytes() + length > GATHERED) {
                write(to);
            }
            if (!to.isWritable()) {
                return 0;
            }
            if (gathered == null) {
                gathered = to.alloc().ioBuffer(Math.max(length, FIRST_ROOM));
            }
            gathered.writeBytes(bytes, offset, length);
            if (!unflushed) {
                unflushed = true;
                dirty.add(this);
            }
            return length;
        }

        private void write(Channel to) {
            if (gathered != null) {
                to.write(gathered, to.voidPromise());
                gathered = null;
            }
        }

        void flush() {
            unflushed = false;
            if (channel != null) {
                write(channel);
                channel.flush();
            }
        }

        /** What was taken before (a DISCONNECT, say) still goes out. */
        void close() {
            flush();
            if (channel != null) {
                channel.close();
            }
        }

        private void ended() {
            if (isCurrent()) {
                connections.set(session, null);
                events.closed(session);
                events.settled();
            }
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (BrokerPipeline.isReadyAtOnce(broker)) {
                opened();
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event == BrokerPipeline.Event.READY) {
                opened();
            }
        }

        private void opened() {
            if (isCurrent()) {
                events.opened(session);
                events.settled();
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf arrived = (ByteBuf) message;
            try {
                while (arrived.isReadable() && isCurrent()) {
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
                    if (isCurrent()) {
                        events.writable(session);
                        events.settled();
                    }
                });
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            ended();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            failed(session, broker, cause);
            context.close();
        }
    }
}
