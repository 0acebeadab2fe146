package midge.cli;

import java.nio.charset.StandardCharsets;
import midge.mqtt.client.MqttClientConfig;
import midge.mqttsn.client.SnClientConfig;
import midge.mqttsn.codec.SnFlags;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the broker publishes when this client goes without a goodbye. */
final class WillOptions {
    @Option(names = "--will-topic", paramLabel = "TOPIC", description = "Topic of the will.")
    private @Nullable String topic;

    @Option(names = "--will-payload", paramLabel = "TEXT", description = "Payload of the will. Default: empty")
    private @Nullable String payload;

    @Option(names = "--will-qos", paramLabel = "QOS", description = "QoS of the will, 0 (default), 1 or 2.")
    private @Nullable Integer qos;

    @Option(names = "--will-retain", description = "The broker keeps the will for later subscribers.")
    private boolean retain;

    boolean isAsked() {
        return topic != null || payload != null || qos != null || retain;
    }

    void apply(MqttClientConfig.Builder builder) {
        check();
        if (topic != null) {
            builder.will(topic.getBytes(StandardCharsets.UTF_8), payload(), chosenQos(), retain);
        }
    }

    /** {@return whether there is a will} */
    boolean apply(SnClientConfig.Builder builder) {
        check();
        if (topic == null) {
            return false;
        }
        int flags = SnFlags.ofQos(chosenQos()) | (retain ? SnFlags.RETAIN : 0);
        builder.will(topic.getBytes(StandardCharsets.UTF_8), payload(), flags);
        return true;
    }

    private void check() {
        if (topic == null && isAsked()) {
            throw new UserError(ExitCode.USAGE, "--will-payload, --will-qos and --will-retain need --will-topic");
        }
        if (chosenQos() < 0 || chosenQos() > 2) {
            throw new UserError(ExitCode.USAGE, "--will-qos is " + chosenQos() + ", must be 0, 1 or 2");
        }
    }

    private int chosenQos() {
        return qos == null ? 0 : qos;
    }

    private byte[] payload() {
        return payload == null ? new byte[0] : payload.getBytes(StandardCharsets.UTF_8);
    }
}
