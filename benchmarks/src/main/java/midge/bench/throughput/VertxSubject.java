package midge.bench.throughput;

import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mqtt.MqttClient;
import io.vertx.mqtt.MqttClientOptions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * Vert.x, on its event loop as its documentation wants it. The future of {@code publish} is done when the packet is written, so at QoS
 * 1 and 2 the completion handler counts.
 */
final class VertxSubject implements Subject {
    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final MqttClient client = MqttClient.create(
            vertx, new MqttClientOptions().setClientId("vertx").setMaxInflightQueue(2 * Load.WINDOW));
    private final Buffer payload = Buffer.buffer(Load.payload());
    private CountDownLatch done = new CountDownLatch(1);
    private MqttQoS qos = MqttQoS.AT_MOST_ONCE;
    private int unsent;
    private int unfinished;
    private boolean filling;

    /** Does {@code work} on the event loop, and waits for what it began. */
    private void onLoop(Supplier<Future<?>> work) throws Exception {
        CompletableFuture<Object> finished = new CompletableFuture<>();
        loop.runOnContext(nothing -> work.get().onComplete(finished::complete, finished::completeExceptionally));
        finished.get();
    }

    @Override
    public void connect(int port) throws Exception {
        client.publishCompletionHandler(id -> onFinished());
        onLoop(() -> client.connect(port, "127.0.0.1"));
    }

    @Override
    public void publish(Load load, int messages) throws Exception {
        run(MqttQoS.valueOf(load.qos()), messages);
        if (load.qos() == 0) {
            run(MqttQoS.AT_LEAST_ONCE, 1);
        }
    }

    private void run(MqttQoS atQos, int messages) throws Exception {
        done = new CountDownLatch(1);
        onLoop(() -> {
            qos = atQos;
            unsent = messages;
            fill();
            return Future.succeededFuture();
        });
        done.await();
    }

    private void fill() {
        filling = true;
        while (unsent > 0 && unfinished < Load.WINDOW) {
            unsent--;
            unfinished++;
            Future<Integer> written = client.publish(Load.TOPIC, payload, qos, false, false);
            if (qos == MqttQoS.AT_MOST_ONCE) {
                written.onComplete(id -> onFinished());
            }
        }
        filling = false;
        if (unsent == 0 && unfinished == 0) {
            done.countDown();
        }
    }

    private void onFinished() {
        unfinished--;
        if (!filling) {
            fill();
        }
    }

    @Override
    public void subscribe(Load load, Meter meter) throws Exception {
        client.publishHandler(message -> meter.onMessage(message.payload().length()));
        onLoop(() -> client.subscribe(Load.TOPIC, load.qos()));
    }

    @Override
    public void close() throws Exception {
        onLoop(client::disconnect);
        vertx.close();
    }
}
