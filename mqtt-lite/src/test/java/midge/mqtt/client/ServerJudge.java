package midge.mqtt.client;

import java.io.ByteArrayOutputStream;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttAuth;
import midge.mqtt.codec.MqttConnect;
import midge.mqtt.codec.MqttDisconnect;
import midge.mqtt.codec.MqttFramer;
import midge.mqtt.codec.MqttHeader;
import midge.mqtt.codec.MqttPing;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttSubscribe;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.MqttUnsubscribe;

/** Reads what a client writes as a strict server does, and knows the answers. */
final class ServerJudge {
    private final int version;
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
    private MqttFramer framer = new MqttFramer(4_096);
    private boolean open;
    private boolean begun;
    private boolean ended;

    ServerJudge(int version) {
        this.version = version;
    }

    boolean isOpen() {
        return open;
    }

    void open() {
        framer = new MqttFramer(4_096);
        answers.reset();
        open = true;
        begun = false;
        ended = false;
    }

    void close() {
        open = false;
    }

    /** Octets from the client. */
    void octets(byte[] octets) {
        if (octets.length == 0) {
            return;
        }
        require(open, "sends without a stream");
        framer.push(octets, 0, octets.length);
        int n = framer.next();
        while (n > 0) {
            require(!ended, "sends after DISCONNECT");
            packet(framer.buffer(), framer.offset(), n);
            n = framer.next();
        }
        require(n == 0, "breaks the stream: " + n);
    }

    /** @return the answers to all packets since the last call */
    byte[] takeAnswers() {
        byte[] taken = answers.toByteArray();
        answers.reset();
        return taken;
    }

    private void packet(byte[] b, int at, int length) {
        int type = MqttHeader.type(b, at);
        require(begun != (type == MqttType.CONNECT), "CONNECT first and once, but type " + type);
        switch (type) {
            case MqttType.CONNECT -> {
                begun = true;
                good(new MqttConnect().wrap(b, at, length, version), "CONNECT");
            }
            case MqttType.PUBLISH -> {
                MqttPublish p = new MqttPublish();
                good(p.wrap(b, at, length, version), "PUBLISH");
                if (p.qos() > 0) {
                    answer(p.qos() == 1 ? 0x40 : 0x50, p.packetId());
                }
            }
            case MqttType.PUBACK, MqttType.PUBREC, MqttType.PUBREL, MqttType.PUBCOMP -> {
                MqttAck a = new MqttAck();
                good(a.wrap(b, at, length, version), "ack");
                if (type == MqttType.PUBREL) {
                    answer(0x70, a.packetId());
                } else if (type == MqttType.PUBREC && a.reasonCode() < 0x80) {
                    answer(0x62, a.packetId());
                }
            }
            case MqttType.SUBSCRIBE -> good(new MqttSubscribe().wrap(b, at, length, version), "SUBSCRIBE");
            case MqttType.UNSUBSCRIBE -> good(new MqttUnsubscribe().wrap(b, at, length, version), "UNSUBSCRIBE");
            case MqttType.PINGREQ -> good(new MqttPing().wrap(b, at, length, version), "PINGREQ");
            case MqttType.AUTH -> good(new MqttAuth().wrap(b, at, length, version), "AUTH");
            case MqttType.DISCONNECT -> {
                good(new MqttDisconnect().wrap(b, at, length, version), "DISCONNECT");
                ended = true;
            }
            default -> throw new AssertionError("a client never sends type " + type);
        }
    }

    private void answer(int first, int packetId) {
        answers.writeBytes(new byte[] {(byte) first, 2, (byte) (packetId >> 8), (byte) packetId});
    }

    private static void good(int status, String what) {
        require(status == 0, "writes a bad " + what + ": " + status);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
