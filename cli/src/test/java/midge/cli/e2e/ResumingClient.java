package midge.cli.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import midge.board.jvm.JvmClock;
import midge.board.jvm.SelectorIdle;
import midge.board.jvm.TcpLink;
import midge.hal.link.StreamLink;
import midge.mqtt.client.MqttClient;
import midge.mqtt.client.MqttClientConfig;
import midge.mqtt.client.MqttClientListener;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttAuth;
import midge.mqtt.codec.MqttConnack;
import midge.mqtt.codec.MqttDisconnect;
import midge.mqtt.codec.MqttNames;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttSuback;
import midge.mqtt.codec.MqttSubscribe;
import midge.mqtt.codec.MqttUnsuback;
import midge.mqtt.live.Witness;

/** A client with a session that is kept, on a TCP link that it opens again whenever it breaks. Driven by the test's own thread. */
final class ResumingClient implements MqttClientListener, AutoCloseable {
    private static final long PATIENCE_MS = 20_000;
    private static final long PAUSE_MS = 20;
    private static final byte[] NOTHING = {};

    final MqttClient client;
    /** Payloads in the order of delivery. */
    final List<String> messages = new ArrayList<>();
    /** The same without what the sender itself calls a copy: DUP, and the payload that came last under its packet identifier. */
    final List<String> exchanges = new ArrayList<>();
    /** The same, each once. */
    final Set<String> distinct = new HashSet<>();
    /** Reads every octet that this side sends and receives. */
    final Witness witness;

    private final Map<Integer, String> lastById = new HashMap<>();
    private final JvmClock clock = new JvmClock();
    private final SelectorIdle idle = new SelectorIdle(clock);
    private final TcpLink link;
    private final byte[] received = new byte[4_096];
    private final byte[] sending = new byte[4_096];
    private int sendingAt;
    private int sendingLength;
    private boolean open;
    private int subscribed;
    private int connections;
    private String trouble = "";

    ResumingClient(int version, String id, int window, InetSocketAddress server) {
        MqttClientConfig.Builder config = new MqttClientConfig.Builder()
                .version(version)
                .clientId(id.getBytes(UTF_8))
                .clean(false)
                .window(window)
                .slotBytes(64)
                .receiveMax(100);
        if (version == 5) {
            config.sessionExpiryS(600);
        }
        client = new MqttClient(config.build(), this, null);
        witness = new Witness(version);
        link = new TcpLink(server, idle);
    }

    /** {@return a token, or a negative status} */
    int publish(String topic, String payload) {
        byte[] t = topic.getBytes(UTF_8);
        byte[] p = payload.getBytes(UTF_8);
        return client.publish(2, false, t, 0, t.length, p, 0, p.length, clock.nowMs());
    }

    /** Subscribes, again when the connection breaks before the answer. */
    void subscribe(String filter) {
        byte[] f = filter.getBytes(UTF_8);
        byte[] list = new byte[f.length + 3];
        int length = MqttSubscribe.entry(list, 0, list.length, f, 0, f.length, 2);
        int wanted = subscribed + 1;
        int[] askedOn = {-1};
        until(() -> {
            if (client.isConnected() && askedOn[0] != connections) {
                askedOn[0] = connections;
                client.subscribe(list, 0, length, NOTHING, 0, 0, clock.nowMs());
            }
            return subscribed >= wanted;
        });
    }

    /** {@return whether all of them have come and every exchange has ended} */
    boolean hasAll(List<String> expected) {
        return distinct.size() == expected.size() && !witness.owesInbound();
    }

    /** Lives on until the condition holds. */
    void until(BooleanSupplier condition) {
        long end = clock.nowMs() + PATIENCE_MS;
        while (!condition.getAsBoolean()) {
            turn();
            if (!trouble.isEmpty() || clock.nowMs() > end) {
                throw new AssertionError("waited in vain;" + trouble + " got " + messages.size() + witness);
            }
            if (!condition.getAsBoolean() && sendingLength == 0) {
                idle.until(Math.min(clock.nowMs() + PAUSE_MS, client.nextDeadlineMs()));
            }
        }
    }

    /** Does what is due and looks at the socket, without waiting: for a thread that has more to drive. */
    void step() {
        turn();
        idle.until(clock.nowMs());
    }

    private void turn() {
        if (link.state() == StreamLink.CLOSED) {
            hangUp();
            link.open();
        }
        if (link.state() == StreamLink.OPEN && !open) {
            open = true;
            connections++;
            witness.opened();
            client.onOpen(clock.nowMs());
        }
        receive();
        transmit();
        if (clock.nowMs() >= client.nextDeadlineMs()) {
            client.onTimeout(clock.nowMs());
        }
        if (client.wantsClose()) {
            hangUp();
        }
    }

    private void receive() {
        int length = link.receive(received, 0, received.length);
        for (int taken = 0; taken < length; ) {
            int now = client.onBytes(received, taken, length - taken, clock.nowMs());
            // What the client never takes, since its answer found the connection broken, it need not know.
            witness.received(Arrays.copyOfRange(received, taken, taken + now), now);
            taken += now;
            transmit();
            if (link.state() != StreamLink.OPEN) {
                return;
            }
        }
    }

    private void transmit() {
        while (open && link.state() == StreamLink.OPEN) {
            if (sendingLength == 0) {
                sendingAt = 0;
                sendingLength = client.pollTransmit(sending, 0, sending.length);
            }
            int sent = sendingLength == 0 ? 0 : link.send(sending, sendingAt, sendingLength);
            if (sent <= 0) {
                return;
            }
            byte[] gone = new byte[sent];
            System.arraycopy(sending, sendingAt, gone, 0, sent);
            witness.sent(gone, sent);
            sendingAt += sent;
            sendingLength -= sent;
        }
    }

    /** Ends the connection without a word; the next turn opens another. */
    void hangUp() {
        link.close();
        sendingLength = 0;
        if (open) {
            open = false;
            client.onClosed(clock.nowMs());
        }
    }

    @Override
    public void close() {
        hangUp();
        idle.close();
    }

    @Override
    public void onConnected(MqttConnack connack) {}

    @Override
    public void onRefused(MqttConnack connack) {
        trouble += " refused: " + MqttNames.ofReason(connack.reasonCode());
    }

    @Override
    public int onMessage(byte[] topic, int at, int length, MqttPublish p) {
        String payload = new String(p.buffer(), p.payloadOffset(), p.payloadLength(), UTF_8);
        messages.add(payload);
        boolean isCopy = payload.equals(lastById.put(p.packetId(), payload)) && p.dup();
        if (!isCopy) {
            exchanges.add(payload);
        }
        distinct.add(payload);
        return 0;
    }

    @Override
    public void onDelivered(int token, int result, MqttAck ack) {
        if (result != 0) {
            trouble += " message " + token + " ended with " + result;
        }
    }

    @Override
    public void onSubscribed(int packetId, MqttSuback suback) {
        subscribed++;
    }

    @Override
    public void onUnsubscribed(int packetId, MqttUnsuback unsuback) {}

    @Override
    public void onAuth(MqttAuth auth) {}

    @Override
    public void onServerDisconnect(MqttDisconnect disconnect) {
        trouble += " server says " + MqttNames.ofReason(disconnect.reasonCode());
    }

    @Override
    public void onFailed(int error) {
        trouble += " failed: " + MqttNames.ofError(error);
    }

    @Override
    public int readPayload(int token, int position, byte[] out, int offset, int length) {
        return 0;
    }
}
