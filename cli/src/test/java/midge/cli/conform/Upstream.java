package midge.cli.conform;

/** How the gateways of the suite talk to the broker. */
enum Upstream {
    /** A connection of MQTT 3.1.1 for each device. */
    MQTT_311("mqtt_version = 4"),
    /** A connection of MQTT 5.0 for each device. */
    MQTT_5("mqtt_version = 5"),
    /** One connection of MQTT 5.0 for all devices. */
    SHARED("mqtt_version = 5\naggregate = true");

    /** Lines of the section {@code [broker]}. */
    final String settings;

    Upstream(String settings) {
        this.settings = settings;
    }

    /** {@return whether there is a gateway of this kind} */
    boolean has(Site site) {
        return this != SHARED || site != Site.FRAIL;
    }
}
