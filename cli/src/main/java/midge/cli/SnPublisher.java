package midge.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import midge.board.jvm.JvmClock;
import midge.board.jvm.LinkUri;
import midge.board.jvm.SelectorIdle;
import midge.board.jvm.UdpLink;
import midge.hal.link.DatagramLink;
import midge.mqttsn.client.SnClient;
import midge.mqttsn.client.SnClientConfig;
import midge.mqttsn.client.SnClientListener;
import midge.mqttsn.client.SnQuietListener;
import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnReturnCode;
import midge.wire.Status;
import org.jspecify.annotations.Nullable;

/** Publishes over MQTT-SN: connects to a gateway, sends, waits for what QoS promises, disconnects. */
final class SnPublisher implements Publisher {
    private static final int RETRY_MS = 1_000;
    private static final int RETRIES = 5;
    /** How long a gateway that says "congestion" is left alone. */
    private static final int WAIT_MS = 2_000;
    /** Room for one message and its neighbours; a UDP datagram holds less than this. */
    private static final int OUTBOX_OCTETS = 16 * 1024;

    private final LinkUri gateway;
    private final JvmClock clock = new JvmClock();
    private final SelectorIdle idle = new SelectorIdle(clock);
    private final UdpLink link;
    private final SnClient client;
    private final byte[] frame = new byte[UdpLink.DEFAULT_MTU];
    private final Events events = new Events();
    private final boolean connects;

    /**
     * Opens the socket; {@link #open} connects.
     *
     * @param connects false for QoS -1, which needs no connection
     */
    SnPublisher(LinkUri gateway, SnClientConfig.Builder options, boolean connects) {
        this.gateway = gateway;
        this.connects = connects;
        try {
            link = new UdpLink(Endpoints.resolve(gateway), idle);
        } catch (IOException e) {
            throw new UserError(ExitCode.FAILED, "cannot open a UDP socket: " + e.getMessage());
        }
        SnClientConfig config = options.retryMs(RETRY_MS)
                .retries(RETRIES)
                .waitMs(WAIT_MS)
                .frameOctetsMax(link.mtu())
                .outboxOctets(OUTBOX_OCTETS)
                .build();
        client = new SnClient(config, events);
    }

    @Override
    public void open() {
        if (!connects) {
            return;
        }
        client.connect(clock.nowMs());
        await(() -> client.state() == SnClient.ACTIVE);
    }

    @Override
    public void publish(Topic topic, byte[] payload, int qos, boolean retain) {
        int flags = SnFlags.ofQos(qos) | (retain ? SnFlags.RETAIN : 0);
        int token = offer(topic, payload, flags);
        while (token == Status.BUSY) {
            turn();
            idle.until(client.nextDeadlineMs());
            token = offer(topic, payload, flags);
        }
        if (token < 0) {
            throw new UserError(ExitCode.FAILED, explain(token, topic, payload.length));
        }
        await(() -> client.outboxCount() == 0);
    }

    @Override
    public void await(BooleanSupplier done) {
        turn();
        while (!done.getAsBoolean()) {
            idle.until(client.nextDeadlineMs());
            turn();
        }
    }

    @Override
    public void rest(long millis) {
        long endMs = clock.nowMs() + millis;
        turn();
        while (clock.nowMs() < endMs) {
            idle.until(Math.min(endMs, client.nextDeadlineMs()));
            turn();
        }
    }

    @Override
    public void wake() {
        idle.wake();
    }

    private int offer(Topic topic, byte[] payload, int flags) {
        long nowMs = clock.nowMs();
        if (topic.isPredefined()) {
            return client.publish(topic.id(), flags | SnFlags.TOPIC_PREDEFINED, payload, 0, payload.length, nowMs);
        }
        byte[] name = topic.name().getBytes(StandardCharsets.UTF_8);
        return client.publish(name, 0, name.length, flags, payload, 0, payload.length, nowMs);
    }

    private String explain(int status, Topic topic, int length) {
        return switch (status) {
            case Status.TOO_LARGE ->
                "a message of " + length + " octets on '" + topic + "' does not fit one datagram of " + link.mtu()
                        + " octets; MQTT-SN cannot split it";
            default -> "the message on '" + topic + "' was refused (status " + status + ")";
        };
    }

    @Override
    public void close() {
        if (client.disconnect(clock.nowMs()) == Status.OK) {
            events.leaving = true;
            await(() -> client.state() == SnClient.DISCONNECTED || client.state() == SnClient.LOST);
        }
        try {
            link.close();
        } catch (IOException e) {
            throw new UserError(ExitCode.FAILED, "cannot close the UDP socket: " + e.getMessage());
        }
        idle.close();
    }

    private void turn() {
        long nowMs = clock.nowMs();
        for (int length; (length = link.receive(frame, 0, frame.length)) > 0; ) {
            client.onDatagram(frame, 0, length, nowMs);
        }
        if (nowMs >= client.nextDeadlineMs()) {
            client.onTimeout(nowMs);
        }
        for (int length; (length = client.pollTransmit(frame, 0, frame.length)) > 0; ) {
            if (link.send(DatagramLink.GATEWAY, frame, 0, length) < 0) {
                throw new UserError(ExitCode.FAILED, "cannot send to " + gateway + ": the network is unreachable");
            }
        }
        events.complain();
    }

    private static String name(int returnCode) {
        return switch (returnCode) {
            case SnReturnCode.CONGESTION -> "congestion";
            case SnReturnCode.INVALID_TOPIC_ID -> "invalid topic id";
            case SnReturnCode.NOT_SUPPORTED -> "not supported";
            default -> "return code " + returnCode;
        };
    }

    /** Keeps what went wrong until the client's call has returned. */
    private final class Events extends SnQuietListener {
        private boolean leaving;
        private @Nullable UserError error;

        void complain() {
            UserError complaint = error;
            if (complaint != null) {
                error = null;
                throw complaint;
            }
        }

        @Override
        public void onDisconnected(int cause, int returnCode, long nowMs) {
            if (leaving) {
                return;
            }
            error = switch (cause) {
                case SnClientListener.REFUSED ->
                    new UserError(
                            ExitCode.REFUSED,
                            "the gateway at " + gateway + " refused the connection (" + name(returnCode)
                                    + "); is its broker running?");
                case SnClientListener.GATEWAY_LOST ->
                    new UserError(
                            ExitCode.FAILED,
                            "no answer from the gateway at " + gateway + "; start one with: midge gateway --listen "
                                    + gateway);
                default -> new UserError(ExitCode.FAILED, "the gateway at " + gateway + " closed the connection");
            };
        }

        @Override
        public void onDelivered(int token, int returnCode, long nowMs) {
            if (returnCode != SnReturnCode.ACCEPTED) {
                error = new UserError(ExitCode.FAILED, "the gateway refused the message (" + name(returnCode) + ")");
            }
        }
    }
}
