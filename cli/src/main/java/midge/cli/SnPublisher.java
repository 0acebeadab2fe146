package midge.cli;

import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import midge.board.jvm.UdpLink;
import midge.mqttsn.client.SnClient;
import midge.mqttsn.client.SnClientConfig;
import midge.mqttsn.codec.SnFlags;
import midge.wire.Status;

/** Publishes over MQTT-SN: connects to a gateway, sends, waits for what QoS promises, disconnects. */
final class SnPublisher implements Publisher {
    /** How often a gateway may end the connection between two messages. */
    private static final int RECONNECTS_MAX = 3;

    private final SnEvents events = new SnEvents();
    private final SnLoop loop;
    private final SnClient client;
    private final boolean connects;
    private int reconnects;

    /**
     * Opens the sockets; {@link #open} connects.
     *
     * @param connects false for QoS -1, which needs no connection
     */
    SnPublisher(SnOptions options, SnClientConfig config, boolean connects) {
        this.connects = connects;
        loop = new SnLoop(options, config, events);
        client = loop.client();
    }

    @Override
    public void open() {
        if (connects) {
            loop.connect();
        } else {
            loop.find();
        }
        endIfAsked();
    }

    @Override
    public void publish(Topic topic, byte[] payload, int qos, boolean retain) {
        int flags = SnFlags.ofQos(qos) | (retain ? SnFlags.RETAIN : 0);
        int token = offer(topic, payload, flags);
        while (token == Status.BUSY) {
            await(() -> client.outboxCount() == 0);
            token = offer(topic, payload, flags);
        }
        if (token < 0) {
            throw new UserError(ExitCode.FAILED, explain(token, topic, payload.length));
        }
        await(() -> client.outboxCount() == 0);
        reconnects = 0;
    }

    @Override
    public void await(BooleanSupplier done) {
        runUntil(done, Long.MAX_VALUE);
    }

    @Override
    public void rest(long millis) {
        runUntil(() -> false, loop.nowMs() + millis);
    }

    private void runUntil(BooleanSupplier done, long deadlineMs) {
        while (true) {
            boolean ended = loop.run(() -> done.getAsBoolean() || isCutOff(), deadlineMs);
            endIfAsked();
            events.complain();
            if (!isCutOff()) {
                if (ended || loop.nowMs() >= deadlineMs) {
                    return;
                }
            } else {
                reconnect();
            }
        }
    }

    private boolean isCutOff() {
        return connects && loop.isDown();
    }

    /** What was not acknowledged is still in the client's outbox and goes out with the next connection. */
    private void reconnect() {
        if (!loop.hasAnother() || ++reconnects > RECONNECTS_MAX) {
            throw loop.failure();
        }
        loop.connect();
        endIfAsked();
    }

    private void endIfAsked() {
        if (loop.isInterrupted()) {
            throw new UserError(ExitCode.INTERRUPTED, "ended by Ctrl-C");
        }
    }

    @Override
    public void wake() {
        loop.wake();
    }

    private int offer(Topic topic, byte[] payload, int flags) {
        long nowMs = loop.nowMs();
        if (topic.isPredefined()) {
            return client.publish(topic.id(), flags | SnFlags.TOPIC_PREDEFINED, payload, 0, payload.length, nowMs);
        }
        byte[] name = topic.name().getBytes(StandardCharsets.UTF_8);
        return client.publish(name, 0, name.length, flags, payload, 0, payload.length, nowMs);
    }

    private static String explain(int status, Topic topic, int length) {
        return status == Status.TOO_LARGE
                ? "a message of " + length + " octets on '" + topic + "' does not fit one datagram of "
                        + UdpLink.DEFAULT_MTU + " octets; MQTT-SN cannot split it"
                : "the message on '" + topic + "' was refused (status " + status + ")";
    }

    @Override
    public void close() {
        loop.close();
    }
}
