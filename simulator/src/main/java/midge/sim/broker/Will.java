package midge.sim.broker;

import midge.mqtt.codec.MqttConnect;
import midge.mqtt.codec.Property;

/** The message that a client leaves for the case that it vanishes (MQTT 5.0 §3.1.2.5). */
final class Will {
    private final Message template;
    private final long expiryS;
    final long delayMs;

    private Will(Message template, long expiryS, long delayMs) {
        this.template = template;
        this.expiryS = expiryS;
        this.delayMs = delayMs;
    }

    static Will of(MqttConnect connect, String clientId) {
        byte[] from = connect.buffer();
        byte[] payload = new byte[connect.willPayloadLength()];
        System.arraycopy(from, connect.willPayloadOffset(), payload, 0, payload.length);
        Message template = new Message(
                Message.key(from, connect.willTopicOffset(), connect.willTopicLength()),
                payload,
                connect.willQos(),
                connect.willRetain(),
                PassedOn.properties(connect.willProperties()),
                Message.NEVER,
                clientId);
        return new Will(
                template,
                connect.willProperties().number(Property.MESSAGE_EXPIRY_INTERVAL, -1),
                connect.willProperties().number(Property.WILL_DELAY_INTERVAL, 0) * 1000);
    }

    /** {@return the message to publish now} */
    Message message(long nowMs) {
        return new Message(
                template.topic,
                template.payload,
                template.qos,
                template.retain,
                template.properties,
                PassedOn.expiresMs(expiryS, nowMs),
                template.publisher);
    }
}
