package midge.bench.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import midge.mqttsn.client.SnClient;
import midge.mqttsn.client.SnClientConfig;
import midge.mqttsn.client.SnQuietListener;
import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnReturnCode;

/** One simulated device: an {@link SnClient} on a socket of its own, which is what makes it another client to the gateway. */
final class LoadClient extends SnQuietListener implements LoadLoop.Member {
    /** What the clients do, and for what they wait. */
    interface Work {
        void connected(LoadClient client);

        void subscribed(LoadClient client);

        /** The message that {@link LoadClient#publish} sent is acknowledged. */
        void delivered(LoadClient client);

        void received(LoadClient client, int number);

        /** Refused, or the gateway counts as lost. */
        void failed(LoadClient client, String why);

        void disconnected(LoadClient client);

        /** Some time has passed. */
        void turned(LoadClient client);
    }

    private static final int RETRY_MS = 2_000;
    private static final int RETRIES = 10;
    private static final int KEEP_ALIVE_S = 600;

    /** What {@link Work} remembers of this client. */
    final Track track;

    private final Work work;
    private final SnClient client;
    private final DatagramChannel channel;
    private final ByteBuffer buffer;
    private final byte[] topic;
    private final byte[] payload = new byte[LoadCase.PAYLOAD];

    LoadClient(int index, String idPrefix, InetSocketAddress gateway, ByteBuffer buffer, Work work) throws IOException {
        this.work = work;
        this.buffer = buffer;
        track = new Track(index);
        topic = ("load/" + index).getBytes(StandardCharsets.US_ASCII);
        client = new SnClient(
                SnClientConfig.builder(idPrefix + index)
                        .keepAliveS(KEEP_ALIVE_S)
                        .retryMs(RETRY_MS)
                        .retries(RETRIES)
                        .outboxOctets(96)
                        .topics(2)
                        .topicOctets(32)
                        .build(),
                this);
        channel = DatagramChannel.open();
        channel.configureBlocking(false);
        channel.connect(gateway);
    }

    void register(Selector selector) throws IOException {
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    void connect(long nowMs) {
        client.connect(nowMs);
    }

    void subscribe(int qos, long nowMs) {
        client.subscribe(topic, 0, topic.length, SnFlags.ofQos(qos), nowMs);
    }

    /** Publishes the next message and notes when. */
    void publish(int qos, long nowMs) {
        track.sent(System.nanoTime());
        track.write(payload);
        client.publish(topic, 0, topic.length, SnFlags.ofQos(qos), payload, 0, payload.length, nowMs);
    }

    void disconnect(long nowMs) {
        client.disconnect(nowMs);
    }

    boolean isActive() {
        return client.state() == SnClient.ACTIVE;
    }

    /** {@return whether it has no connection and wants none} */
    boolean isIdle() {
        return client.state() == SnClient.DISCONNECTED || client.state() == SnClient.LOST;
    }

    byte[] topic() {
        return topic;
    }

    int retransmissions() {
        return client.counters().retransmissions();
    }

    /** Reads one datagram: the selector tells again when there are more. */
    @Override
    public void onReady(SelectionKey key, long nowMs) throws IOException {
        buffer.clear();
        int length;
        try {
            length = channel.read(buffer);
        } catch (IOException nobodyListens) {
            length = 0;
        }
        if (length > 0) {
            client.onDatagram(buffer.array(), 0, length, nowMs);
            transmit();
        }
    }

    @Override
    public void onTurn(long nowMs) throws IOException {
        if (nowMs >= client.nextDeadlineMs()) {
            client.onTimeout(nowMs);
        }
        work.turned(this);
        transmit();
    }

    /** Sends what waits. */
    void transmit() throws IOException {
        for (int length; (length = client.pollTransmit(buffer.array(), 0, buffer.capacity())) > 0; ) {
            buffer.clear().limit(length);
            try {
                channel.write(buffer);
            } catch (IOException nobodyListens) {
                return; // as lost as on any radio; it is sent again
            }
        }
    }

    @Override
    public void onConnected(boolean resumed, long nowMs) {
        work.connected(this);
    }

    @Override
    public void onDisconnected(int cause, int returnCode, long nowMs) {
        if (cause == REQUESTED) {
            work.disconnected(this);
        } else {
            work.failed(this, "disconnected, cause " + cause + ", return code " + returnCode);
        }
    }

    @Override
    public void onDelivered(int token, int returnCode, long nowMs) {
        if (returnCode == SnReturnCode.ACCEPTED) {
            work.delivered(this);
        } else {
            work.failed(this, "PUBLISH is refused with return code " + returnCode);
        }
    }

    @Override
    public void onSubscribed(int token, int topicId, int grantedQos, int returnCode, long nowMs) {
        if (returnCode == SnReturnCode.ACCEPTED) {
            work.subscribed(this);
        } else {
            work.failed(this, "SUBSCRIBE is refused with return code " + returnCode);
        }
    }

    @Override
    public void onMessage(
            int flags,
            int topicId,
            byte[] name,
            int topicOffset,
            int topicLength,
            byte[] data,
            int dataOffset,
            int dataLength,
            long nowMs) {
        work.received(this, Track.number(data, dataOffset));
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
