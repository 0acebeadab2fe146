package midge.mqtt.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttFramer;
import midge.mqtt.codec.MqttHeader;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttType;

/**
 * Reads a client's stream both ways and judges QoS 2 by the octets alone: what the client owes its application for what came in, and
 * whether it keeps the sender's rules (MQTT 5.0 §4.3.3, §4.4; 3.1.1 the same). Its state outlives connections, as the session does.
 */
public final class Witness {
    /** Payloads of inbound QoS 2 messages, each once between its PUBLISH and its PUBREL. */
    public final List<String> due = new ArrayList<>();
    /** Every PUBLISH and acknowledgement, for whoever reads a failure. */
    private final List<String> trace = new ArrayList<>();

    private final int version;
    private final Set<Integer> inbound = new HashSet<>();
    /** Outbound identifiers in use. */
    private final Map<Integer, String> outbound = new HashMap<>();
    /** Those of them for which PUBREC has come. */
    private final Set<Integer> released = new HashSet<>();
    /** Those of them whose PUBLISH this connection has carried. */
    private final Set<Integer> published = new HashSet<>();

    private final MqttFramer up = new MqttFramer(4096);
    private final MqttFramer down = new MqttFramer(4096);

    /** @param version protocol level of every connection */
    public Witness(int version) {
        this.version = version;
    }

    /** A new connection begins. */
    public void opened() {
        up.reset();
        down.reset();
        published.clear();
        trace.add("-- open");
    }

    /** The client has sent these octets. */
    public void sent(byte[] b, int length) {
        read(up, b, length, " > ");
    }

    /** The client has received these octets. */
    public void received(byte[] b, int length) {
        read(down, b, length, " < ");
    }

    /** @return whether an inbound QoS 2 exchange has begun and not ended */
    public boolean owesInbound() {
        return !inbound.isEmpty();
    }

    private void read(MqttFramer framer, byte[] b, int length, String arrow) {
        assertEquals(0, framer.push(b, 0, length));
        for (int n = framer.next(); n != 0; n = framer.next()) {
            assertTrue(n > 0, "not MQTT" + arrow + n);
            packet(framer.buffer(), framer.offset(), n, arrow);
        }
    }

    private void packet(byte[] b, int at, int length, String arrow) {
        int type = MqttHeader.type(b, at);
        boolean out = arrow.equals(" > ");
        if (type == MqttType.PUBLISH) {
            MqttPublish p = new MqttPublish();
            assertEquals(0, p.wrap(b, at, length, version));
            String payload = new String(p.buffer(), p.payloadOffset(), p.payloadLength(), UTF_8);
            trace.add(arrow + "PUBLISH" + p.qos() + " " + p.packetId() + (p.dup() ? " dup " : " ") + payload);
            if (p.qos() == 2 && out) {
                publishSent(p.packetId(), p.dup(), payload);
            } else if (p.qos() == 2 && inbound.add(p.packetId())) {
                due.add(payload);
            }
        } else if (type >= MqttType.PUBACK && type <= MqttType.PUBCOMP) {
            MqttAck ack = new MqttAck();
            assertEquals(0, ack.wrap(b, at, length, version));
            String name = List.of("PUBACK", "PUBREC", "PUBREL", "PUBCOMP").get(type - MqttType.PUBACK);
            trace.add(arrow + name + " " + ack.packetId() + " " + ack.reasonCode());
            if (!out) {
                ackReceived(type, ack.packetId());
            }
        }
    }

    /** An identifier in use only repeats its own message, with DUP, once a connection, and never after PUBREC (§4.3.3-6, §4.4). */
    private void publishSent(int id, boolean dup, String payload) {
        assertTrue(published.add(id), () -> "PUBLISH " + id + " twice on one connection" + this);
        assertTrue(!released.contains(id), () -> "PUBLISH " + id + " after PUBREC" + this);
        String before = outbound.put(id, payload);
        if (dup) {
            // A PUBLISH that a cut left incomplete was not seen here.
            assertEquals(payload, before == null ? payload : before, this::toString);
        } else {
            assertNull(before, () -> "PUBLISH " + id + " is a repetition without DUP" + this);
        }
    }

    private void ackReceived(int type, int id) {
        if (type == MqttType.PUBREL) {
            inbound.remove(id);
        } else if (type == MqttType.PUBREC && outbound.containsKey(id)) {
            released.add(id);
        } else if (type == MqttType.PUBCOMP) {
            outbound.remove(id);
            released.remove(id);
            published.remove(id);
        }
    }

    @Override
    public String toString() {
        return "\n" + String.join("\n", trace) + "\n";
    }
}
