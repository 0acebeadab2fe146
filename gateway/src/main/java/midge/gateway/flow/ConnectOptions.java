package midge.gateway.flow;

import midge.gateway.config.GatewayConfig;
import midge.mqtt.codec.MqttConnectWriter;
import midge.mqtt.codec.MqttPropertiesWriter;
import midge.mqtt.codec.MqttVersion;
import midge.mqtt.codec.Property;

/** What every CONNECT to the broker says: client id, credentials, and with MQTT 5.0 the limits of this gateway (§3.1.2.11). */
final class ConnectOptions {
    private ConnectOptions() {}

    /**
     * @param clean Clean Session of 3.1.1, Clean Start of 5.0
     * @param keeps whether a broker of 5.0 shall keep the session when the connection ends
     */
    static void fill(MqttConnectWriter writer, Services services, byte[] id, boolean clean, boolean keeps) {
        GatewayConfig config = services.config;
        writer.reset(config.mqttVersion(), clean, config.brokerKeepAliveS()).clientId(id, 0, id.length);
        Credentials.fill(writer, services.latest(), id);
        if (config.mqttVersion() >= MqttVersion.V5) {
            MqttPropertiesWriter properties = services.connectProperties();
            if (keeps) {
                properties.put(Property.SESSION_EXPIRY_INTERVAL, config.sessionExpiryS());
            }
            // The broker holds back what would not find room here. No Topic Alias Maximum: no aliases.
            properties
                    .put(Property.RECEIVE_MAXIMUM, Math.min(0xFFFF, config.queueMessages()))
                    .put(Property.MAXIMUM_PACKET_SIZE, config.maxPacket());
            writer.properties(properties.buffer(), properties.offset(), properties.length());
        }
    }
}
