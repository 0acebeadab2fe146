package midge.cli;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.Stack;
import midge.mqtt.client.MqttClientConfig;
import midge.mqtt.codec.MqttProperties;
import midge.mqtt.codec.MqttPropertiesWriter;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.Property;
import midge.wire.Status;
import picocli.CommandLine;
import picocli.CommandLine.IParameterConsumer;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Properties of MQTT 5, given as mosquitto's tools take them: {@code -D PACKET NAME VALUE}, a user property with two values. */
final class PropertyOptions {
    /** @param values one, for a user property two */
    record Entry(String packet, String name, List<String> values) {}

    private static final Map<String, Integer> IDS = Map.ofEntries(
            Map.entry("payload-format-indicator", Property.PAYLOAD_FORMAT_INDICATOR),
            Map.entry("message-expiry-interval", Property.MESSAGE_EXPIRY_INTERVAL),
            Map.entry("content-type", Property.CONTENT_TYPE),
            Map.entry("response-topic", Property.RESPONSE_TOPIC),
            Map.entry("correlation-data", Property.CORRELATION_DATA),
            Map.entry("subscription-identifier", Property.SUBSCRIPTION_IDENTIFIER),
            Map.entry("will-delay-interval", Property.WILL_DELAY_INTERVAL),
            Map.entry("session-expiry-interval", Property.SESSION_EXPIRY_INTERVAL),
            Map.entry("receive-maximum", Property.RECEIVE_MAXIMUM),
            Map.entry("maximum-packet-size", Property.MAXIMUM_PACKET_SIZE),
            Map.entry("topic-alias-maximum", Property.TOPIC_ALIAS_MAXIMUM),
            Map.entry("topic-alias", Property.TOPIC_ALIAS),
            Map.entry("request-problem-information", Property.REQUEST_PROBLEM_INFORMATION),
            Map.entry("request-response-information", Property.REQUEST_RESPONSE_INFORMATION),
            Map.entry("user-property", Property.USER_PROPERTY));

    private static final Map<String, Integer> PACKETS = Map.of(
            "connect", MqttType.CONNECT,
            "will", Property.WILL,
            "publish", MqttType.PUBLISH,
            "subscribe", MqttType.SUBSCRIBE,
            "unsubscribe", MqttType.UNSUBSCRIBE,
            "disconnect", MqttType.DISCONNECT);

    /** Packets of mosquitto's tools that carry none here. */
    private static final Set<String> REFUSED = Set.of("auth", "puback", "pubrec", "pubrel", "pubcomp");

    @Option(
            names = {"-D", "--property"},
            paramLabel = "PACKET NAME VALUE",
            parameterConsumer = Consumer.class,
            description = "An MQTT 5 property of connect, will, publish, subscribe, unsubscribe or disconnect, such as"
                    + " -D publish content-type text/plain or -D publish user-property NAME VALUE; may be repeated.")
    private final List<Entry> entries = new ArrayList<>();

    /** Takes three words off the command line, four for a user property. */
    static final class Consumer implements IParameterConsumer {
        @Override
        public void consumeParameters(Stack<String> words, ArgSpec option, CommandSpec command) {
            CommandLine line = command.commandLine();
            String packet = next(words, line).toLowerCase(Locale.ROOT);
            String name = next(words, line);
            List<String> values = new ArrayList<>(List.of(next(words, line)));
            if (name.equals("user-property")) {
                values.add(next(words, line));
            }
            List<Entry> entries = option.getValue();
            entries.add(new Entry(packet, name, values));
        }

        private static String next(Stack<String> words, CommandLine line) {
            if (words.isEmpty()) {
                throw new CommandLine.ParameterException(
                        line, "-D takes PACKET NAME VALUE, and a user-property two values");
            }
            return words.pop();
        }
    }

    /** {@return what {@code -D} calls a property, or its number} */
    static String name(int id) {
        for (Map.Entry<String, Integer> entry : IDS.entrySet()) {
            if (entry.getValue() == id) {
                return entry.getKey();
            }
        }
        return String.format("property 0x%02X", id);
    }

    boolean isAsked() {
        return !entries.isEmpty();
    }

    /** Throws when anything given does not exist, or not for its packet. */
    void check(int version) {
        if (isAsked() && version != 5) {
            throw new UserError(ExitCode.USAGE, "-D needs -V mqttv5: older versions have no properties");
        }
        for (Entry entry : entries) {
            Integer packet = PACKETS.get(entry.packet);
            Integer id = IDS.get(entry.name);
            if (REFUSED.contains(entry.packet) || entry.name.startsWith("authentication-")) {
                throw new UserError(
                        ExitCode.USAGE, "-D " + entry.packet + " " + entry.name + " is not supported: leave it out");
            }
            if (packet == null) {
                throw new UserError(
                        ExitCode.USAGE,
                        "-D " + entry.packet + ": it is connect, will, publish, subscribe, unsubscribe or disconnect");
            }
            if (id == null || !Property.isAllowed(id, packet)) {
                throw new UserError(ExitCode.USAGE, "-D " + entry.packet + " has no property '" + entry.name + "'");
            }
        }
        PACKETS.forEach(this::judge);
    }

    private void judge(String packet, int type) {
        byte[] bare = bare(packet);
        if (new MqttProperties().wrapBare(bare, 0, bare.length, type) != Status.OK) {
            throw new UserError(
                    ExitCode.USAGE, "-D " + packet + ": a value is out of range, or a property is given twice");
        }
    }

    /** Sets what CONNECT and the will carry. */
    void apply(MqttClientConfig.Builder builder) {
        for (Entry entry : entries) {
            if (entry.packet.equals("connect") && !entry.name.equals("user-property")) {
                applyToConnect(builder, entry.name, number(entry));
            }
            if (entry.packet.equals("publish") && entry.name.equals("topic-alias")) {
                if (number(entry) != 1) {
                    throw new UserError(ExitCode.USAGE, "-D publish topic-alias is 1 here: there is one topic");
                }
                builder.topicAliasesOut(1).aliasTopicBytes(65_535);
            }
        }
        byte[] ofUser = bare("connect");
        if (ofUser.length > 0) {
            builder.userProperties(ofUser);
        }
        byte[] ofWill = bare("will");
        if (ofWill.length > 0) {
            builder.willProperties(ofWill);
        }
    }

    private static void applyToConnect(MqttClientConfig.Builder builder, String name, long value) {
        int small = (int) Math.min(value, Integer.MAX_VALUE);
        switch (name) {
            case "session-expiry-interval" -> builder.sessionExpiryS(value);
            case "receive-maximum" -> builder.receiveMax(small);
            case "maximum-packet-size" -> builder.packetSizeMax(small);
            case "topic-alias-maximum" -> builder.topicAliasMax(small).aliasTopicBytes(65_535);
            case "request-problem-information" -> builder.requestProblemInformation(value != 0);
            case "request-response-information" -> builder.requestResponseInformation(value != 0);
            default -> throw new IllegalStateException("check() let '" + name + "' pass");
        }
    }

    /** {@return the properties of one packet that the client does not set by itself, as its calls take them} */
    byte[] bare(String packet) {
        MqttPropertiesWriter writer = new MqttPropertiesWriter().reset(new byte[256 * 1024], 0, 256 * 1024);
        for (Entry entry : entries) {
            boolean ofClient = (packet.equals("connect") && !entry.name.equals("user-property"))
                    || entry.name.equals("topic-alias");
            if (entry.packet.equals(packet) && !ofClient) {
                put(writer, entry);
            }
        }
        byte[] bare = new byte[writer.length()];
        System.arraycopy(writer.buffer(), writer.offset(), bare, 0, bare.length);
        return bare;
    }

    private static void put(MqttPropertiesWriter writer, Entry entry) {
        int id = IDS.getOrDefault(entry.name, 0);
        byte[] value = entry.values.get(0).getBytes(StandardCharsets.UTF_8);
        switch (Property.type(id)) {
            case Property.PAIR -> {
                byte[] second = entry.values.get(1).getBytes(StandardCharsets.UTF_8);
                writer.putUser(value, 0, value.length, second, 0, second.length);
            }
            case Property.STRING, Property.BINARY -> writer.put(id, value, 0, value.length);
            default -> writer.put(id, number(entry));
        }
        if (writer.status() != Status.OK) {
            throw new UserError(
                    ExitCode.USAGE, "-D " + entry.packet + " " + entry.name + ": the value is out of range");
        }
    }

    private static long number(Entry entry) {
        try {
            long value = Long.parseLong(entry.values.get(0));
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        throw new UserError(
                ExitCode.USAGE,
                "-D " + entry.packet + " " + entry.name + " is '" + entry.values.get(0) + "', must be a number");
    }
}
