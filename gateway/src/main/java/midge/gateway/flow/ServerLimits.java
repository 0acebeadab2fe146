package midge.gateway.flow;

import midge.gateway.config.GatewayConfig;
import midge.mqtt.codec.MqttProperties;
import midge.mqtt.codec.Property;

/** What a broker allows on one connection, told in the CONNACK of MQTT 5.0 (§3.2.2.3); without a word everything of MQTT 3.1.1. */
public final class ServerLimits {
    private static final int UNLIMITED = Integer.MAX_VALUE;

    /** Keep alive that counts, s. */
    int keepAliveS;
    /** Open QoS 1 and 2 exchanges from the gateway. */
    int receiveMaximum;
    /** Octets of the largest packet to the broker. */
    int maximumPacketSize;
    /** Highest QoS that it takes. */
    int maximumQos;
    /** Whether it takes retained messages. */
    boolean retainAvailable;
    /** Whether a subscription may carry an identifier. */
    boolean subscriptionIdentifiers;

    ServerLimits(GatewayConfig config) {
        reset(config);
    }

    void reset(GatewayConfig config) {
        keepAliveS = config.brokerKeepAliveS();
        receiveMaximum = 0xFFFF;
        maximumPacketSize = UNLIMITED;
        maximumQos = 2;
        retainAvailable = true;
        subscriptionIdentifiers = true;
    }

    /** Takes what CONNACK says; a Server Keep Alive of 0 turns pings off at the broker, but the gateway goes on. */
    void read(MqttProperties properties, GatewayConfig config) {
        reset(config);
        int serverKeepAliveS = (int) properties.number(Property.SERVER_KEEP_ALIVE, keepAliveS);
        keepAliveS = serverKeepAliveS == 0 ? keepAliveS : serverKeepAliveS;
        receiveMaximum = (int) properties.number(Property.RECEIVE_MAXIMUM, receiveMaximum);
        maximumPacketSize =
                (int) Math.min(UNLIMITED, properties.number(Property.MAXIMUM_PACKET_SIZE, maximumPacketSize));
        maximumQos = (int) properties.number(Property.MAXIMUM_QOS, maximumQos);
        retainAvailable = properties.number(Property.RETAIN_AVAILABLE, 1) == 1;
        subscriptionIdentifiers = properties.number(Property.SUBSCRIPTION_IDENTIFIER_AVAILABLE, 1) == 1;
    }
}
