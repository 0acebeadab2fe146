package midge.board.jvm;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import midge.hal.Hal;
import org.jspecify.annotations.Nullable;

/**
 * TCP to one address. Moving octets allocates nothing: they pass through one buffer outside the heap, as the system wants them.
 *
 * <p>A read that came short has emptied the socket, so the {@link #receive} after it answers 0 without asking the system; what comes
 * later ends the rest in the {@link SelectorIdle}.
 */
public final class TcpLink implements HostLink {
    /** Octets that one call moves at most. */
    private static final int CHUNK = 16 * 1024;

    private final InetSocketAddress address;
    private final SelectorIdle idle;
    private final Runnable ready = this::onReady;
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
    private @Nullable InetAddress local;
    private @Nullable SocketChannel channel;
    private @Nullable SelectionKey key;
    private int state = CLOSED;
    private boolean drained;
    private String failure = "";

    /** Does not connect yet. */
    public TcpLink(InetSocketAddress address, SelectorIdle idle) {
        this.address = address;
        this.idle = idle;
    }

    /** Connects from this address of the machine. Default: the system chooses. */
    public TcpLink from(InetAddress address) {
        local = address;
        return this;
    }

    @Override
    public int open() {
        close();
        failure = "";
        try {
            SocketChannel opening = SocketChannel.open();
            channel = opening;
            opening.configureBlocking(false);
            opening.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (local != null) {
                opening.bind(new InetSocketAddress(local, 0));
            }
            state = OPENING;
            boolean connected = opening.connect(address);
            key = opening.register(idle.selector(), SelectionKey.OP_CONNECT, ready);
            if (connected) {
                onReady();
            }
            return state == CLOSED ? Hal.GONE : Hal.OK;
        } catch (IOException e) {
            fail(e);
            return Hal.GONE;
        }
    }

    private void onReady() {
        SocketChannel opening = channel;
        if (opening == null || state != OPENING) {
            watch(SelectionKey.OP_READ);
            return;
        }
        try {
            if (opening.finishConnect()) {
                state = OPEN;
                watch(SelectionKey.OP_READ);
            }
        } catch (IOException e) {
            fail(e);
        }
    }

    private void watch(int operations) {
        if (key != null && key.isValid() && key.interestOps() != operations) {
            key.interestOps(operations);
        }
    }

    @Override
    public int state() {
        return state;
    }

    @Override
    public String failure() {
        return failure;
    }

    @Override
    public boolean isRefusal() {
        return false;
    }

    /** Always true: the system sends what it took, even after {@link #close}. */
    @Override
    public boolean isFlushed() {
        return true;
    }

    @Override
    public int send(byte[] bytes, int offset, int length) {
        if (channel == null || state != OPEN) {
            return Hal.GONE;
        }
        try {
            int offered = Math.min(length, CHUNK);
            int sent = channel.write(chunk.clear().put(bytes, offset, offered).flip());
            if (sent < offered) {
                watch(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            }
            return sent;
        } catch (IOException e) {
            fail(e);
            return Hal.GONE;
        }
    }

    @Override
    public int receive(byte[] into, int offset, int capacity) {
        if (channel == null || state != OPEN) {
            return state == OPENING ? 0 : Hal.GONE;
        }
        if (drained) {
            drained = false;
            return 0;
        }
        try {
            int wanted = Math.min(capacity, CHUNK);
            int got = channel.read(chunk.clear().limit(wanted));
            if (got < 0) {
                failure = "connection closed by the peer";
                close();
                return Hal.GONE;
            }
            drained = got > 0 && got < wanted;
            chunk.flip().get(into, offset, got);
            return got;
        } catch (IOException e) {
            fail(e);
            return Hal.GONE;
        }
    }

    private void fail(IOException e) {
        failure = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        close();
    }

    @Override
    public void close() {
        state = CLOSED;
        drained = false;
        SocketChannel open = channel;
        channel = null;
        key = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                failure = failure.isEmpty() ? String.valueOf(e.getMessage()) : failure;
            }
        }
    }
}
