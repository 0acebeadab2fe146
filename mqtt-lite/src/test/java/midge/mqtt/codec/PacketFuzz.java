package midge.mqtt.codec;

import java.util.ArrayList;
import java.util.List;
import midge.fuzz.Fenced;
import midge.fuzz.FuzzTarget;
import midge.profile.Hex;
import midge.wire.Status;

/**
 * One packet of any type, by any version: {@code |version|packet|}. What is accepted does not depend on octets around it, has all its
 * parts inside, is not accepted with an octet less, and encodes to the same packet again, into room that is exactly large enough.
 */
public final class PacketFuzz implements FuzzTarget {
    private static final int[] FENCES = {0x00, 0xFF};
    private final Packets packets = new Packets();

    @Override
    public void fuzz(byte[] data) {
        if (data.length < 1) {
            return;
        }
        int version = 3 + (data[0] & 0xFF) % 3;
        byte[] packet = java.util.Arrays.copyOfRange(data, 1, data.length);
        String meaning = read(packet, FENCES[0], version);
        if (!meaning.equals(read(packet, FENCES[1], version))) {
            throw new AssertionError("depends on what lies around it: " + meaning);
        }
        if (meaning.startsWith("status")) {
            return;
        }
        int length = MqttHeader.packetLength(packet, 0, packet.length);
        byte[] again = encode(packet, length, version);
        if (!isNormalised(packet, version) && !Hex.of(again).equals(Hex.of(packet, 0, length))) {
            throw new AssertionError("encodes to " + Hex.of(again));
        }
        if (!read(again, 0x55, version).equals(read(again, 0xAA, version))
                || MqttHeader.type(again, 0) != MqttHeader.type(packet, 0)) {
            throw new AssertionError("means something else when encoded again: " + Hex.of(again));
        }
        if (packets.wrap(packet, 0, length - 1, version) == Status.OK) {
            throw new AssertionError("accepted with an octet less");
        }
    }

    private String read(byte[] packet, int fence, int version) {
        Fenced fenced = Fenced.of(packet, fence);
        int status = packets.wrap(fenced.array, fenced.offset, fenced.length, version);
        if (status > 0) {
            throw new AssertionError("status " + status);
        }
        if (status < 0) {
            return "status " + status;
        }
        int type = MqttHeader.type(packet, 0);
        checkParts(fenced, type);
        String meaning = PacketText.of(packets, type);
        fenced.check();
        return meaning;
    }

    private void checkParts(Fenced in, int type) {
        switch (type) {
            case MqttType.CONNECT:
                MqttConnect c = packets.connect;
                in.checkInside("client id", c.clientIdOffset(), c.clientIdLength());
                if (c.hasWill()) {
                    in.checkInside("will topic", c.willTopicOffset(), c.willTopicLength());
                    in.checkInside("will payload", c.willPayloadOffset(), c.willPayloadLength());
                    checkProperties(in, c.willProperties());
                }
                if (c.hasUserName()) {
                    in.checkInside("user name", c.userNameOffset(), c.userNameLength());
                }
                if (c.hasPassword()) {
                    in.checkInside("password", c.passwordOffset(), c.passwordLength());
                }
                checkProperties(in, c.properties());
                break;
            case MqttType.PUBLISH:
                MqttPublish p = packets.publish;
                in.checkInside("topic", p.topicOffset(), p.topicLength());
                in.checkInside("payload", p.payloadOffset(), p.payloadLength());
                checkProperties(in, p.properties());
                break;
            case MqttType.SUBSCRIBE:
                packets.subscribe.rewind();
                while (packets.subscribe.next()) {
                    in.checkInside("filter", packets.subscribe.filterOffset(), packets.subscribe.filterLength());
                }
                checkProperties(in, packets.subscribe.properties());
                break;
            case MqttType.UNSUBSCRIBE:
                packets.unsubscribe.rewind();
                while (packets.unsubscribe.next()) {
                    in.checkInside("filter", packets.unsubscribe.filterOffset(), packets.unsubscribe.filterLength());
                }
                checkProperties(in, packets.unsubscribe.properties());
                break;
            case MqttType.SUBACK:
                in.checkInside("codes", packets.suback.codesOffset(), packets.suback.count());
                checkProperties(in, packets.suback.properties());
                break;
            case MqttType.UNSUBACK:
                in.checkInside("codes", packets.unsuback.codesOffset(), packets.unsuback.count());
                checkProperties(in, packets.unsuback.properties());
                break;
            case MqttType.CONNACK:
                checkProperties(in, packets.connack.properties());
                break;
            case MqttType.DISCONNECT:
                checkProperties(in, packets.disconnect.properties());
                break;
            case MqttType.AUTH:
                checkProperties(in, packets.auth.properties());
                break;
            case MqttType.PINGREQ:
            case MqttType.PINGRESP:
                break;
            default:
                checkProperties(in, packets.ack.properties());
                break;
        }
    }

    private static void checkProperties(Fenced in, MqttProperties p) {
        in.checkInside("properties", p.offset(), p.length());
        p.rewind();
        while (p.next()) {
            in.checkInside("value", p.valueOffset(), p.valueLength());
            if (p.valueOffset() + p.valueLength() > p.offset() + p.length()) {
                throw new AssertionError("a value beyond the properties");
            }
            if (Property.type(p.id()) == Property.PAIR) {
                in.checkInside("name", p.nameOffset(), p.nameLength());
            }
        }
    }

    private byte[] encode(byte[] packet, int length, int version) {
        int type = MqttHeader.type(packet, 0);
        packets.wrap(packet, 0, packet.length, version);
        Fenced room = Fenced.room(length + 4, 0x33);
        int written = packets.encodeAgain(room.array, room.offset, room.length, type, version);
        if (written < 2 || written > length) {
            throw new AssertionError("encodes with " + written);
        }
        room.check();
        Fenced tight = Fenced.room(written, 0x44);
        if (packets.encodeAgain(tight.array, tight.offset, written, type, version) != written) {
            throw new AssertionError("does not fit into its own length");
        }
        tight.check();
        Fenced small = Fenced.room(written - 1, 0x66);
        int status = packets.encodeAgain(small.array, small.offset, written - 1, type, version);
        if (status != Status.TOO_SMALL) {
            throw new AssertionError("one octet too little room gives " + status);
        }
        small.check();
        return room.copy(written);
    }

    /** Where two forms say the same: the DUP bit and the CONNACK octet of 3.1, a reason 0x00 that could have been cut. */
    private static boolean isNormalised(byte[] packet, int version) {
        int type = MqttHeader.type(packet, 0);
        return version == MqttVersion.V3_1
                || (version == MqttVersion.V5 && type >= MqttType.PUBACK && type <= MqttType.PUBCOMP)
                || type == MqttType.DISCONNECT;
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (ExamplesTest.Example example : ExamplesTest.examples()) {
            seeds.add(seed(example.version(), example.packet()));
        }
        for (String hex : new String[] {
            "30 08 00 01 74 02 01 01 78 78",
            "30 0B 00 01 74 05 02 00 00 00 01 78 78",
            "20 06 00 00 03 21 00 0A",
            "E0 07 00 05 11 00 00 00 01"
        }) {
            seeds.add(seed(5, Hex.bytes(hex)));
        }
        for (String[] row : MalformedTest.refused()) {
            seeds.add(seed(Integer.parseInt(row[0]), Hex.bytes(row[1])));
        }
        return seeds;
    }

    private static byte[] seed(int version, byte[] packet) {
        byte[] seed = new byte[1 + packet.length];
        seed[0] = (byte) (version - 3);
        System.arraycopy(packet, 0, seed, 1, packet.length);
        return seed;
    }
}
