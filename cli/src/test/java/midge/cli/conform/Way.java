package midge.cli.conform;

import java.util.List;

/** From the device to the broker: what the suite is run over, and in which weather. */
enum Way {
    UDP("UDP", Upstream.MQTT_311, Mode.values()),
    DTLS("DTLS", Upstream.MQTT_311, Mode.PLAIN, Mode.LOST),
    MQTT_5("to MQTT 5.0", Upstream.MQTT_5, Mode.PLAIN),
    SHARED("to one shared connection", Upstream.SHARED, Mode.PLAIN);

    final String words;
    final Upstream upstream;
    final List<Mode> modes;

    Way(String words, Upstream upstream, Mode... modes) {
        this.words = words;
        this.upstream = upstream;
        this.modes = List.of(modes);
    }

    /** {@return why the case is not run this way; empty when it is} */
    String obstacle(Rule rule) {
        return switch (this) {
            case UDP -> "";
            case DTLS -> rule.notByDtls();
            case MQTT_5 -> rule.notByMqtt5();
            case SHARED -> notShared(rule);
        };
    }

    private String notShared(Rule rule) {
        if (!upstream.has(rule.site())) {
            return "it breaks the connection of one device";
        }
        return rule.notByMqtt5() + rule.notShared();
    }
}
