package midge.gateway.core;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttConnack;
import midge.mqtt.codec.MqttConnect;
import midge.mqtt.codec.MqttFramer;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttSuback;
import midge.mqtt.codec.MqttSubscribe;
import midge.mqtt.codec.MqttType;
import midge.topic.TopicFilter;

/**
 * Just enough of an MQTT 3.1.1 broker to judge a gateway by: kept sessions, QoS 0 to 2 both ways with resends at reconnect, wills. It
 * notes every message that was published to it. Anything unexpected is an {@link AssertionError}.
 */
final class TinyBroker {
    /** Where octets go. */
    interface Out {
        void send(int link, byte[] octets);
    }

    private static final int VERSION = 4;

    private final Out out;
    private final Map<Integer, Connection> connections = new HashMap<>();
    private final Map<String, Kept> sessions = new HashMap<>();
    final List<String> published = new ArrayList<>();

    TinyBroker(Out out) {
        this.out = out;
    }

    /** One message that a session has been sent. */
    private static final class Sent {
        String topic = "";
        byte[] payload = {};
        int qos;
        boolean received;
    }

    private static final class Kept {
        final Map<String, Integer> filters = new LinkedHashMap<>();
        final Map<Integer, Sent> open = new LinkedHashMap<>();
        final Set<Integer> received = new HashSet<>();
        int lastId;
    }

    private final class Connection {
        final int link;
        final MqttFramer framer = new MqttFramer(65_536);
        Kept session = new Kept();
        String id = "";
        boolean clean;
        boolean connected;
        String willTopic = "";
        byte[] will = {};

        Connection(int link) {
            this.link = link;
        }
    }

    void onOpen(int link) {
        connections.put(link, new Connection(link));
    }

    /** The connection ended; without DISCONNECT the will is published. */
    void onClosed(int link) {
        Connection connection = connections.remove(link);
        if (connection == null || !connection.connected) {
            return;
        }
        if (connection.clean) {
            sessions.remove(connection.id);
        }
        if (!connection.willTopic.isEmpty()) {
            publish(connection.willTopic, connection.will, 0);
        }
    }

    void onBytes(int link, byte[] octets) {
        Connection connection = connections.get(link);
        if (connection == null) {
            return;
        }
        connection.framer.push(octets, 0, octets.length);
        for (int n = connection.framer.next(); n != 0; n = connection.framer.next()) {
            expect(n > 0, "unframed octets");
            onPacket(connection, connection.framer.buffer(), connection.framer.offset(), n);
        }
    }

    private void onPacket(Connection from, byte[] b, int at, int length) {
        int type = MqttType.of(b[at]);
        expect(from.connected != (type == MqttType.CONNECT), "CONNECT first and only once");
        switch (type) {
            case MqttType.CONNECT -> onConnect(from, b, at, length);
            case MqttType.PUBLISH -> onPublish(from, b, at, length);
            case MqttType.PUBACK, MqttType.PUBREC, MqttType.PUBREL, MqttType.PUBCOMP -> onAck(from, b, at, length);
            case MqttType.SUBSCRIBE -> onSubscribe(from, b, at, length);
            case MqttType.PINGREQ -> out.send(from.link, new byte[] {(byte) 0xD0, 0});
            case MqttType.DISCONNECT -> from.willTopic = "";
            default -> throw new AssertionError("packet type " + type);
        }
    }

    private void onConnect(Connection from, byte[] b, int at, int length) {
        MqttConnect connect = new MqttConnect();
        expect(connect.wrap(b, at, length, VERSION) >= 0, "CONNECT");
        from.connected = true;
        from.clean = connect.clean();
        from.id = text(b, connect.clientIdOffset(), connect.clientIdLength());
        if (connect.hasWill()) {
            from.willTopic = text(b, connect.willTopicOffset(), connect.willTopicLength());
        }
        if (from.clean) {
            sessions.remove(from.id);
        }
        boolean present = sessions.containsKey(from.id);
        from.session = sessions.computeIfAbsent(from.id, key -> new Kept());
        byte[] connack = {0x20, 2, (byte) (present ? 1 : 0), 0};
        expect(new MqttConnack().wrap(connack, 0, 4, VERSION) >= 0, "CONNACK");
        out.send(from.link, connack);
        from.session.open.forEach((id, sent) -> {
            if (sent.received) {
                ack(from, MqttType.PUBREL, id);
            } else {
                send(from, id, sent, true);
            }
        });
    }

    private void onPublish(Connection from, byte[] b, int at, int length) {
        MqttPublish publish = new MqttPublish();
        expect(publish.wrap(b, at, length, VERSION) >= 0, "PUBLISH");
        String topic = text(b, publish.topicOffset(), publish.topicLength());
        byte[] payload = copy(b, publish.payloadOffset(), publish.payloadLength());
        if (publish.qos() < 2 || from.session.received.add(publish.packetId())) {
            publish(topic, payload, publish.qos());
        }
        if (publish.qos() > 0) {
            ack(from, publish.qos() == 1 ? MqttType.PUBACK : MqttType.PUBREC, publish.packetId());
        }
    }

    private void onAck(Connection from, byte[] b, int at, int length) {
        MqttAck ack = new MqttAck();
        expect(ack.wrap(b, at, length, VERSION) >= 0, "ack");
        int id = ack.packetId();
        Sent sent = from.session.open.get(id);
        switch (ack.type()) {
            case MqttType.PUBREL -> {
                from.session.received.remove(id);
                ack(from, MqttType.PUBCOMP, id);
            }
            case MqttType.PUBREC -> {
                if (sent != null) {
                    sent.received = true;
                }
                ack(from, MqttType.PUBREL, id);
            }
            default -> from.session.open.remove(id);
        }
    }

    private void onSubscribe(Connection from, byte[] b, int at, int length) {
        MqttSubscribe subscribe = new MqttSubscribe();
        expect(subscribe.wrap(b, at, length, VERSION) >= 0 && subscribe.next(), "SUBSCRIBE");
        from.session.filters.put(text(b, subscribe.filterOffset(), subscribe.filterLength()), subscribe.qos());
        byte[] suback = new byte[5];
        suback[0] = (byte) 0x90;
        suback[1] = 3;
        suback[2] = (byte) (subscribe.packetId() >> 8);
        suback[3] = (byte) subscribe.packetId();
        suback[4] = (byte) subscribe.qos();
        expect(new MqttSuback().wrap(suback, 0, 5, VERSION) >= 0, "SUBACK");
        out.send(from.link, suback);
    }

    /** Publishes to everyone who subscribed, connected or not. */
    void publish(String topic, byte[] payload, int qos) {
        published.add(topic + "=" + new String(payload, StandardCharsets.UTF_8));
        byte[] name = topic.getBytes(StandardCharsets.UTF_8);
        sessions.forEach((id, session) -> session.filters.forEach((filter, granted) -> {
            byte[] f = filter.getBytes(StandardCharsets.UTF_8);
            if (TopicFilter.matches(f, 0, f.length, name, 0, name.length)) {
                route(id, session, topic, payload, Math.min(qos, granted));
            }
        }));
    }

    private void route(String id, Kept session, String topic, byte[] payload, int qos) {
        Sent sent = new Sent();
        sent.topic = topic;
        sent.payload = payload;
        sent.qos = qos;
        int packetId = 0;
        if (qos > 0) {
            do {
                session.lastId = session.lastId % 0xFFFF + 1;
            } while (session.open.containsKey(session.lastId));
            packetId = session.lastId;
            session.open.put(packetId, sent);
        }
        for (Connection connection : connections.values()) {
            if (connection.connected && connection.id.equals(id)) {
                send(connection, packetId, sent, false);
            }
        }
    }

    private void send(Connection to, int packetId, Sent sent, boolean dup) {
        byte[] packet = new byte[2_000];
        byte[] topic = sent.topic.getBytes(StandardCharsets.UTF_8);
        int flags = MqttPublish.flags(sent.qos, dup, false);
        int n = MqttPublish.encode(
                packet, 0, 2_000, flags, topic, 0, topic.length, packetId, sent.payload, 0, sent.payload.length);
        out.send(to.link, copy(packet, 0, n));
    }

    private void ack(Connection to, int type, int packetId) {
        byte[] packet = new byte[4];
        MqttAck.encode(packet, 0, 4, type, packetId);
        out.send(to.link, packet);
    }

    private static void expect(boolean condition, String what) {
        if (!condition) {
            throw new AssertionError("the gateway broke MQTT: " + what);
        }
    }

    private static byte[] copy(byte[] b, int at, int length) {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        octets.write(b, at, length);
        return octets.toByteArray();
    }

    private static String text(byte[] b, int at, int length) {
        return new String(b, at, length, StandardCharsets.UTF_8);
    }
}
