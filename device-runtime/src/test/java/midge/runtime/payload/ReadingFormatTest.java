package midge.runtime.payload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import midge.hal.sense.Quantity;
import midge.profile.Hex;
import midge.wire.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingFormatTest {
    private static final byte[] NODE = "n1/".getBytes(StandardCharsets.US_ASCII);
    private final byte[] out = new byte[128];

    private static Measurement of(int... quantitiesAndValues) {
        Measurement m = new Measurement(quantitiesAndValues.length / 2);
        for (int i = 0; i < m.count(); i++) {
            m.set(i, quantitiesAndValues[2 * i], quantitiesAndValues[2 * i + 1]);
        }
        return m;
    }

    private static Measurement climate() {
        return of(Quantity.TEMPERATURE, 21_380, Quantity.HUMIDITY, 40_000);
    }

    @Test
    void theTimeIsToldWhenItWasKnown() {
        Measurement m = climate();
        m.takenAt(7, 1_732_145_655_123L);
        assertEquals("{\"ts\":1732145655123,\"t\":21.38,\"h\":40.00}", text(new JsonReading(), m));
        assertEquals(
                "[{\"bn\":\"n1/\",\"bt\":1732145655.123,\"n\":\"t\",\"u\":\"Cel\",\"v\":21.38},"
                        + "{\"n\":\"h\",\"u\":\"%RH\",\"v\":40.00}]",
                text(new SenmlJson(NODE), m));
        String cbor = Hex.of(written(new SenmlCbor(NODE), m, 0, 1), 0, 33);
        assertTrue(cbor.startsWith("81 A5 21 63 6E 31 2F 22 C4 82 22 1B 00 00 01 93 4B ED 2D 53 00"), cbor);
        m.takenAt(8);
        assertEquals("{\"t\":21.38,\"h\":40.00}", text(new JsonReading(), m));
    }

    private byte[] written(ReadingFormat format, Measurement m) {
        return written(format, m, 0, m.count());
    }

    private byte[] written(ReadingFormat format, Measurement m, int first, int count) {
        int length = format.write(out, 5, out.length - 5, m, first, count);
        assertTrue(length > 0, () -> "status " + length);
        return Arrays.copyOfRange(out, 5, 5 + length);
    }

    private String text(ReadingFormat format, Measurement m) {
        return new String(written(format, m), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 21380, 21.38",
        "1, -5125, -5.13",
        "2, 40000, 40.00",
        "3, 101325, 101325",
        "4, 54612, 54.6",
        "5, 1, 1",
        "6, 3299500, 3.300",
        "7, -20000, -0.020",
        "8, 1500000, 1.500",
        "9, 1234567, 1.235",
        "10, 0, 0",
        "11, 62500, 62.5",
        "12, -45250, -45.3",
        "13, 42, 42",
        "14, 86400, 86400"
    })
    void aBareNumberIsInThePublishedUnitOfItsQuantity(int quantity, int value, String expected) {
        assertEquals(expected, text(new BareNumber(), of(quantity, value)));
    }

    @Test
    void aBareNumberHasTheDigitsAskedForExceptForYesAndNo() {
        assertEquals("21.380", text(new BareNumber(3), of(Quantity.TEMPERATURE, 21_380)));
        assertEquals("1", text(new BareNumber(3), of(Quantity.SWITCH, 1)));
        assertEquals(Status.UNSUPPORTED, new BareNumber().write(out, 0, 128, climate(), 0, 2));
    }

    @Test
    void jsonNamesEachValue() {
        assertEquals("{\"t\":21.38,\"h\":40.00}", text(new JsonReading(), climate()));
        assertEquals("{\"motion\":true}", text(new JsonReading(), of(Quantity.MOTION, 1)));
        assertEquals("{\"h\":40.00}", new String(written(new JsonReading(), climate(), 1, 1), StandardCharsets.UTF_8));
    }

    @Test
    void senmlJsonHasTheBaseNameOnceAndAUnitForEach() {
        assertEquals(
                "[{\"bn\":\"n1/\",\"n\":\"t\",\"u\":\"Cel\",\"v\":21.38},{\"n\":\"h\",\"u\":\"%RH\",\"v\":40.00}]",
                text(new SenmlJson(NODE), climate()));
        assertEquals("[{\"n\":\"on\",\"vb\":false}]", text(new SenmlJson(new byte[0]), of(Quantity.SWITCH, 0)));
    }

    /** Put together by hand from RFC 8949 §3 and §3.4.4 and the labels of RFC 8428 §6. */
    @Test
    void senmlCborIsExactAndShort() {
        assertArrayEquals(
                Hex.bytes(
                        "82" // array of 2
                                + "A4 21 63 6E 31 2F" // 4 pairs; -2 (bn): "n1/"
                                + "00 61 74" // 0 (n): "t"
                                + "01 63 43 65 6C" // 1 (u): "Cel"
                                + "02 C4 82 21 19 08 5A" // 2 (v): 4([-2, 2138])
                                + "A3 00 61 68 01 63 25 52 48" // 3 pairs; n: "h", u: "%RH"
                                + "02 18 28"), // v: 40, an integer
                written(new SenmlCbor(NODE), climate()));
    }

    @Test
    void senmlCborWritesYesAsABooleanAndNoUnit() {
        assertArrayEquals(
                Hex.bytes("81 A2 00 66 6D 6F 74 69 6F 6E 04 F5"),
                written(new SenmlCbor(new byte[0]), of(Quantity.MOTION, 1)));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 00",
        "23000, 17",
        "24000, 18 18",
        "-1000, 20",
        "-24000, 37",
        "-25000, 38 18",
        "256000, 19 01 00",
        "-1, C4 82 22 20",
        "65536000, 1A 00 01 00 00",
        "2147483647, C4 82 22 1A 7F FF FF FF",
        "-2147483648, C4 82 22 3A 7F FF FF FF",
        "1500, C4 82 20 0F"
    })
    void cborNumbersTakeTheShortestForm(int milli, String expected) {
        byte[] pack = written(new SenmlCbor(new byte[0]), of(Quantity.TEMPERATURE, milli));
        assertEquals(expected, Hex.of(pack, 11, pack.length - 11));
    }

    @Test
    void everyFormatStaysWithinTheRoomGiven() {
        for (ReadingFormat format : List.of(new JsonReading(), new SenmlJson(NODE), new SenmlCbor(NODE))) {
            int needed = written(format, climate()).length;
            for (int room = 0; room < needed; room++) {
                Arrays.fill(out, (byte) 0x5A);
                assertEquals(Status.TOO_SMALL, format.write(out, 5, room, climate(), 0, 2));
                for (int i = 5 + room; i < out.length; i++) {
                    assertEquals(0x5A, out[i], "wrote past its room of " + room);
                }
            }
            assertEquals(needed, format.write(out, 5, needed, climate(), 0, 2));
        }
    }

    @Test
    void aFormatWorksAgainAfterItRanOutOfRoom() {
        JsonReading json = new JsonReading();
        assertEquals(Status.TOO_SMALL, json.write(out, 0, 3, climate(), 0, 2));
        assertEquals("{\"t\":21.38,\"h\":40.00}", text(json, climate()));
    }

    @Test
    void aCborPackHasNoMoreRecordsThanItsHeadCanCount() {
        Measurement many = new Measurement(SenmlCbor.MAX_RECORDS + 1);
        assertEquals(Status.UNSUPPORTED, new SenmlCbor(NODE).write(out, 0, 128, many, 0, many.count()));
        assertEquals(Status.UNSUPPORTED, new SenmlCbor(NODE).write(out, 0, 128, many, 0, 0));
    }

    @Test
    void jsonEscapesWhatQuotesCannotHold() {
        JsonObject object = new JsonObject();
        byte[] text = "a\"b\\c\n\u001f\u00b0".getBytes(StandardCharsets.UTF_8);
        object.open(out, 0, out.length);
        object.text("k".getBytes(StandardCharsets.US_ASCII), text, 0, text.length);
        object.bool("y".getBytes(StandardCharsets.US_ASCII), false);
        int length = object.close();
        assertEquals(
                "{\"k\":\"a\\\"b\\\\c\\u000a\\u001f\u00b0\",\"y\":false}",
                new String(out, 0, length, StandardCharsets.UTF_8));
    }
}
