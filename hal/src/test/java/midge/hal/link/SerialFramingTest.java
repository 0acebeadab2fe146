package midge.hal.link;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import midge.hal.Hal;
import midge.profile.Allocation;
import midge.profile.Hex;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SerialFramingTest {
    private static final int MTU = 300;

    static Stream<SerialFraming> all() {
        return Stream.of(
                new SlipFraming(MTU, false),
                new SlipFraming(MTU, true),
                new HdlcFraming(MTU),
                new CobsFraming(MTU, false),
                new CobsFraming(MTU, true));
    }

    static Stream<SerialFraming> withLengths() {
        return Stream.concat(
                all(), Stream.of(new LengthFraming(MTU), new XBeeFraming(MTU, true), new XBeeFraming(MTU, false)));
    }

    static Stream<SerialFraming> checked() {
        return Stream.of(
                new SlipFraming(MTU, true), new HdlcFraming(MTU), new CobsFraming(MTU, true), new LengthFraming(MTU));
    }

    private static byte[] encode(SerialFraming framing, byte[] data) {
        byte[] out = new byte[framing.encodedMost(data.length)];
        int length = framing.encode(data, 0, data.length, out, 0, out.length);
        assertTrue(length > 0, "status " + length);
        return Arrays.copyOf(out, length);
    }

    private static List<byte[]> decode(SerialFraming framing, byte[] line) {
        List<byte[]> frames = new ArrayList<>();
        for (byte octet : line) {
            int length = framing.decode(octet);
            if (length > 0) {
                frames.add(Arrays.copyOf(framing.frame(), length));
            }
        }
        return frames;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] counting(int from, int to) {
        byte[] octets = new byte[to - from + 1];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (from + i);
        }
        return octets;
    }

    private static int dropped(SerialFraming framing) {
        return framing.oversizedFrames() + framing.malformedFrames() + framing.badChecksums();
    }

    private static void exchanges(SerialFraming framing, String data, String line) {
        assertEquals(line, Hex.of(encode(framing, Hex.bytes(data))));
        List<byte[]> frames = decode(framing, Hex.bytes(line));
        assertEquals(1, frames.size());
        assertEquals(data, Hex.of(frames.get(0)));
        assertEquals(0, dropped(framing));
    }

    @ParameterizedTest
    @CsvSource({"02 17, C0 02 17 C0", "05 C0 DB 01, C0 05 DB DC DB DD 01 C0"})
    void slipOfRfc1055(String data, String line) {
        exchanges(new SlipFraming(MTU, false), data, line);
    }

    @ParameterizedTest
    @CsvSource({"02 17, 7E 02 17 C9 58 7E", "01 7E 7D 11, 7E 01 7D 5E 7D 5D 11 12 31 7E"})
    void hdlcOfRfc1662(String data, String line) {
        exchanges(new HdlcFraming(MTU), data, line);
    }

    @ParameterizedTest
    @CsvSource({"02 17, 7E 00 04 02 17 C9 58", "01 7E 7D 11, 7E 00 06 01 7E 7D 11 12 31"})
    void lengthsInFrontWithTheCheckOfHdlc(String data, String line) {
        exchanges(new LengthFraming(MTU), data, line);
    }

    @Test
    void aLengthThatCannotBeIsDroppedAtOnce() {
        LengthFraming framing = new LengthFraming(MTU);
        assertEquals(List.of(), decode(framing, Hex.bytes("7E 00 02 7E 01 2F 7E FF FF")));
        assertEquals(3, framing.oversizedFrames());
        assertEquals(1, decode(framing, Hex.bytes("7E 00 04 02 17 C9 58")).size());
    }

    @Test
    void aLengthInNoiseCostsFramesUntilItIsOver() {
        LengthFraming framing = new LengthFraming(MTU);
        byte[] frame = encode(framing, Hex.bytes("02 17"));
        byte[] line = Hex.bytes("7E 01 2E"); // 302 octets will follow
        for (int i = 0; i < 50; i++) {
            line = join(line, frame);
        }
        List<byte[]> frames = decode(framing, line);
        assertTrue(frames.size() >= 5, "frames " + frames.size()); // 302 of 350 octets are swallowed
        assertEquals("02 17", Hex.of(frames.get(0)));
        assertEquals(1, framing.badChecksums());
    }

    @ParameterizedTest
    @CsvSource({
        "00, 01 01 00",
        "00 00, 01 01 01 00",
        "11 22 00 33, 03 11 22 02 33 00",
        "11 22 33 44, 05 11 22 33 44 00",
        "11 00 00 00, 02 11 01 01 01 00"
    })
    void cobsOfItsPaper(String data, String line) {
        exchanges(new CobsFraming(MTU, false), data, line);
    }

    @Test
    void cobsAtTheEndOfAFullBlock() {
        String ones = Hex.of(counting(0x01, 0xFE));
        exchanges(new CobsFraming(MTU, false), ones, "FF " + ones + " 00");
        exchanges(new CobsFraming(MTU, false), "00 " + ones, "01 FF " + ones + " 00");
        exchanges(new CobsFraming(MTU, false), ones + " FF", "FF " + ones + " 02 FF 00");
        // Some encoders add an empty block behind a full one.
        List<byte[]> frames = decode(new CobsFraming(MTU, false), Hex.bytes("FF " + ones + " 01 00"));
        assertEquals(ones, Hex.of(frames.get(0)));
    }

    @ParameterizedTest
    @MethodSource("withLengths")
    void everyFrameComesBackAndFitsTheRoomThatIsNamed(SerialFraming framing) {
        Random random = new Random(7);
        byte[] awkward = Hex.bytes("C0 DB DC DD 7E 7D 5E 5D 00 FF 01");
        for (int length = 1; length <= MTU; length++) {
            byte[] data = new byte[length];
            random.nextBytes(data);
            if (length % 3 == 0) {
                Arrays.fill(data, awkward[random.nextInt(awkward.length)]);
            }
            List<byte[]> frames = decode(framing, encode(framing, data));
            assertEquals(1, frames.size());
            assertArrayEquals(data, frames.get(0));
        }
        assertEquals(0, dropped(framing));
    }

    @ParameterizedTest
    @MethodSource("all")
    void oneFrameAfterAnotherAndEmptyOnesBetween(SerialFraming framing) {
        byte[] first = encode(framing, Hex.bytes("01 00 C0 7E"));
        byte delimiter = first[first.length - 1];
        byte[] second = encode(framing, Hex.bytes("02"));
        List<byte[]> frames =
                decode(framing, join(new byte[] {delimiter, delimiter}, first, new byte[] {delimiter}, second));
        assertEquals(2, frames.size());
        assertEquals("02", Hex.of(frames.get(1)));
        assertEquals(0, dropped(framing));
    }

    @ParameterizedTest
    @MethodSource("all")
    void aFrameOverTheMtuIsCountedAndTheNextOneIsGood(SerialFraming framing) {
        byte[] large = new byte[5_000];
        Arrays.fill(large, (byte) 0x55);
        SerialFraming wide =
                framing instanceof CobsFraming ? new CobsFraming(5_000, false) : new SlipFraming(5_000, false);
        byte[] line = encode(wide, large);
        if (framing instanceof HdlcFraming) {
            line[0] = 0x7E;
            line[line.length - 1] = 0x7E;
        }
        List<byte[]> frames = decode(framing, join(line, encode(framing, Hex.bytes("0A 0B"))));
        assertEquals(1, frames.size());
        assertEquals("0A 0B", Hex.of(frames.get(0)));
        assertEquals(1, framing.oversizedFrames());
    }

    @Test
    void aFrameOneOctetOverTheMtuIsOversized() {
        byte[] line = encode(new HdlcFraming(MTU + 1), new byte[MTU + 1]);
        HdlcFraming framing = new HdlcFraming(MTU);
        assertEquals(List.of(), decode(framing, line));
        assertEquals(1, framing.oversizedFrames());
        line = encode(new SlipFraming(MTU + 1, false), new byte[MTU + 1]);
        SlipFraming slip = new SlipFraming(MTU, false);
        assertEquals(List.of(), decode(slip, line));
        assertEquals(1, slip.oversizedFrames());
    }

    @ParameterizedTest
    @MethodSource("checked")
    void noSingleBitErrorEverDeliversAnotherFrame(SerialFraming framing) {
        byte[] data = Hex.bytes("0C 0C 20 00 01 00 07 32 31 2E 33 38 7E 7D C0 DB 00");
        byte[] line = encode(framing, data);
        for (int bit = 0; bit < line.length * 8; bit++) {
            byte[] damaged = line.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            for (byte[] frame : decode(framing, join(damaged, line))) {
                assertArrayEquals(data, frame, "bit " + bit);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void anyOctetsAreTakenAndAFrameAfterTwoDelimitersIsFound(SerialFraming framing) {
        Random random = new Random(11);
        byte[] data = Hex.bytes("02 17");
        byte[] frame = encode(framing, data);
        byte delimiter = frame[frame.length - 1];
        for (int round = 0; round < 500; round++) {
            byte[] noise = new byte[random.nextInt(700)];
            random.nextBytes(noise);
            List<byte[]> frames = decode(framing, join(noise, new byte[] {delimiter}, frame));
            assertArrayEquals(data, frames.get(frames.size() - 1));
            for (byte[] each : frames) {
                assertTrue(each.length <= MTU);
            }
        }
        assertTrue(dropped(framing) > 0);
    }

    @ParameterizedTest
    @CsvSource({"C0 01 DB 02 C0, 1", "C0 01 DB C0, 1", "C0 DB C0, 1", "C0 01 C0, 0"})
    void slipDropsWhatIsNotSlip(String line, int malformed) {
        SlipFraming framing = new SlipFraming(MTU, false);
        assertEquals(1 - malformed, decode(framing, Hex.bytes(line)).size());
        assertEquals(malformed, framing.malformedFrames());
    }

    @ParameterizedTest
    @CsvSource({"03 11 00, 1", "FF 01 02 00, 1", "02 11 00, 0"})
    void cobsDropsABlockThatRunsPastTheEnd(String line, int malformed) {
        CobsFraming framing = new CobsFraming(MTU, false);
        assertEquals(1 - malformed, decode(framing, Hex.bytes(line)).size());
        assertEquals(malformed, framing.malformedFrames());
    }

    @Test
    void hdlcAbortGivesTheFrameUp() {
        HdlcFraming framing = new HdlcFraming(MTU);
        List<byte[]> frames = decode(framing, Hex.bytes("7E 02 17 C9 58 7D 7E 02 17 C9 58 7E"));
        assertEquals(1, frames.size());
        assertEquals(1, framing.malformedFrames());
    }

    @Test
    void hdlcTakesAnyOctetEscaped() {
        byte[] line = Hex.bytes("7E 7D 22 7D 37 C9 58 7E"); // 02 17
        assertEquals("02 17", Hex.of(decode(new HdlcFraming(MTU), line).get(0)));
        byte[] plain = encode(new HdlcFraming(MTU), Hex.bytes("5D"));
        byte[] escaped = join(Hex.bytes("7E 7D 7D"), Arrays.copyOfRange(plain, 2, plain.length));
        assertEquals("5D", Hex.of(decode(new HdlcFraming(MTU), escaped).get(0)));
    }

    @Test
    void aFrameShorterThanItsCheckIsNoise() {
        HdlcFraming framing = new HdlcFraming(MTU);
        assertEquals(List.of(), decode(framing, Hex.bytes("7E 01 7E 01 02 7E")));
        assertEquals(2, framing.badChecksums());
    }

    @ParameterizedTest
    @MethodSource("withLengths")
    void encodingStopsAtTheRoomThatThereIs(SerialFraming framing) {
        byte[] data = counting(0, 255);
        int needed = encode(framing, data).length;
        byte[] out = new byte[needed + 2];
        assertEquals(Hal.FULL, framing.encode(data, 0, data.length, out, 1, needed - 1));
        assertEquals(0, out[needed], "nothing beyond the room");
        assertEquals(needed, framing.encode(data, 0, data.length, out, 1, needed));
        assertEquals(0, out[0]);
    }

    @ParameterizedTest
    @MethodSource("withLengths")
    void emptyAndOversizedFramesAreNotEncoded(SerialFraming framing) {
        byte[] data = new byte[MTU + 1];
        assertEquals(Hal.INVALID, framing.encode(data, 0, 0, new byte[2_000], 0, 2_000));
        assertEquals(Hal.INVALID, framing.encode(data, 0, MTU + 1, new byte[2_000], 0, 2_000));
    }

    @ParameterizedTest
    @MethodSource("withLengths")
    @Tag("interpreted")
    void codingAllocatesNothing(SerialFraming framing) {
        byte[] data = counting(0, 255);
        byte[] line = new byte[1_000];
        assertEquals(0, Allocation.of(() -> {
            for (int i = 0; i < 200; i++) {
                int length = framing.encode(data, 0, data.length, line, 0, line.length);
                int got = 0;
                for (int at = 0; at < length; at++) {
                    got += framing.decode(line[at]);
                }
                if (got != data.length) {
                    throw new IllegalStateException("got " + got);
                }
            }
        }));
    }
}
