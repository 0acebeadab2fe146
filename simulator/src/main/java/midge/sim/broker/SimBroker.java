package midge.sim.broker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import midge.mqtt.codec.ReasonCode;

/**
 * A broker for MQTT 3.1, 3.1.1 and 5.0 as a plain object: octets and time go in, octets and a deadline come out. QoS 0, 1 and 2 both
 * ways, retained messages, wills, kept sessions with their queues, shared subscriptions, and what 5.0 adds, but for enhanced
 * authentication. All memory is bounded by {@link BrokerConfig}; what has no room is dropped and counted.
 *
 * <p>Connections are numbers that the host gives out; it may use a number again once it was closed. All calls come from one thread with
 * a time that never goes back. After each call ask {@link #nextDeadlineMs} again.
 */
public final class SimBroker {
    private final BrokerCore core;
    private final SysTopics sysTopics;
    private final Map<Integer, Connection> connections = new HashMap<>();

    /**
     * Makes a broker that has no connection yet.
     *
     * @param ports where octets go
     * @param seed  decides the client identifiers that it assigns
     */
    public SimBroker(BrokerConfig config, BrokerPorts ports, long seed, long nowMs) {
        core = new BrokerCore(config, ports, seed, nowMs);
        sysTopics = new SysTopics(core);
        SysTopics.refresh(core, false);
    }

    /** A client has connected. */
    public void onOpen(int connection, long nowMs) {
        core.nowMs = nowMs;
        core.counters.connectionsOpened++;
        if (connections.containsKey(connection)) {
            throw new IllegalStateException("connection " + connection + " is open already");
        }
        if (connections.size() >= core.config.connectionsMax()) {
            core.counters.connectionsRefused++;
            core.ports.close(connection);
            return;
        }
        Connection opened = new Connection(core, connection, () -> forget(connection));
        connections.put(connection, opened);
        core.connected++;
        core.deadlines.changed(opened);
    }

    private void forget(int connection) {
        connections.remove(connection);
        core.connected--;
    }

    /** Octets have come on a connection, cut anyhow. Those of a connection that the broker has closed are ignored. */
    public void onBytes(int connection, byte[] octets, int offset, int length, long nowMs) {
        core.nowMs = nowMs;
        Connection here = connections.get(connection);
        if (here != null) {
            here.onBytes(octets, offset, length);
            core.deadlines.changed(sysTopics);
        }
    }

    /** The other side, or the network, has closed a connection. Harmless after the broker has closed it. */
    public void onClosed(int connection, long nowMs) {
        core.nowMs = nowMs;
        Connection here = connections.get(connection);
        if (here != null) {
            here.gone(false);
        }
    }

    /**
     * Tells whether a connection takes more octets without keeping them in memory. While it does not, messages wait in the session's
     * bounded queue.
     */
    public void onWritable(int connection, boolean writable, long nowMs) {
        core.nowMs = nowMs;
        Connection here = connections.get(connection);
        if (here != null) {
            here.onWritable(writable);
        }
    }

    /** Begins a connection's silence anew, as a PINGREQ would: the host knows that its client is there. */
    public void vouchFor(int connection, long nowMs) {
        core.nowMs = nowMs;
        Connection here = connections.get(connection);
        if (here != null) {
            here.vouched();
        }
    }

    /** Does what is due: silent connections, wills, sessions that end, $SYS. Harmless when nothing is. */
    public void onTimeout(long nowMs) {
        core.nowMs = nowMs;
        core.deadlines.run(nowMs);
    }

    /** {@return when {@link #onTimeout} has something to do at the earliest; {@code Long.MAX_VALUE} for nothing} */
    public long nextDeadlineMs() {
        return core.deadlines.nextMs();
    }

    /** Closes all connections; 5.0 clients are told "server shutting down". Sessions stay, so that the broker may go on. */
    public void shutdown(long nowMs) {
        core.nowMs = nowMs;
        List<Connection> open = new ArrayList<>(connections.values());
        for (Connection connection : open) {
            connection.end(ReasonCode.SERVER_SHUTTING_DOWN);
        }
    }

    /** Shows every message that a client publishes to {@code observer} from now on. */
    public void observe(PublishObserver observer) {
        core.router.observe(observer);
    }

    /** {@return what happened so far; a live view} */
    public BrokerCounters counters() {
        return core.counters;
    }

    /** {@return open connections, those that have not sent CONNECT yet included} */
    public int connectionCount() {
        return connections.size();
    }

    /** {@return sessions, connected or kept} */
    public int sessionCount() {
        return core.sessions.count();
    }

    /** {@return retained messages of clients and of $SYS} */
    public int retainedCount() {
        return core.router.tree().retainedCount();
    }

    /** {@return octets that wait in queues} */
    public long queuedOctets() {
        return core.queuedOctets;
    }
}
