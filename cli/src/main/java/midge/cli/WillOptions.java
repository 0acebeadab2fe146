package midge.cli;

import java.nio.charset.StandardCharsets;
import midge.mqtt.client.MqttClientConfig;
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
        if (topic == null) {
            if (isAsked()) {
                throw new UserError(ExitCode.USAGE, "--will-payload, --will-qos and --will-retain need --will-topic");
            }
            return;
        }
        int chosen = qos == null ? 0 : qos;
        if (chosen < 0 || chosen > 2) {
            throw new UserError(ExitCode.USAGE, "--will-qos is " + chosen + ", must be 0, 1 or 2");
        }
        byte[] octets = payload == null ? new byte[0] : payload.getBytes(StandardCharsets.UTF_8);
        builder.will(topic.getBytes(StandardCharsets.UTF_8), octets, chosen, retain);
    }
}
