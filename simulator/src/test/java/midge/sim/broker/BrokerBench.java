package midge.sim.broker;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import midge.mqtt.codec.MqttFramer;
import midge.profile.Hex;

/** A broker with connections that a test speaks on in hex. Time is the test's. */
final class BrokerBench implements BrokerPorts {
    /** CONNECT 3.1.1, clean session, no keep alive, client identifier of one character: {@code connect('a')}. */
    private static final String CONNECT = "10 0D 00 04 4D 51 54 54 04 02 00 00 00 01 ";

    final SimBroker broker;
    long nowMs = 1_000;

    private final Map<Integer, MqttFramer> framers = new HashMap<>();
    private final Map<Integer, List<String>> sent = new HashMap<>();
    private final Set<Integer> closed = new HashSet<>();

    BrokerBench() {
        this(BrokerConfig.defaults());
    }

    BrokerBench(BrokerConfig config) {
        broker = new SimBroker(config, this, 1, nowMs);
    }

    @Override
    public void send(int connection, byte[] octets, int offset, int length) {
        MqttFramer framer = framers.computeIfAbsent(connection, key -> new MqttFramer(new byte[0], 1 << 20));
        framer.push(octets, offset, length);
        for (int n = framer.next(); n > 0; n = framer.next()) {
            sent.computeIfAbsent(connection, key -> new ArrayList<>()).add(Hex.of(framer.buffer(), framer.offset(), n));
        }
    }

    @Override
    public void close(int connection) {
        closed.add(connection);
    }

    /** Opens a connection and sends hex on it. */
    void open(int connection, String hex) {
        closed.remove(connection);
        broker.onOpen(connection, nowMs);
        say(connection, hex);
    }

    /** Opens a 3.1.1 connection with a clean session and takes its CONNACK. */
    void join(int connection, char clientId) {
        open(connection, CONNECT + Hex.of(new byte[] {(byte) clientId}));
        heard(connection);
    }

    /** As {@link #join}, 5.0, with these CONNECT properties in hex and that many octets of them. */
    void join5(int connection, char clientId, int clean, String properties) {
        byte[] bare = Hex.bytes(properties);
        open(
                connection,
                String.format("10 %02X 00 04 4D 51 54 54 05 %02X 00 00 %02X ", 14 + bare.length, clean, bare.length)
                        + properties
                        + String.format(" 00 01 %02X", (int) clientId));
        heard(connection);
    }

    void say(int connection, String hex) {
        byte[] octets = Hex.bytes(hex);
        broker.onBytes(connection, octets, 0, octets.length, nowMs);
    }

    /** {@return packets sent on the connection since the last call, in hex} */
    List<String> heard(int connection) {
        List<String> packets = sent.remove(connection);
        return packets == null ? List.of() : packets;
    }

    /** {@return whether the broker has closed the connection} */
    boolean closed(int connection) {
        return closed.contains(connection);
    }

    /** The client's side of the connection breaks. */
    void drop(int connection) {
        broker.onClosed(connection, nowMs);
    }

    /** Lets time pass, stopping at each deadline. */
    void advance(long ms) {
        long endMs = nowMs + ms;
        while (broker.nextDeadlineMs() <= endMs) {
            nowMs = Math.max(nowMs, broker.nextDeadlineMs());
            broker.onTimeout(nowMs);
        }
        nowMs = endMs;
    }

    /** {@return SUBSCRIBE, packet identifier 1; for 5.0 with an empty property section} */
    static String subscribe(int version, String filter, int options) {
        byte[] octets = filter.getBytes(StandardCharsets.UTF_8);
        int head = version < 5 ? 2 : 3;
        return String.format("82 %02X 00 01 %s", head + 3 + octets.length, version < 5 ? "" : "00 ")
                + String.format("%04X ", octets.length)
                + Hex.of(octets)
                + String.format(" %02X", options);
    }

    /** {@return PUBLISH of 3.x; {@code packetId} is left out at QoS 0} */
    static String publish(int first, String topic, int packetId, String payload) {
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        byte[] data = payload.getBytes(StandardCharsets.UTF_8);
        boolean hasId = (first & 0x06) != 0;
        return String.format("%02X %02X %04X ", first, 2 + name.length + (hasId ? 2 : 0) + data.length, name.length)
                + Hex.of(name)
                + (hasId ? String.format(" %04X ", packetId) : " ")
                + Hex.of(data);
    }

    /** {@return what {@link #heard} shows for such a PUBLISH of 3.x} */
    static String published(int first, String topic, int packetId, String payload) {
        return Hex.of(Hex.bytes(publish(first, topic, packetId, payload)));
    }
}
