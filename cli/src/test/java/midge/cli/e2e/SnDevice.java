package midge.cli.e2e;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import midge.board.jvm.JvmClock;
import midge.board.jvm.SelectorIdle;
import midge.board.jvm.UdpLink;
import midge.hal.link.DatagramLink;
import midge.mqttsn.client.SnClient;
import midge.mqttsn.client.SnClientConfig;
import midge.mqttsn.client.SnQuietListener;
import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnReturnCode;

/** A client on UDP, driven by the test's own thread. Each request waits until the gateway has answered it. */
final class SnDevice extends SnQuietListener implements AutoCloseable {
    private static final long PATIENCE_MS = 10_000;
    private static final long PAUSE_MS = 20;

    private final JvmClock clock = new JvmClock();
    private final SelectorIdle idle = new SelectorIdle(clock);
    private final UdpLink link;
    private final SnClient client;
    private final byte[] frame = new byte[UdpLink.DEFAULT_MTU];
    private final List<String> messages = new ArrayList<>();
    private String refusal = "";

    SnDevice(InetSocketAddress gateway, SnClientConfig config) throws IOException {
        link = new UdpLink(gateway, idle);
        client = new SnClient(config, this);
    }

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    void connect() {
        done(client.connect(now()));
        until(SnClient.ACTIVE);
    }

    void publish(String topic, int qos, String payload) {
        publish(topic, qos, false, payload);
    }

    void publish(String topic, int qos, boolean retain, String payload) {
        byte[] name = octets(topic);
        byte[] data = octets(payload);
        int flags = SnFlags.ofQos(qos) | (retain ? SnFlags.RETAIN : 0);
        done(client.publish(name, 0, name.length, flags, data, 0, data.length, now()));
    }

    void subscribe(String filter, int qos) {
        byte[] octets = octets(filter);
        done(client.subscribe(octets, 0, octets.length, SnFlags.ofQos(qos), now()));
    }

    void unsubscribe(String filter) {
        byte[] octets = octets(filter);
        done(client.unsubscribe(octets, 0, octets.length, now()));
    }

    void updateWill(String topic, String message) {
        byte[] name = octets(topic);
        done(client.updateWillTopic(SnFlags.QOS_1, name, 0, name.length, now()));
        byte[] data = octets(message);
        done(client.updateWillMessage(data, 0, data.length, now()));
    }

    void sleep(int seconds) {
        done(client.sleep(seconds, now()));
        until(SnClient.ASLEEP);
    }

    /** Wakes and is asleep again, until it has collected so many messages as to have {@code count} of them. */
    void collect(int count) {
        long endMs = now() + PATIENCE_MS;
        do {
            done(client.wake(now()));
            until(SnClient.ASLEEP);
            idle.until(now() + PAUSE_MS);
        } while (messages.size() < count && now() < endMs);
    }

    void disconnect() {
        done(client.disconnect(now()));
        until(SnClient.DISCONNECTED);
    }

    /** {@return messages in the order of arrival, as {@code topic QoS payload}} */
    List<String> messages() {
        return messages;
    }

    void awaitMessages(int count) {
        run(() -> messages.size() >= count);
    }

    private void until(int state) {
        run(() -> client.state() == state);
    }

    private void done(int token) {
        if (token < 0) {
            throw new AssertionError("the client refuses: status " + token);
        }
        run(() -> client.outboxCount() == 0);
    }

    private long now() {
        return clock.nowMs();
    }

    private void run(BooleanSupplier done) {
        long endMs = now() + PATIENCE_MS;
        turn();
        while (!done.getAsBoolean()) {
            if (now() >= endMs) {
                throw new AssertionError("nothing more happens; state " + client.state() + ", messages " + messages);
            }
            idle.until(Math.min(endMs, client.nextDeadlineMs()));
            turn();
        }
        if (!refusal.isEmpty()) {
            throw new AssertionError(refusal);
        }
    }

    private void turn() {
        for (int length; (length = link.receive(frame, 0, frame.length)) > 0; ) {
            client.onDatagram(frame, 0, length, now());
        }
        if (now() >= client.nextDeadlineMs()) {
            client.onTimeout(now());
        }
        for (int length; (length = client.pollTransmit(frame, 0, frame.length)) > 0; ) {
            link.send(DatagramLink.GATEWAY, frame, 0, length);
        }
    }

    private void check(String what, int returnCode) {
        if (returnCode != SnReturnCode.ACCEPTED) {
            refusal = what + " is refused with return code " + returnCode;
        }
    }

    @Override
    public void onDelivered(int token, int returnCode, long nowMs) {
        check("PUBLISH", returnCode);
    }

    @Override
    public void onSubscribed(int token, int topicId, int grantedQos, int returnCode, long nowMs) {
        check("SUBSCRIBE", returnCode);
    }

    @Override
    public void onWillUpdated(int token, int returnCode, long nowMs) {
        check("the will's update", returnCode);
    }

    @Override
    public void onMessage(
            int flags,
            int topicId,
            byte[] topic,
            int topicOffset,
            int topicLength,
            byte[] data,
            int dataOffset,
            int dataLength,
            long nowMs) {
        messages.add(new String(topic, topicOffset, topicLength, StandardCharsets.UTF_8)
                + " " + SnFlags.qos(flags)
                + " " + new String(data, dataOffset, dataLength, StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        link.close();
        idle.close();
    }
}
