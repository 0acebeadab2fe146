package midge.mqttsn.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import midge.profile.Hex;
import midge.wire.Prng;
import midge.wire.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Octets that are no frame are refused with a status, whatever they are. */
class MalformedFramesTest {
    @ParameterizedTest
    @CsvSource({
        "01 00, TRUNCATED", // long form cut short
        "00 16, MALFORMED", // Length 0
        "01, TRUNCATED",
        "01 00 03 16, MALFORMED", // long form with a total below 4
        "03 0C 00, MALFORMED", // PUBLISH without id and MsgId
        "05 16 61, TRUNCATED",
        "02 16 AA, MALFORMED", // one octet too many
        "02 03, UNSUPPORTED",
        "02 11, UNSUPPORTED",
        "02 19, UNSUPPORTED",
        "02 1E, UNSUPPORTED",
        "02 FD, UNSUPPORTED",
        "02 FF, UNSUPPORTED",
        "06 12 01 00 04 05, MALFORMED", // pre-defined id of one octet
        "08 12 02 00 04 61 62 63, MALFORMED", // short name of three octets
        "03 18 0E, MALFORMED", // half a Duration
        "07 0C 63 00 05 00 00, MALFORMED", // QoS -1, reserved topic type
        "05 FE 00 00 2A, TRUNCATED", // nothing inside the envelope
        "05 FE 00 00 2A 02, TRUNCATED", // half a message inside
        "05 FE 00 00 2A 02 17 00, MALFORMED", // more than a message inside
        "05 FE 00 00 2A 05 FE 00 00 2A 02 17, MALFORMED", // envelope in an envelope
        "02 FE 02 17, MALFORMED", // no Ctrl
        "01 00 07 FE 00 00 2A 02 17, MALFORMED", // an envelope has no long form
        "01 00 07 FE 00 00 2A, UNSUPPORTED",
        "'', TRUNCATED",
        "06 07 30 61 62, TRUNCATED",
        "03 07 30, MALFORMED", // WILLTOPIC with flags only
        "03 1A 30, MALFORMED",
        "06 0A 00 00 00 01, MALFORMED", // REGISTER without a name
        "07 0A 00 00 00 00 61, MALFORMED", // MsgId 0
        "07 0C 20 00 07 00 00, MALFORMED", // MsgId 0 at QoS 1
        "07 0C 40 00 07 00 00, MALFORMED",
        "06 12 20 00 00 61, MALFORMED",
        "06 14 00 00 00 61, MALFORMED",
        "05 12 20 00 01, MALFORMED", // SUBSCRIBE without a topic
        "04 10 00 00, MALFORMED",
        "03 17 00, MALFORMED", // PINGRESP with more
        "07 0C 60 00 00 00 00, MALFORMED", // extension: name of length 0
        "08 0C 60 00 02 00 00 61, MALFORMED", // extension: name longer than the frame
    })
    void refuses(String hex, String expected) {
        assertEquals(expected, SnText.of(Hex.bytes(hex)));
    }

    @ParameterizedTest
    @CsvSource({
        "06 04 04 02 00 3C, CONNECT will=false clean=true protocol=2 keepAliveS=60 id=",
        "07 0C 03 00 05 00 00, PUBLISH qos=0 dup=false retain=false type=3 topicId=5 msgId=0 data=",
        "07 12 03 00 04 00 05, SUBSCRIBE qos=0 type=3 msgId=4 topicId=5",
        "07 0D 00 07 00 00 02, PUBACK topicId=7 msgId=0 code=2",
        "07 0C FF 00 05 00 00, MALFORMED",
        "03 05 EE, CONNACK code=238",
    })
    void letsPassWhatAGatewayHasToAnswer(String hex, String expected) {
        assertEquals(expected, SnText.of(Hex.bytes(hex)));
    }

    @Test
    void takesTheFullNameExtensionOnlyWhenSwitchedOn() {
        byte[] named = Hex.bytes("0E 0C 60 00 05 00 00 61 2F 62 2F 63 68 69");
        assertEquals(Status.UNSUPPORTED, new SnPublish().wrap(named, 0, named.length));
        assertEquals(Status.UNSUPPORTED, new SnPublish(false).wrap(named, 0, named.length));
        assertEquals(Status.OK, new SnPublish(true).wrap(named, 0, named.length));
    }

    @Test
    void noViewTakesAFrameOfAnotherType() {
        for (Frames.Frame frame : Frames.all()) {
            byte[] f = frame.octets();
            int type = typeOf(f);
            check(frame, type == SnType.ADVERTISE, new SnAdvertise().wrap(f, 0, f.length));
            check(frame, type == SnType.SEARCHGW, new SnSearchGw().wrap(f, 0, f.length));
            check(frame, type == SnType.GWINFO, new SnGwInfo().wrap(f, 0, f.length));
            check(frame, type == SnType.CONNECT, new SnConnect().wrap(f, 0, f.length));
            check(
                    frame,
                    type == SnType.CONNACK || type == SnType.WILLTOPICRESP || type == SnType.WILLMSGRESP,
                    new SnConnack().wrap(f, 0, f.length));
            check(
                    frame,
                    type == SnType.WILLTOPICREQ || type == SnType.WILLMSGREQ,
                    new SnWillReq().wrap(f, 0, f.length));
            check(
                    frame,
                    type == SnType.WILLTOPIC || type == SnType.WILLTOPICUPD,
                    new SnWillTopic().wrap(f, 0, f.length));
            check(frame, type == SnType.WILLMSG || type == SnType.WILLMSGUPD, new SnWillMsg().wrap(f, 0, f.length));
            check(frame, type == SnType.REGISTER, new SnRegister().wrap(f, 0, f.length));
            check(frame, type == SnType.REGACK, new SnRegack().wrap(f, 0, f.length));
            check(frame, type == SnType.PUBLISH, new SnPublish(true).wrap(f, 0, f.length));
            check(frame, type == SnType.PUBACK, new SnPuback().wrap(f, 0, f.length));
            check(
                    frame,
                    type >= SnType.PUBCOMP && type <= SnType.PUBREL || type == SnType.UNSUBACK,
                    new SnAck().wrap(f, 0, f.length));
            check(
                    frame,
                    type == SnType.SUBSCRIBE || type == SnType.UNSUBSCRIBE,
                    new SnSubscribe().wrap(f, 0, f.length));
            check(frame, type == SnType.SUBACK, new SnSuback().wrap(f, 0, f.length));
            check(frame, type == SnType.PINGREQ || type == SnType.PINGRESP, new SnPing().wrap(f, 0, f.length));
            check(frame, type == SnType.DISCONNECT, new SnDisconnect().wrap(f, 0, f.length));
            check(frame, type == SnType.ENCAPSULATED, new SnForward().wrap(f, 0, f.length));
        }
    }

    private static int typeOf(byte[] f) {
        SnMessage message = new SnMessage();
        assertEquals(Status.OK, message.wrap(f, 0, f.length));
        return message.type();
    }

    private static void check(Frames.Frame frame, boolean mine, int status) {
        if (mine) {
            assertEquals(Status.OK, status, frame::toString);
        } else {
            assertNotEquals(Status.OK, status, frame::toString);
        }
    }

    /** Every frame cut at every length, then a million octets changed, then noise: no exception, and accepted means readable. */
    @Test
    void survivesCutMutatedAndRandomOctets() {
        Prng dice = new Prng(0x5EED);
        int accepted = 0;
        for (Frames.Frame frame : Frames.all()) {
            for (int length = 0; length < frame.octets().length; length++) {
                assertNotEquals(frame.text(), SnText.of(frame.octets(), 0, length));
            }
            for (int round = 0; round < 2_000; round++) {
                byte[] f = frame.octets().clone();
                for (int change = dice.below(3); change >= 0; change--) {
                    f[dice.below(Math.min(f.length, 12))] = (byte) dice.nextInt();
                }
                accepted += readable(f);
            }
        }
        for (int round = 0; round < 100_000; round++) {
            byte[] f = new byte[dice.below(24)];
            for (int i = 0; i < f.length; i++) {
                f[i] = (byte) dice.nextInt();
            }
            if (f.length > 1 && dice.below(2) == 0) {
                f[0] = (byte) f.length;
                f[1] = (byte) dice.below(0x20);
            }
            accepted += readable(f);
        }
        assertNotEquals(0, accepted);
    }

    private static int readable(byte[] f) {
        String text = SnText.of(f);
        return text.length() > 0 && Character.isUpperCase(text.charAt(1)) && text.contains("=") ? 1 : 0;
    }
}
