package midge.mqtt.codec;

/** The protocol level as CONNECT carries it. */
public final class MqttVersion {
    /** MQTT 3.1, protocol name {@code MQIsdp}. */
    public static final int V3_1 = 3;
    /** MQTT 3.1.1, protocol name {@code MQTT}. */
    public static final int V3_1_1 = 4;
    /** MQTT 5.0, protocol name {@code MQTT}. */
    public static final int V5 = 5;

    private MqttVersion() {}
}
