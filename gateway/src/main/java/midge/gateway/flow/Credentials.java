package midge.gateway.flow;

import midge.gateway.config.GatewayConfig;
import midge.mqtt.codec.MqttConnectWriter;

/** User name and password of every broker connection. */
final class Credentials {
    private Credentials() {}

    static void fill(MqttConnectWriter writer, GatewayConfig config) {
        byte[] userName = config.userName();
        byte[] password = config.password();
        if (userName.length > 0) {
            writer.userName(userName, 0, userName.length);
        }
        if (password.length > 0) {
            writer.password(password, 0, password.length);
        }
    }
}
