package midge.bench.codec;

import java.util.Arrays;
import java.util.Random;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttPing;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttSuback;
import midge.mqtt.codec.MqttType;
import midge.mqtt.codec.MqttUnsuback;
import midge.mqtt.codec.MqttVersion;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A thousand packets of MQTT 3.1.1 as a client receives them, in chunks of 1 to 400 octets. The seed is fixed: same packets, same cuts
 * for every codec.
 */
@State(Scope.Thread)
public class MixedStream {
    static final int PACKETS = 1000;

    private static final int CHUNK_MAX = 400;

    byte[] bytes = new byte[PACKETS * 300];
    /** Where each chunk ends. */
    int[] ends = {};

    private final Random random = new Random(20_26);

    public MixedStream() {
        int length = 0;
        for (int i = 0; i < PACKETS; i++) {
            length += write(length, 1 + random.nextInt(0xFFFF));
        }
        bytes = Arrays.copyOf(bytes, length);
        cut();
    }

    private void cut() {
        int[] cuts = new int[bytes.length];
        int count = 0;
        for (int at = 0; at < bytes.length; ) {
            at = Math.min(bytes.length, at + 1 + random.nextInt(CHUNK_MAX));
            cuts[count++] = at;
        }
        ends = Arrays.copyOf(cuts, count);
    }

    /** Six in ten are PUBLISH of any QoS, the rest is what else a broker sends. */
    private int write(int at, int packetId) {
        int room = bytes.length - at;
        switch (random.nextInt(10)) {
            case 6:
                return MqttAck.encode(bytes, at, room, MqttType.PUBACK, packetId);
            case 7:
                return MqttAck.encode(bytes, at, room, MqttType.PUBREC + random.nextInt(3), packetId);
            case 8:
                return MqttPing.encode(bytes, at, room, MqttType.PINGRESP);
            case 9:
                return random.nextBoolean()
                        ? MqttUnsuback.encode(bytes, at, room, MqttVersion.V3_1_1, packetId, bytes, 0, 0, bytes, 0, 0)
                        : MqttSuback.encode(
                                bytes, at, room, MqttVersion.V3_1_1, packetId, bytes, 0, 0, new byte[] {0, 1}, 0, 2);
            default:
                return publish(at, packetId);
        }
    }

    private int publish(int at, int packetId) {
        byte[] topic = Sample.octets("site/" + random.nextInt(1000) + "/greenhouse/temperature");
        byte[] payload = Sample.payload(8 + random.nextInt(120));
        int flags = MqttPublish.flags(random.nextInt(3), false, random.nextBoolean());
        return MqttPublish.encode(
                bytes, at, bytes.length - at, flags, topic, 0, topic.length, packetId, payload, 0, payload.length);
    }
}
