package midge.cli;

import java.net.InetSocketAddress;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import midge.board.jvm.HostLink;
import midge.board.jvm.JvmClock;
import midge.board.jvm.MqttPump;
import midge.board.jvm.SelectorIdle;
import midge.board.jvm.TcpLink;
import midge.hal.link.StreamLink;
import midge.mqtt.client.MqttClient;
import midge.mqtt.client.MqttClientConfig;
import midge.mqtt.codec.ReasonCode;

/** A connection to a broker, which ends in {@link UserError} when it cannot be had; everything is on the calling thread. */
final class MqttLoop implements AutoCloseable {
    private static final long CONNECT_MS = 10_000;
    private static final long GOODBYE_MS = 2_000;

    private final JvmClock clock = new JvmClock();
    private final SelectorIdle idle = new SelectorIdle(clock);
    private final HostLink link;
    private final MqttEvents events;
    private final MqttClient client;
    private final String where;
    private final MqttPump pump;
    private byte[] goodbye = {};

    /** To a broker on plain TCP. Does not connect yet. */
    MqttLoop(String where, InetSocketAddress address, MqttClientConfig config, MqttEvents events) {
        this(where, idle -> new TcpLink(address, idle), config, events);
    }

    /**
     * Does not connect yet.
     *
     * @param where the broker, as messages to the user name it
     * @param opener makes the link that rests in the given idle
     */
    MqttLoop(String where, Function<SelectorIdle, HostLink> opener, MqttClientConfig config, MqttEvents events) {
        this.where = where;
        this.events = events;
        link = opener.apply(idle);
        client = new MqttClient(config, events);
        pump = new MqttPump(client, link, idle, clock);
    }

    /** Bare properties of MQTT 5 for the DISCONNECT of {@link #close}. */
    MqttLoop goodbye(byte[] properties) {
        goodbye = properties;
        return this;
    }

    MqttClient client() {
        return client;
    }

    long nowMs() {
        return clock.nowMs();
    }

    /** Ends the rest of {@link #run} at once; safe from any thread. */
    void wake() {
        idle.wake();
    }

    /** Connects and waits for the broker's word. Throws {@link UserError} when it is a no, or none. */
    void connect() {
        link.open();
        run(() -> client.isConnected() || isClosed(), clock.nowMs() + CONNECT_MS);
        if (!client.isConnected()) {
            throw explain();
        }
    }

    private UserError explain() {
        if (!events.refusal().isEmpty()) {
            return new UserError(
                    ExitCode.REFUSED, "the broker at " + where + " refused the connection: " + events.refusal());
        }
        if (link.isRefusal()) {
            return new UserError(ExitCode.REFUSED, "no connection to the broker at " + where + ": " + link.failure());
        }
        if (!link.failure().isEmpty()) {
            return new UserError(
                    pump.isOpened() ? ExitCode.FAILED : ExitCode.REFUSED,
                    "the broker at " + where + " does not answer (" + link.failure() + "); is it running?");
        }
        return new UserError(ExitCode.FAILED, "the broker at " + where + " does not answer; is it an MQTT broker?");
    }

    /** {@return whether there is no connection and none is on its way} */
    boolean isClosed() {
        return link.state() == StreamLink.CLOSED;
    }

    /** {@return why the connection ended, for a person to read} */
    String failure() {
        return events.failure().isEmpty() ? link.failure() : events.failure();
    }

    /**
     * Runs until {@code done}, or the time has come.
     *
     * @param done asked after everything that happened; may publish
     * @return whether it is done
     */
    boolean run(BooleanSupplier done, long deadlineMs) {
        return pump.run(done, deadlineMs);
    }

    /** {@return whether nothing waits to be sent} */
    boolean isDrained() {
        return pump.isDrained();
    }

    /** Says goodbye, with bare properties of MQTT 5; {@link #connect} may follow. */
    void leave(byte[] properties, int length) {
        if (client.isConnected()) {
            client.disconnect(ReasonCode.SUCCESS, properties, 0, length, clock.nowMs());
            run(this::isClosed, clock.nowMs() + GOODBYE_MS);
        }
        link.close();
    }

    /** Says goodbye and closes. */
    @Override
    public void close() {
        leave(goodbye, goodbye.length);
        idle.close();
    }
}
