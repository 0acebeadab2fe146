package midge.mqtt.client;

import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttAuth;
import midge.mqtt.codec.MqttConnack;
import midge.mqtt.codec.MqttDisconnect;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttSuback;
import midge.mqtt.codec.MqttUnsuback;

/** A listener that accepts and ignores everything; extend it to take some events only. It has no payload to be pulled. */
public class MqttQuietListener implements MqttClientListener {
    public void onConnected(MqttConnack connack) {}

    public void onRefused(MqttConnack connack) {}

    public int onMessage(byte[] topic, int topicOffset, int topicLength, MqttPublish publish) {
        return 0;
    }

    public void onDelivered(int token, int result, MqttAck ack) {}

    public void onSubscribed(int packetId, MqttSuback suback) {}

    public void onUnsubscribed(int packetId, MqttUnsuback unsuback) {}

    public void onAuth(MqttAuth auth) {}

    public void onServerDisconnect(MqttDisconnect disconnect) {}

    public void onFailed(int error) {}

    public int readPayload(int token, int position, byte[] out, int offset, int length) {
        return -1;
    }
}
