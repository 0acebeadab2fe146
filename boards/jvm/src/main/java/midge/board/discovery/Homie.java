package midge.board.discovery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import midge.board.Quantities;

/**
 * The Homie convention, version 5: one device, whose nodes are its sensors and actuators. Values are at {@code homie/5/DEVICE/NODE/KEY}.
 * The description changes only while the state is {@code init}, so the messages are to be published in their order.
 */
public final class Homie {
    /** What {@code $state} says before {@link #announcements}. */
    public static final String INIT = "init";
    /** What it says last of them. */
    public static final String READY = "ready";
    /** What it says after an orderly end. */
    public static final String DISCONNECTED = "disconnected";
    /** What the will says. */
    public static final String LOST = "lost";
    /** Makes {@code online} and {@code offline} of a state. */
    public static final String AVAILABILITY_TEMPLATE =
            "{{ 'online' if value in ('ready', 'sleeping') else 'offline' }}";

    private Homie() {}

    /** @throws IllegalArgumentException when it is no identifier of Homie's: lower-case letters, digits and hyphens */
    public static void checkId(String id) {
        if (!id.matches("[a-z0-9-]+")) {
            throw new IllegalArgumentException(
                    "Homie takes only lower-case letters, digits and - in names, not \"" + id + "\"");
        }
    }

    /** {@return where a device's topics begin} */
    public static String prefix(String device) {
        return "homie/5/" + device;
    }

    /** {@return the topic of a device's state} */
    public static String stateTopic(String device) {
        return prefix(device) + "/$state";
    }

    /** @param version to be raised with each change of the description */
    public static List<Announcement> announcements(String device, List<Channel> channels, long version) {
        return List.of(
                new Announcement(prefix(device) + "/$description", description(device, channels, version)),
                new Announcement(stateTopic(device), READY));
    }

    private static String description(String device, List<Channel> channels, long version) {
        Map<String, Map<String, Object>> properties = new LinkedHashMap<>();
        for (Channel channel : channels) {
            properties
                    .computeIfAbsent(channel.part(), part -> new LinkedHashMap<>())
                    .put(channel.key(), property(channel));
        }
        Map<String, Object> nodes = new LinkedHashMap<>();
        properties.forEach((part, own) -> nodes.put(part, Map.of("properties", own)));
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("homie", "5.0");
        root.put("version", version);
        root.put("name", device);
        root.put("nodes", nodes);
        return Json.text(root);
    }

    private static Map<String, Object> property(Channel channel) {
        Quantities quantity = Quantities.of(channel.quantity());
        Map<String, Object> property = new LinkedHashMap<>();
        property.put("name", channel.title());
        // Yes and no travel as 1 and 0, which Homie's boolean is not.
        property.put("datatype", quantity.isBinary() ? "integer" : "float");
        if (quantity.isBinary()) {
            property.put("format", "0:1");
        }
        if (!quantity.unit().isEmpty()) {
            property.put("unit", quantity.unit());
        }
        if (channel.isSettable()) {
            property.put("settable", true);
        }
        return property;
    }
}
