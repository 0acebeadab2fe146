package midge.gateway.flow;

import midge.gateway.config.GatewayConfig;
import midge.gateway.config.Login;
import midge.mqtt.codec.MqttConnectWriter;

/** User name and password of a broker connection. */
final class Credentials {
    private Credentials() {}

    static void fill(MqttConnectWriter writer, GatewayConfig config, byte[] clientId) {
        Login login = config.login(clientId);
        byte[] userName = login.userName();
        byte[] password = login.password();
        if (userName.length > 0) {
            writer.userName(userName, 0, userName.length);
        }
        if (password.length > 0) {
            writer.password(password, 0, password.length);
        }
    }
}
