package midge.board.discovery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import midge.board.Quantities;
import midge.hal.sense.Quantity;

/**
 * Home Assistant's MQTT discovery: one message for the whole device ({@link #device}), or, where a message must be short, one for each
 * of its values with abbreviated keys ({@link #components}). Both are to be retained, and published again when Home Assistant is born.
 */
public final class HomeAssistant {
    private static final String ORIGIN = "Midge";
    /** Keys that components have, and their short forms. */
    private static final Map<String, String> SHORT = Map.ofEntries(
            Map.entry("unique_id", "uniq_id"),
            Map.entry("default_entity_id", "def_ent_id"),
            Map.entry("state_topic", "stat_t"),
            Map.entry("command_topic", "cmd_t"),
            Map.entry("device_class", "dev_cla"),
            Map.entry("state_class", "stat_cla"),
            Map.entry("unit_of_measurement", "unit_of_meas"),
            Map.entry("expire_after", "exp_aft"),
            Map.entry("entity_category", "ent_cat"),
            Map.entry("value_template", "val_tpl"),
            Map.entry("payload_on", "pl_on"),
            Map.entry("payload_off", "pl_off"),
            Map.entry("state_on", "stat_on"),
            Map.entry("state_off", "stat_off"),
            Map.entry("availability", "avty"),
            Map.entry("availability_mode", "avty_mode"),
            Map.entry("topic", "t"),
            Map.entry("device", "dev"),
            Map.entry("identifiers", "ids"),
            Map.entry("manufacturer", "mf"),
            Map.entry("origin", "o"));

    private final String prefix;
    private final String device;
    private final String via;
    private final List<String> availabilityTopics;
    private final String availabilityTemplate;

    /**
     * @param prefix of its topics, {@code homeassistant} unless changed there
     * @param device the device's name, of which identifiers are made
     * @param via identifier of the gateway that the device is reached through; empty: none
     * @param availabilityTopics each says {@code online} or {@code offline}; the device is there when all say so
     * @param availabilityTemplate what makes these words of what the topics say; empty: they say them
     */
    public HomeAssistant(
            String prefix, String device, String via, List<String> availabilityTopics, String availabilityTemplate) {
        this.prefix = prefix;
        this.device = device;
        this.via = via;
        this.availabilityTopics = List.copyOf(availabilityTopics);
        this.availabilityTemplate = availabilityTemplate;
    }

    /** @return where Home Assistant says {@code online} when it is born */
    public String birthTopic() {
        return prefix + "/status";
    }

    /** @return one message with everything */
    public Announcement device(List<Channel> channels) {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("device", deviceInfo());
        root.put("origin", Map.of("name", ORIGIN));
        putAvailability(root);
        root.put("qos", 1);
        Map<String, Object> components = new LinkedHashMap<>();
        for (Channel channel : channels) {
            Map<String, Object> component = new LinkedHashMap<>();
            component.put("platform", platform(channel));
            component.putAll(component(channel));
            components.put(id(channel), component);
        }
        root.put("components", components);
        return new Announcement(prefix + "/device/" + device + "/config", Json.text(root));
    }

    /** @return one message for each value, with short keys */
    public List<Announcement> components(List<Channel> channels) {
        List<Announcement> messages = new ArrayList<>();
        for (Channel channel : channels) {
            Map<String, Object> root = component(channel);
            root.put("device", deviceInfo());
            root.put("origin", Map.of("name", ORIGIN));
            putAvailability(root);
            root.put("qos", 1);
            String topic = prefix + "/" + platform(channel) + "/" + device + "_" + id(channel) + "/config";
            messages.add(new Announcement(topic, Json.text(shortened(root))));
        }
        return messages;
    }

    private static Object shortened(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> renamed = new LinkedHashMap<>();
            map.forEach((key, inner) -> {
                String name = String.valueOf(key);
                renamed.put(SHORT.getOrDefault(name, name), shortened(inner));
            });
            return renamed;
        }
        return value instanceof List<?> list
                ? list.stream().map(HomeAssistant::shortened).toList()
                : value;
    }

    private Map<String, Object> deviceInfo() {
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("identifiers", List.of(device));
        info.put("name", device);
        info.put("manufacturer", ORIGIN);
        if (!via.isEmpty()) {
            info.put("via_device", via);
        }
        return info;
    }

    private void putAvailability(Map<String, Object> root) {
        List<Object> topics = new ArrayList<>();
        for (String topic : availabilityTopics) {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("topic", topic);
            if (!availabilityTemplate.isEmpty()) {
                entry.put("value_template", availabilityTemplate);
            }
            topics.add(entry);
        }
        root.put("availability", topics);
        root.put("availability_mode", "all");
    }

    private static String id(Channel channel) {
        return channel.part() + "_" + channel.key();
    }

    private static String platform(Channel channel) {
        boolean isBinary = Quantities.of(channel.quantity()).isBinary();
        if (channel.isSettable()) {
            return isBinary ? "switch" : "number";
        }
        return isBinary ? "binary_sensor" : "sensor";
    }

    private Map<String, Object> component(Channel channel) {
        Quantities quantity = Quantities.of(channel.quantity());
        Map<String, Object> component = new LinkedHashMap<>();
        String id = device + "_" + id(channel);
        component.put("unique_id", id);
        component.put(
                "default_entity_id",
                platform(channel) + "." + id.toLowerCase(Locale.ROOT).replace('-', '_'));
        component.put("name", channel.title());
        if (!channel.stateTopic().isEmpty()) {
            component.put("state_topic", channel.stateTopic());
        }
        if (!channel.jsonPath().isEmpty()) {
            component.put("value_template", "{{ " + channel.jsonPath() + " }}");
        }
        if (!quantity.deviceClass().isEmpty()) {
            component.put("device_class", quantity.deviceClass());
        }
        if (!quantity.unit().isEmpty()) {
            component.put("unit_of_measurement", quantity.unit());
        }
        if (channel.isDiagnostic()) {
            component.put("entity_category", "diagnostic");
        }
        if (channel.isSettable()) {
            putCommand(component, channel);
            return component;
        }
        if (quantity.isBinary()) {
            // A template makes Python's words of JSON's true and false.
            component.put("payload_on", channel.jsonPath().isEmpty() ? "1" : "True");
            component.put("payload_off", channel.jsonPath().isEmpty() ? "0" : "False");
        } else {
            boolean counts = channel.quantity() == Quantity.COUNT || channel.quantity() == Quantity.DURATION;
            component.put("state_class", counts ? "total_increasing" : "measurement");
        }
        if (channel.expireAfterS() > 0) {
            component.put("expire_after", channel.expireAfterS());
        }
        return component;
    }

    private static void putCommand(Map<String, Object> component, Channel channel) {
        component.put("command_topic", channel.commandTopic());
        if (Quantities.of(channel.quantity()).isBinary()) {
            component.put("payload_on", "on");
            component.put("payload_off", "off");
            component.put("state_on", "1");
            component.put("state_off", "0");
        } else {
            component.put("min", 0);
            component.put("max", channel.quantity() == Quantity.ANGLE ? 180 : 100);
        }
    }
}
