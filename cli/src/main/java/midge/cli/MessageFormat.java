package midge.cli;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import midge.mqtt.codec.MqttProperties;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.Property;

/** One line for each message as {@code -F} wants it, with mosquitto_sub's letters. */
final class MessageFormat {
    private static final String KNOWN = "%tplqrmxXUICDEFPRS";
    private static final DateTimeFormatter ISO = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxx");

    private final String format;

    MessageFormat(String format) {
        this.format = format;
        for (int i = format.indexOf('%'); i >= 0; i = format.indexOf('%', i + 2)) {
            if (i + 1 >= format.length() || KNOWN.indexOf(format.charAt(i + 1)) < 0) {
                throw new UserError(
                        ExitCode.USAGE,
                        "-F '" + format + "': after % stands one of " + KNOWN
                                + " (mosquitto_sub's others are missing)");
            }
        }
    }

    byte[] of(byte[] topic, int topicOffset, int topicLength, MqttPublish message, Instant now) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            boolean isLast = i + 1 == format.length();
            if (c == '%' && !isLast) {
                char letter = format.charAt(++i);
                switch (letter) {
                    case 't' -> out.write(topic, topicOffset, topicLength);
                    case 'p' -> out.write(message.buffer(), message.payloadOffset(), message.payloadLength());
                    default -> out.writeBytes(word(letter, message, now).getBytes(StandardCharsets.UTF_8));
                }
            } else if (c == '\\' && !isLast) {
                out.writeBytes(escape(format.charAt(++i)).getBytes(StandardCharsets.UTF_8));
            } else if (Character.isHighSurrogate(c) && !isLast) {
                out.writeBytes(format.substring(i, ++i + 1).getBytes(StandardCharsets.UTF_8));
            } else {
                out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return out.toByteArray();
    }

    private static String escape(char c) {
        return switch (c) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case '0' -> "\0";
            case 'a' -> "\7";
            case 'e' -> "\33";
            default -> String.valueOf(c);
        };
    }

    private static String word(char letter, MqttPublish message, Instant now) {
        MqttProperties properties = message.properties();
        return switch (letter) {
            case '%' -> "%";
            case 'l' -> String.valueOf(message.payloadLength());
            case 'q' -> String.valueOf(message.qos());
            case 'r' -> message.retain() ? "1" : "0";
            case 'm' -> String.valueOf(message.qos() == 0 ? 0 : message.packetId());
            case 'x' -> hex(HexFormat.of(), message);
            case 'X' -> hex(HexFormat.of().withUpperCase(), message);
            case 'U' -> String.format("%d.%09d", now.getEpochSecond(), now.getNano());
            case 'I' -> ISO.format(now.atZone(ZoneId.systemDefault()));
            case 'C' -> text(properties, Property.CONTENT_TYPE);
            case 'D' -> text(properties, Property.CORRELATION_DATA);
            case 'E' -> number(properties, Property.MESSAGE_EXPIRY_INTERVAL);
            case 'F' -> number(properties, Property.PAYLOAD_FORMAT_INDICATOR);
            case 'R' -> text(properties, Property.RESPONSE_TOPIC);
            case 'P' -> userProperties(properties);
            case 'S' -> number(properties, Property.SUBSCRIPTION_IDENTIFIER);
            default -> throw new IllegalStateException("the constructor let %" + letter + " pass");
        };
    }

    private static String hex(HexFormat format, MqttPublish message) {
        int from = message.payloadOffset();
        return format.formatHex(message.buffer(), from, from + message.payloadLength());
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
