package midge.gateway.net;

import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import midge.gateway.config.GatewayConfig;
import midge.gateway.core.GatewayCore;
import midge.gateway.port.GatewayCounters;
import midge.gateway.port.GatewayPorts;
import midge.gateway.port.Peer;
import midge.gateway.store.StateStore;
import midge.hal.Hal;
import org.jspecify.annotations.Nullable;
import org.tinylog.Logger;

/**
 * One {@link GatewayCore} with its sockets and its timer on one event loop. Everything but the constructor, {@link #listenUdp} and
 * {@link #addListener} happens on that loop's thread.
 */
public final class GatewayLoop {
    private static final long NEVER = Long.MAX_VALUE;

    private final EventLoop loop;
    private final Transport transport;
    private final GatewayCore core;
    private final @Nullable StateStore store;
    private final BrokerConnections brokers;
    private final int largest;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private final long startNs = System.nanoTime();
    private final Runnable settling = this::settleNow;
    private boolean unsettled;
    private long armedMs = NEVER;
    private @Nullable Future<?> timer;
    private boolean storeFails;

    /** As the other, with one broker on plain TCP. */
    public GatewayLoop(EventLoop loop, Transport transport, InetSocketAddress broker, GatewayConfig config, long seed) {
        this(loop, transport, List.of(Broker.plain(broker)), config, seed);
    }

    /**
     * @param targets where MQTT connections go, as many as {@link GatewayConfig#brokers} and in that order
     * @param seed for back-off and jitter, and for where topic ids begin: another one for each start of the process
     */
    public GatewayLoop(EventLoop loop, Transport transport, List<Broker> targets, GatewayConfig config, long seed) {
        this(loop, transport, targets, config, seed, null);
    }

    /**
     * As the other, with sessions that outlive the process.
     *
     * @param store the journal of this loop alone; see {@link #restore}
     */
    public GatewayLoop(
            EventLoop loop,
            Transport transport,
            List<Broker> targets,
            GatewayConfig config,
            long seed,
            @Nullable StateStore store) {
        if (targets.size() != config.brokers()) {
            throw new IllegalArgumentException(targets.size() + " brokers, " + config.brokers() + " configured");
        }
        this.loop = loop;
        this.transport = transport;
        largest = config.maxDatagram();
        brokers = new BrokerConnections(transport, loop, targets, new BrokerEvents());
        this.store = store;
        core = new GatewayCore(config, new Ports(), seed, store);
        core.scatterTopicIds(Long.hashCode(seed));
        loop.execute(this::settle);
    }

    /** @return the core; to be used on the loop's thread, with {@link #settle} after it */
    public GatewayCore core() {
        return core;
    }

    EventLoop eventLoop() {
        return loop;
    }

    /** @return the time that the core lives in, ms */
    public long nowMs() {
        return (System.nanoTime() - startNs) / 1_000_000;
    }

    /** @return why the last broker connection failed or broke; empty when none did */
    public String lastBrokerFailure() {
        return brokers.lastFailure();
    }

    /**
     * Goes on with the sessions of the process before. Before the first listener; not to be called on the loop's thread.
     *
     * @return how many clients are known again
     */
    public int restore() {
        return loop.submit(() -> {
                    int known = core.restore(nowMs());
                    settle();
                    return known;
                })
                .syncUninterruptibly()
                .getNow();
    }

    /**
     * Listens on a UDP socket from now on. Not to be called on the loop's thread.
     *
     * @return where it listens, with the port chosen when 0 was asked for
     */
    public InetSocketAddress listenUdp(InetSocketAddress at) {
        UdpListener listener = addListener(number -> new UdpListener(this, number, transport, family(at), largest));
        listener.bind(at);
        return listener.address();
    }

    private static SocketProtocolFamily family(InetSocketAddress at) {
        return at.getAddress() instanceof Inet6Address ? SocketProtocolFamily.INET6 : SocketProtocolFamily.INET;
    }

    /**
     * As {@link #listenUdp}, and clients find the gateway in a multicast group. The configuration names this listener's number as a
     * {@linkplain midge.gateway.config.GatewayConfigBuilder#broadcastListener broadcast listener}.
     *
     * @param group of the family of {@code at}
     */
    public InetSocketAddress listenUdp(InetSocketAddress at, MulticastGroup group) {
        InetSocketAddress bound = listenUdp(at);
        ((UdpListener) listeners.get(listeners.size() - 1)).join(group);
        loop.execute(() -> {
            core.start(nowMs());
            settle();
        });
        return bound;
    }

    /**
     * Listens by DTLS from now on. Not to be called on the loop's thread.
     *
     * @return where it listens, with the port chosen when 0 was asked for
     */
    public InetSocketAddress listenDtls(InetSocketAddress at, DtlsSecurity security) throws IOException {
        DtlsListener listener = addListener(number -> new DtlsListener(this, number, at, security));
        listener.bind();
        return listener.address();
    }

    /**
     * Listens on a link of the host's from now on, and opens it again whenever it is gone. Not to be called on the loop's thread.
     *
     * @param name for people, such as its URI
     * @throws IOException when the link cannot be opened now
     */
    public void listenLink(String name, LinkOpener opener) throws IOException {
        synchronized (listeners) {
            LinkListener listener = new LinkListener(this, listeners.size(), name, opener, largest);
            listeners.add(listener);
            listener.start();
        }
    }

    /**
     * Adds a link of the host's own.
     *
     * @param newListener makes it, given its number
     * @return what it made
     */
    public <L extends Listener> L addListener(IntFunction<L> newListener) {
        synchronized (listeners) {
            L listener = newListener.apply(listeners.size());
            listeners.add(listener);
            return listener;
        }
    }

    /** A datagram came; {@link #settle} is due once no more wait. */
    public void onDatagram(Peer from, byte[] frame, int offset, int length) {
        core.onDatagram(from, frame, offset, length, nowMs());
    }

    /**
     * Sees to it that what has gathered is sent and the timer set anew, at the end of this turn of the event loop: until then further
     * sockets may have brought more for the same system calls. To be called after the core was.
     */
    public void settle() {
        if (!unsettled) {
            unsettled = true;
            loop.execute(settling);
        }
    }

    private void settleNow() {
        unsettled = false;
        keep();
        brokers.flush();
        for (int i = 0; i < listeners.size(); i++) {
            listeners.get(i).flush();
        }
        rearm();
    }

    /** Nothing leaves before what it depends on is kept. */
    private void keep() {
        if (store == null) {
            return;
        }
        core.commit(nowMs());
        boolean fails = store.failure() != Hal.OK;
        if (fails && !storeFails) {
            Logger.error(
                    "the store cannot be written (code {}): is the disk full? Until it can, a restart forgets",
                    store.failure());
        } else if (!fails && storeFails) {
            Logger.warn("the store is written again, and whole");
        }
        storeFails = fails;
    }

    private void rearm() {
        long deadlineMs = core.nextDeadlineMs();
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
        armedMs = NEVER;
        timer = null;
        try {
            long nowMs = nowMs();
            if (nowMs >= core.nextDeadlineMs()) {
                core.onTimeout(nowMs);
            }
        } catch (RuntimeException brokenInvariant) {
            // One session's fault must not stop the clock of the others.
            Logger.error(brokenInvariant, "a timer of the gateway failed");
        } finally {
            settle();
        }
    }

    /**
     * Does something at this interval on the loop's thread, beginning at once, until the loop ends.
     *
     * @param everyMs 1 and up
     */
    public void every(long everyMs, Runnable task) {
        loop.scheduleAtFixedRate(task, 0, everyMs, TimeUnit.MILLISECONDS);
    }

    /** @return what happened so far, on the links too; to be called on the loop's thread */
    public GatewayCounters counters() {
        for (Listener listener : listeners) {
            listener.count(core.counters());
        }
        return core.counters();
    }

    /**
     * Runs something on the loop's thread, where the core may be looked at.
     *
     * @return its result, later
     */
    public <T> Future<T> call(Callable<T> task) {
        return loop.submit(task);
    }

    /**
     * Takes what {@link GatewayCore#adopt} takes, and other TLS for broker connections opened from now on.
     *
     * @param targets as many as before
     * @return done, later
     */
    public Future<?> adopt(GatewayConfig config, List<Broker> targets) {
        return loop.submit(() -> {
            brokers.replace(targets);
            core.adopt(config, nowMs());
            settle();
        });
    }

    /**
     * Ends in order: clients are told, brokers hear goodbye, listeners close. Not to be called on the loop's thread.
     *
     * @return whether all that was done within {@code limitMs}
     */
    public boolean shutdown(long limitMs) {
        return loop.submit(() -> {
                    core.shutdown(nowMs());
                    settleNow();
                    close();
                })
                .awaitUninterruptibly(limitMs);
    }

    /** Stops listening. Broker connections are closed by the end of the event loop. */
    public void close() {
        for (Listener listener : listeners) {
            listener.close();
        }
    }

    private final class Ports implements GatewayPorts {
        @Override
        public void sendDatagram(Peer to, byte[] frame, int offset, int length) {
            if (to.listener() < listeners.size()) { // the process before may have had more
                listeners.get(to.listener()).send(to, frame, offset, length);
            }
        }

        @Override
        public void openBroker(int session) {
            brokers.open(session, 0);
        }

        @Override
        public void openBroker(int session, int broker) {
            brokers.open(session, broker);
        }

        @Override
        public int sendBroker(int session, byte[] octets, int offset, int length) {
            return brokers.send(session, octets, offset, length);
        }

        @Override
        public void closeBroker(int session) {
            brokers.close(session);
        }
    }

    private final class BrokerEvents implements BrokerConnections.Events {
        @Override
        public void opened(int session) {
            core.onBrokerOpen(session, nowMs());
        }

        @Override
        public void received(int session, byte[] bytes, int offset, int length) {
            core.onBrokerBytes(session, bytes, offset, length, nowMs());
        }

        @Override
        public void closed(int session) {
            core.onBrokerClosed(session, nowMs());
        }

        @Override
        public void writable(int session) {
            core.onBrokerWritable(session, nowMs());
        }

        @Override
        public void settled() {
            settle();
        }
    }
}
