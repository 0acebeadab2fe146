package midge.mqtt.client;

import midge.mqtt.codec.MqttConnack;
import midge.mqtt.codec.MqttProperties;
import midge.mqtt.codec.Property;
import midge.wire.Status;

/** What the server allows on this connection (MQTT 5.0 §3.2.2.3); before 5.0 and until CONNACK, everything. */
final class ServerLimits {
    private static final int NO_LIMIT = 0x7FFFFFFF;

    int receiveMax;
    int packetSizeMax;
    int topicAliasMax;
    int qosMax;
    boolean retain;
    boolean wildcards;
    boolean subscriptionIds;
    boolean shared;

    ServerLimits() {
        reset();
    }

    void reset() {
        receiveMax = 65_535;
        packetSizeMax = NO_LIMIT;
        topicAliasMax = 0;
        qosMax = 2;
        retain = true;
        wildcards = true;
        subscriptionIds = true;
        shared = true;
    }

    void read(MqttConnack connack) {
        MqttProperties p = connack.properties();
        receiveMax = (int) p.number(Property.RECEIVE_MAXIMUM, 65_535);
        long size = p.number(Property.MAXIMUM_PACKET_SIZE, NO_LIMIT);
        packetSizeMax = size > NO_LIMIT ? NO_LIMIT : (int) size;
        topicAliasMax = (int) p.number(Property.TOPIC_ALIAS_MAXIMUM, 0);
        qosMax = (int) p.number(Property.MAXIMUM_QOS, 2);
        retain = p.number(Property.RETAIN_AVAILABLE, 1) != 0;
        wildcards = p.number(Property.WILDCARD_SUBSCRIPTION_AVAILABLE, 1) != 0;
        subscriptionIds = p.number(Property.SUBSCRIPTION_IDENTIFIER_AVAILABLE, 1) != 0;
        shared = p.number(Property.SHARED_SUBSCRIPTION_AVAILABLE, 1) != 0;
    }

    /** @return {@link Status#OK}, {@link Status#UNSUPPORTED} or {@link Status#TOO_LARGE} for a PUBLISH of {@code size} octets */
    int judge(int qos, boolean retained, int size) {
        if (qos > qosMax || (retained && !retain)) {
            return Status.UNSUPPORTED;
        }
        return size > packetSizeMax ? Status.TOO_LARGE : Status.OK;
    }
}
