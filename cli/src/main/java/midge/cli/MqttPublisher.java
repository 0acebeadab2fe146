package midge.cli;

import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import midge.board.jvm.LinkUri;
import midge.mqtt.client.MqttClientConfig;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.ReasonCode;
import midge.wire.Status;
import org.jspecify.annotations.Nullable;

/** Publishes over MQTT, one message after the other. */
final class MqttPublisher implements Publisher {
    /** What is larger is read from its array while it is sent. */
    private static final int SLOT_OCTETS = 64 * 1024;

    private static final int NONE = -1;
    private final LinkUri broker;
    private final byte[] properties;
    private final MqttLoop loop;
    private byte[] pulled = {};
    private int awaited = NONE;
    private int result;

    MqttPublisher(BrokerOptions options) {
        broker = options.uri();
        MqttClientConfig configuration = configuration(options);
        properties = options.properties("publish");
        loop = new MqttLoop(broker.toString(), options.opener(), configuration, new Events())
                .goodbye(options.properties("disconnect"));
    }

    private static MqttClientConfig configuration(BrokerOptions options) {
        try {
            return options.apply(new MqttClientConfig.Builder(), "midge-pub", false)
                    .window(1)
                    .slotBytes(SLOT_OCTETS)
                    .sendBytes(SLOT_OCTETS)
                    .build();
        } catch (IllegalArgumentException e) {
            throw new UserError(ExitCode.USAGE, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void open() {
        loop.connect();
    }

    @Override
    public void publish(Topic topic, byte[] payload, int qos, boolean retain) {
        byte[] name = topic.name().getBytes(StandardCharsets.UTF_8);
        boolean fits = payload.length + name.length + properties.length + 16 < SLOT_OCTETS;
        pulled = payload;
        long nowMs = loop.nowMs();
        int token = fits
                ? loop.client()
                        .publish(
                                qos,
                                retain,
                                name,
                                0,
                                name.length,
                                properties,
                                0,
                                properties.length,
                                payload,
                                0,
                                payload.length,
                                nowMs)
                : loop.client()
                        .publishPulled(
                                qos,
                                retain,
                                name,
                                0,
                                name.length,
                                properties,
                                0,
                                properties.length,
                                payload.length,
                                nowMs);
        if (token < 0) {
            throw new UserError(ExitCode.FAILED, explain(token, topic));
        }
        awaited = token == 0 ? NONE : token;
        result = ReasonCode.SUCCESS;
        loop.run(() -> (awaited == NONE && loop.isDrained()) || loop.isClosed(), Long.MAX_VALUE);
        checkOpen();
        if (result < 0 || ReasonCode.isFailure(result)) {
            throw new UserError(ExitCode.FAILED, "the broker refused the message: " + ReasonNames.of(result));
        }
    }

    @Override
    public void rest(long millis) {
        loop.run(loop::isClosed, loop.nowMs() + millis);
        checkOpen();
    }

    @Override
    public void await(BooleanSupplier done) {
        loop.run(() -> done.getAsBoolean() || loop.isClosed(), Long.MAX_VALUE);
        checkOpen();
    }

    @Override
    public void wake() {
        loop.wake();
    }

    private void checkOpen() {
        if (loop.isClosed()) {
            throw new UserError(ExitCode.FAILED, "the connection to " + broker + " ended: " + loop.failure());
        }
    }

    private static String explain(int status, Topic topic) {
        return switch (status) {
            case Status.TOO_LARGE -> "the broker does not take messages of this size";
            case Status.UNSUPPORTED -> "the broker does not offer this QoS or retain";
            default -> "'" + topic + "' is no topic name to publish to: it must not be empty or hold + or #";
        };
    }

    @Override
    public void close() {
        loop.close();
    }

    private final class Events extends MqttEvents {
        @Override
        public void onDelivered(int token, int outcome, @Nullable MqttAck ack) {
            if (token == awaited) {
                awaited = NONE;
                result = outcome;
            }
        }

        @Override
        public int readPayload(int token, int position, byte[] out, int offset, int length) {
            int octets = Math.min(length, pulled.length - position);
            System.arraycopy(pulled, position, out, offset, octets);
            return octets;
        }
    }
}
