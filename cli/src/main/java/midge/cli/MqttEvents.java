package midge.cli;

import midge.mqtt.client.MqttClientListener;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttAuth;
import midge.mqtt.codec.MqttConnack;
import midge.mqtt.codec.MqttDisconnect;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttSuback;
import midge.mqtt.codec.MqttUnsuback;
import midge.mqtt.codec.ReasonCode;
import midge.wire.Status;
import org.jspecify.annotations.Nullable;

/** Keeps why the broker refused or ended a connection; commands override what else they want to know. */
class MqttEvents implements MqttClientListener {
    private String refusal = "";
    private String failure = "";
    private boolean isTooLarge;

    /** {@return the broker's reason for refusing the connection; empty when it did not} */
    String refusal() {
        return refusal;
    }

    /** {@return why the connection was ended by a protocol's rule; empty when it was not} */
    String failure() {
        return failure;
    }

    /** {@return whether the connection was ended because of a packet that is larger than this side takes} */
    boolean isTooLarge() {
        return isTooLarge;
    }

    @Override
    public void onConnected(MqttConnack connack) {
        failure = "";
    }

    @Override
    public void onRefused(MqttConnack connack) {
        refusal = ReasonNames.of(connack.reasonCode());
    }

    @Override
    public int onMessage(byte[] topic, int topicOffset, int topicLength, MqttPublish publish) {
        return ReasonCode.SUCCESS;
    }

    @Override
    public void onDelivered(int token, int result, @Nullable MqttAck ack) {}

    @Override
    public void onSubscribed(int packetId, MqttSuback suback) {}

    @Override
    public void onUnsubscribed(int packetId, MqttUnsuback unsuback) {}

    @Override
    public void onAuth(MqttAuth auth) {}

    @Override
    public void onServerDisconnect(MqttDisconnect disconnect) {
        failure = "the broker ended the connection: " + ReasonNames.of(disconnect.reasonCode());
    }

    @Override
    public void onFailed(int error) {
        isTooLarge = error == Status.TOO_LARGE;
        failure = isTooLarge
                ? "a packet came that is larger than --max-packet"
                : "the connection was ended (status " + error + ")";
    }

    @Override
    public int readPayload(int token, int position, byte[] out, int offset, int length) {
        return -1;
    }
}
