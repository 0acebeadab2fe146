package midge.mqttsn.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import midge.profile.Allocation;
import midge.wire.Status;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("interpreted")
class CodecAllocationTest {
    private final byte[] out = new byte[300];
    private final byte[] data = new byte[100];
    private final SnMessage message = new SnMessage();
    private final SnPublish publish = new SnPublish();
    private final SnRegister register = new SnRegister();
    private final SnSubscribe subscribe = new SnSubscribe();
    private final SnForward forward = new SnForward();
    private int sum;

    @Test
    void readingAndWritingAllocatesNothing() {
        byte[][] frames = Frames.all().stream().map(Frames.Frame::octets).toArray(byte[][]::new);
        assertEquals(0, Allocation.of(() -> {
            for (int round = 0; round < 2_000; round++) {
                for (int i = 0; i < frames.length; i++) {
                    read(frames[i]);
                }
                write(round);
            }
        }));
    }

    private void read(byte[] f) {
        if (message.wrap(f, 0, f.length) != Status.OK) {
            return;
        }
        switch (message.type()) {
            case SnType.PUBLISH:
                if (publish.wrap(f, 0, f.length) == Status.OK) {
                    sum += publish.topicId() + publish.dataLength();
                }
                break;
            case SnType.REGISTER:
                sum += register.wrap(f, 0, f.length) + register.nameLength();
                break;
            case SnType.SUBSCRIBE:
                sum += subscribe.wrap(f, 0, f.length) + subscribe.topicLength();
                break;
            case SnType.ENCAPSULATED:
                sum += forward.wrap(f, 0, f.length) + forward.innerLength();
                break;
            default:
                sum += message.bodyLength();
        }
    }

    private void write(int round) {
        sum += SnPublish.encode(out, 0, out.length, SnFlags.QOS_1, 7, 1 + (round & 0xFFF), data, 0, 100);
        sum += SnRegister.encode(out, 0, out.length, 0, 1, data, 0, 20);
        sum += SnSubscribe.encode(out, 0, out.length, SnType.SUBSCRIBE, SnFlags.QOS_1, 1, data, 0, 20);
        sum += SnConnect.encode(out, 0, out.length, SnFlags.WILL, 60, data, 0, 6);
        sum += SnAck.encode(out, 0, out.length, SnType.PUBREL, 9);
    }
}
