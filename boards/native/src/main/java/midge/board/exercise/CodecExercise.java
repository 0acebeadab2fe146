package midge.board.exercise;

import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttVersion;
import midge.mqttsn.codec.SnConnect;
import midge.mqttsn.codec.SnMessage;
import midge.mqttsn.codec.SnPublish;
import midge.mqttsn.codec.SnRegister;
import midge.mqttsn.codec.SnSubscribe;
import midge.mqttsn.codec.SnType;
import midge.wire.Prng;
import midge.wire.Status;

/** Writes frames with random fields, spoils one octet of every second, and reads them back; the checksum takes in all of it. */
final class CodecExercise {
    private static final int CAPACITY = 96;
    private static final int KINDS = 6;

    private final Prng prng;
    private final Checksum checksum;
    private final byte[] field = new byte[32];
    private final byte[] frame = new byte[CAPACITY];
    private final SnMessage message = new SnMessage();
    private final SnPublish publish = new SnPublish(true);
    private final SnConnect connect = new SnConnect();
    private final SnRegister register = new SnRegister();
    private final SnSubscribe subscribe = new SnSubscribe();
    private final MqttPublish mqtt = new MqttPublish();

    CodecExercise(Prng prng, Checksum checksum) {
        this.prng = prng;
        this.checksum = checksum;
    }

    void round() {
        int used = prng.below(field.length);
        for (int i = 0; i < used; i++) {
            field[i] = (byte) ('a' + prng.below(26));
        }
        int kind = prng.below(KINDS);
        int length = encode(kind, used);
        checksum.number(length);
        if (length < 0) {
            return;
        }
        checksum.octets(frame, 0, length);
        if (prng.below(2) == 0) {
            frame[prng.below(length)] ^= (byte) (1 << prng.below(8));
        }
        read(kind, length - (prng.below(8) == 0 ? 1 : 0));
    }

    private int encode(int kind, int used) {
        int id = prng.below(0x10000);
        int other = prng.below(0x10000);
        return switch (kind) {
            case 0 -> SnConnect.encode(frame, 0, CAPACITY, other, id, field, 0, used);
            case 1 -> SnRegister.encode(frame, 0, CAPACITY, other, id, field, 0, used);
            case 2 -> SnSubscribe.encode(frame, 0, CAPACITY, SnType.SUBSCRIBE, other & 0x60, id, field, 0, used);
            case 3 -> SnPublish.encode(frame, 0, CAPACITY, other & 0xFF, id, other, field, 0, used);
            case 4 -> {
                int flags = MqttPublish.flags(prng.below(3), false, true);
                yield MqttPublish.encode(frame, 0, CAPACITY, flags, field, 0, used / 2, id, field, 0, used);
            }
            default -> noise(1 + prng.below(20));
        };
    }

    private int noise(int length) {
        for (int i = 0; i < length; i++) {
            frame[i] = (byte) prng.nextInt();
        }
        return length;
    }

    private void read(int kind, int length) {
        if (kind == 4) {
            if (checked(mqtt.wrap(frame, 0, length, MqttVersion.V3_1_1))) {
                checksum.number(mqtt.qos() << 16 | mqtt.packetId());
                checksum.octets(frame, mqtt.topicOffset(), mqtt.topicLength());
                checksum.octets(frame, mqtt.payloadOffset(), mqtt.payloadLength());
            }
            return;
        }
        if (!checked(message.wrap(frame, 0, length))) {
            return;
        }
        checksum.number(message.type() << 16 | message.msgId());
        if (checked(publish.wrap(frame, 0, length))) {
            checksum.number(publish.flags() << 16 | publish.topicId());
            checksum.octets(frame, publish.dataOffset(), publish.dataLength());
        }
        if (checked(connect.wrap(frame, 0, length))) {
            checksum.number(connect.flags() << 16 | connect.keepAliveS());
        }
        if (checked(register.wrap(frame, 0, length))) {
            checksum.octets(frame, register.nameOffset(), register.nameLength());
        }
        if (checked(subscribe.wrap(frame, 0, length))) {
            checksum.number(subscribe.qos() << 16 | subscribe.msgId());
        }
    }

    private boolean checked(int status) {
        checksum.number(status);
        return status == Status.OK;
    }
}
