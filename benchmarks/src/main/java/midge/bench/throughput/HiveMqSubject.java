package midge.bench.throughput;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** HiveMQ's client through its asynchronous interface; the window is a semaphore. */
final class HiveMqSubject implements Subject {
    private @Nullable Mqtt3AsyncClient client;

    @Override
    public void connect(int port) {
        client = MqttClient.builder()
                .useMqttVersion3()
                .identifier("hivemq")
                .serverHost("127.0.0.1")
                .serverPort(port)
                .buildAsync();
        client.connect().join();
    }

    private Mqtt3AsyncClient client() {
        if (client == null) {
            throw new IllegalStateException("not connected");
        }
        return client;
    }

    @Override
    public void publish(Load load, int messages) throws InterruptedException {
        Mqtt3Publish message = message(load.qos());
        Semaphore window = new Semaphore(Load.WINDOW);
        for (int i = 0; i < messages; i++) {
            window.acquire();
            client().publish(message).whenComplete((done, failure) -> {
                if (failure != null) {
                    throw new IllegalStateException(failure);
                }
                window.release();
            });
        }
        window.acquire(Load.WINDOW);
        if (load.qos() == 0) {
            client().publish(message(1)).join();
        }
    }

    private static Mqtt3Publish message(int qos) {
        return Mqtt3Publish.builder()
                .topic(Load.TOPIC)
                .qos(qos(qos))
                .payload(Load.payload())
                .build();
    }

    private static MqttQos qos(int code) {
        return code == 0 ? MqttQos.AT_MOST_ONCE : code == 1 ? MqttQos.AT_LEAST_ONCE : MqttQos.EXACTLY_ONCE;
    }

    @Override
    public void subscribe(Load load, Meter meter) {
        client().publishes(MqttGlobalPublishFilter.ALL, publish -> meter.onMessage(publish.getPayloadAsBytes().length));
        client().subscribeWith()
                .topicFilter(Load.TOPIC)
                .qos(qos(load.qos()))
                .send()
                .join();
    }

    @Override
    public void close() {
        client().disconnect().join();
    }
}
