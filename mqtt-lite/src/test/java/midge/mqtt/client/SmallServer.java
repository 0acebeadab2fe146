package midge.mqtt.client;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttConnack;
import midge.mqtt.codec.MqttConnect;
import midge.mqtt.codec.MqttFramer;
import midge.mqtt.codec.MqttHeader;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttType;

/** One client's session at a server that keeps every rule and remembers what it got. Its state outlives connections. */
final class SmallServer {
    final List<String> received = new ArrayList<>();
    private final int version;
    private final Set<Integer> unreleased = new HashSet<>();
    /** Outbound packets by identifier until they are acknowledged; a PUBREL takes its PUBLISH's place. */
    private final Map<Integer, byte[]> unfinished = new HashMap<>();

    private final List<Integer> order = new ArrayList<>();
    private MqttFramer framer = new MqttFramer(1024);
    private ByteArrayOutputStream out = new ByteArrayOutputStream();
    private boolean session;
    private boolean connected;
    private int nextId = 100;

    SmallServer(int version) {
        this.version = version;
    }

    void cut() {
        framer = new MqttFramer(1024);
        out = new ByteArrayOutputStream();
        connected = false;
    }

    byte[] takeOutput() {
        byte[] all = out.toByteArray();
        out.reset();
        return all;
    }

    int unfinished() {
        return unfinished.size();
    }

    void publish(int qos, String payload) {
        byte[] p = payload.getBytes(StandardCharsets.UTF_8);
        byte[] packet = new byte[64];
        int id = nextId++;
        int n = MqttPublish.encode(
                packet,
                0,
                64,
                version,
                MqttPublish.flags(qos, false, false),
                new byte[] {'d'},
                0,
                1,
                id,
                p,
                0,
                0,
                p,
                0,
                p.length);
        unfinished.put(id, Arrays.copyOf(packet, n));
        order.add(id);
        if (connected) {
            out.writeBytes(unfinished.get(id));
        }
    }

    void onBytes(byte[] b, int at, int length) {
        framer.push(b, at, length);
        int n = framer.next();
        while (n > 0) {
            handle(Arrays.copyOfRange(framer.buffer(), framer.offset(), framer.offset() + n));
            n = framer.next();
        }
        check(n);
    }

    private static void check(int status) {
        if (status < 0) {
            throw new AssertionError("the client broke a rule: " + status);
        }
    }

    private void handle(byte[] p) {
        int type = MqttHeader.type(p, 0);
        if (type == MqttType.CONNECT) {
            check(new MqttConnect().wrap(p, 0, p.length, version));
            byte[] connack = new byte[8];
            int n = MqttConnack.encode(connack, 0, 8, version, session, 0, connack, 0, 0);
            out.write(connack, 0, n);
            session = true;
            connected = true;
            for (int id : order) {
                byte[] packet = unfinished.get(id);
                if (packet.length > 4) {
                    packet[0] |= MqttPublish.DUP;
                }
                out.writeBytes(packet);
            }
        } else if (type == MqttType.PUBLISH) {
            MqttPublish publish = new MqttPublish();
            check(publish.wrap(p, 0, p.length, version));
            onPublish(publish);
        } else {
            MqttAck ack = new MqttAck();
            check(ack.wrap(p, 0, p.length, version));
            onAck(ack);
        }
    }

    private void onPublish(MqttPublish p) {
        String payload = new String(p.buffer(), p.payloadOffset(), p.payloadLength(), StandardCharsets.UTF_8);
        if (p.qos() < 2 || unreleased.add(p.packetId())) {
            received.add(payload);
        } else if (!p.dup()) {
            throw new AssertionError("an identifier in use, without DUP: " + p.packetId());
        }
        if (p.qos() > 0) {
            answer(p.qos() == 1 ? MqttType.PUBACK : MqttType.PUBREC, p.packetId());
        }
    }

    private void onAck(MqttAck ack) {
        int id = ack.packetId();
        if (ack.type() == MqttType.PUBREL) {
            unreleased.remove(id);
            answer(MqttType.PUBCOMP, id);
        } else if (ack.type() == MqttType.PUBREC) {
            byte[] pubrel = new byte[4];
            MqttAck.encode(pubrel, 0, 4, MqttType.PUBREL, id);
            if (unfinished.containsKey(id)) {
                unfinished.put(id, pubrel);
            }
            out.writeBytes(pubrel);
        } else {
            unfinished.remove(id);
            order.remove((Integer) id);
        }
    }

    private void answer(int type, int id) {
        byte[] packet = new byte[4];
        MqttAck.encode(packet, 0, 4, type, id);
        out.writeBytes(packet);
    }
}
