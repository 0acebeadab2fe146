package midge.hal.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import midge.profile.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XBeeFramingTest {
    private static List<String> decode(XBeeFraming framing, byte[] line) {
        List<String> frames = new ArrayList<>();
        for (byte octet : line) {
            int length = framing.decode(octet);
            if (length > 0) {
                frames.add(Hex.of(framing.frame(), 0, length));
            }
        }
        return frames;
    }

    @ParameterizedTest
    @CsvSource({
        "1, 10 01 00 13 A2 00 40 AA BB CC FF FE 00 00 02 17,"
                + " 7E 00 10 10 01 00 13 A2 00 40 AA BB CC FF FE 00 00 02 17 B2",
        "2, 10 01 00 13 A2 00 40 AA BB CC FF FE 00 00 02 17,"
                + " 7E 00 10 10 01 00 7D 33 A2 00 40 AA BB CC FF FE 00 00 02 17 B2",
        "1, 10 02 00 00 00 00 00 00 FF FF FF FE 00 00 03 01 01,"
                + " 7E 00 11 10 02 00 00 00 00 00 00 FF FF FF FE 00 00 03 01 01 ED",
        "1, 90 00 13 A2 00 40 11 22 33 12 34 01 02 16, 7E 00 0E 90 00 13 A2 00 40 11 22 33 12 34 01 02 16 B5",
        "2, 90 00 13 A2 00 40 11 22 33 12 34 01 02 16,"
                + " 7E 00 0E 90 00 7D 33 A2 00 40 7D 31 22 33 12 34 01 02 16 B5",
        "1, 8B 01 12 34 00 00 00, 7E 00 07 8B 01 12 34 00 00 00 2D",
        "1, 08 52 4E 50, 7E 00 04 08 52 4E 50 07",
        "1, 88 52 4E 50 00 00 54, 7E 00 07 88 52 4E 50 00 00 54 33",
        "1, 23 11, 7E 00 02 23 11 CB", // the vendor's example of escaping
        "2, 23 11, 7E 00 02 23 7D 31 CB",
    })
    void framesOfBothModes(int mode, String data, String line) {
        XBeeFraming framing = new XBeeFraming(100, mode == 2);
        byte[] out = new byte[100];
        byte[] octets = Hex.bytes(data);
        int length = framing.encode(octets, 0, octets.length, out, 0, out.length);
        assertEquals(line, Hex.of(out, 0, length));
        assertEquals(List.of(data), decode(framing, Hex.bytes(line)));
    }

    @ParameterizedTest
    @CsvSource({
        "7E 00 02 23 11 CC 7E 00 02 23 11 CB, 0, 0, 1", // wrong checksum
        "7E 01 00 23 11 7E 00 02 23 11 CB, 1, 0, 0", // longer than we hold
        "7E 00 00 FF 7E 00 02 23 11 CB, 1, 0, 0", // empty
        "01 02 03 7E 00 02 23 11 CB, 0, 0, 0", // noise before the first frame
    })
    void findsTheNextFrameAndCountsTheDropped(String line, int oversized, int malformed, int badChecksums) {
        XBeeFraming framing = new XBeeFraming(100, false);
        assertEquals(List.of("23 11"), decode(framing, Hex.bytes(line)));
        assertEquals(oversized, framing.oversizedFrames());
        assertEquals(malformed, framing.malformedFrames());
        assertEquals(badChecksums, framing.badChecksums());
    }

    @Test
    void withEscapesAStartAlwaysStartsAFrame() {
        XBeeFraming framing = new XBeeFraming(100, true);
        String cut = "7E 00 10 10 01 00 7D";
        assertEquals(List.of("23 11"), decode(framing, Hex.bytes(cut + " 7E 00 02 23 7D 31 CB")));
        assertEquals(1, framing.malformedFrames());
    }

    @Test
    void withEscapesAnyNoiseIsOverAtTheNextStart() {
        Random random = new Random(5);
        byte[] good = Hex.bytes("7E 00 02 23 7D 31 CB");
        XBeeFraming framing = new XBeeFraming(100, true);
        for (int round = 0; round < 1_000; round++) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            decode(framing, noise);
            List<String> frames = decode(framing, good);
            assertEquals(List.of("23 11"), frames);
        }
        assertTrue(framing.malformedFrames() > 0);
    }
}
