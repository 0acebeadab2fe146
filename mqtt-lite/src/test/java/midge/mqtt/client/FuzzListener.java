package midge.mqtt.client;

import java.util.HashSet;
import java.util.Set;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttAuth;
import midge.mqtt.codec.MqttConnack;
import midge.mqtt.codec.MqttDisconnect;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttSuback;
import midge.mqtt.codec.MqttUnsuback;

/** An application and a session store that use every freedom they have, until {@link #calm}; it keeps count of the tokens. */
final class FuzzListener implements MqttClientListener, SessionStore {
    private static final byte[] TOPIC = {'r'};

    MqttClient client;
    private final Set<Integer> tokens = new HashSet<>();
    private int options;
    private int calls;
    private int failure;

    FuzzListener(int options) {
        this.options = options;
    }

    /** From now on nothing fails and nothing is asked for. */
    void calm() {
        options = 0;
        failure = 0;
    }

    int failure() {
        return failure;
    }

    int outstanding() {
        return tokens.size();
    }

    void began(int token) {
        if (token > 0 && !tokens.add(token)) {
            throw new AssertionError("token " + token + " is in use");
        }
    }

    void restored(int packetId) {
        began(packetId);
    }

    private boolean now(int option) {
        return (options & option) != 0 && ++calls % 3 == 0;
    }

    private void publishFromWithin() {
        if (now(0x2000)) {
            began(client.publish(calls % 2 + 1, false, TOPIC, 0, 1, TOPIC, 0, 1, 0));
        }
    }

    @Override
    public void onConnected(MqttConnack connack) {
        publishFromWithin();
    }

    @Override
    public void onRefused(MqttConnack connack) {}

    @Override
    public int onMessage(byte[] topic, int topicOffset, int topicLength, MqttPublish publish) {
        if (topicLength < 1 || topicOffset + topicLength > topic.length) {
            throw new AssertionError("a topic of " + topicLength + " at " + topicOffset);
        }
        publishFromWithin();
        if (now(0x8000)) {
            client.disconnect(0);
        }
        return now(0x4000) ? 0x80 : 0;
    }

    @Override
    public void onDelivered(int token, int result, MqttAck ack) {
        if (!tokens.remove(token)) {
            throw new AssertionError("token " + token + " is not in use");
        }
        publishFromWithin();
        if (now(0x8000)) {
            client.disconnect(0);
        }
    }

    @Override
    public void onSubscribed(int packetId, MqttSuback suback) {
        publishFromWithin();
    }

    @Override
    public void onUnsubscribed(int packetId, MqttUnsuback unsuback) {}

    @Override
    public void onAuth(MqttAuth auth) {
        if (auth.reasonCode() == 0x18) {
            client.authenticate(0x18, TOPIC, 0, 1, 0);
        }
    }

    @Override
    public void onServerDisconnect(MqttDisconnect disconnect) {}

    @Override
    public void onFailed(int error) {
        failure = error;
    }

    @Override
    public int readPayload(int token, int position, byte[] out, int offset, int length) {
        if (!tokens.contains(token)) {
            throw new AssertionError("payload of token " + token);
        }
        if (length < 1 || offset < 0 || offset + length > out.length) {
            throw new AssertionError("room of " + length + " at " + offset);
        }
        return now(0x2000) ? 0 : now(0x8000) ? -1 : Math.min(length, 50);
    }

    private int store() {
        return now(0x4000) ? -1 : 0;
    }

    @Override
    public int begin() {
        return store();
    }

    @Override
    public int end() {
        return store();
    }

    @Override
    public int putMessage(int packetId, byte[] packet, int offset, int length) {
        return store();
    }

    @Override
    public int releaseMessage(int packetId) {
        return store();
    }

    @Override
    public int removeMessage(int packetId) {
        return store();
    }

    @Override
    public int putReceived(int packetId) {
        return store();
    }

    @Override
    public int removeReceived(int packetId) {
        return store();
    }
}
