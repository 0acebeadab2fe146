package midge.mqtt.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import midge.mqtt.codec.MqttSubscribe;
import midge.mqtt.codec.MqttUnsubscribe;
import midge.profile.Hex;

/** A client and a peer that follows a script, under virtual time. */
final class Script {
    static final byte[] NONE = new byte[0];

    final Recorder heard = new Recorder();
    final MqttClient client;
    long nowMs = 1L << 40;

    Script(MqttClientConfig.Builder config) {
        this(config, null);
    }

    Script(MqttClientConfig.Builder config, SessionStore store) {
        client = new MqttClient(config.build(), heard, store);
    }

    static MqttClientConfig.Builder v311() {
        return new MqttClientConfig.Builder().clientId(bytes("c")).keepAliveS(0);
    }

    static MqttClientConfig.Builder v5() {
        return v311().version(5);
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** Opens and is accepted. */
    Script connected(String connack) {
        client.onOpen(nowMs);
        sent();
        answers(connack);
        return this;
    }

    Script connected(int version) {
        return connected(version == 5 ? "20 03 00 00 00" : "20 02 00 00");
    }

    /** @return everything that the client has to send, as hex */
    String sent() {
        return sent(1 << 16);
    }

    /** As {@link #sent()}, in pieces of {@code chunk} octets. */
    String sent(int chunk) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        byte[] out = new byte[chunk];
        int n = client.pollTransmit(out, 0, chunk);
        while (n > 0) {
            all.write(out, 0, n);
            n = client.pollTransmit(out, 0, chunk);
        }
        return Hex.of(all.toByteArray());
    }

    Script sends(String hex) {
        assertEquals(hex, sent());
        return this;
    }

    Script answers(String hex) {
        byte[] octets = Hex.bytes(hex);
        assertEquals(octets.length, client.onBytes(octets, 0, octets.length, nowMs));
        return this;
    }

    Script hears(String events) {
        assertEquals(events, heard.take());
        return this;
    }

    /** Lets the stream be cut. */
    Script cut() {
        client.onClosed(nowMs);
        return this;
    }

    Script after(long ms) {
        nowMs += ms;
        client.onTimeout(nowMs);
        return this;
    }

    int publish(int qos, String topic, String payload) {
        byte[] t = bytes(topic);
        byte[] p = bytes(payload);
        return client.publish(qos, false, t, 0, t.length, p, 0, p.length, nowMs);
    }

    int publish(int qos, boolean retain, String topic, String properties, String payload) {
        byte[] t = bytes(topic);
        byte[] p = bytes(payload);
        byte[] bare = Hex.bytes(properties);
        return client.publish(qos, retain, t, 0, t.length, bare, 0, bare.length, p, 0, p.length, nowMs);
    }

    int publishPulled(int qos, String topic, int length) {
        byte[] t = bytes(topic);
        return client.publishPulled(qos, false, t, 0, t.length, NONE, 0, 0, length, nowMs);
    }

    int subscribe(int options, String properties, String... filters) {
        byte[] list = new byte[256];
        byte[] bare = Hex.bytes(properties);
        int length = 0;
        for (String filter : filters) {
            byte[] f = bytes(filter);
            length += MqttSubscribe.entry(list, length, list.length - length, f, 0, f.length, options);
        }
        return client.subscribe(list, 0, length, bare, 0, bare.length, nowMs);
    }

    int unsubscribe(String... filters) {
        byte[] list = new byte[256];
        int length = 0;
        for (String filter : filters) {
            byte[] f = bytes(filter);
            length += MqttUnsubscribe.entry(list, length, list.length - length, f, 0, f.length);
        }
        return client.unsubscribe(list, 0, length, NONE, 0, 0, nowMs);
    }
}
