package midge.mqtt.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import midge.fuzz.Fenced;
import midge.fuzz.FuzzInput;
import midge.fuzz.FuzzTarget;
import midge.profile.Hex;
import midge.wire.Status;

/**
 * A stream cut into chunks in two ways, {@code |largest packet:2|seed of the cuts|stream|}: both give the packets that a plain reading
 * of the remaining lengths gives, and the same error behind them; a framer with a lent store does too.
 */
public final class FramerFuzz implements FuzzTarget {
    @Override
    public void fuzz(byte[] data) {
        FuzzInput in = new FuzzInput(data);
        int sizeMax = in.u16() % 1_000;
        Random cuts = new Random(in.octet());
        byte[] stream = in.rest();
        List<String> expected = plain(stream, sizeMax);
        same(expected, cut(new MqttFramer(sizeMax), stream, stream.length + 1, cuts));
        same(expected, cut(new MqttFramer(sizeMax), stream, 1, cuts));
        same(expected, cut(new MqttFramer(sizeMax), stream, 9, cuts));
        same(expected, cut(new MqttFramer(new byte[0], sizeMax), stream, 40, cuts));
    }

    private static void same(List<String> expected, List<String> actual) {
        if (!expected.equals(actual)) {
            throw new AssertionError("expected " + expected + " but got " + actual);
        }
    }

    /** The rule of MQTT 5.0 §1.5.5 and §2.1, written down once more. */
    private static List<String> plain(byte[] stream, int sizeMax) {
        List<String> found = new ArrayList<>();
        int at = 0;
        while (at < stream.length) {
            if ((stream[at] & 0xF0) == 0) {
                found.add("error " + MqttError.RESERVED_TYPE);
                return found;
            }
            long remaining = 0;
            int i = at + 1;
            for (int shift = 0; ; shift += 7, i++) {
                if (i == stream.length) {
                    return found;
                }
                remaining |= (long) (stream[i] & 0x7F) << shift;
                boolean last = (stream[i] & 0x80) == 0;
                if ((!last && shift == 21) || (last && shift > 0 && stream[i] == 0)) {
                    found.add("error " + MqttError.REMAINING_LENGTH);
                    return found;
                }
                if (last) {
                    break;
                }
            }
            long end = i + 1 + remaining;
            if (end - at > sizeMax) {
                found.add("error " + Status.TOO_LARGE);
                return found;
            }
            if (end > stream.length) {
                return found;
            }
            found.add(Hex.of(stream, at, (int) end - at));
            at = (int) end;
        }
        return found;
    }

    private static List<String> cut(MqttFramer framer, byte[] stream, int chunkMax, Random cuts) {
        List<String> found = new ArrayList<>();
        int at = 0;
        while (at < stream.length) {
            int length = Math.min(stream.length - at, 1 + cuts.nextInt(chunkMax));
            Fenced chunk = Fenced.of(Arrays.copyOfRange(stream, at, at + length), cuts.nextInt(256));
            framer.push(chunk.array, chunk.offset, length);
            int status = take(framer, found);
            chunk.check();
            if (status < 0) {
                found.add("error " + status);
                if (framer.next() != status || framer.push(stream, 0, 1) != status) {
                    throw new AssertionError("the error does not stay");
                }
                return found;
            }
            at += length;
        }
        return found;
    }

    private static int take(MqttFramer framer, List<String> found) {
        int n = framer.next();
        while (n > 0 || n == Status.TOO_SMALL) {
            if (n > 0) {
                found.add(Hex.of(framer.buffer(), framer.offset(), n));
            } else if (framer.lend(new byte[framer.needed()]) != Status.OK) {
                throw new AssertionError("what was asked for is not enough");
            }
            n = framer.next();
        }
        return n;
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        byte[] all = {3, (byte) 0xE7, 1};
        for (ExamplesTest.Example example : ExamplesTest.examples()) {
            byte[] packet = example.packet();
            seeds.add(Hex.bytes("03 E7 01" + Hex.of(packet)));
            all = Arrays.copyOf(all, all.length + packet.length);
            System.arraycopy(packet, 0, all, all.length - packet.length, packet.length);
        }
        seeds.add(all);
        return seeds;
    }
}
