package midge.runtime.task;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import midge.hal.Hal;
import midge.hal.link.StreamLink;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttConnack;
import midge.mqtt.codec.MqttConnect;
import midge.mqtt.codec.MqttFramer;
import midge.mqtt.codec.MqttHeader;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttType;

/** A stream with an MQTT server at its end that keeps every rule, and the session when the client goes. One client only. */
public final class FakeBroker implements StreamLink {
    /** What was published, as {@code topic=payload}, each message once. */
    public final List<String> received = new ArrayList<>();
    /** Packets as they came: {@code CONNECT}, {@code CONNECT clean}, {@code SUBSCRIBE}, {@code PUBLISH2 t=x}, ... */
    public final List<String> packets = new ArrayList<>();
    /** Nobody answers. */
    public boolean away;
    /** CONNACK's code. */
    public int refusal;
    /** Octets that one call takes. */
    public int takes = Integer.MAX_VALUE;
    /** Whether there is a session, of whomever. */
    public boolean session;

    private final int version;
    private final Set<Integer> unreleased = new HashSet<>();
    private final Map<Integer, byte[]> unfinished = new LinkedHashMap<>();
    private MqttFramer framer = new MqttFramer(1_024);
    private ByteArrayOutputStream out = new ByteArrayOutputStream();
    private boolean open;
    private boolean connected;
    private int nextId = 100;

    /** @param version protocol level */
    public FakeBroker(int version) {
        this.version = version;
    }

    @Override
    public int open() {
        close();
        open = !away;
        return away ? Hal.GONE : Hal.OK;
    }

    @Override
    public int state() {
        return open ? OPEN : CLOSED;
    }

    /** Breaks the connection; also what the client's own {@code close} does. */
    @Override
    public void close() {
        open = false;
        connected = false;
        framer = new MqttFramer(1_024);
        out = new ByteArrayOutputStream();
    }

    @Override
    public int send(byte[] bytes, int offset, int length) {
        if (!open) {
            return Hal.GONE;
        }
        int taken = Math.min(length, takes);
        framer.push(bytes, offset, taken);
        int n = framer.next();
        while (n > 0) {
            handle(Arrays.copyOfRange(framer.buffer(), framer.offset(), framer.offset() + n));
            n = framer.next();
        }
        check(n);
        return taken;
    }

    @Override
    public int receive(byte[] into, int offset, int capacity) {
        if (!open) {
            return Hal.GONE;
        }
        byte[] all = out.toByteArray();
        int count = Math.min(Math.min(all.length, capacity), takes);
        System.arraycopy(all, 0, into, offset, count);
        out.reset();
        out.write(all, count, all.length - count);
        return count;
    }

    /** {@return whether octets wait for the client} */
    public boolean pending() {
        return out.size() > 0;
    }

    /** {@return exchanges that have begun here and not ended} */
    public int unfinished() {
        return unfinished.size() + unreleased.size();
    }

    /** Publishes to the client, now or when it comes back. */
    public void publish(int qos, String topic, String payload) {
        byte[] t = topic.getBytes(StandardCharsets.UTF_8);
        byte[] p = payload.getBytes(StandardCharsets.UTF_8);
        byte[] packet = new byte[t.length + p.length + 8];
        int flags = MqttPublish.flags(qos, false, false);
        int id = nextId++;
        int n = MqttPublish.encode(
                packet, 0, packet.length, version, flags, t, 0, t.length, id, p, 0, 0, p, 0, p.length);
        byte[] whole = Arrays.copyOf(packet, n);
        if (qos > 0) {
            unfinished.put(id, whole);
        }
        if (connected) {
            out.writeBytes(whole);
        }
    }

    private static void check(int status) {
        if (status < 0) {
            throw new AssertionError("the client broke a rule: " + status);
        }
    }

    private void handle(byte[] p) {
        switch (MqttHeader.type(p, 0)) {
            case MqttType.CONNECT -> onConnect(p);
            case MqttType.SUBSCRIBE -> {
                packets.add("SUBSCRIBE");
                byte[] suback = {(byte) 0x90, 3, p[2], p[3], 2};
                byte[] suback5 = {(byte) 0x90, 4, p[2], p[3], 0, 2};
                out.writeBytes(version == 5 ? suback5 : suback);
            }
            case MqttType.PUBLISH -> onPublish(p);
            case MqttType.PINGREQ -> out.writeBytes(new byte[] {(byte) 0xD0, 0});
            case MqttType.DISCONNECT -> packets.add("DISCONNECT");
            default -> onAck(p);
        }
    }

    private void onConnect(byte[] p) {
        MqttConnect connect = new MqttConnect();
        check(connect.wrap(p, 0, p.length, version));
        packets.add(connect.clean() ? "CONNECT clean" : "CONNECT");
        if (connect.clean()) {
            session = false;
            unreleased.clear();
            unfinished.clear();
        }
        byte[] connack = new byte[8];
        boolean present = session && refusal == 0;
        out.write(connack, 0, MqttConnack.encode(connack, 0, 8, version, present, refusal, connack, 0, 0));
        if (refusal != 0) {
            return;
        }
        session = version == 5 || !connect.clean();
        connected = true;
        for (byte[] packet : unfinished.values()) {
            if (MqttHeader.type(packet, 0) == MqttType.PUBLISH) {
                packet[0] |= MqttPublish.DUP;
            }
            out.writeBytes(packet);
        }
    }

    private void onPublish(byte[] octets) {
        MqttPublish p = new MqttPublish();
        check(p.wrap(octets, 0, octets.length, version));
        String message = new String(octets, p.topicOffset(), p.topicLength(), StandardCharsets.UTF_8)
                + "="
                + new String(octets, p.payloadOffset(), p.payloadLength(), StandardCharsets.UTF_8);
        packets.add("PUBLISH" + p.qos() + (p.dup() ? " dup " : " ") + message);
        if (p.qos() < 2 || unreleased.add(p.packetId())) {
            received.add(message);
        }
        if (p.qos() > 0) {
            answer(p.qos() == 1 ? MqttType.PUBACK : MqttType.PUBREC, p.packetId(), 0);
        }
    }

    private void onAck(byte[] octets) {
        MqttAck ack = new MqttAck();
        check(ack.wrap(octets, 0, octets.length, version));
        int id = ack.packetId();
        switch (ack.type()) {
            case MqttType.PUBREL -> {
                boolean known = unreleased.remove(id);
                answer(MqttType.PUBCOMP, id, known || version < 5 ? 0 : 0x92);
            }
            case MqttType.PUBREC -> {
                byte[] pubrel = {0x62, 2, (byte) (id >> 8), (byte) id};
                unfinished.computeIfPresent(id, (key, before) -> pubrel);
                out.writeBytes(pubrel);
            }
            default -> unfinished.remove(id);
        }
    }

    private void answer(int type, int id, int reason) {
        int first = type << 4 | (type == MqttType.PUBREL ? 2 : 0);
        byte[] plain = {(byte) first, 2, (byte) (id >> 8), (byte) id};
        byte[] reasoned = {(byte) first, 3, (byte) (id >> 8), (byte) id, (byte) reason};
        out.writeBytes(reason == 0 ? plain : reasoned);
    }
}
