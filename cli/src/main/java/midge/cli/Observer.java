package midge.cli;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;
import midge.mqtt.client.MqttClientConfig;

/** Watches the broker from a thread of its own, as any subscriber would, and comes back when the broker was away. */
final class Observer implements AutoCloseable {
    private static final int PACKET_MAX = 64 * 1024;
    private static final int RETRY_MS = 250;
    private static final long STOP_MS = 3_000;

    private final InetSocketAddress broker;
    private final MqttLoop loop;
    private final Subscriber subscriber;
    private final Thread thread = new Thread(this::watch, "observer");
    private volatile boolean stopping;

    private Observer(InetSocketAddress broker, String filter, BiConsumer<String, String> sink) {
        subscriber = new Subscriber(
                List.of(filter),
                2,
                (topic, offset, length, publish) -> sink.accept(
                        new String(topic, offset, length, StandardCharsets.UTF_8),
                        new String(
                                publish.buffer(),
                                publish.payloadOffset(),
                                publish.payloadLength(),
                                StandardCharsets.UTF_8)));
        this.broker = broker;
        loop = new MqttLoop("mqtt:/" + broker, broker, configuration(false), subscriber);
    }

    /** The session is kept, so that a broker that was away still tells what came meanwhile. */
    private static MqttClientConfig configuration(boolean clean) {
        return new MqttClientConfig.Builder()
                .clientId(("midge-demo-" + ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8))
                .clean(clean)
                .adoptSession(true)
                .keepAliveS(30)
                .packetSizeMax(PACKET_MAX)
                .receiveMax(100)
                .sendBytes(8 * 1024)
                .build();
    }

    /** Subscribes, and returns when the broker has confirmed it. */
    static Observer start(InetSocketAddress broker, String filter, BiConsumer<String, String> sink) {
        Observer observer = new Observer(broker, filter, sink);
        observer.loop.connect();
        observer.subscribe();
        observer.subscriber.complain();
        observer.thread.setDaemon(true);
        observer.thread.start();
        return observer;
    }

    private void subscribe() {
        subscriber.subscribe(loop.client(), loop.nowMs());
        loop.run(() -> subscriber.isAnswered() || loop.isClosed(), loop.nowMs() + 5_000);
    }

    private void watch() {
        while (!stopping) {
            loop.run(() -> stopping || loop.isClosed(), Long.MAX_VALUE);
            if (!stopping) {
                loop.run(() -> stopping, loop.nowMs() + RETRY_MS);
                try {
                    loop.connect();
                    subscriber.subscribe(loop.client(), loop.nowMs());
                } catch (UserError stillAway) {
                    // the next round tries again
                }
            }
        }
        loop.close();
        forgetSession();
    }

    /** A clean session under the same name takes the kept one off the broker. */
    private void forgetSession() {
        try (MqttLoop last = new MqttLoop("mqtt:/" + broker, broker, configuration(true), new MqttEvents())) {
            last.connect();
        } catch (UserError away) {
            // the broker went first; it forgets by itself when it was ours
        }
    }

    /** Stops watching and takes its session off the broker. */
    @Override
    public void close() {
        stopping = true;
        loop.wake();
        try {
            thread.join(STOP_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
