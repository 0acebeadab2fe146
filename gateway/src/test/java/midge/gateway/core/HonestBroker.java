package midge.gateway.core;

import java.io.ByteArrayOutputStream;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttConnect;
import midge.mqtt.codec.MqttDisconnect;
import midge.mqtt.codec.MqttFramer;
import midge.mqtt.codec.MqttHeader;
import midge.mqtt.codec.MqttPing;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttSubscribe;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.MqttUnsubscribe;

/** One broker connection's other end, without a memory: reads strictly what the gateway writes, and knows the answers. */
final class HonestBroker {
    private static final int VERSION = 4;
    private static final int ANSWERS_MAX = 4_096;

    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
    private final MqttFramer framer = new MqttFramer(new byte[256], 40_000);
    private final MqttConnect connect = new MqttConnect();
    private final MqttPublish publish = new MqttPublish();
    private final MqttAck ack = new MqttAck();
    private final MqttSubscribe subscribe = new MqttSubscribe();
    private final MqttUnsubscribe unsubscribe = new MqttUnsubscribe();
    private final MqttPing ping = new MqttPing();
    private boolean begun;
    private boolean ended;
    boolean sessionPresent;

    /** A new connection. */
    void reset() {
        framer.reset();
        answers.reset();
        begun = false;
        ended = false;
    }

    void octets(byte[] octets, int offset, int length) {
        framer.push(octets, offset, length);
        int n = framer.next();
        while (n != 0) {
            if (n == midge.wire.Status.TOO_SMALL) {
                framer.lend(new byte[framer.needed()]);
            } else {
                require(n > 0, "breaks the stream: " + n);
                require(!ended, "sends after DISCONNECT");
                packet(framer.buffer(), framer.offset(), n);
            }
            n = framer.next();
        }
    }

    /** @return the answers to all packets since the last call; some are lost when nobody asks for long */
    byte[] take() {
        byte[] taken = answers.toByteArray();
        answers.reset();
        return taken;
    }

    private void packet(byte[] b, int at, int length) {
        int type = MqttHeader.type(b, at);
        require(begun != (type == MqttType.CONNECT), "CONNECT first and once, but type " + type);
        if (answers.size() > ANSWERS_MAX) {
            answers.reset();
        }
        switch (type) {
            case MqttType.CONNECT -> {
                begun = true;
                good(connect.wrap(b, at, length, VERSION), "CONNECT");
                answers.writeBytes(new byte[] {0x20, 2, (byte) (sessionPresent && !connect.clean() ? 1 : 0), 0});
            }
            case MqttType.PUBLISH -> {
                good(publish.wrap(b, at, length, VERSION), "PUBLISH");
                if (publish.qos() > 0) {
                    answer(publish.qos() == 1 ? 0x40 : 0x50, publish.packetId());
                }
            }
            case MqttType.PUBACK, MqttType.PUBREC, MqttType.PUBREL, MqttType.PUBCOMP -> {
                good(ack.wrap(b, at, length, VERSION), "ack");
                if (type == MqttType.PUBREL) {
                    answer(0x70, ack.packetId());
                } else if (type == MqttType.PUBREC) {
                    answer(0x62, ack.packetId());
                }
            }
            case MqttType.SUBSCRIBE -> {
                good(subscribe.wrap(b, at, length, VERSION), "SUBSCRIBE");
                int id = subscribe.packetId();
                answers.writeBytes(new byte[] {(byte) 0x90, 3, (byte) (id >> 8), (byte) id, 1});
            }
            case MqttType.UNSUBSCRIBE -> {
                good(unsubscribe.wrap(b, at, length, VERSION), "UNSUBSCRIBE");
                answer(0xB0, unsubscribe.packetId());
            }
            case MqttType.PINGREQ -> {
                good(ping.wrap(b, at, length, VERSION), "PINGREQ");
                answers.writeBytes(new byte[] {(byte) 0xD0, 0});
            }
            case MqttType.DISCONNECT -> {
                good(new MqttDisconnect().wrap(b, at, length, VERSION), "DISCONNECT");
                ended = true;
            }
            default -> throw new AssertionError("a gateway never sends type " + type);
        }
    }

    private void answer(int first, int packetId) {
        answers.writeBytes(new byte[] {(byte) first, 2, (byte) (packetId >> 8), (byte) packetId});
    }

    private static void good(int status, String what) {
        require(status == 0, "a bad " + what + ": " + status);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("the gateway broke MQTT: " + what);
        }
    }
}
