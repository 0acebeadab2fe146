package midge.bench.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import midge.mqtt.client.MqttClient;
import midge.mqtt.client.MqttClientConfig;
import midge.mqtt.client.MqttQuietListener;
import midge.mqtt.codec.MqttConnack;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttSuback;
import midge.mqtt.codec.MqttSubscribe;
import org.jspecify.annotations.Nullable;

/** The other end: one MQTT client at the broker that receives what goes up, or publishes what goes down. */
final class BrokerSide extends MqttQuietListener implements LoadLoop.Member {
    /** Takes what came. */
    interface Received {
        void message(int client, int number);
    }

    private static final byte[] FILTER = "load/+".getBytes(StandardCharsets.US_ASCII);
    private static final int SLOT = 64;

    private final MqttClient client;
    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocate(256 * 1024);
    private final ByteBuffer out = ByteBuffer.allocate(256 * 1024);
    private final Queue<LoadClient> waiting = new ArrayDeque<>();
    private final byte[] payload = new byte[LoadCase.PAYLOAD];
    private final Received received;
    private @Nullable SelectionKey key;
    private boolean subscribed;
    private boolean connected;
    private int qos;

    /**
     * @param inFlight messages that may be unacknowledged at one time
     */
    BrokerSide(InetSocketAddress broker, int inFlight, Received received) throws IOException {
        this.received = received;
        client = new MqttClient(
                new MqttClientConfig.Builder()
                        .clientId("load-broker-side".getBytes(StandardCharsets.US_ASCII))
                        .window(inFlight)
                        .slotBytes(SLOT)
                        .sendBytes(1024 * 1024)
                        .receiveMax(2 * inFlight)
                        .keepAliveS(600)
                        .build(),
                this);
        channel = SocketChannel.open(broker);
        channel.configureBlocking(false);
        channel.socket().setTcpNoDelay(true);
        out.flip();
    }

    void register(Selector selector, long nowMs) throws IOException {
        key = channel.register(selector, SelectionKey.OP_READ, this);
        client.onOpen(nowMs);
        transmit();
    }

    boolean isConnected() {
        return connected;
    }

    boolean isSubscribed() {
        return subscribed;
    }

    void subscribe(int maximumQos, long nowMs) throws IOException {
        byte[] list = new byte[64];
        int length = MqttSubscribe.entry(list, 0, list.length, FILTER, 0, FILTER.length, maximumQos);
        client.subscribe(list, 0, length, list, 0, 0, nowMs);
        transmit();
    }

    /** Publishes the next message for a client with the next {@link #flush}, or later when there is no room. */
    void publish(LoadClient to, int messageQos) {
        qos = messageQos;
        waiting.add(to);
    }

    /** Sends what has gathered since the last call. */
    void flush(long nowMs) throws IOException {
        if (key == null) {
            return;
        }
        while (!waiting.isEmpty() && publishNext(waiting.element(), nowMs)) {
            waiting.remove();
        }
        transmit();
    }

    private boolean publishNext(LoadClient to, long nowMs) {
        to.track.sent(System.nanoTime());
        to.track.write(payload);
        byte[] topic = to.topic();
        int token = client.publish(qos, false, topic, 0, topic.length, payload, 0, payload.length, nowMs);
        if (token < 0) {
            to.track.takeBack();
        }
        return token >= 0;
    }

    @Override
    public void onReady(SelectionKey ready, long nowMs) throws IOException {
        if (ready.isReadable()) {
            in.clear();
            int length = channel.read(in);
            if (length < 0) {
                throw new IOException("the broker closed the connection of the load generator");
            }
            for (int taken = 0; taken < length; ) {
                taken += client.onBytes(in.array(), taken, length - taken, nowMs);
                transmit();
            }
        }
    }

    @Override
    public void onTurn(long nowMs) {
        client.onTimeout(nowMs);
    }

    private void transmit() throws IOException {
        while (out.hasRemaining() || fill()) {
            channel.write(out);
            if (out.hasRemaining()) {
                break;
            }
        }
        Objects.requireNonNull(key, "registered")
                .interestOps(out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    private boolean fill() {
        out.clear();
        out.limit(client.pollTransmit(out.array(), 0, out.capacity()));
        return out.hasRemaining();
    }

    @Override
    public void onConnected(MqttConnack connack) {
        connected = true;
    }

    @Override
    public void onSubscribed(int packetId, MqttSuback suback) {
        subscribed = true;
    }

    @Override
    public int onMessage(byte[] topic, int topicOffset, int topicLength, MqttPublish publish) {
        byte[] octets = publish.buffer();
        int offset = publish.payloadOffset();
        received.message(Track.index(octets, offset), Track.number(octets, offset));
        return 0;
    }

    @Override
    public void onFailed(int error) {
        throw new IllegalStateException("the connection of the load generator to the broker failed, error " + error);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
