package midge.cli;

import java.net.InetSocketAddress;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import midge.board.jvm.HostLink;
import midge.board.jvm.JvmClock;
import midge.board.jvm.SelectorIdle;
import midge.board.jvm.TcpLink;
import midge.hal.link.StreamLink;
import midge.mqtt.client.MqttClient;
import midge.mqtt.client.MqttClientConfig;
import midge.mqtt.codec.ReasonCode;

/** Moves octets and time between an {@link MqttClient} and a link, on the calling thread. */
final class MqttLoop implements AutoCloseable {
    private static final int CHUNK = 16 * 1024;
    private static final long CONNECT_MS = 10_000;
    private static final long GOODBYE_MS = 2_000;

    private final JvmClock clock = new JvmClock();
    private final SelectorIdle idle = new SelectorIdle(clock);
    private final HostLink link;
    private final MqttEvents events;
    private final MqttClient client;
    private final String where;
    private final byte[] in = new byte[CHUNK];
    private final byte[] out = new byte[CHUNK];
    private int inOffset;
    private int inLength;
    private int outOffset;
    private int outLength;
    private boolean opened;
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
                    opened ? ExitCode.FAILED : ExitCode.REFUSED,
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
     * @return whether it is done
     */
    boolean run(BooleanSupplier done, long deadlineMs) {
        while (true) {
            turn();
            if (done.getAsBoolean()) {
                return true;
            }
            long nowMs = clock.nowMs();
            if (nowMs >= deadlineMs) {
                return false;
            }
            idle.until(Math.min(deadlineMs, client.nextDeadlineMs()));
        }
    }

    /**
     * Ends with a {@code receive} that found nothing: a link may take octets from its socket in any other call, and then the selector
     * would not end the rest for them.
     */
    private void turn() {
        long nowMs = clock.nowMs();
        if (nowMs >= client.nextDeadlineMs()) {
            client.onTimeout(nowMs);
        }
        boolean moved = true;
        while (moved) {
            if (!opened && link.state() == StreamLink.OPEN) {
                opened = true;
                client.onOpen(nowMs);
            }
            transmit();
            moved = receive(nowMs) || (!opened && link.state() == StreamLink.OPEN);
        }
        if (client.wantsClose() && isDrained()) {
            link.close();
        }
        if (opened && link.state() == StreamLink.CLOSED) {
            opened = false;
            inLength = 0;
            outLength = 0;
            client.onClosed(nowMs);
        }
    }

    /** {@return whether something came} */
    private boolean receive(long nowMs) {
        if (inLength == 0) {
            inOffset = 0;
            inLength = Math.max(0, link.receive(in, 0, in.length));
        }
        int taken = inLength == 0 ? 0 : client.onBytes(in, inOffset, inLength, nowMs);
        inOffset += taken;
        inLength -= taken;
        return taken > 0;
    }

    private void transmit() {
        while (true) {
            if (outLength == 0) {
                outOffset = 0;
                outLength = Math.max(0, client.pollTransmit(out, 0, out.length));
            }
            int sent = outLength == 0 ? 0 : link.send(out, outOffset, outLength);
            if (sent <= 0) {
                return;
            }
            outOffset += sent;
            outLength -= sent;
        }
    }

    /** {@return whether nothing waits to be sent} */
    boolean isDrained() {
        return outLength == 0 && link.isFlushed();
    }

    /** Says goodbye and closes. */
    @Override
    public void close() {
        if (client.isConnected()) {
            client.disconnect(ReasonCode.SUCCESS, goodbye, 0, goodbye.length, clock.nowMs());
            run(this::isClosed, clock.nowMs() + GOODBYE_MS);
        }
        link.close();
        idle.close();
    }
}
