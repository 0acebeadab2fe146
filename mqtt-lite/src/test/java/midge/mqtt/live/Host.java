package midge.mqtt.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import midge.mqtt.client.MqttClient;
import midge.mqtt.client.MqttClientConfig;
import midge.mqtt.client.MqttClientListener;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttAuth;
import midge.mqtt.codec.MqttConnack;
import midge.mqtt.codec.MqttDisconnect;
import midge.mqtt.codec.MqttNames;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttSuback;
import midge.mqtt.codec.MqttSubscribe;
import midge.mqtt.codec.MqttUnsuback;

/** A client on a TCP socket, driven by the test's own thread. */
final class Host implements MqttClientListener, AutoCloseable {
    final MqttClient client;
    final List<String> messages = new ArrayList<>();
    final List<Integer> delivered = new ArrayList<>();
    int subscribed;
    boolean present;
    String trouble = "";
    /** Sees every octet that moves, or {@code null}. */
    Witness witness;

    private final int port;
    private Socket socket;
    private final byte[] buffer = new byte[4096];

    Host(MqttClientConfig config, int port) {
        client = new MqttClient(config, this);
        this.port = port;
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }

    void connect() throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(5);
        socket.setTcpNoDelay(true);
        if (witness != null) {
            witness.opened();
        }
        client.onOpen(now());
        until(client::isConnected);
    }

    /** Moves octets until the condition holds; fails after ten seconds. */
    void until(BooleanSupplier condition) throws IOException {
        long end = now() + 10_000;
        while (!condition.getAsBoolean()) {
            turn();
            assertTrue(now() < end, () -> "waited in vain; " + trouble + " " + messages);
        }
    }

    void turn() throws IOException {
        transmit(Integer.MAX_VALUE);
        try {
            int n = socket.getInputStream().read(buffer);
            if (witness != null && n > 0) {
                witness.received(buffer, n);
            }
            for (int taken = 0; taken < n; ) {
                taken += client.onBytes(buffer, taken, n - taken, now());
                transmit(Integer.MAX_VALUE);
            }
        } catch (SocketTimeoutException quiet) {
            client.onTimeout(now());
        }
    }

    /** Sends at most {@code max} octets. */
    void transmit(int max) throws IOException {
        byte[] out = new byte[1024];
        int left = max;
        int n = client.pollTransmit(out, 0, Math.min(left, out.length));
        while (n > 0) {
            socket.getOutputStream().write(out, 0, n);
            if (witness != null) {
                witness.sent(out, n);
            }
            left -= n;
            n = client.pollTransmit(out, 0, Math.min(left, out.length));
        }
    }

    /** Breaks the connection without a word. */
    void cut() throws IOException {
        socket.close();
        client.onClosed(now());
    }

    void subscribe(String filter, int options) throws IOException {
        byte[] list = new byte[64];
        byte[] f = filter.getBytes(UTF_8);
        int length = MqttSubscribe.entry(list, 0, list.length, f, 0, f.length, options);
        assertTrue(client.subscribe(list, 0, length, list, 0, 0, now()) > 0);
        int before = subscribed;
        until(() -> subscribed > before);
    }

    /** The messages in the order in which each came first. */
    List<String> distinct() {
        return messages.stream().distinct().toList();
    }

    int publish(int qos, String topic, byte[] properties, String payload) {
        byte[] t = topic.getBytes(UTF_8);
        byte[] p = payload.getBytes(UTF_8);
        return client.publish(qos, false, t, 0, t.length, properties, 0, properties.length, p, 0, p.length, now());
    }

    @Override
    public void close() throws IOException {
        client.disconnect(now());
        transmit(Integer.MAX_VALUE);
        cut();
    }

    @Override
    public void onConnected(MqttConnack connack) {
        present = connack.sessionPresent();
    }

    @Override
    public void onRefused(MqttConnack connack) {
        trouble += " refused: " + MqttNames.ofReason(connack.reasonCode());
    }

    @Override
    public int onMessage(byte[] topic, int at, int length, MqttPublish p) {
        messages.add(new String(topic, at, length, UTF_8) + " "
                + p.qos() + " "
                + new String(p.buffer(), p.payloadOffset(), p.payloadLength(), UTF_8));
        return 0;
    }

    @Override
    public void onDelivered(int token, int result, MqttAck ack) {
        delivered.add(result);
    }

    @Override
    public void onSubscribed(int packetId, MqttSuback suback) {
        subscribed++;
    }

    @Override
    public void onUnsubscribed(int packetId, MqttUnsuback unsuback) {}

    @Override
    public void onAuth(MqttAuth auth) {}

    @Override
    public void onServerDisconnect(MqttDisconnect disconnect) {
        trouble += " server says " + MqttNames.ofReason(disconnect.reasonCode());
    }

    @Override
    public void onFailed(int error) {
        trouble += " failed: " + MqttNames.ofError(error);
    }

    @Override
    public int readPayload(int token, int position, byte[] out, int offset, int length) {
        for (int i = 0; i < length; i++) {
            out[offset + i] = (byte) ('a' + (position + i) % 26);
        }
        return length;
    }
}
