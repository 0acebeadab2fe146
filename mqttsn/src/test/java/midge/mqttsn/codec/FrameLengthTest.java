package midge.mqttsn.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import midge.profile.Hex;
import midge.wire.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The two length forms (§5.2.1) at their boundary and at their ends. */
class FrameLengthTest {
    private final byte[] data = new byte[70_000];
    private final byte[] out = new byte[70_000];

    @ParameterizedTest
    @CsvSource({
        "246, 253, FD 0C",
        "247, 254, FE 0C",
        "248, 255, FF 0C",
        "249, 258, 01 01 02 0C", // the short form would be 256, which one octet cannot say
        "250, 259, 01 01 03 0C",
        "65526, 65535, 01 FF FF 0C",
    })
    void writesTheShortestForm(int dataLength, int total, String start) {
        int n = SnPublish.encode(out, 0, out.length, SnFlags.QOS_0, 7, 0, data, 0, dataLength);
        assertEquals(total, n);
        assertEquals(start, Hex.of(out, 0, start.length() / 3 + 1));
        SnPublish publish = new SnPublish();
        assertEquals(Status.OK, publish.wrap(out, 0, n));
        assertEquals(dataLength, publish.dataLength());
        assertEquals(total, publish.length());
    }

    @ParameterizedTest
    @CsvSource({
        "01 01 00, 256, 247",
        "01 01 01, 257, 248",
        "01 00 FF, 255, 246",
        "01 00 FE, 254, 245",
        "FE, 254, 247",
        "FF, 255, 248"
    })
    void readsEitherFormAroundTheBoundary(String length, int total, int dataLength) {
        byte[] header = Hex.bytes(length + " 0C 00 00 07 00 00");
        byte[] frame = new byte[total];
        System.arraycopy(header, 0, frame, 0, header.length);
        SnPublish publish = new SnPublish();
        assertEquals(Status.OK, publish.wrap(frame, 0, total));
        assertEquals(dataLength, publish.dataLength());
        assertEquals(Status.TRUNCATED, publish.wrap(frame, 0, total - 1));
    }

    @Test
    void refusesWhatNoLengthCanSay() {
        assertEquals(Status.TOO_LARGE, SnPublish.encode(out, 0, out.length, SnFlags.QOS_0, 7, 0, data, 0, 65_527));
        assertEquals(Status.TOO_LARGE, SnForward.encode(out, 0, out.length, 0, data, 0, 253));
        assertEquals(255, SnForward.encode(out, 0, out.length, 0, data, 0, 252));
    }

    @ParameterizedTest
    @CsvSource({"0", "10", "247", "248", "249", "300"})
    void writesNothingIntoTooSmallARoom(int dataLength) {
        int total = SnHeader.total(5 + dataLength);
        assertEquals(Status.TOO_SMALL, SnPublish.encode(out, 0, total - 1, SnFlags.QOS_0, 7, 0, data, 0, dataLength));
        assertEquals(0, out[0]);
        assertEquals(total, SnPublish.encode(out, 0, total, SnFlags.QOS_0, 7, 0, data, 0, dataLength));
    }

    @Test
    void refusesArgumentsThatAFrameCannotCarry() {
        assertEquals(Status.INVALID, SnPublish.encode(out, 0, 99, SnFlags.QOS_1, 7, 0, data, 0, 1));
        assertEquals(Status.INVALID, SnPublish.encode(out, 0, 99, SnFlags.TOPIC_RESERVED, 7, 0, data, 0, 1));
        assertEquals(Status.INVALID, SnPublish.encodeNamed(out, 0, 99, false, data, 0, 0, data, 0, 1));
        assertEquals(Status.INVALID, SnRegister.encode(out, 0, 99, 0, 0, data, 0, 1));
        assertEquals(Status.INVALID, SnRegister.encode(out, 0, 99, 0, 1, data, 0, 0));
        assertEquals(Status.INVALID, SnSubscribe.encode(out, 0, 99, SnType.SUBSCRIBE, 0, 0, data, 0, 1));
        assertEquals(Status.INVALID, SnSubscribe.encode(out, 0, 99, SnType.SUBSCRIBE, 0, 1, data, 0, 0));
        assertEquals(Status.INVALID, SnSubscribe.encode(out, 0, 99, SnType.SUBSCRIBE, SnFlags.TOPIC_NORMAL, 1, 5));
        assertEquals(Status.INVALID, SnSubscribe.encode(out, 0, 99, SnType.PUBLISH, SnFlags.TOPIC_SHORT, 1, 5));
        assertEquals(Status.INVALID, SnAck.encode(out, 0, 99, SnType.PUBACK, 1));
        assertEquals(Status.INVALID, SnConnack.encode(out, 0, 99, SnType.CONNECT, 0));
        assertEquals(Status.INVALID, SnWillReq.encode(out, 0, 99, SnType.WILLTOPIC));
        assertEquals(Status.INVALID, SnWillTopic.encode(out, 0, 99, SnType.WILLMSG, 0, data, 0, 1));
        assertEquals(Status.INVALID, SnWillMsg.encode(out, 0, 99, SnType.WILLTOPIC, data, 0, 1));
    }

    @Test
    void neverSetsFlagBitsThatTheMessageDoesNotUse() {
        int n = SnPublish.encode(out, 0, 99, 0xBE, 0x7431, 9, data, 0, 0);
        assertEquals("07 0C B2 74 31 00 09", Hex.of(out, 0, n));
        n = SnConnect.encode(out, 0, 99, 0xFF, 60, new byte[] {'a'}, 0, 1);
        assertEquals("07 04 0C 01 00 3C 61", Hex.of(out, 0, n));
        n = SnSubscribe.encode(out, 0, 99, SnType.UNSUBSCRIBE, 0xFD, 1, 5);
        assertEquals("07 14 01 00 01 00 05", Hex.of(out, 0, n));
        n = SnWillTopic.encode(out, 0, 99, SnType.WILLTOPIC, 0xFF, new byte[] {'w'}, 0, 1);
        assertEquals("04 07 70 77", Hex.of(out, 0, n));
        n = SnSuback.encode(out, 0, 99, 0xBF, 0, 1, 0);
        assertEquals("08 13 20 00 00 00 01 00", Hex.of(out, 0, n));
    }

    @Test
    void qosMinusOneAndZeroAlwaysGoWithMsgIdZero() {
        int n = SnPublish.encode(out, 0, 99, SnFlags.QOS_MINUS_1 | SnFlags.TOPIC_PREDEFINED, 5, 77, data, 0, 0);
        assertEquals("07 0C 61 00 05 00 00", Hex.of(out, 0, n));
        n = SnPublish.encode(out, 0, 99, SnFlags.QOS_0, 5, 77, data, 0, 0);
        assertEquals("07 0C 00 00 05 00 00", Hex.of(out, 0, n));
    }
}
