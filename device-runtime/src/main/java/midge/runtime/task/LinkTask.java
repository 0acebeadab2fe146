package midge.runtime.task;

import midge.hal.link.DatagramLink;
import midge.mqttsn.client.SnClient;
import midge.mqttsn.client.SnClientConfig;
import midge.runtime.DeviceRuntime;
import midge.runtime.Task;
import midge.wire.Prng;
import midge.wire.Ranges;

/**
 * Moves frames between an {@link SnClient} and a link, and keeps the client connected: reconnects with growing waits, subscribes, announces
 * the device. It makes the client, and is made before the tasks that use it:
 *
 * <pre>{@code
 * LinkTask link = new LinkTask(runtime, linkConfig, clientConfig, radio, prng);
 * OutboxTask outbox = new OutboxTask(runtime, new RamOutbox(32, 48), new SnUplink(link, topics), listener, 50);
 * link.reportTo(outbox);
 * CommandTask relay = new CommandTask(runtime, actuator, outbox, listener, stateTopic, 1);
 * link.deliverTo(0, relay);
 * runtime.addPolling(link);
 * runtime.add(new SamplingTask(sampling, sensor, outbox, listener, prng));
 * runtime.add(relay);
 * runtime.add(outbox);
 * }</pre>
 *
 * Add it with {@link DeviceRuntime#addPolling}: nobody else sees that a frame has come.
 */
public final class LinkTask implements Task {
    /** How soon a frame is offered again to a link that is full, ms. */
    private static final int FULL_RETRY_MS = 10;
    /** How soon a link that is gone is tried again, ms. */
    private static final int GONE_RETRY_MS = 1_000;

    private final DeviceRuntime runtime;
    private final DatagramLink link;
    private final Connection connection;
    private GatewayChoice gateways;
    private final SnClient client;
    private final int framesPerTurn;
    private final boolean subscribes;
    private final byte[] received;
    private final byte[] sending;
    private int sendingLength;

    private int linkFailures;
    private int lastLinkFailure;
    private int framesLost;
    private int strangers;

    /**
     * @param clientConfig its {@code frameOctetsMax} must not exceed the link's {@code mtu}
     * @throws IllegalArgumentException when it does
     */
    public LinkTask(
            DeviceRuntime runtime, LinkConfig config, SnClientConfig clientConfig, DatagramLink link, Prng prng) {
        Ranges.check("frameOctetsMax", clientConfig.frameOctetsMax(), 1, link.mtu());
        this.runtime = runtime;
        this.link = link;
        framesPerTurn = config.framesPerTurn;
        subscribes = config.filters.length > 0;
        connection = new Connection(config, runtime, prng);
        gateways = new OneGateway();
        client = new SnClient(clientConfig, connection);
        connection.bind(client);
        received = new byte[clientConfig.frameOctetsMax()];
        sending = new byte[clientConfig.frameOctetsMax()];
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

    /** Has {@code gateways} say which one the frames go to. Before the first turn. Default: that of the link's configuration only. */
    public void choose(GatewayChoice gateways) {
        this.gateways = gateways;
    }

    /** Lets {@code sleep} decide when the device sleeps. Before the first turn. */
    void obey(SleepTask sleep) {
        connection.bind(sleep);
    }

    /** @return the client, made by this task; it is for asking, and for requests that no task makes */
    public SnClient client() {
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

    /** @return whether there is a connection, the device being active or asleep */
    public boolean connected() {
        int state = client.state();
        return state >= SnClient.ACTIVE && state <= SnClient.AWAKE;
    }

    /** @return whether the gateway has granted every subscription of this connection, or there is none to grant */
    public boolean subscribed() {
        return connection.subscriptions().held();
    }

    public long run(long nowMs) {
        boolean more = receive(nowMs);
        if (nowMs >= client.nextDeadlineMs()) {
            client.onTimeout(nowMs);
        }
        if (gateways.review(client.state() == SnClient.LOST, nowMs)) {
            client.newGateway();
        }
        long next = connection.maintain(nowMs);
        long searchMs = gateways.turn(nowMs);
        next = searchMs < next ? searchMs : next;
        long sendMs = transmit(nowMs);
        next = sendMs < next ? sendMs : next;
        next = client.nextDeadlineMs() < next ? client.nextDeadlineMs() : next;
        return more ? nowMs : next;
    }

    /** @return whether more frames may wait */
    private boolean receive(long nowMs) {
        for (int i = 0; i < framesPerTurn; i++) {
            int length = link.receive(received, 0, received.length);
            if (length <= 0) {
                failed(length);
                return false;
            }
            int from = link.lastPeer();
            if (gateways.take(received, length, from, nowMs)) {
                continue;
            }
            if (from == gateways.peer()) {
                client.onDatagram(received, 0, length, nowMs);
            } else {
                strangers++;
            }
        }
        return true;
    }

    /** @return when to go on sending */
    private long transmit(long nowMs) {
        for (int i = 0; i < framesPerTurn; i++) {
            if (sendingLength == 0) {
                sendingLength = client.pollTransmit(sending, 0, sending.length);
            }
            if (sendingLength <= 0) {
                sendingLength = 0;
                return NEVER;
            }
            int sent = link.send(gateways.peer(), sending, 0, sendingLength);
            if (sent == 0) {
                return nowMs + FULL_RETRY_MS;
            }
            sendingLength = 0;
            if (sent < 0) {
                framesLost++; // the client sends again what matters
                failed(sent);
                return nowMs + GONE_RETRY_MS;
            }
        }
        return nowMs;
    }

    private void failed(int status) {
        if (status < 0) {
            linkFailures++;
            lastLinkFailure = status;
        }
    }

    /** The client has been given something to do by a task that may run after this one. */
    void wake() {
        runtime.wake(this);
    }

    boolean subscribes() {
        return subscribes;
    }

    Connection connection() {
        return connection;
    }

    /** @return how often the frames have turned to another gateway */
    public int gatewayChanges() {
        return gateways.changes();
    }

    /** @return connections made from scratch */
    public int connects() {
        return connection.connects();
    }

    /** @return returns from sleep */
    public int resumes() {
        return connection.resumes();
    }

    /** @return attempts to connect that the gateway refused */
    public int refusals() {
        return connection.refusals();
    }

    /** @return attempts to connect that nobody answered */
    public int unanswered() {
        return connection.unanswered();
    }

    /** @return connections that broke */
    public int losses() {
        return connection.losses();
    }

    /** @return subscriptions that the gateway refused */
    public int subscriptionsRefused() {
        return connection.subscriptions().refused();
    }

    /** @return messages that came for no subscription of ours */
    public int unmatched() {
        return connection.subscriptions().unmatched();
    }

    /** @return calls that the link answered with an error */
    public int linkFailures() {
        return linkFailures;
    }

    /** @return the {@code Hal} code of the last of them, 0 when there was none */
    public int lastLinkFailure() {
        return lastLinkFailure;
    }

    /** @return frames that the link did not take because it was gone */
    public int framesLost() {
        return framesLost;
    }

    /** @return frames from others than the gateway, not looked at */
    public int strangers() {
        return strangers;
    }
}
