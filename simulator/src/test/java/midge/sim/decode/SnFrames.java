package midge.sim.decode;

import java.util.ArrayList;
import java.util.List;
import midge.mqttsn.codec.SnAck;
import midge.mqttsn.codec.SnAdvertise;
import midge.mqttsn.codec.SnConnack;
import midge.mqttsn.codec.SnConnect;
import midge.mqttsn.codec.SnDisconnect;
import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnForward;
import midge.mqttsn.codec.SnGwInfo;
import midge.mqttsn.codec.SnPing;
import midge.mqttsn.codec.SnPuback;
import midge.mqttsn.codec.SnPublish;
import midge.mqttsn.codec.SnRegack;
import midge.mqttsn.codec.SnRegister;
import midge.mqttsn.codec.SnSearchGw;
import midge.mqttsn.codec.SnSuback;
import midge.mqttsn.codec.SnSubscribe;
import midge.mqttsn.codec.SnType;
import midge.mqttsn.codec.SnWillMsg;
import midge.mqttsn.codec.SnWillReq;
import midge.mqttsn.codec.SnWillTopic;

/** Every kind of frame that the MQTT-SN encoders can write. */
final class SnFrames {
    private static final int SHORT_NAME = 0x7431; // t1
    private static final int[] TOPIC_TYPES = {SnFlags.TOPIC_NORMAL, SnFlags.TOPIC_PREDEFINED, SnFlags.TOPIC_SHORT};

    private final List<SnFrame> all = new ArrayList<>();

    private SnFrames() {}

    static List<SnFrame> all() {
        SnFrames frames = new SnFrames();
        frames.addDiscovery();
        frames.addConnecting();
        frames.addWill();
        frames.addTopics();
        frames.addPublish();
        frames.addLongForms();
        frames.addSubscribe();
        frames.addSleep();
        frames.addEnvelopes();
        return frames.all;
    }

    private SnFrame add(String name, int type, SnFrame.Encoder encoder) {
        SnFrame frame = new SnFrame(name, type, encoder);
        all.add(frame);
        return frame;
    }

    private void addDiscovery() {
        byte[] address = {(byte) 192, (byte) 168, 1, 10};
        add("ADVERTISE", SnType.ADVERTISE, (out, cap) -> SnAdvertise.encode(out, 0, cap, 1, 900))
                .with("gw.id", 1)
                .with("adv.interv", 900);
        add("SEARCHGW", SnType.SEARCHGW, (out, cap) -> SnSearchGw.encode(out, 0, cap, 1))
                .with("radius", 1);
        add("GWINFO", SnType.GWINFO, (out, cap) -> SnGwInfo.encode(out, 0, cap, 7, address, 0, 0))
                .with("gw.id", 7);
        add("GWINFO of a client", SnType.GWINFO, (out, cap) -> SnGwInfo.encode(out, 0, cap, 7, address, 0, 4))
                .with("gw.id", 7);
    }

    private void addConnecting() {
        for (int flags : new int[] {0, SnFlags.CLEAN_SESSION, SnFlags.WILL, SnFlags.WILL | SnFlags.CLEAN_SESSION}) {
            addConnect("dev-01", flags);
        }
        addConnect("a", 0);
        addConnect("c".repeat(300), SnFlags.CLEAN_SESSION);
        for (int code = 0; code <= 3; code++) {
            addCode("CONNACK", SnType.CONNACK, code);
            addCode("WILLTOPICRESP", SnType.WILLTOPICRESP, code);
            addCode("WILLMSGRESP", SnType.WILLMSGRESP, code);
        }
    }

    private void addConnect(String id, int flags) {
        byte[] octets = SnFrame.octets(id);
        add(
                        "CONNECT " + id,
                        SnType.CONNECT,
                        (out, cap) -> SnConnect.encode(out, 0, cap, flags, 300, octets, 0, octets.length))
                .with("will", (flags & SnFlags.WILL) != 0 ? 1 : 0)
                .with("clean.session", (flags & SnFlags.CLEAN_SESSION) != 0 ? 1 : 0)
                .with("protocol.id", 1)
                .with("keep.alive", 300)
                .with("client.id", id);
    }

    private void addCode(String name, int type, int code) {
        add(name + " " + code, type, (out, cap) -> SnConnack.encode(out, 0, cap, type, code))
                .with("return.code", code);
    }

    private void addWill() {
        add("WILLTOPICREQ", SnType.WILLTOPICREQ, (out, cap) -> SnWillReq.encode(out, 0, cap, SnType.WILLTOPICREQ));
        add("WILLMSGREQ", SnType.WILLMSGREQ, (out, cap) -> SnWillReq.encode(out, 0, cap, SnType.WILLMSGREQ));
        byte[] topic = SnFrame.octets("dev/lwt/1");
        byte[] message = SnFrame.octets("gone");
        for (int type : new int[] {SnType.WILLTOPIC, SnType.WILLTOPICUPD}) {
            for (int qos = 0; qos <= 2; qos++) {
                int flags = SnFlags.ofQos(qos) | (qos > 0 ? SnFlags.RETAIN : 0);
                add(
                                "WILLTOPIC " + qos,
                                type,
                                (out, cap) -> SnWillTopic.encode(out, 0, cap, type, flags, topic, 0, topic.length))
                        .with("will.topic", "dev/lwt/1");
            }
            add("empty WILLTOPIC", type, (out, cap) -> SnWillTopic.encode(out, 0, cap, type, 0, topic, 0, 0));
        }
        for (int type : new int[] {SnType.WILLMSG, SnType.WILLMSGUPD}) {
            add("WILLMSG", type, (out, cap) -> SnWillMsg.encode(out, 0, cap, type, message, 0, message.length))
                    .with("will.msg", "gone");
            add("empty WILLMSG", type, (out, cap) -> SnWillMsg.encode(out, 0, cap, type, message, 0, 0));
        }
    }

    private void addTopics() {
        for (String name : List.of("sens/temp1", "n".repeat(300))) {
            byte[] topic = SnFrame.octets(name);
            add(
                            "REGISTER",
                            SnType.REGISTER,
                            (out, cap) -> SnRegister.encode(out, 0, cap, 9, 0x1234, topic, 0, topic.length))
                    .with("topic.id", 9)
                    .with("msg.id", 0x1234)
                    .with("topic", name);
        }
        for (int code = 0; code <= 3; code++) {
            int returnCode = code;
            add("REGACK", SnType.REGACK, (out, cap) -> SnRegack.encode(out, 0, cap, 7, 1, returnCode))
                    .with("topic.id", 7)
                    .with("msg.id", 1)
                    .with("return.code", code);
            add("PUBACK", SnType.PUBACK, (out, cap) -> SnPuback.encode(out, 0, cap, 99, 2, returnCode))
                    .with("topic.id", 99)
                    .with("msg.id", 2)
                    .with("return.code", code);
        }
        for (int type : new int[] {SnType.PUBREC, SnType.PUBREL, SnType.PUBCOMP, SnType.UNSUBACK}) {
            add("ack " + type, type, (out, cap) -> SnAck.encode(out, 0, cap, type, 16))
                    .with("msg.id", 16);
        }
    }

    private void addPublish() {
        for (int topicType : TOPIC_TYPES) {
            for (int qos = -1; qos <= 2; qos++) {
                if (qos >= 0 || topicType != SnFlags.TOPIC_NORMAL) {
                    int flags = SnFlags.ofQos(qos) | topicType;
                    addPublish(flags, "21.5");
                    addPublish(flags | SnFlags.RETAIN, "");
                    if (qos > 0) {
                        addPublish(flags | SnFlags.DUP, "21.5");
                    }
                }
            }
        }
        byte[] topic = SnFrame.octets("a/b/c");
        byte[] data = SnFrame.octets("hi");
        // The extension: TopicId is the length of the name, which dissectors take for data.
        add(
                        "PUBLISH with a full name",
                        SnType.PUBLISH,
                        (out, cap) -> SnPublish.encodeNamed(out, 0, cap, false, topic, 0, 5, data, 0, 2))
                .with("qos", 3)
                .with("topic.id", 5)
                .with("pub.msg", "a/b/chi");
    }

    private void addPublish(int flags, String text) {
        byte[] data = SnFrame.octets(text);
        boolean acknowledged = SnFlags.qos(flags) > 0;
        int topicId = SnFlags.topicIdType(flags) == SnFlags.TOPIC_SHORT ? SHORT_NAME : 7;
        SnFrame frame = add(
                        "PUBLISH " + Integer.toHexString(flags),
                        SnType.PUBLISH,
                        (out, cap) -> SnPublish.encode(out, 0, cap, flags, topicId, 33, data, 0, data.length))
                .with("dup", (flags & SnFlags.DUP) != 0 ? 1 : 0)
                .with("qos", (flags & SnFlags.QOS_MASK) >> 5)
                .with("retain", (flags & SnFlags.RETAIN) != 0 ? 1 : 0)
                .with("topic.id.type", SnFlags.topicIdType(flags))
                .with("topic.id", topicId)
                .with("msg.id", acknowledged ? 33 : 0);
        if (!text.isEmpty()) {
            frame.with("pub.msg", text);
        }
    }

    /** 255 octets are the last short form; 256 and 257 do not exist, since the long form adds two octets. */
    private void addLongForms() {
        for (int data : new int[] {247, 248, 249, 250, 1_000}) {
            addPublish(SnFlags.QOS_1, "u".repeat(data));
        }
    }

    private void addSubscribe() {
        for (int qos = 0; qos <= 2; qos++) {
            int flags = SnFlags.ofQos(qos) | (qos == 2 ? SnFlags.DUP : 0);
            addSubscribe(SnType.SUBSCRIBE, flags, "sens/#");
            for (int topicType : TOPIC_TYPES) {
                if (topicType != SnFlags.TOPIC_NORMAL) {
                    addSubscribeById(SnType.SUBSCRIBE, flags | topicType);
                }
            }
            for (int code = 0; code <= 3; code++) {
                int returnCode = code;
                add("SUBACK", SnType.SUBACK, (out, cap) -> SnSuback.encode(out, 0, cap, flags, 5, 4, returnCode))
                        .with("topic.id", 5)
                        .with("msg.id", 4)
                        .with("return.code", code);
            }
        }
        addSubscribe(SnType.UNSUBSCRIBE, 0, "sens/#");
        addSubscribe(SnType.UNSUBSCRIBE, 0, "f".repeat(300));
        addSubscribeById(SnType.UNSUBSCRIBE, SnFlags.TOPIC_PREDEFINED);
        addSubscribeById(SnType.UNSUBSCRIBE, SnFlags.TOPIC_SHORT);
    }

    private void addSubscribe(int type, int flags, String filter) {
        byte[] name = SnFrame.octets(filter);
        add(
                        "SUBSCRIBE " + filter,
                        type,
                        (out, cap) -> SnSubscribe.encode(out, 0, cap, type, flags, 3, name, 0, name.length))
                .with("topic.id.type", 0)
                .with("msg.id", 3)
                .with("topic.name.or.id", filter);
    }

    private void addSubscribeById(int type, int flags) {
        int id = SnFlags.topicIdType(flags) == SnFlags.TOPIC_SHORT ? SHORT_NAME : 0x3035;
        add("SUBSCRIBE by id", type, (out, cap) -> SnSubscribe.encode(out, 0, cap, type, flags, 3, id))
                .with("topic.id.type", SnFlags.topicIdType(flags))
                .with("msg.id", 3)
                .with("topic.name.or.id", "" + (char) (id >> 8) + (char) (id & 0xFF));
    }

    private void addSleep() {
        byte[] id = SnFrame.octets("dev-01");
        add("PINGREQ", SnType.PINGREQ, (out, cap) -> SnPing.encodeRequest(out, 0, cap, id, 0, 0));
        add("PINGREQ with ClientId", SnType.PINGREQ, (out, cap) -> SnPing.encodeRequest(out, 0, cap, id, 0, 6))
                .with("client.id", "dev-01");
        add("PINGRESP", SnType.PINGRESP, (out, cap) -> SnPing.encodeResponse(out, 0, cap));
        add("DISCONNECT", SnType.DISCONNECT, (out, cap) -> SnDisconnect.encode(out, 0, cap, 0));
        add("DISCONNECT with Duration", SnType.DISCONNECT, (out, cap) -> SnDisconnect.encode(out, 0, cap, 3_600))
                .with("sleep.timer", 3_600);
    }

    /** The inner message follows in the same datagram, and is shown beside the envelope. */
    private void addEnvelopes() {
        byte[] nodeId = {0, 42};
        for (int radius = 0; radius <= 3; radius++) {
            int ctrl = radius;
            add("envelope", SnType.ENCAPSULATED, (out, cap) -> {
                        int envelope = SnForward.encode(out, 0, cap, ctrl, nodeId, 0, 2);
                        return envelope + SnPing.encodeResponse(out, envelope, cap - envelope);
                    })
                    .with("msg.type", SnType.ENCAPSULATED + "," + SnType.PINGRESP)
                    .with("msg.len", "5,2")
                    .with("control.info", radius)
                    .with("wireless.node.id", 42);
        }
    }
}
