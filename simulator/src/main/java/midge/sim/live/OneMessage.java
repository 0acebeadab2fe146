package midge.sim.live;

import java.nio.charset.StandardCharsets;
import midge.mqtt.codec.MqttConnectWriter;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttVersion;
import midge.sim.stream.ClientStream;
import midge.sim.stream.StreamServer;
import midge.sim.stream.StreamUser;

/** Publishes one message at QoS 1 on a connection of its own, as {@code mosquitto_pub -q 1} does. */
final class OneMessage implements StreamUser {
    private static final int OVERHEAD = 64;
    private static final int KEEP_ALIVE_S = 60;
    private static final byte[] GOODBYE = {(byte) 0xE0, 0};
    /** CONNACK of MQTT 3.1.1: its last octet is the return code. */
    private static final int CONNACK_OCTETS = 4;

    private static final int CONNACK = 0x20;
    private static final int QOS_1 = 0x02;

    private final byte[] topic;
    private final byte[] payload;
    private final ClientStream stream;

    OneMessage(StreamServer broker, String topic, String payload) {
        this.topic = topic.getBytes(StandardCharsets.UTF_8);
        this.payload = payload.getBytes(StandardCharsets.UTF_8);
        stream = broker.connect(this);
    }

    @Override
    public void onOpen() {
        byte[] out = new byte[OVERHEAD];
        byte[] clientId =
                ("midge-page-" + Integer.toHexString(System.identityHashCode(this))).getBytes(StandardCharsets.UTF_8);
        int length = new MqttConnectWriter()
                .reset(MqttVersion.V3_1_1, true, KEEP_ALIVE_S)
                .clientId(clientId, 0, clientId.length)
                .encode(out, 0, out.length);
        stream.send(out, 0, length);
    }

    @Override
    public void onOctets(byte[] octets, int offset, int length) {
        if (length >= CONNACK_OCTETS && octets[offset] == CONNACK && octets[offset + CONNACK_OCTETS - 1] == 0) {
            publish();
        } else {
            goodbye(); // acknowledged, or refused
        }
    }

    private void publish() {
        byte[] out = new byte[topic.length + payload.length + OVERHEAD];
        int written =
                MqttPublish.encode(out, 0, out.length, QOS_1, topic, 0, topic.length, 1, payload, 0, payload.length);
        if (written > 0) {
            stream.send(out, 0, written);
        } else {
            goodbye();
        }
    }

    private void goodbye() {
        stream.send(GOODBYE, 0, GOODBYE.length);
        stream.close();
    }

    @Override
    public void onClosed() {
        // the broker is away; who pressed the button sees that nothing happens
    }
}
