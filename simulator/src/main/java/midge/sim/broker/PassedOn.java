package midge.sim.broker;

import java.util.Arrays;
import midge.mqtt.codec.MqttProperties;
import midge.mqtt.codec.MqttPropertiesWriter;
import midge.mqtt.codec.Property;

/** Which properties of a message travel on to its subscribers, unchanged and in their order (MQTT 5.0 §3.3.2.3). */
final class PassedOn {
    private static final byte[] NOTHING = new byte[0];

    private PassedOn() {}

    /** {@return a copy of the properties to pass on, in the bare form} */
    static byte[] properties(MqttProperties from) {
        if (from.length() == 0) {
            return NOTHING;
        }
        byte[] copy = new byte[from.length()];
        MqttPropertiesWriter to = new MqttPropertiesWriter().reset(copy, 0, copy.length);
        from.rewind();
        while (from.next()) {
            if (isPassedOn(from.id())) {
                put(to, from);
            }
        }
        return to.length() == copy.length ? copy : Arrays.copyOf(copy, to.length());
    }

    private static void put(MqttPropertiesWriter to, MqttProperties from) {
        switch (Property.type(from.id())) {
            case Property.STRING, Property.BINARY ->
                to.put(from.id(), from.buffer(), from.valueOffset(), from.valueLength());
            case Property.PAIR ->
                to.putUser(
                        from.buffer(),
                        from.nameOffset(),
                        from.nameLength(),
                        from.buffer(),
                        from.valueOffset(),
                        from.valueLength());
            default -> to.put(from.id(), from.value());
        }
    }

    private static boolean isPassedOn(int id) {
        return id == Property.PAYLOAD_FORMAT_INDICATOR
                || id == Property.CONTENT_TYPE
                || id == Property.RESPONSE_TOPIC
                || id == Property.CORRELATION_DATA
                || id == Property.USER_PROPERTY;
    }

    /** {@return when a message that came now expires} */
    static long expiresMs(long expiryS, long nowMs) {
        return expiryS < 0 ? Message.NEVER : nowMs + expiryS * 1000;
    }
}
