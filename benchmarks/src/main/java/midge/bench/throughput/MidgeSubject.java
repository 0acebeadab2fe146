package midge.bench.throughput;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import midge.board.jvm.JvmClock;
import midge.board.jvm.MqttPump;
import midge.board.jvm.SelectorIdle;
import midge.board.jvm.TcpLink;
import midge.mqtt.client.MqttClient;
import midge.mqtt.client.MqttClientConfig;
import midge.mqtt.client.MqttQuietListener;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttSuback;
import midge.mqtt.codec.MqttSubscribe;
import org.jspecify.annotations.Nullable;

/** Midge: {@link MqttClient} over {@link TcpLink}, on the calling thread. */
final class MidgeSubject implements Subject {
    private static final long PATIENCE_MS = 60_000;

    private final byte[] topic = Load.topic();
    private final byte[] payload = Load.payload();
    private final JvmClock clock = new JvmClock();
    private final SelectorIdle idle = new SelectorIdle(clock);
    private final Events events = new Events();
    private final MqttClient client = new MqttClient(
            new MqttClientConfig.Builder()
                    .clientId("midge".getBytes(StandardCharsets.US_ASCII))
                    .window(Load.WINDOW)
                    .slotBytes(128)
                    .sendBytes(8 * 1024)
                    .receiveMax(Load.WINDOW)
                    .build(),
            events);
    private @Nullable TcpLink link;
    private @Nullable MqttPump pump;
    private int qos;
    private int unsent;
    private int unconfirmed;

    @Override
    public void connect(int port) {
        link = new TcpLink(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), idle);
        pump = new MqttPump(client, link, idle, clock);
        link.open();
        run(client::isConnected);
    }

    private void run(BooleanSupplier done) {
        if (pump == null || !pump.run(done, clock.nowMs() + PATIENCE_MS)) {
            throw new IllegalStateException("too slow");
        }
    }

    @Override
    public void publish(Load load, int messages) {
        qos = load.qos();
        unsent = messages;
        unconfirmed = qos == 0 ? 0 : messages;
        run(this::publishAsManyAsFit);
        if (qos == 0) {
            client.publish(1, false, topic, 0, topic.length, payload, 0, payload.length, clock.nowMs());
            run(() -> client.unfinished() == 0);
        }
    }

    private boolean publishAsManyAsFit() {
        long nowMs = clock.nowMs();
        while (unsent > 0
                && client.publish(qos, false, topic, 0, topic.length, payload, 0, payload.length, nowMs) >= 0) {
            unsent--;
        }
        return unsent == 0 && unconfirmed == 0;
    }

    @Override
    public void subscribe(Load load, Meter meter) {
        events.meter = meter;
        byte[] list = new byte[64];
        int length = MqttSubscribe.entry(list, 0, list.length, topic, 0, topic.length, load.qos());
        client.subscribe(list, 0, length, list, 0, 0, clock.nowMs());
        run(() -> events.subscribed);
    }

    @Override
    public void receive(Meter meter) {
        run(meter::isDone);
    }

    @Override
    public void close() {
        client.disconnect(clock.nowMs());
        if (pump != null && link != null) {
            TcpLink open = link;
            run(() -> open.state() == TcpLink.CLOSED);
        }
        idle.close();
    }

    private final class Events extends MqttQuietListener {
        private @Nullable Meter meter;
        private boolean subscribed;

        @Override
        public void onDelivered(int token, int result, @Nullable MqttAck ack) {
            unconfirmed--;
        }

        @Override
        public int onMessage(byte[] name, int offset, int length, MqttPublish publish) {
            if (meter != null) {
                meter.onMessage(publish.payloadLength());
            }
            return 0;
        }

        @Override
        public void onSubscribed(int packetId, MqttSuback suback) {
            subscribed = true;
        }

        @Override
        public void onFailed(int error) {
            throw new IllegalStateException("connection ended, error " + error);
        }
    }
}
