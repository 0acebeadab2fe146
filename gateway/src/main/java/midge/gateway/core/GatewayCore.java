package midge.gateway.core;

import midge.gateway.config.GatewayConfig;
import midge.gateway.flow.Concentrator;
import midge.gateway.flow.DiscoveryFlow;
import midge.gateway.flow.Reception;
import midge.gateway.flow.Services;
import midge.gateway.flow.SessionReplay;
import midge.gateway.flow.SessionTable;
import midge.gateway.flow.Timers;
import midge.gateway.flow.UnconnectedFlow;
import midge.gateway.flow.Upstream;
import midge.gateway.port.GatewayCounters;
import midge.gateway.port.GatewayPorts;
import midge.gateway.port.PacketObserver;
import midge.gateway.port.Peer;
import midge.gateway.store.StateStore;
import midge.hal.Hal;
import org.jspecify.annotations.Nullable;

/**
 * An MQTT-SN 1.2 gateway without I/O: one MQTT connection per client (transparent, §4.1), or one for all (aggregating, §4.2).
 *
 * <p>The host reports what happened and when; the core answers through its {@link GatewayPorts} before the call returns. After each call
 * the host asks {@link #nextDeadlineMs} and calls {@link #onTimeout} then; further calls do no harm. Time is in ms, from any start, and
 * never goes back. One thread at a time, and no call from inside a port.
 *
 * <p>No octets that arrive, from clients or brokers, make a call throw. What cannot be used is dropped and counted in
 * {@link #counters}. After a session's tables have grown to what its client needs, nothing is allocated.
 */
public final class GatewayCore {
    private final GatewayConfig config;
    private final GatewayCounters counters = new GatewayCounters();
    private final @Nullable StateStore store;
    private final Services services;
    private final SessionTable sessions;
    private final UnconnectedFlow unconnected;
    private final DiscoveryFlow discovery;
    private final Reception reception;
    private boolean busy;

    /** As the other, without a memory beyond the process. */
    public GatewayCore(GatewayConfig config, GatewayPorts ports, long seed) {
        this(config, ports, seed, null);
    }

    /**
     * @param seed for jitter; the same seed and the same calls give the same answers
     * @param store keeps the sessions for the next process, see {@link #restore} and {@link #commit}; null: nothing is kept
     */
    public GatewayCore(GatewayConfig config, GatewayPorts ports, long seed, @Nullable StateStore store) {
        this.config = config;
        this.store = store;
        services = new Services(config, ports, counters, links(), seed, store);
        sessions = new SessionTable(services);
        services.keep(sessions);
        unconnected = config.aggregating() ? share() : new UnconnectedFlow(services, config.maxSessions());
        discovery = new DiscoveryFlow(services);
        reception = new Reception(services, sessions, unconnected, discovery);
    }

    /**
     * Begins the topic ids of clients somewhere else than at 1. A client that slept while the gateway was started anew still uses ids of
     * the gateway before, and nothing in MQTT-SN 1.2 tells it. With a start drawn at random for each process such an id most probably
     * means nothing and is answered "invalid topic id", whereupon the client registers the name; with the same start for all it would mean
     * another topic. Before the first datagram.
     *
     * @param random any number; the start is between 1 and the highest that leaves each client its topics
     */
    public void scatterTopicIds(int random) {
        int starts = 0xFFFE - config.topicsPerClient() + 1;
        services.firstTopicId(1 + Integer.remainderUnsigned(random, Math.max(1, starts)));
    }

    private UnconnectedFlow share() {
        Concentrator shared = new Concentrator(services, sessions, config.maxSessions());
        services.share(shared);
        return new UnconnectedFlow(services, config.maxSessions(), shared);
    }

    /** Lets an observer see every packet from now on; {@link PacketObserver#NONE} ends it. */
    public void observe(PacketObserver observer) {
        services.observe(observer);
    }

    /**
     * Goes on with the sessions that the process before had. Before the first datagram; opens the broker connections that were open.
     *
     * @return how many clients are known again; 0 without a store
     */
    public int restore(long nowMs) {
        if (store == null) {
            return 0;
        }
        enter();
        try {
            return store.open() == Hal.OK ? new SessionReplay(services, sessions).run(store, nowMs) : 0;
        } finally {
            leave();
        }
    }

    /**
     * Puts what changed into the store, as safe as the configuration wants it. A host with a store calls this before it sends what it
     * gathered in calls to its ports, so that nobody hears of what would be forgotten.
     */
    public void commit(long nowMs) {
        if (store != null) {
            long failures = store.failures();
            services.commit(nowMs);
            if (store.failures() > failures) {
                counters.add(GatewayCounters.STORE_FAILED);
            }
        }
    }

    /** Begins to advertise, if the configuration says so. A gateway that is not started serves all the same. */
    public void start(long nowMs) {
        enter();
        try {
            discovery.begin(nowMs);
        } finally {
            leave();
        }
    }

    /**
     * Ends in order: clients that listen are told DISCONNECT, broker connections end with DISCONNECT, so that no will is published, and
     * no deadline is left. Sleeping clients are not told; they find out when they wake. The host hands in no more datagrams afterwards.
     * A broker may keep the session of a client that wanted none kept, when its connection had broken before.
     */
    public void shutdown(long nowMs) {
        enter();
        try {
            discovery.end();
            for (int i = 0; i < sessions.count(); i++) {
                sessions.get(i).shutdown(nowMs);
            }
            unconnected.shutdown(nowMs);
        } finally {
            leave();
        }
    }

    /**
     * Takes pre-defined topics, logins and access rules of another configuration from now on; everything else stays as at construction.
     * Logins count for broker connections opened later. What waits for clients was judged when it came.
     *
     * @param newer its longest topic must not be longer than that at construction
     */
    public void adopt(GatewayConfig newer, long nowMs) {
        enter();
        try {
            services.adopt(newer);
            for (int i = 0; i < sessions.count(); i++) {
                sessions.get(i).adopt(nowMs);
            }
        } finally {
            busy = false;
        }
    }

    /** @return whether {@link #tell} reaches the broker; if not, its connection is being made */
    public boolean canTell(long nowMs) {
        enter();
        try {
            return unconnected.canTell(nowMs);
        } finally {
            leave();
        }
    }

    /**
     * Publishes something of the gateway's own at QoS 0, retained, through the connection that QoS -1 uses.
     *
     * @param topic not wildcards
     */
    public void tell(byte[] topic, byte[] payload, long nowMs) {
        enter();
        try {
            unconnected.tell(topic, payload, nowMs);
        } finally {
            leave();
        }
    }

    /** @return whether the broker could be reached, as far as is known: no attempt failed lately */
    public boolean isBrokerReachable(long nowMs) {
        return services.isBrokerReachable(nowMs);
    }

    /** @return how many broker connections there can be: sessions are numbered 0..links()-1; the last is the one for QoS -1 */
    public int links() {
        return config.maxSessions() + 1;
    }

    /** @return what happened so far */
    public GatewayCounters counters() {
        return counters;
    }

    /** @return the sessions, to look at */
    public SessionTable sessions() {
        return sessions;
    }

    /** @return octets of queues and buffers in use now */
    public long usedOctets() {
        return services.pool().usedOctets();
    }

    /**
     * Takes one datagram.
     *
     * @param from  read during the call only, may be filled anew afterwards
     * @param frame holds the datagram in {@code offset..offset+length-1}
     */
    public void onDatagram(Peer from, byte[] frame, int offset, int length, long nowMs) {
        enter();
        try {
            reception.onDatagram(from, frame, offset, length, nowMs);
        } finally {
            leave();
        }
    }

    /** The broker connection of {@code session} is open. */
    public void onBrokerOpen(int session, long nowMs) {
        enter();
        try {
            link(session).onOpen(nowMs);
        } finally {
            leave();
        }
    }

    /** Octets came from the broker, cut anyhow. */
    public void onBrokerBytes(int session, byte[] octets, int offset, int length, long nowMs) {
        enter();
        try {
            link(session).onBytes(octets, offset, length, nowMs);
        } finally {
            leave();
        }
    }

    /** The broker connection ended, or could not be opened. Not to be called after {@link GatewayPorts#closeBroker}. */
    public void onBrokerClosed(int session, long nowMs) {
        enter();
        try {
            link(session).onClosed(nowMs);
        } finally {
            leave();
        }
    }

    /** The broker connection takes octets again, after {@link GatewayPorts#sendBroker} had taken fewer than offered. */
    public void onBrokerWritable(int session, long nowMs) {
        enter();
        try {
            link(session).onWritable(nowMs);
        } finally {
            leave();
        }
    }

    /** Does what is due. */
    public void onTimeout(long nowMs) {
        enter();
        try {
            for (int timer = services.timers().expire(nowMs);
                    timer >= 0;
                    timer = services.timers().expire(nowMs)) {
                onTimer(timer, nowMs);
            }
        } finally {
            leave();
        }
    }

    private void onTimer(int timer, long nowMs) {
        int session = Timers.session(timer);
        if (services.timers().isAdvertise(timer)) {
            discovery.onTimer(nowMs);
        } else if (session == config.maxSessions()) {
            unconnected.onTimer(Timers.kind(timer), nowMs);
        } else {
            sessions.get(session).onTimer(Timers.kind(timer), nowMs);
        }
    }

    /** @return when {@link #onTimeout} or {@link #commit} has something to do; {@link Long#MAX_VALUE}: nothing to wait for */
    public long nextDeadlineMs() {
        return Math.min(services.timers().earliestMs(), store == null ? Long.MAX_VALUE : store.dueMs());
    }

    private Upstream link(int session) {
        return session == config.maxSessions()
                ? unconnected.link()
                : sessions.get(session).link();
    }

    private void leave() {
        services.settle();
        busy = false;
    }

    /** Views and arrays are shared by all calls, so a second one must not begin within the first. */
    private void enter() {
        if (busy) {
            throw new IllegalStateException("the gateway core was called from within a port");
        }
        busy = true;
    }
}
