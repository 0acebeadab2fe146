package midge.gateway.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/** The kind of sockets that a gateway uses. */
public enum Transport {
    /** What every Java has: one system call a datagram. */
    NIO(NioSocketChannel.class, NioServerSocketChannel.class) {
        @Override
        IoHandlerFactory ioHandlers() {
            return NioIoHandler.newFactory();
        }

        @Override
        DatagramChannel newDatagram(SocketProtocolFamily family) {
            return new NioDatagramChannel(family);
        }

        @Override
        void batchDatagrams(Channel datagrams, int largest) {
            datagrams.config().setOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(largest));
        }
    },

    /** Linux on x86-64 and AArch64: many datagrams a system call, both ways. */
    EPOLL(EpollSocketChannel.class, EpollServerSocketChannel.class) {
        @Override
        IoHandlerFactory ioHandlers() {
            return EpollIoHandler.newFactory();
        }

        @Override
        DatagramChannel newDatagram(SocketProtocolFamily family) {
            return new EpollDatagramChannel(family);
        }

        @Override
        void batchDatagrams(Channel datagrams, int largest) {
            int batch = Math.max(1, Math.min(BATCH, BATCH_OCTETS / largest));
            datagrams.config().setOption(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, largest);
            datagrams
                    .config()
                    .setOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(batch * largest));
        }
    };

    /** Datagrams that are read at one time. */
    private static final int BATCH = 64;
    /** What their buffer may take. */
    private static final int BATCH_OCTETS = 128 * 1024;

    private final Class<? extends SocketChannel> socket;
    private final Class<? extends ServerSocketChannel> server;

    Transport(Class<? extends SocketChannel> socket, Class<? extends ServerSocketChannel> server) {
        this.socket = socket;
        this.server = server;
    }

    /** @return the best one that works here; the property {@code midge.transport} may say {@code nio} */
    public static Transport best() {
        return Epoll.isAvailable() && !"nio".equals(System.getProperty("midge.transport")) ? EPOLL : NIO;
    }

    /** @return what it is, for a person to read */
    public String description() {
        if (this == EPOLL) {
            return "epoll, many datagrams a system call";
        }
        Throwable cause = Epoll.unavailabilityCause();
        return "NIO, one system call a datagram" + (cause == null ? "" : " (epoll: " + cause.getMessage() + ")");
    }

    /** @return {@code loops} event loops, their daemon threads named {@code name} */
    public EventLoopGroup newLoops(int loops, String name) {
        return new MultiThreadIoEventLoopGroup(loops, new DefaultThreadFactory(name, true), ioHandlers());
    }

    abstract IoHandlerFactory ioHandlers();

    /**
     * Sets how datagrams are read.
     *
     * @param largest octets of the largest that is wanted whole; of a longer one the rest is lost
     */
    abstract void batchDatagrams(Channel datagrams, int largest);

    abstract DatagramChannel newDatagram(SocketProtocolFamily family);

    Class<? extends SocketChannel> socket() {
        return socket;
    }

    /** @return the class of listening TCP sockets */
    public Class<? extends ServerSocketChannel> server() {
        return server;
    }
}
