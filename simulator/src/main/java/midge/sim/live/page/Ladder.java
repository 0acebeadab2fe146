package midge.sim.live.page;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import midge.gateway.app.PacketText;
import midge.gateway.port.PacketObserver;
import midge.mqtt.codec.MqttHeader;
import midge.mqtt.codec.MqttNames;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.MqttVersion;
import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnMessage;
import midge.mqttsn.codec.SnPublish;
import midge.mqttsn.codec.SnType;
import midge.sim.live.LiveRun;
import midge.sim.net.FrameTap;

/** Puts every frame on the radio and every packet between gateway and broker into words, for the page's ladder. */
final class Ladder implements FrameTap, PacketObserver {
    private static final int PAYLOAD_SHOWN = 64;

    private final LiveRun live;
    private final EventLog log;
    private final PacketText words = new PacketText();
    private final SnMessage message = new SnMessage();
    private final SnPublish snPublish = new SnPublish(true);
    private final MqttPublish mqttPublish = new MqttPublish();
    private final Map<Integer, TopicNames> names = new HashMap<>();

    Ladder(LiveRun live, EventLog log) {
        this.live = live;
        this.log = log;
    }

    @Override
    public void onFrame(int fate, long atMs, int fromNode, int toNode, byte[] frame, int offset, int length) {
        if (fate == SENT) {
            return;
        }
        boolean up = toNode == live.gateway().node();
        int node = up ? fromNode : toNode;
        if (!up && fromNode != live.gateway().node()) {
            return; // devices do not talk to each other
        }
        TopicNames known = names.computeIfAbsent(node, n -> new TopicNames());
        if (fate == DELIVERED) {
            known.hear(frame, offset, length);
        }
        int type = message.wrap(frame, offset, length) < 0 ? -1 : message.type();
        boolean again = false;
        String about = "";
        if (type == SnType.PUBLISH && snPublish.wrap(frame, offset, length) >= 0) {
            again = snPublish.dup();
            about = topic(known, frame) + " = " + payload(frame, snPublish.dataOffset(), snPublish.dataLength());
        }
        String text = words.ofSn(frame, offset, length);
        Json row = row(atMs, live.network().name(node), "sn", up, firstWord(text), about, text);
        row.put("lost", fate == LOST).put("again", again);
        log.add("packet", row.endObject().toString());
    }

    private String topic(TopicNames known, byte[] frame) {
        if (snPublish.hasFullName()) {
            return new String(frame, snPublish.nameOffset(), snPublish.nameLength(), StandardCharsets.UTF_8);
        }
        return snPublish.topicIdType() == SnFlags.TOPIC_NORMAL
                ? known.name(snPublish.topicId())
                : "topic id " + snPublish.topicId();
    }

    @Override
    public void toBroker(int session, byte[] packet, int offset, int length, long nowMs) {
        mqtt(session, true, packet, offset, length, nowMs);
    }

    @Override
    public void fromBroker(int session, byte[] packet, int offset, int length, long nowMs) {
        mqtt(session, false, packet, offset, length, nowMs);
    }

    private void mqtt(int session, boolean up, byte[] packet, int offset, int length, long nowMs) {
        int type = MqttHeader.type(packet, offset);
        boolean again = false;
        String about = "";
        if (type == MqttType.PUBLISH && mqttPublish.wrap(packet, offset, length, MqttVersion.V3_1_1) >= 0) {
            again = mqttPublish.dup();
            about = new String(packet, mqttPublish.topicOffset(), mqttPublish.topicLength(), StandardCharsets.UTF_8)
                    + " = " + payload(packet, mqttPublish.payloadOffset(), mqttPublish.payloadLength());
        }
        String text = words.ofMqtt(packet, offset, length);
        Json row = row(nowMs, live.nameOf(session), "mqtt", up, MqttNames.ofType(type), about, text);
        row.put("lost", false).put("again", again);
        log.add("packet", row.endObject().toString());
    }

    private static Json row(long atMs, String device, String leg, boolean up, String type, String about, String text) {
        return new Json()
                .object()
                .put("ms", atMs)
                .put("device", device)
                .put("leg", leg)
                .put("up", up)
                .put("type", type)
                .put("about", about)
                .put("text", text);
    }

    private static String firstWord(String text) {
        int end = 0;
        while (end < text.length() && text.charAt(end) != ' ' && text.charAt(end) != ',') {
            end++;
        }
        return text.substring(0, end);
    }

    private static String payload(byte[] octets, int offset, int length) {
        String text = new String(octets, offset, Math.min(length, PAYLOAD_SHOWN), StandardCharsets.UTF_8);
        return length > PAYLOAD_SHOWN ? text + "…" : text;
    }
}
