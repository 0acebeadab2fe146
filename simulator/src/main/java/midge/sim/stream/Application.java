package midge.sim.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import midge.mqtt.client.MqttClient;
import midge.mqtt.client.MqttClientConfig;
import midge.mqtt.client.MqttClientListener;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttAuth;
import midge.mqtt.codec.MqttConnack;
import midge.mqtt.codec.MqttDisconnect;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttSuback;
import midge.mqtt.codec.MqttUnsuback;
import midge.sim.Alarm;
import midge.sim.World;
import org.jspecify.annotations.Nullable;

/** An application at the broker that publishes: an MQTT client with a kept session, over a stream with all its faults. */
public final class Application implements StreamUser, MqttClientListener {
    private static final int RECONNECT_MS = 500;

    /**
     * One message.
     *
     * @param qos 0, 1 or 2
     */
    public record Publication(String topic, String text, int qos) {}

    private final World world;
    private final BrokerNode broker;
    private final MqttClient client;
    private final Alarm alarm;
    private final Deque<Publication> waiting = new ArrayDeque<>();
    private final Map<Integer, Publication> underWay = new HashMap<>();
    private final byte[] out = new byte[1_024];
    private final byte[] inbox = new byte[4_096];
    private int inboxLength;
    private int outFrom;
    private int outLength;
    private @Nullable SimStream stream;
    private boolean open;

    /**
     * Connects, and again whenever the connection is lost.
     *
     * @param name its client id
     */
    public Application(World world, BrokerNode broker, String name) {
        this.world = world;
        this.broker = broker;
        client = new MqttClient(
                new MqttClientConfig.Builder()
                        .clientId(name.getBytes(StandardCharsets.UTF_8))
                        .clean(false)
                        .adoptSession(true)
                        .keepAliveS(10)
                        .window(8)
                        .build(),
                this);
        alarm = new Alarm(world, this::onDeadline);
        stream = broker.connect(this);
    }

    /** Publishes, as soon as there is a connection and whatever happens to it. */
    public void publish(Publication publication) {
        waiting.add(publication);
        settle();
    }

    /** {@return whether the broker has confirmed everything} */
    public boolean isIdle() {
        return waiting.isEmpty() && underWay.isEmpty();
    }

    private void onDeadline() {
        if (stream == null) {
            stream = broker.connect(this);
            return;
        }
        client.onTimeout(world.nowMs());
        settle();
    }

    private void settle() {
        SimStream now = stream;
        if (!open || now == null) {
            return;
        }
        boolean moved = true;
        while (moved) {
            moved = take();
            moved |= give();
            moved |= send(now);
        }
        if (client.wantsClose()) {
            now.close();
            onClosed();
        } else {
            alarm.set(client.nextDeadlineMs());
        }
    }

    /** Octets that came, to the client. */
    private boolean take() {
        if (inboxLength == 0) {
            return false;
        }
        int taken = client.onBytes(inbox, 0, inboxLength, world.nowMs());
        inboxLength -= taken;
        System.arraycopy(inbox, taken, inbox, 0, inboxLength);
        return taken > 0;
    }

    /** What waits, to the client. */
    private boolean give() {
        Publication publication = waiting.peek();
        if (publication == null || !client.isConnected()) {
            return false;
        }
        byte[] topic = publication.topic().getBytes(StandardCharsets.UTF_8);
        byte[] text = publication.text().getBytes(StandardCharsets.UTF_8);
        int token =
                client.publish(publication.qos(), false, topic, 0, topic.length, text, 0, text.length, world.nowMs());
        if (token < 0) {
            return false;
        }
        waiting.remove();
        if (token > 0) {
            underWay.put(token, publication);
        }
        return true;
    }

    private boolean send(SimStream to) {
        if (outLength == 0) {
            outFrom = 0;
            outLength = client.pollTransmit(out, 0, out.length);
        }
        int sent = outLength == 0 ? 0 : to.send(out, outFrom, outLength);
        outFrom += sent;
        outLength -= sent;
        return sent > 0;
    }

    @Override
    public void onOpen() {
        open = true;
        client.onOpen(world.nowMs());
        settle();
    }

    @Override
    public void onOctets(byte[] octets, int offset, int length) {
        if (length > inbox.length - inboxLength) {
            throw new IllegalStateException("the broker sends more than acknowledgements");
        }
        System.arraycopy(octets, offset, inbox, inboxLength, length);
        inboxLength += length;
        settle();
    }

    @Override
    public void onWritable() {
        settle();
    }

    @Override
    public void onClosed() {
        if (open) {
            client.onClosed(world.nowMs());
        }
        open = false;
        stream = null;
        inboxLength = 0;
        outLength = 0;
        alarm.set(world.nowMs() + RECONNECT_MS);
    }

    @Override
    public void onDelivered(int token, int result, @Nullable MqttAck ack) {
        Publication publication = underWay.remove(token);
        if (publication == null || result != 0) {
            throw new IllegalStateException("the broker answered " + result + " to " + publication);
        }
    }

    @Override
    public void onConnected(MqttConnack connack) {}

    @Override
    public void onRefused(MqttConnack connack) {}

    @Override
    public int onMessage(byte[] topic, int topicOffset, int topicLength, MqttPublish publish) {
        return 0;
    }

    @Override
    public void onSubscribed(int packetId, MqttSuback suback) {}

    @Override
    public void onUnsubscribed(int packetId, MqttUnsuback unsuback) {}

    @Override
    public void onAuth(MqttAuth auth) {}

    @Override
    public void onServerDisconnect(MqttDisconnect disconnect) {}

    @Override
    public void onFailed(int error) {}

    @Override
    public int readPayload(int token, int position, byte[] into, int offset, int length) {
        return 0;
    }
}
