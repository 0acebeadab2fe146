package midge.cli;

import java.nio.charset.StandardCharsets;
import midge.mqttsn.client.SnClient;
import midge.mqttsn.codec.SnFlags;
import midge.topic.TopicFilter;
import midge.wire.Status;

/**
 * What {@code -t} of sub names over MQTT-SN.
 *
 * @param text as the user wrote it
 * @param id the pre-defined id, or 0 for a name, a filter or a short name
 */
record SnTopic(String text, int id) {
    static SnTopic parse(String text, String type) {
        if (!type.equals("name")) {
            return new SnTopic(text, Topic.parse(text, type).id());
        }
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        if (TopicFilter.checkPlain(octets, 0, octets.length) != Status.OK) {
            throw new UserError(
                    ExitCode.USAGE,
                    "'" + text + "' is no topic filter: # stands only at the end, + and # only alone between slashes");
        }
        return new SnTopic(text, 0);
    }

    int subscribe(SnClient client, int qos, long nowMs) {
        if (id > 0) {
            return client.subscribe(id, SnFlags.ofQos(qos) | SnFlags.TOPIC_PREDEFINED, nowMs);
        }
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return client.subscribe(octets, 0, octets.length, SnFlags.ofQos(qos), nowMs);
    }

    int unsubscribe(SnClient client, long nowMs) {
        if (id > 0) {
            return client.unsubscribe(id, SnFlags.TOPIC_PREDEFINED, nowMs);
        }
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return client.unsubscribe(octets, 0, octets.length, nowMs);
    }
}
