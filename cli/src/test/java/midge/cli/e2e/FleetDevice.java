package midge.cli.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import midge.board.jvm.SelectorIdle;
import midge.board.jvm.UdpLink;
import midge.hal.link.DatagramLink;
import midge.mqttsn.client.SnClient;
import midge.mqttsn.client.SnClientConfig;
import midge.mqttsn.client.SnQuietListener;
import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnReturnCode;

/**
 * One of many clients on UDP that one thread drives: has a session that is kept, publishes numbered readings, alternately at QoS 1 and 2, each
 * as soon as the one before is acknowledged, and takes commands at QoS 2. It connects again whenever the gateway is lost, and subscribes only
 * once: from then on it relies on the session.
 */
final class FleetDevice extends SnQuietListener implements AutoCloseable {
    private static final int RETRY_MS = 300;
    private static final int RETRIES = 3;
    private static final int REST_MS = 200;
    private static final int RECENT = 30;

    final String id;
    /** Payloads, in the order in which they were handed to the client. */
    final List<String> sent = new ArrayList<>();
    /** Payloads whose acknowledgement has come. */
    final List<String> acknowledged = new ArrayList<>();
    /** Payloads that have come. */
    final List<String> commands = new ArrayList<>();

    private final UdpLink link;
    private final SnClient client;
    private final byte[] topic;
    private final byte[] filter;
    private final byte[] frame = new byte[UdpLink.DEFAULT_MTU];
    private final Map<Integer, String> tokens = new HashMap<>();
    /** The last frames, for whoever reads a failure. */
    private final Deque<String> recent = new ArrayDeque<>();

    private boolean subscribing;
    private boolean subscribed;
    private long connectAtMs;
    private String refusal = "";

    FleetDevice(String id, InetSocketAddress gateway, SelectorIdle idle) throws IOException {
        this.id = id;
        topic = ("up/" + id).getBytes(UTF_8);
        filter = ("down/" + id).getBytes(UTF_8);
        link = new UdpLink(gateway, idle);
        client = new SnClient(
                SnClientConfig.builder(id)
                        .cleanSession(false)
                        .keepAliveS(60)
                        .retryMs(RETRY_MS)
                        .retries(RETRIES)
                        .waitMs(REST_MS)
                        .build(),
                this);
    }

    /** Does what is due. @param producing whether it goes on to take readings */
    void turn(boolean producing, long nowMs) {
        boolean isAway = client.state() == SnClient.DISCONNECTED || client.state() == SnClient.LOST;
        if (isAway && nowMs >= connectAtMs) {
            client.connect(nowMs);
        }
        for (int length; (length = link.receive(frame, 0, frame.length)) > 0; ) {
            note(" < ", length);
            client.onDatagram(frame, 0, length, nowMs);
        }
        if (nowMs >= client.nextDeadlineMs()) {
            client.onTimeout(nowMs);
        }
        if (client.state() == SnClient.ACTIVE && client.outboxCount() == 0) {
            if (!subscribing) {
                subscribing = client.subscribe(filter, 0, filter.length, SnFlags.QOS_2, nowMs) > 0;
            } else if (producing && subscribed) {
                publish(nowMs);
            }
        }
        for (int length; (length = client.pollTransmit(frame, 0, frame.length)) > 0; ) {
            note(" > ", length);
            link.send(DatagramLink.GATEWAY, frame, 0, length);
        }
    }

    private void note(String direction, int length) {
        if (recent.size() == RECENT) {
            recent.removeFirst();
        }
        recent.add(direction + HexFormat.of().formatHex(frame, 0, length));
    }

    private void publish(long nowMs) {
        int qos = 1 + sent.size() % 2;
        String payload = "q" + qos + " " + id + " " + sent.size();
        byte[] octets = payload.getBytes(UTF_8);
        int token = client.publish(topic, 0, topic.length, SnFlags.ofQos(qos), octets, 0, octets.length, nowMs);
        if (token > 0) {
            tokens.put(token, payload);
            sent.add(payload);
        }
    }

    boolean isSubscribed() {
        return subscribed;
    }

    /** {@return whether nothing waits for an acknowledgement} */
    boolean isIdle() {
        return client.outboxCount() == 0;
    }

    /** {@return what the gateway refused; empty when nothing} */
    String refusal() {
        return refusal;
    }

    private void check(String what, int returnCode) {
        if (returnCode != SnReturnCode.ACCEPTED) {
            refusal += id + ": " + what + " is refused with return code " + returnCode + "\n";
        }
    }

    @Override
    public void onDisconnected(int cause, int returnCode, long nowMs) {
        connectAtMs = nowMs + REST_MS;
    }

    @Override
    public void onDelivered(int token, int returnCode, long nowMs) {
        String payload = tokens.remove(token);
        check(payload, returnCode);
        acknowledged.add(payload);
    }

    @Override
    public void onSubscribed(int token, int topicId, int grantedQos, int returnCode, long nowMs) {
        check("SUBSCRIBE", returnCode);
        subscribed = true;
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
        commands.add(new String(data, dataOffset, dataLength, UTF_8));
    }

    @Override
    public String toString() {
        return "\n" + id + " in state " + client.state() + ", " + acknowledged.size() + " of " + sent.size()
                + " acknowledged, " + commands.size() + " commands:" + recent;
    }

    @Override
    public void close() throws IOException {
        link.close();
    }
}
