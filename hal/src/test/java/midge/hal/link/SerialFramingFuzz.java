package midge.hal.link;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import midge.fuzz.Fenced;
import midge.fuzz.FuzzInput;
import midge.fuzz.FuzzTarget;
import midge.hal.Hal;
import midge.profile.Hex;

/**
 * A framing, a frame and a line of any octets: {@code |framing|length|frame|line|}. The frame comes back as it was, whatever is on the
 * line gives only frames of 1 to mtu octets, and behind it the decoder finds its feet again.
 */
public final class SerialFramingFuzz implements FuzzTarget {
    private static final int MTU = 100;
    private static final int KINDS = 7;

    private static SerialFraming framing(int kind) {
        return switch (kind) {
            case 0 -> new SlipFraming(MTU, false);
            case 1 -> new SlipFraming(MTU, true);
            case 2 -> new HdlcFraming(MTU);
            case 3 -> new CobsFraming(MTU, false);
            case 4 -> new CobsFraming(MTU, true);
            case 5 -> new XBeeFraming(MTU, true);
            default -> new XBeeFraming(MTU, false);
        };
    }

    @Override
    public void fuzz(byte[] data) {
        FuzzInput in = new FuzzInput(data);
        int kind = in.below(KINDS);
        byte[] frame = in.field();
        SerialFraming framing = framing(kind);
        byte[] encoded = encode(framing, frame);
        if (encoded.length > 0) {
            List<String> back = decode(framing, encoded);
            check(back.equals(List.of(Hex.of(frame))), "came back as " + back);
            decode(framing, in.rest());
            boolean findsItsFeet = kind < 6;
            // A delimiter only at the end: the first frame may be lost with the noise before it.
            if (findsItsFeet) {
                decode(framing, encoded);
                back = decode(framing, encoded);
                check(back.equals(List.of(Hex.of(frame))), "after noise came " + back);
            }
        }
    }

    private static byte[] encode(SerialFraming framing, byte[] frame) {
        Fenced data = Fenced.of(frame, 0xA5);
        int most = frame.length < 1 ? 1 : framing.encodedMost(frame.length);
        Fenced room = Fenced.room(most, 0x5A);
        int length = framing.encode(data.array, data.offset, data.length, room.array, room.offset, room.length);
        room.check();
        if (frame.length < 1 || frame.length > MTU) {
            check(length == Hal.INVALID, "a bad length gives " + length);
            return new byte[0];
        }
        check(length > 0 && length <= most, "encodes to " + length);
        Fenced small = Fenced.room(length - 1, 0x3C);
        int refused = framing.encode(data.array, data.offset, data.length, small.array, small.offset, small.length);
        check(refused == Hal.FULL, "too little room gives " + refused);
        small.check();
        return room.copy(length);
    }

    private static List<String> decode(SerialFraming framing, byte[] line) {
        List<String> frames = new ArrayList<>();
        for (byte octet : line) {
            int length = framing.decode(octet);
            check(length >= 0 && length <= MTU, "a frame of " + length);
            if (length > 0) {
                frames.add(Hex.of(Arrays.copyOf(framing.frame(), length)));
            }
        }
        int dropped = framing.oversizedFrames() + framing.malformedFrames() + framing.badChecksums();
        check(dropped >= 0, "dropped " + dropped);
        return frames;
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        String[] lines = {
            "C0 05 DB DC DB DD 01 C0",
            "C0 02 17 C0",
            "7E 01 7D 5E 7D 5D 11 12 31 7E",
            "03 11 22 02 33 00 01 01 01 00",
            "7E 00 02 23 7D 31 CB 7E 00 10 10 01 00 7D 33 A2 00 40 AA BB CC FF FE 00 00 02 17 B2"
        };
        for (int kind = 0; kind < KINDS; kind++) {
            seeds.add(Hex.bytes(String.format("%02X 04 02 C0 7E 00 C0 7E ", kind) + "55 ".repeat(130)));
            for (String line : lines) {
                seeds.add(Hex.bytes(String.format("%02X 04 02 C0 7E 00 ", kind) + line));
            }
        }
        return seeds;
    }
}
