package midge.cli;

import java.util.Arrays;
import java.util.function.Consumer;
import midge.mqtt.codec.MqttFramer;
import midge.wire.Status;

/** Cuts one direction of a stream into packets and tells each in words; memory grows with the largest packet. */
final class PacketTrace {
    private static final int LARGEST = 268_435_460;

    private final int version;
    private final Consumer<String> sink;
    private MqttFramer framer = new MqttFramer(new byte[256], LARGEST);
    private boolean broken;

    PacketTrace(int version, Consumer<String> sink) {
        this.version = version;
        this.sink = sink;
    }

    /** A new connection begins. */
    void reset() {
        framer = new MqttFramer(new byte[256], LARGEST);
        broken = false;
    }

    void onBytes(byte[] bytes, int offset, int length) {
        if (broken) {
            return;
        }
        framer.push(bytes, offset, length);
        int packet;
        while ((packet = next()) > 0) {
            sink.accept(PacketWords.of(framer.buffer(), framer.offset(), packet, version));
        }
        if (packet < 0) {
            broken = true;
            sink.accept("octets that are no MQTT (status " + packet + ")");
        }
    }

    private int next() {
        int packet = framer.next();
        while (packet == Status.TOO_SMALL) {
            framer.lend(Arrays.copyOf(framer.store(), Math.max(framer.needed(), 2 * framer.store().length)));
            packet = framer.next();
        }
        return packet;
    }
}
