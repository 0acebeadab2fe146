package midge.cli;

import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import midge.mqtt.codec.MqttProperties;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.Property;

/** A message as one JSON object, with mosquitto_sub's names. */
final class JsonMessage {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'xx");

    private JsonMessage() {}

    /** @param raw whether the payload is JSON itself and stands as it is; else it is a string */
    static byte[] of(byte[] topic, MqttPublish message, ZonedDateTime time, byte[] payload, boolean raw) {
        StringBuilder out = new StringBuilder("{\"tst\":\"").append(STAMP.format(time));
        out.append("\",\"topic\":").append(JsonText.quoted(topic));
        out.append(",\"qos\":").append(message.qos());
        out.append(",\"retain\":").append(message.retain() ? 1 : 0);
        out.append(",\"payloadlen\":").append(payload.length);
        if (message.qos() > 0) {
            out.append(",\"mid\":").append(message.packetId());
        }
        String properties = properties(message.properties());
        if (!properties.isEmpty()) {
            out.append(",\"properties\":{").append(properties).append('}');
        }
        out.append(",\"payload\":");
        out.append(raw ? new String(payload, StandardCharsets.UTF_8) : JsonText.quoted(payload));
        return out.append('}').toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String properties(MqttProperties properties) {
        StringBuilder out = new StringBuilder();
        StringBuilder ofUser = new StringBuilder();
        properties.rewind();
        while (properties.next()) {
            byte[] b = properties.buffer();
            StringBuilder into = properties.id() == Property.USER_PROPERTY ? ofUser : out;
            into.append(into.isEmpty() ? "" : ",");
            switch (Property.type(properties.id())) {
                case Property.PAIR ->
                    into.append(JsonText.quoted(b, properties.nameOffset(), properties.nameLength()))
                            .append(':')
                            .append(JsonText.quoted(b, properties.valueOffset(), properties.valueLength()));
                case Property.STRING, Property.BINARY ->
                    named(into, properties.id())
                            .append(JsonText.quoted(b, properties.valueOffset(), properties.valueLength()));
                default -> named(into, properties.id()).append(properties.value());
            }
        }
        if (!ofUser.isEmpty()) {
            out.append(out.isEmpty() ? "" : ",")
                    .append("\"user-properties\":{")
                    .append(ofUser)
                    .append('}');
        }
        return out.toString();
    }

    private static StringBuilder named(StringBuilder out, int id) {
        return out.append('"').append(PropertyOptions.name(id)).append("\":");
    }
}
