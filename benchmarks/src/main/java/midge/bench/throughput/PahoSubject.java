package midge.bench.throughput;

import java.util.concurrent.Semaphore;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;

/** Paho's asynchronous client with its memory persistence; the window is a semaphore, and its own limit. */
final class PahoSubject implements Subject {
    private @Nullable MqttAsyncClient client;

    @Override
    public void connect(int port) throws MqttException {
        client = new MqttAsyncClient("tcp://127.0.0.1:" + port, "paho", new MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        // One more than the window: its own count goes down only after the listener was told.
        options.setMaxInflight(2 * Load.WINDOW);
        client.connect(options).waitForCompletion();
    }

    private MqttAsyncClient client() {
        if (client == null) {
            throw new IllegalStateException("not connected");
        }
        return client;
    }

    @Override
    public void publish(Load load, int messages) throws MqttException, InterruptedException {
        byte[] payload = Load.payload();
        Semaphore window = new Semaphore(Load.WINDOW);
        IMqttActionListener release = new IMqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                window.release();
            }

            @Override
            public void onFailure(IMqttToken token, Throwable failure) {
                throw new IllegalStateException(failure);
            }
        };
        for (int i = 0; i < messages; i++) {
            window.acquire();
            client().publish(Load.TOPIC, payload, load.qos(), false, null, release);
        }
        window.acquire(Load.WINDOW);
        if (load.qos() == 0) {
            client().publish(Load.TOPIC, payload, 1, false).waitForCompletion();
        }
    }

    @Override
    public void subscribe(Load load, Meter meter) throws MqttException {
        client().subscribe(Load.TOPIC, load.qos(), (topic, message) -> meter.onMessage(message.getPayload().length))
                .waitForCompletion();
    }

    @Override
    public void close() throws MqttException {
        client().disconnect().waitForCompletion();
        client().close();
    }
}
