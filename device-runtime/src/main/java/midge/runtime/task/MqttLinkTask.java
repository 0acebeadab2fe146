package midge.runtime.task;

import midge.hal.link.StreamLink;
import midge.mqtt.client.MqttClient;
import midge.mqtt.client.MqttClientConfig;
import midge.mqtt.client.SessionStore;
import midge.runtime.DeviceRuntime;
import midge.runtime.Task;
import midge.wire.Prng;

/**
 * Moves octets between a {@link MqttClient} and a stream, and keeps the client connected: opens the stream with growing waits,
 * subscribes, announces the device. What {@link LinkTask} is for MQTT-SN; made and added in the same way. With a {@link SessionStore}
 * the client is given its former life before the first turn, see {@code midge.runtime.store.JournalSession.restore}.
 *
 * <p>Give the client {@code clean(false)}, and in 5.0 a session expiry, so that QoS 2 is exactly once across connections, and decide
 * with {@code republish} what becomes of a message of which the server has lost the session.
 */
public final class MqttLinkTask implements Task {
    private static final int BUFFER = 512;
    /** How soon octets are offered again to a stream that is full, ms. */
    private static final int FULL_RETRY_MS = 10;

    private final DeviceRuntime runtime;
    private final StreamLink link;
    private final int openTimeoutMs;
    private final int chunksPerTurn;
    private final MqttConnection connection;
    private final MqttClient client;
    private final byte[] received = new byte[BUFFER];
    private final byte[] sending = new byte[BUFFER];
    private int receivedAt;
    private int receivedLength;
    private int sendingAt;
    private int sendingLength;

    private boolean opening;
    private boolean open;
    private long openByMs;

    /** As the other one, with a session that ends with this object. */
    public MqttLinkTask(
            DeviceRuntime runtime, LinkConfig config, MqttClientConfig clientConfig, StreamLink link, Prng prng) {
        this(runtime, config, clientConfig, link, null, prng);
    }

    /**
     * @param config {@code framesPerTurn} counts pieces of up to 512 octets
     * @param store where the session outlives a restart, or {@code null}
     */
    public MqttLinkTask(
            DeviceRuntime runtime,
            LinkConfig config,
            MqttClientConfig clientConfig,
            StreamLink link,
            SessionStore store,
            Prng prng) {
        this.runtime = runtime;
        this.link = link;
        openTimeoutMs = config.openTimeoutMs;
        chunksPerTurn = config.framesPerTurn;
        connection = new MqttConnection(config, clientConfig.version(), runtime, prng);
        client = new MqttClient(clientConfig, connection, store);
        connection.bind(client);
    }

    /** Has the ends of published messages told to {@code outbox}, which is woken when it may publish. Before the first turn. */
    public void reportTo(OutboxTask outbox) {
        connection.bind(outbox);
    }

    /**
     * Gives the messages of a subscription to {@code handler}; until then they are counted as unmatched. Before the first turn.
     *
     * @param subscription its number, in the order of {@link LinkConfig.Builder#subscribe}
     * @return {@code OK}, or {@code INVALID} for a number that no subscription has
     */
    public int deliverTo(int subscription, MessageHandler handler) {
        return connection.subscriptions().deliverTo(subscription, handler);
    }

    /** @return the client, made by this task; it is for asking, for restoring, and for requests that no task makes */
    public MqttClient client() {
        return client;
    }

    /** Connects again after {@link #stop}, at once; wake the task. */
    public void start(long nowMs) {
        connection.start(nowMs);
    }

    /** Ends the connection in order, after saying "offline" if configured, and does not connect again; wake the task. */
    public void stop() {
        connection.stop();
    }

    /** @return whether the server has accepted the connection */
    public boolean connected() {
        return client.isConnected();
    }

    public long run(long nowMs) {
        connection.turn(nowMs);
        long openMs = follow(nowMs);
        boolean more = receive(nowMs);
        if (nowMs >= client.nextDeadlineMs()) {
            client.onTimeout(nowMs);
        }
        long next = earlier(openMs, connection.maintain(nowMs));
        next = earlier(next, transmit(nowMs));
        if (open && (connection.drops() || client.wantsClose() && sendingLength == 0)) {
            link.close();
            closed(nowMs);
            return nowMs;
        }
        return more ? nowMs : earlier(next, client.nextDeadlineMs());
    }

    private static long earlier(long a, long b) {
        return a < b ? a : b;
    }

    /** Opens the stream when it is time to, and follows what becomes of it. @return when to look again */
    private long follow(long nowMs) {
        int state = link.state();
        if (open || opening) {
            if (state == StreamLink.CLOSED) {
                closed(nowMs);
            } else if (opening && state == StreamLink.OPEN) {
                opening = false;
                open = true;
                client.onOpen(nowMs);
            } else if (opening && nowMs >= openByMs) {
                link.close();
                closed(nowMs);
            }
        }
        if (open) {
            return NEVER;
        }
        if (opening) {
            return openByMs;
        }
        long openMs = connection.openAtMs(nowMs);
        if (nowMs < openMs) {
            return openMs;
        }
        opening = true;
        openByMs = nowMs + openTimeoutMs;
        if (link.open() < 0) {
            closed(nowMs);
            return connection.openAtMs(nowMs);
        }
        return link.state() == StreamLink.OPENING ? openByMs : nowMs;
    }

    private void closed(long nowMs) {
        receivedAt = 0;
        receivedLength = 0;
        sendingLength = 0;
        if (open) {
            client.onClosed(nowMs);
        }
        open = false;
        opening = false;
        connection.onClosed(nowMs);
    }

    /** @return whether more octets may wait */
    private boolean receive(long nowMs) {
        for (int i = 0; i < chunksPerTurn; i++) {
            if (receivedLength == 0) {
                receivedAt = 0;
                receivedLength = open ? link.receive(received, 0, BUFFER) : 0;
            }
            if (receivedLength <= 0) {
                receivedLength = 0;
                return false;
            }
            int taken = client.onBytes(received, receivedAt, receivedLength, nowMs);
            receivedAt += taken;
            receivedLength -= taken;
            if (connection.drops() || receivedLength > 0 && transmit(nowMs) != NEVER) {
                return false; // the answers do not leave; the rest is offered again when they do
            }
        }
        return true;
    }

    /** @return when to go on sending */
    private long transmit(long nowMs) {
        for (int i = 0; open && !connection.drops() && i < chunksPerTurn; i++) {
            if (sendingLength == 0) {
                sendingAt = 0;
                sendingLength = client.pollTransmit(sending, 0, BUFFER);
            }
            if (sendingLength == 0) {
                return NEVER;
            }
            int sent = link.send(sending, sendingAt, sendingLength);
            if (sent < 0) {
                return nowMs; // closed, as the next turn will see
            }
            sendingAt += sent;
            sendingLength -= sent;
            if (sendingLength > 0) {
                return nowMs + FULL_RETRY_MS;
            }
        }
        return open ? nowMs : NEVER;
    }

    /** The client has been given something to do by a task that may run after this one. */
    void wake() {
        runtime.wake(this);
    }

    MqttConnection connection() {
        return connection;
    }

    /** @return connections that the server accepted */
    public int connects() {
        return connection.connects();
    }

    /** @return those of them in which the server had kept the session */
    public int resumes() {
        return connection.resumes();
    }

    /** @return attempts to connect that the server refused */
    public int refusals() {
        return connection.refusals();
    }

    /** @return the reason code or return code of the last of them, 0 when there was none */
    public int lastRefusal() {
        return connection.lastRefusal();
    }

    /** @return attempts that ended before the server answered */
    public int unanswered() {
        return connection.unanswered();
    }

    /** @return accepted connections that broke */
    public int losses() {
        return connection.losses();
    }

    /** @return connections that the client ended because of an error */
    public int failures() {
        return connection.failures();
    }

    /** @return the {@code MqttError} or status of the last of them, 0 when there was none */
    public int lastFailure() {
        return connection.lastFailure();
    }

    /** @return subscriptions that the server refused */
    public int subscriptionsRefused() {
        return connection.subscriptions().refused();
    }

    /** @return messages that came for no subscription of ours */
    public int unmatched() {
        return connection.subscriptions().unmatched();
    }
}
