package midge.sim.gateway;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import midge.hal.link.DatagramLink;
import midge.mqttsn.client.SnClient;
import midge.mqttsn.client.SnClientConfig;
import midge.mqttsn.client.SnQuietListener;
import midge.mqttsn.codec.SnFlags;
import midge.sim.NodeClock;
import midge.sim.SimNode;
import midge.sim.World;
import midge.sim.net.SimLink;
import midge.sim.net.SimNetwork;

/**
 * A device that is nothing but a client and its loop: connects, subscribes to {@code down/<name>}, publishes the readings asked for one
 * after the other to {@code up/<name>}, then stays, or sleeps in cycles when it is a sleeper.
 */
final class PairDevice extends SnQuietListener {
    private static final int SLEEP_S = 20;

    final String name;
    final List<String> delivered = new ArrayList<>();
    final List<String> heard = new ArrayList<>();
    int collected;
    int lost;
    int connects;

    private final SnClient client;
    private final SimLink link;
    private final SimNode node;
    private final World world;
    private final boolean sleeper;
    private final boolean clean;
    private final Footprint atFirst;
    private final byte[] frame = new byte[255];
    private final Map<Integer, String> published = new HashMap<>();
    private boolean subscribed;
    private int readings;
    private int next;
    private long connectAtMs;

    PairDevice(World world, SimNetwork network, int gatewayNode, String name, boolean sleeper, boolean clean) {
        this.world = world;
        this.name = name;
        this.sleeper = sleeper;
        this.clean = clean;
        link = network.device(name, gatewayNode);
        client = new SnClient(
                SnClientConfig.builder(name)
                        .cleanSession(clean)
                        .retryMs(1_000)
                        .retries(20)
                        .waitMs(2_000)
                        .keepAliveS(60)
                        .build(),
                this);
        // A clock that is off by 50 ppm and begins near the end of an int: both must not matter.
        node = new SimNode(world, new NodeClock(world, Integer.MAX_VALUE - 30_000L, sleeper ? 50 : -50), this::turn);
        link.setListener(node::wake);
        atFirst = Footprint.of(client, this, frame);
    }

    /** Has {@code more} readings published; a sleeper becomes active for them. */
    void ask(int more) {
        readings += more;
        node.wake();
    }

    boolean isClean() {
        return clean;
    }

    boolean isSleeper() {
        return sleeper;
    }

    /** Wake-ups that no answer came to, with all their resends. */
    int missedWakes() {
        return client.counters().missedWakes();
    }

    /** {@return whether the client holds as much as when it was made} */
    boolean isAsBigAsAtFirst() {
        Footprint now = Footprint.of(client, this, frame);
        // Views show the lent frame in place of an empty array of their own.
        return now.elements() == atFirst.elements() && now.objects() <= atFirst.objects();
    }

    void start(long atMs) {
        node.start(atMs);
    }

    boolean isSubscribed() {
        return subscribed;
    }

    boolean isDone() {
        return delivered.size() == readings;
    }

    private long turn(long nowMs) {
        for (int n = link.receive(frame, 0, frame.length); n > 0; n = link.receive(frame, 0, frame.length)) {
            client.onDatagram(frame, 0, n, nowMs);
        }
        if (nowMs >= client.nextDeadlineMs()) {
            client.onTimeout(nowMs);
        }
        act(nowMs);
        for (int n = client.pollTransmit(frame, 0, frame.length);
                n > 0;
                n = client.pollTransmit(frame, 0, frame.length)) {
            link.send(DatagramLink.GATEWAY, frame, 0, n);
        }
        return idle() ? Math.max(connectAtMs, nowMs + 1) : client.nextDeadlineMs();
    }

    private boolean idle() {
        return client.state() == SnClient.DISCONNECTED || client.state() == SnClient.LOST;
    }

    private void act(long nowMs) {
        boolean wanted = client.state() == SnClient.ASLEEP && next < readings;
        if (wanted || idle() && nowMs >= connectAtMs) {
            client.connect(nowMs);
        } else if (client.state() == SnClient.ACTIVE && subscribed && client.outboxCount() == 0) {
            if (next < readings) {
                publish(nowMs);
            } else if (sleeper && readings > 0) {
                client.sleep(SLEEP_S, nowMs);
            }
        }
    }

    private void publish(long nowMs) {
        int qos = next % 2 == 0 ? SnFlags.QOS_1 : SnFlags.QOS_2;
        String text = name + "-" + next + (qos == SnFlags.QOS_2 ? "-q2" : "-q1");
        byte[] topic = octets("up/" + name);
        byte[] data = octets(text);
        int token = client.publish(topic, 0, topic.length, qos, data, 0, data.length, nowMs);
        if (token >= 0) {
            published.put(token, text);
            next++;
        }
    }

    @Override
    public void onConnected(boolean resumed, long nowMs) {
        connects += resumed ? 0 : 1;
        if (!subscribed || clean && !resumed) {
            subscribed = false;
            byte[] filter = octets("down/" + name);
            client.subscribe(filter, 0, filter.length, SnFlags.QOS_2, nowMs);
        }
    }

    @Override
    public void onSubscribed(int token, int topicId, int grantedQos, int returnCode, long nowMs) {
        subscribed = returnCode == 0;
    }

    @Override
    public void onDisconnected(int cause, int returnCode, long nowMs) {
        lost += cause == GATEWAY_LOST ? 1 : 0;
        connectAtMs = nowMs + 3_000;
    }

    @Override
    public void onAsleep(int cause, long nowMs) {
        collected += cause == COLLECTED ? 1 : 0;
    }

    @Override
    public void onDelivered(int token, int returnCode, long nowMs) {
        String text = published.remove(token);
        if (text == null) {
            throw new IllegalStateException("a token was reported twice, or never given");
        }
        if (returnCode == 0) {
            delivered.add(text);
        } else {
            next--; // refused, for instance while the broker is away: say it again
            world.trace(9, link.node(), returnCode);
        }
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
        heard.add(new String(data, dataOffset, dataLength, StandardCharsets.US_ASCII));
    }

    static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
