package midge.gateway.net;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * The kind of sockets that a gateway uses. So far only NIO: with epoll a TCP channel that is opened in the same turn in which another is
 * closed, as a will update does, was seen to be torn down with it.
 */
public enum Transport {
    NIO;

    /** @return the best one that works here */
    public static Transport best() {
        return NIO;
    }

    /** @return {@code loops} event loops, their daemon threads named {@code name} */
    public EventLoopGroup newLoops(int loops, String name) {
        return new MultiThreadIoEventLoopGroup(loops, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
    }

    Class<? extends DatagramChannel> datagram() {
        return NioDatagramChannel.class;
    }

    Class<? extends SocketChannel> socket() {
        return NioSocketChannel.class;
    }

    /** @return the class of listening TCP sockets */
    public Class<? extends ServerSocketChannel> server() {
        return NioServerSocketChannel.class;
    }
}
