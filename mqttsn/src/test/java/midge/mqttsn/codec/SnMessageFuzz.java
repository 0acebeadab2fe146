package midge.mqttsn.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import midge.fuzz.Fenced;
import midge.fuzz.FuzzTarget;
import midge.profile.Hex;
import midge.wire.Status;

/**
 * One datagram of any type, as clients and gateways read it. What is accepted does not depend on octets around it, is not accepted with
 * an octet more or less, and encodes to a frame of the same meaning that is no longer.
 */
public final class SnMessageFuzz implements FuzzTarget {
    @Override
    public void fuzz(byte[] data) {
        String meaning = read(data, 0x00);
        if (!meaning.equals(read(data, 0xFF)) || !meaning.equals(read(data, 0x01))) {
            throw new AssertionError("depends on what lies around it: " + meaning);
        }
        SnMessage message = new SnMessage();
        if (message.wrap(data, 0, data.length) == Status.OK) {
            everyView(data);
            lengthIsExact(data);
        }
        if (isAccepted(meaning) && isWritten(data)) {
            byte[] again = SnText.again(data);
            if (again.length > data.length || !told(SnText.of(again)).equals(told(meaning))) {
                throw new AssertionError(meaning + " became " + Hex.of(again) + " " + SnText.of(again));
            }
        }
    }

    /** Read, to be answered with a return code, but never written: a reserved topic type, another protocol; rubbish in an envelope. */
    private static boolean isWritten(byte[] data) {
        SnForward envelope = new SnForward();
        if (envelope.wrap(data, 0, data.length) == Status.OK) {
            int at = envelope.innerOffset();
            byte[] inner = Arrays.copyOfRange(data, at, at + envelope.innerLength());
            return isAccepted(SnText.of(inner)) && isWritten(inner);
        }
        SnConnect connect = new SnConnect();
        if (connect.wrap(data, 0, data.length) == Status.OK) {
            return connect.protocolId() == SnProtocol.V1_2.id();
        }
        SnSubscribe subscribe = new SnSubscribe();
        if (subscribe.wrap(data, 0, data.length) == Status.OK) {
            return subscribe.topicIdType() != SnFlags.TOPIC_RESERVED;
        }
        SnPublish publish = new SnPublish(true);
        return publish.wrap(data, 0, data.length) != Status.OK || publish.topicIdType() != SnFlags.TOPIC_RESERVED;
    }

    /**
     * At QoS 0 and -1 MsgId and DUP say nothing, and may be written as 0; so are a will's flags
     * besides QoS and Retain, and DUP of UNSUBSCRIBE.
     */
    private static String told(String meaning) {
        String told = meaning.replace("UNSUBSCRIBE dup=true", "UNSUBSCRIBE")
                .replaceAll("(PUBLISH qos=(?:0|-1)) dup=\\w+ (.*?) (?:msgId=\\d+ )?data=", "$1 $2 data=");
        return Pattern.compile(" flags=([0-9a-f]+) ")
                .matcher(told)
                .replaceFirst(m -> " flags=" + (Integer.parseInt(m.group(1), 16) & 0x70) + " ");
    }

    private static boolean isAccepted(String meaning) {
        return !meaning.startsWith("TRUNCATED")
                && !meaning.startsWith("MALFORMED")
                && !meaning.startsWith("UNSUPPORTED")
                && !meaning.startsWith("status");
    }

    private static String read(byte[] data, int fence) {
        Fenced in = Fenced.of(data, fence);
        String text = SnText.of(in.array, in.offset, in.length);
        in.check();
        return text;
    }

    private interface View {
        int wrap(byte[] buffer, int offset, int length);
    }

    /** A view of another type refuses; none throws. */
    private static void everyView(byte[] data) {
        int accepting = 0;
        Fenced in = Fenced.of(data, 0x5A);
        for (View view : new View[] {
            new SnAdvertise()::wrap,
            new SnSearchGw()::wrap,
            new SnGwInfo()::wrap,
            new SnConnect()::wrap,
            new SnWillReq()::wrap,
            new SnWillTopic()::wrap,
            new SnWillMsg()::wrap,
            new SnRegister()::wrap,
            new SnRegack()::wrap,
            new SnPublish()::wrap,
            new SnPuback()::wrap,
            new SnAck()::wrap,
            new SnSubscribe()::wrap,
            new SnSuback()::wrap,
            new SnPing()::wrap,
            new SnDisconnect()::wrap,
            new SnConnack()::wrap
        }) {
            accepting += view.wrap(in.array, in.offset, in.length) == Status.OK ? 1 : 0;
        }
        if (accepting > 1) {
            throw new AssertionError("accepted by " + accepting + " views");
        }
    }

    private static void lengthIsExact(byte[] data) {
        byte[] longer = new byte[data.length + 1];
        System.arraycopy(data, 0, longer, 0, data.length);
        SnMessage message = new SnMessage();
        if (message.wrap(longer, 0, longer.length) == Status.OK
                || message.wrap(data, 0, data.length - 1) == Status.OK) {
            throw new AssertionError("accepted with another length");
        }
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds =
                new ArrayList<>(Frames.all().stream().map(Frames.Frame::octets).toList());
        for (String hex : new String[] {
            "01 00 03 16",
            "05 FE 00 00 2A 02 17",
            "07 0C 63 00 05 00 00",
            "02 03",
            "08 0C 60 00 02 00 00 61",
            "08 0C 60 00 01 00 00 61"
        }) {
            seeds.add(Hex.bytes(hex));
        }
        return seeds;
    }
}
