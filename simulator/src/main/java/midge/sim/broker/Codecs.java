package midge.sim.broker;

import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttConnect;
import midge.mqtt.codec.MqttDisconnect;
import midge.mqtt.codec.MqttPing;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttSubscribe;
import midge.mqtt.codec.MqttUnsubscribe;

/** The flyweights with which all connections read: one packet is judged and done with before the next. */
final class Codecs {
    final MqttConnect connect = new MqttConnect();
    final MqttPublish publish = new MqttPublish();
    final MqttAck ack = new MqttAck();
    final MqttSubscribe subscribe = new MqttSubscribe();
    final MqttUnsubscribe unsubscribe = new MqttUnsubscribe();
    final MqttPing ping = new MqttPing();
    final MqttDisconnect disconnect = new MqttDisconnect();
}
