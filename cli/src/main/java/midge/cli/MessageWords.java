package midge.cli;

import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import midge.mqtt.codec.MqttProperties;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.Property;
import org.jspecify.annotations.Nullable;

/** What the letters of {@link MessageFormat} stand for in one message. */
final class MessageWords {
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxx");

    private final byte[] topic;
    private final MqttPublish message;
    private final ZonedDateTime time;

    MessageWords(byte[] topic, int topicOffset, int topicLength, MqttPublish message, ZonedDateTime time) {
        this.topic = Arrays.copyOfRange(topic, topicOffset, topicOffset + topicLength);
        this.message = message;
        this.time = time;
    }

    ZonedDateTime time() {
        return time;
    }

    /** {@return the octets that stand for a letter; null when {@code %J} meets a payload that is not JSON} */
    byte @Nullable [] of(char letter) {
        return switch (letter) {
            case 't' -> topic;
            case 'p' -> payload();
            case 'D' -> data();
            case 'j' -> JsonMessage.of(topic, message, time, payload(), false);
            case 'J' -> JsonText.isValid(payload()) ? JsonMessage.of(topic, message, time, payload(), true) : null;
            default -> word(letter).getBytes(StandardCharsets.UTF_8);
        };
    }

    private byte[] payload() {
        int from = message.payloadOffset();
        return Arrays.copyOfRange(message.buffer(), from, from + message.payloadLength());
    }

    private byte[] data() {
        MqttProperties properties = message.properties();
        if (!properties.find(Property.CORRELATION_DATA)) {
            return new byte[0];
        }
        int from = properties.valueOffset();
        return Arrays.copyOfRange(properties.buffer(), from, from + properties.valueLength());
    }

    private String word(char letter) {
        MqttProperties properties = message.properties();
        return switch (letter) {
            case 'l' -> String.valueOf(message.payloadLength());
            case 'q' -> String.valueOf(message.qos());
            case 'r' -> message.retain() ? "1" : "0";
            case 'm' -> String.valueOf(message.qos() == 0 ? 0 : message.packetId());
            case 'x' -> HexFormat.of().formatHex(payload());
            case 'X' -> HexFormat.of().withUpperCase().formatHex(payload());
            case 'U' -> String.format("%d.%09d", time.toEpochSecond(), time.getNano());
            case 'I' -> ISO.format(time);
            case 'A' -> number(properties, Property.TOPIC_ALIAS);
            case 'C' -> text(properties, Property.CONTENT_TYPE);
            case 'E' -> number(properties, Property.MESSAGE_EXPIRY_INTERVAL);
            case 'F' -> number(properties, Property.PAYLOAD_FORMAT_INDICATOR);
            case 'R' -> text(properties, Property.RESPONSE_TOPIC);
            case 'P' -> userProperties(properties);
            case 'S' -> number(properties, Property.SUBSCRIPTION_IDENTIFIER);
            default -> throw new IllegalStateException("MessageFormat let %" + letter + " pass");
        };
    }

    private static String number(MqttProperties properties, int id) {
        return properties.contains(id) ? String.valueOf(properties.number(id, 0)) : "";
    }

    private static String text(MqttProperties properties, int id) {
        return properties.find(id)
                ? new String(
                        properties.buffer(), properties.valueOffset(), properties.valueLength(), StandardCharsets.UTF_8)
                : "";
    }

    private static String userProperties(MqttProperties properties) {
        StringBuilder all = new StringBuilder();
        properties.rewind();
        while (properties.next()) {
            if (properties.id() == Property.USER_PROPERTY) {
                byte[] b = properties.buffer();
                all.append(all.isEmpty() ? "" : " ")
                        .append(new String(b, properties.nameOffset(), properties.nameLength(), StandardCharsets.UTF_8))
                        .append(':')
                        .append(new String(
                                b, properties.valueOffset(), properties.valueLength(), StandardCharsets.UTF_8));
            }
        }
        return all.toString();
    }
}
