package midge.mqtt.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttAuth;
import midge.mqtt.codec.MqttConnack;
import midge.mqtt.codec.MqttDisconnect;
import midge.mqtt.codec.MqttError;
import midge.mqtt.codec.MqttNames;
import midge.mqtt.codec.MqttProperties;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttSuback;
import midge.mqtt.codec.MqttUnsuback;
import midge.mqtt.codec.Property;

/** Writes down what the client tells, one line an event. */
class Recorder implements MqttClientListener {
    final List<String> events = new ArrayList<>();
    /** What to answer to the next messages. */
    int answer;
    /** The payload of pulled messages. */
    byte[] pulled = new byte[0];
    /** How many octets of it may be had in one go; negative fails. */
    int pullMax = Integer.MAX_VALUE;
    /** Runs within onMessage. */
    Runnable onMessage = () -> {};
    /** Runs within onDelivered. */
    Runnable onDelivered = () -> {};

    private static String text(byte[] b, int at, int length) {
        return new String(b, at, length, UTF_8);
    }

    private static String users(MqttProperties p) {
        StringBuilder text = new StringBuilder();
        p.rewind();
        while (p.next()) {
            if (p.id() == Property.USER_PROPERTY) {
                text.append(' ').append(text(p.buffer(), p.nameOffset(), p.nameLength()));
                text.append(':').append(text(p.buffer(), p.valueOffset(), p.valueLength()));
            } else if (Property.type(p.id()) == Property.STRING) {
                text.append(' ').append(text(p.buffer(), p.valueOffset(), p.valueLength()));
            }
        }
        return text.toString();
    }

    /** @return what happened since the last call, in one line */
    String take() {
        String all = String.join(", ", events);
        events.clear();
        return all;
    }

    @Override
    public void onConnected(MqttConnack connack) {
        events.add("connected" + (connack.sessionPresent() ? " present" : "") + users(connack.properties()));
    }

    @Override
    public void onRefused(MqttConnack connack) {
        events.add("refused " + MqttNames.ofReason(connack.reasonCode()) + users(connack.properties()));
    }

    @Override
    public int onMessage(byte[] topic, int at, int length, MqttPublish publish) {
        String payload = text(publish.buffer(), publish.payloadOffset(), publish.payloadLength());
        events.add("message " + text(topic, at, length) + "=" + payload + users(publish.properties()));
        onMessage.run();
        return answer;
    }

    @Override
    public void onDelivered(int token, int result, MqttAck ack) {
        String what = result < MqttError.RESERVED_TYPE
                ? MqttNames.ofError(result)
                : result < 0 ? Integer.toString(result) : "0x" + Integer.toHexString(result);
        events.add("delivered " + token + " " + what + (ack == null ? "" : users(ack.properties())));
        onDelivered.run();
    }

    @Override
    public void onSubscribed(int packetId, MqttSuback suback) {
        StringBuilder codes = new StringBuilder("subscribed " + packetId);
        for (int i = 0; i < suback.count(); i++) {
            codes.append(" 0x").append(Integer.toHexString(suback.code(i)));
        }
        events.add(codes + users(suback.properties()));
    }

    @Override
    public void onUnsubscribed(int packetId, MqttUnsuback unsuback) {
        events.add("unsubscribed " + packetId + " codes=" + unsuback.count());
    }

    @Override
    public void onAuth(MqttAuth auth) {
        events.add("auth 0x" + Integer.toHexString(auth.reasonCode()));
    }

    @Override
    public void onServerDisconnect(MqttDisconnect disconnect) {
        events.add("server says " + MqttNames.ofReason(disconnect.reasonCode()) + users(disconnect.properties()));
    }

    @Override
    public void onFailed(int error) {
        events.add("failed: " + MqttNames.ofError(error));
    }

    @Override
    public int readPayload(int token, int position, byte[] out, int offset, int length) {
        int n = Math.min(Math.min(length, pullMax), pulled.length - position);
        if (n > 0) {
            System.arraycopy(pulled, position, out, offset, n);
        }
        return n;
    }
}
