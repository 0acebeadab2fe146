package midge.sim.live;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import midge.sim.broker.BrokerConfig;
import midge.sim.broker.BrokerPorts;
import midge.sim.broker.PublishObserver;
import midge.sim.broker.SimBroker;
import org.jspecify.annotations.Nullable;

/**
 * Serves a {@link SimBroker} on a TCP port, in real time. The broker lives on one event loop, which the host gives and ends; anything
 * that touches {@link #broker} must run there.
 */
public final class BrokerShell {
    private final EventLoop loop;
    private final SimBroker broker;
    private final BrokerDoor door;
    private final long startNs = System.nanoTime();
    private final Map<Integer, BrokerPorts> streams = new HashMap<>();
    private int lastConnection;
    private long armedMs = Long.MAX_VALUE;
    private @Nullable Future<?> timer;
    private int port;

    private BrokerShell(EventLoop loop, BrokerConfig config, long seed) {
        this.loop = loop;
        broker = new SimBroker(config, new Ports(), seed, 0);
        door = new BrokerDoor(loop, new Host());
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
        BrokerShell shell = serve(loop, config, seed);
        shell.port = shell.door.listen(address, port, BrokerDoor.PORTS_TRIED);
        return shell;
    }

    /** Makes a broker that listens nowhere yet; {@link #listen} comes next. */
    public static BrokerShell serve(EventLoop loop, BrokerConfig config, long seed) {
        return new BrokerShell(loop, config, seed);
    }

    /** Shows every message that a client publishes, on the event loop. Before the first client. */
    public void observe(PublishObserver observer) {
        broker.observe(observer);
    }

    /**
     * Listens on another address, or by WebSocket (subprotocol {@code mqtt}, any path). Not to be called on the event loop.
     *
     * @param at port 0 for any
     * @return the port
     * @throws IOException when it cannot be had, with the reason
     */
    public int listen(InetSocketAddress at, boolean webSocket) throws IOException {
        return door.listen(at.getAddress(), at.getPort(), 1, webSocket);
    }

    /** {@return the port that it listens on} */
    public int port() {
        return port;
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
        door.close();
        loop.submit(() -> {
                    broker.shutdown(nowMs());
                    settle();
                })
                .awaitUninterruptibly();
    }

    /** To be called after the broker was: sends what has gathered and sets the timer. */
    private void settle() {
        door.flush();
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
            BrokerPorts stream = streams.get(connection);
            if (stream != null) {
                stream.send(connection, octets, offset, length);
            }
        }

        @Override
        public void close(int connection) {
            BrokerPorts stream = streams.remove(connection);
            if (stream != null) {
                stream.close(connection);
            }
        }
    }

    private final class Host implements BrokerHost {
        @Override
        public int opened(BrokerPorts ports) {
            int number = ++lastConnection;
            streams.put(number, ports);
            broker.onOpen(number, nowMs());
            return number;
        }

        @Override
        public void octets(int connection, byte[] octets, int offset, int length) {
            broker.onBytes(connection, octets, offset, length, nowMs());
        }

        @Override
        public void writable(int connection, boolean writable) {
            broker.onWritable(connection, writable, nowMs());
        }

        @Override
        public void closed(int connection) {
            streams.remove(connection);
            broker.onClosed(connection, nowMs());
        }

        @Override
        public void settle() {
            BrokerShell.this.settle();
        }
    }
}
