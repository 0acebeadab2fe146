package midge.mqtt.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import midge.profile.Hex;
import midge.wire.Status;
import org.junit.jupiter.api.Test;

/** Hostile octets: never an exception, never a read outside the packet, and what passes can be written again. */
class ArbitraryBytesTest {
    private static final List<ExamplesTest.Example> EXAMPLES = ExamplesTest.examples();
    private final Packets packets = new Packets();
    private final byte[] out = new byte[4096];

    private void judge(byte[] bytes, int version) {
        try {
            int status = packets.wrap(bytes, 0, bytes.length, version);
            assertTrue(status <= 0, () -> "status " + status);
            if (status == Status.OK) {
                int type = MqttHeader.type(bytes, 0);
                PacketText.of(packets, type);
                int length = packets.encodeAgain(out, 0, out.length, type, version);
                byte[] again = Arrays.copyOf(out, length);
                int declared = MqttHeader.packetLength(bytes, 0, bytes.length);
                if (!isNormalised(type, version)) {
                    assertEquals(Hex.of(bytes, 0, declared), Hex.of(again));
                }
                assertEquals(Status.OK, packets.wrap(again, 0, length, version));
            }
        } catch (RuntimeException | Error e) {
            throw new AssertionError("version " + version + ": " + Hex.of(bytes), e);
        }
    }

    /** Where two forms say the same: the DUP bit and the CONNACK octet of 3.1, a reason 0x00 that could have been cut. */
    private static boolean isNormalised(int type, int version) {
        return version == MqttVersion.V3_1
                || (version == MqttVersion.V5 && type >= MqttType.PUBACK && type <= MqttType.PUBCOMP)
                || type == MqttType.DISCONNECT;
    }

    @Test
    void mutatedPackets() {
        Random random = new Random(0x5EED);
        for (int i = 0; i < 300_000; i++) {
            ExamplesTest.Example example = EXAMPLES.get(random.nextInt(EXAMPLES.size()));
            byte[] bytes = example.packet().clone();
            for (int n = 1 + random.nextInt(3); n > 0; n--) {
                bytes[random.nextInt(bytes.length)] =
                        (byte) (random.nextBoolean() ? random.nextInt(256) : random.nextInt(8));
            }
            if (random.nextInt(4) == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 3));
            }
            judge(bytes, random.nextInt(3) == 0 ? 3 + random.nextInt(3) : example.version());
        }
    }

    @Test
    void packetsOfRandomBody() {
        Random random = new Random(0x5EED17);
        for (int i = 0; i < 300_000; i++) {
            int length = random.nextInt(40);
            byte[] bytes = new byte[2 + length];
            random.nextBytes(bytes);
            int type = 1 + random.nextInt(15);
            bytes[0] = (byte) (type << 4 | (random.nextInt(4) == 0 ? random.nextInt(16) : MqttType.flags(type)));
            bytes[1] = (byte) length;
            for (int j = 2; j < bytes.length; j++) {
                bytes[j] = (byte) (random.nextInt(3) == 0 ? bytes[j] : bytes[j] & 0x07);
            }
            judge(bytes, 3 + random.nextInt(3));
        }
    }

    @Test
    void randomStreamsThroughTheFramer() {
        Random random = new Random(0xF4A3);
        for (int i = 0; i < 20_000; i++) {
            MqttFramer framer = new MqttFramer(random.nextInt(200));
            for (int c = 0; c < 8; c++) {
                byte[] chunk = new byte[random.nextInt(60)];
                random.nextBytes(chunk);
                for (int j = 1; j < chunk.length; j += 2) {
                    chunk[j] &= 0x9F;
                }
                framer.push(chunk, 0, chunk.length);
                int n = framer.next();
                while (n > 0) {
                    packets.wrap(framer.buffer(), framer.offset(), n, 5);
                    n = framer.next();
                }
                assertTrue(n <= 0 && n != Status.TOO_SMALL);
            }
        }
    }
}
