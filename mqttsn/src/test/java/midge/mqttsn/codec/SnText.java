package midge.mqttsn.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.Supplier;
import midge.profile.Hex;
import midge.wire.Status;

/** Says in words what a frame holds, read through the views; for tests to compare. */
public final class SnText {
    private SnText() {}

    /** @return the frame's type and fields, or the status that refused it */
    public static String of(byte[] f) {
        return of(f, 0, f.length);
    }

    /** @return the frame's type and fields, or the status that refused it */
    public static String of(byte[] f, int off, int len) {
        SnMessage message = new SnMessage();
        int status = message.wrap(f, off, len);
        return status == Status.OK ? typed(message.type(), f, off, len) : status(status);
    }

    /** @return the name of a codec status */
    public static String status(int status) {
        switch (status) {
            case Status.OK:
                return "OK";
            case Status.TRUNCATED:
                return "TRUNCATED";
            case Status.MALFORMED:
                return "MALFORMED";
            case Status.UNSUPPORTED:
                return "UNSUPPORTED";
            default:
                return "status " + status;
        }
    }

    private static String typed(int type, byte[] f, int off, int len) {
        switch (type) {
            case SnType.ADVERTISE: {
                SnAdvertise v = new SnAdvertise();
                return ok(v.wrap(f, off, len), () -> "ADVERTISE gwId=" + v.gwId() + " durationS=" + v.durationS());
            }
            case SnType.SEARCHGW: {
                SnSearchGw v = new SnSearchGw();
                return ok(v.wrap(f, off, len), () -> "SEARCHGW radius=" + v.radius());
            }
            case SnType.GWINFO: {
                SnGwInfo v = new SnGwInfo();
                return ok(
                        v.wrap(f, off, len),
                        () -> "GWINFO gwId=" + v.gwId() + " address="
                                + Hex.of(f, v.addressOffset(), v.addressLength()));
            }
            case SnType.CONNECT: {
                SnConnect v = new SnConnect();
                return ok(
                        v.wrap(f, off, len),
                        () -> "CONNECT will=" + v.will() + " clean=" + v.cleanSession() + " protocol=" + v.protocolId()
                                + " keepAliveS=" + v.keepAliveS() + " id="
                                + text(f, v.clientIdOffset(), v.clientIdLength()));
            }
            case SnType.CONNACK, SnType.WILLTOPICRESP, SnType.WILLMSGRESP: {
                SnConnack v = new SnConnack();
                String name = type == SnType.CONNACK
                        ? "CONNACK"
                        : type == SnType.WILLTOPICRESP ? "WILLTOPICRESP" : "WILLMSGRESP";
                return ok(v.wrap(f, off, len), () -> name + " code=" + v.returnCode());
            }
            case SnType.WILLTOPICREQ:
                return ok(new SnWillReq().wrap(f, off, len), () -> "WILLTOPICREQ");
            case SnType.WILLMSGREQ:
                return ok(new SnWillReq().wrap(f, off, len), () -> "WILLMSGREQ");
            case SnType.WILLTOPIC, SnType.WILLTOPICUPD: {
                SnWillTopic v = new SnWillTopic();
                int status = v.wrap(f, off, len);
                return ok(
                        status,
                        () -> (type == SnType.WILLTOPIC ? "WILLTOPIC " : "WILLTOPICUPD ")
                                + (v.isEmpty()
                                        ? "empty"
                                        : "flags=" + Integer.toHexString(v.flags()) + " topic="
                                                + text(f, v.topicOffset(), v.topicLength())));
            }
            case SnType.WILLMSG, SnType.WILLMSGUPD: {
                SnWillMsg v = new SnWillMsg();
                return ok(
                        v.wrap(f, off, len),
                        () -> (type == SnType.WILLMSG ? "WILLMSG " : "WILLMSGUPD ")
                                + text(f, v.messageOffset(), v.messageLength()));
            }
            case SnType.REGISTER: {
                SnRegister v = new SnRegister();
                return ok(
                        v.wrap(f, off, len),
                        () -> "REGISTER topicId=" + v.topicId() + " msgId=" + v.msgId() + " name="
                                + text(f, v.nameOffset(), v.nameLength()));
            }
            case SnType.REGACK: {
                SnRegack v = new SnRegack();
                return ok(v.wrap(f, off, len), () -> "REGACK " + reply(v));
            }
            case SnType.PUBACK: {
                SnPuback v = new SnPuback();
                return ok(v.wrap(f, off, len), () -> "PUBACK " + reply(v));
            }
            case SnType.PUBLISH:
                return publish(f, off, len);
            case SnType.PUBREC, SnType.PUBREL, SnType.PUBCOMP, SnType.UNSUBACK: {
                SnAck v = new SnAck();
                String name = type == SnType.PUBREC
                        ? "PUBREC"
                        : type == SnType.PUBREL ? "PUBREL" : type == SnType.PUBCOMP ? "PUBCOMP" : "UNSUBACK";
                return ok(v.wrap(f, off, len), () -> name + " msgId=" + v.msgId());
            }
            case SnType.SUBSCRIBE, SnType.UNSUBSCRIBE: {
                SnSubscribe v = new SnSubscribe();
                return ok(
                        v.wrap(f, off, len),
                        () -> (type == SnType.SUBSCRIBE ? "SUBSCRIBE qos=" + v.qos() : "UNSUBSCRIBE")
                                + ((v.flags() & SnFlags.DUP) != 0 ? " dup=true" : "") + " type=" + v.topicIdType()
                                + " msgId=" + v.msgId()
                                + (v.topicIdType() == 0
                                        ? " topic=" + text(f, v.topicOffset(), v.topicLength())
                                        : " topicId=" + v.topicId()));
            }
            case SnType.SUBACK: {
                SnSuback v = new SnSuback();
                return ok(
                        v.wrap(f, off, len),
                        () -> "SUBACK qos=" + v.qos() + " topicId=" + v.topicId() + " msgId=" + v.msgId() + " code="
                                + v.returnCode());
            }
            case SnType.PINGREQ: {
                SnPing v = new SnPing();
                return ok(v.wrap(f, off, len), () -> "PINGREQ id=" + text(f, v.clientIdOffset(), v.clientIdLength()));
            }
            case SnType.PINGRESP:
                return ok(new SnPing().wrap(f, off, len), () -> "PINGRESP");
            case SnType.DISCONNECT: {
                SnDisconnect v = new SnDisconnect();
                return ok(v.wrap(f, off, len), () -> "DISCONNECT durationS=" + v.durationS());
            }
            case SnType.ENCAPSULATED: {
                SnForward v = new SnForward();
                return ok(
                        v.wrap(f, off, len),
                        () -> "ENCAPSULATED radius=" + v.radius() + " node="
                                + Hex.of(f, v.nodeIdOffset(), v.nodeIdLength()) + " inner="
                                + of(f, v.innerOffset(), v.innerLength()));
            }
            default:
                throw new AssertionError("a type without a view: " + type);
        }
    }

    private static String publish(byte[] f, int off, int len) {
        SnPublish v = new SnPublish(true);
        int status = v.wrap(f, off, len);
        if (status != Status.OK) {
            return status(status);
        }
        String topic = v.hasFullName()
                ? " name=" + text(f, v.nameOffset(), v.nameLength())
                : " type=" + v.topicIdType() + " topicId=" + v.topicId() + " msgId=" + v.msgId();
        return "PUBLISH qos=" + v.qos() + " dup=" + v.dup() + " retain=" + v.retain() + topic + " data="
                + text(f, v.dataOffset(), v.dataLength());
    }

    private static String reply(SnTopicReply v) {
        return "topicId=" + v.topicId() + " msgId=" + v.msgId() + " code=" + v.returnCode();
    }

    private static String ok(int status, Supplier<String> text) {
        return status == Status.OK ? text.get() : status(status);
    }

    /** @return printable ASCII as it is, other octets as {@code \xNN} */
    public static String text(byte[] b, int off, int len) {
        StringBuilder s = new StringBuilder();
        for (int i = off; i < off + len; i++) {
            s.append(b[i] >= 0x20 && b[i] < 0x7F ? String.valueOf((char) b[i]) : String.format("\\x%02X", b[i] & 0xFF));
        }
        return s.toString();
    }

    /** Writes the frame again from what the views read. @return its octets, in the shortest length form */
    public static byte[] again(byte[] f) {
        byte[] out = new byte[f.length + 7];
        int n = again(f, 0, f.length, out, 3);
        byte[] exact = new byte[Math.max(n, 0)];
        System.arraycopy(out, 3, exact, 0, exact.length);
        assertEquals(n, exact.length, "refused to encode");
        return exact;
    }

    private static int again(byte[] f, int off, int len, byte[] out, int at) {
        int cap = len;
        SnMessage message = new SnMessage();
        message.wrap(f, off, len);
        int type = message.type();
        switch (type) {
            case SnType.ADVERTISE: {
                SnAdvertise v = new SnAdvertise();
                v.wrap(f, off, len);
                return SnAdvertise.encode(out, at, cap, v.gwId(), v.durationS());
            }
            case SnType.SEARCHGW: {
                SnSearchGw v = new SnSearchGw();
                v.wrap(f, off, len);
                return SnSearchGw.encode(out, at, cap, v.radius());
            }
            case SnType.GWINFO: {
                SnGwInfo v = new SnGwInfo();
                v.wrap(f, off, len);
                return SnGwInfo.encode(out, at, cap, v.gwId(), f, v.addressOffset(), v.addressLength());
            }
            case SnType.CONNECT: {
                SnConnect v = new SnConnect();
                v.wrap(f, off, len);
                return SnConnect.encode(
                        out, at, cap, v.flags(), v.keepAliveS(), f, v.clientIdOffset(), v.clientIdLength());
            }
            case SnType.CONNACK, SnType.WILLTOPICRESP, SnType.WILLMSGRESP: {
                SnConnack v = new SnConnack();
                v.wrap(f, off, len);
                return SnConnack.encode(out, at, cap, type, v.returnCode());
            }
            case SnType.WILLTOPICREQ, SnType.WILLMSGREQ:
                return SnWillReq.encode(out, at, cap, type);
            case SnType.WILLTOPIC, SnType.WILLTOPICUPD: {
                SnWillTopic v = new SnWillTopic();
                v.wrap(f, off, len);
                return SnWillTopic.encode(out, at, cap, type, v.flags(), f, v.topicOffset(), v.topicLength());
            }
            case SnType.WILLMSG, SnType.WILLMSGUPD: {
                SnWillMsg v = new SnWillMsg();
                v.wrap(f, off, len);
                return SnWillMsg.encode(out, at, cap, type, f, v.messageOffset(), v.messageLength());
            }
            case SnType.REGISTER: {
                SnRegister v = new SnRegister();
                v.wrap(f, off, len);
                return SnRegister.encode(out, at, cap, v.topicId(), v.msgId(), f, v.nameOffset(), v.nameLength());
            }
            case SnType.REGACK: {
                SnRegack v = new SnRegack();
                v.wrap(f, off, len);
                return SnRegack.encode(out, at, cap, v.topicId(), v.msgId(), v.returnCode());
            }
            case SnType.PUBACK: {
                SnPuback v = new SnPuback();
                v.wrap(f, off, len);
                return SnPuback.encode(out, at, cap, v.topicId(), v.msgId(), v.returnCode());
            }
            case SnType.PUBLISH: {
                SnPublish v = new SnPublish(true);
                v.wrap(f, off, len);
                return v.hasFullName()
                        ? SnPublish.encodeNamed(
                                out,
                                at,
                                cap,
                                v.retain(),
                                f,
                                v.nameOffset(),
                                v.nameLength(),
                                f,
                                v.dataOffset(),
                                v.dataLength())
                        : SnPublish.encode(
                                out, at, cap, v.flags(), v.topicId(), v.msgId(), f, v.dataOffset(), v.dataLength());
            }
            case SnType.PUBREC, SnType.PUBREL, SnType.PUBCOMP, SnType.UNSUBACK: {
                SnAck v = new SnAck();
                v.wrap(f, off, len);
                return SnAck.encode(out, at, cap, type, v.msgId());
            }
            case SnType.SUBSCRIBE, SnType.UNSUBSCRIBE: {
                SnSubscribe v = new SnSubscribe();
                v.wrap(f, off, len);
                return v.topicIdType() == SnFlags.TOPIC_NORMAL
                        ? SnSubscribe.encode(
                                out, at, cap, type, v.flags(), v.msgId(), f, v.topicOffset(), v.topicLength())
                        : SnSubscribe.encode(out, at, cap, type, v.flags(), v.msgId(), v.topicId());
            }
            case SnType.SUBACK: {
                SnSuback v = new SnSuback();
                v.wrap(f, off, len);
                return SnSuback.encode(out, at, cap, SnFlags.ofQos(v.qos()), v.topicId(), v.msgId(), v.returnCode());
            }
            case SnType.PINGREQ: {
                SnPing v = new SnPing();
                v.wrap(f, off, len);
                return SnPing.encodeRequest(out, at, cap, f, v.clientIdOffset(), v.clientIdLength());
            }
            case SnType.PINGRESP:
                return SnPing.encodeResponse(out, at, cap);
            case SnType.DISCONNECT: {
                SnDisconnect v = new SnDisconnect();
                v.wrap(f, off, len);
                return SnDisconnect.encode(out, at, cap, v.durationS());
            }
            case SnType.ENCAPSULATED: {
                SnForward v = new SnForward();
                v.wrap(f, off, len);
                int n = SnForward.encode(out, at, cap, v.radius(), f, v.nodeIdOffset(), v.nodeIdLength());
                return n + again(f, v.innerOffset(), v.innerLength(), out, at + n);
            }
            default:
                return Status.UNSUPPORTED;
        }
    }
}
