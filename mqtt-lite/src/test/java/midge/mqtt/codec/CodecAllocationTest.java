package midge.mqtt.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import midge.profile.Allocation;
import midge.topic.TopicFilter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("interpreted")
class CodecAllocationTest {
    private final Packets packets = new Packets();
    private final byte[] out = new byte[256];
    private final ExamplesTest.Example[] examples = ExamplesTest.examples().toArray(new ExamplesTest.Example[0]);
    private long sum;

    @Test
    void readingAndWritingEveryPacketAllocatesNothing() {
        assertEquals(0, Allocation.of(() -> {
            for (int round = 0; round < 200; round++) {
                for (int i = 0; i < examples.length; i++) {
                    byte[] packet = examples[i].packet();
                    int version = examples[i].version();
                    sum += packets.wrap(packet, 0, packet.length, version);
                    sum += packets.encodeAgain(out, 0, out.length, MqttHeader.type(packet, 0), version);
                }
            }
        }));
    }

    @Test
    void refusingAPacketAllocatesNothing() {
        List<String[]> rows = MalformedTest.refused();
        byte[][] bad = rows.stream().map(r -> midge.profile.Hex.bytes(r[1])).toArray(byte[][]::new);
        int[] versions = rows.stream().mapToInt(r -> Integer.parseInt(r[0])).toArray();
        assertEquals(0, Allocation.of(() -> {
            for (int i = 0; i < bad.length; i++) {
                sum += packets.wrap(bad[i], 0, bad[i].length, versions[i]);
            }
        }));
    }

    @Test
    void walkingAndWritingPropertiesAllocatesNothing() {
        MqttProperties properties = new MqttProperties();
        MqttPropertiesWriter writer = new MqttPropertiesWriter();
        byte[] text = {'k'};
        assertEquals(0, Allocation.of(() -> {
            for (int i = 0; i < 1_000; i++) {
                writer.reset(out, 0, out.length).put(Property.RECEIVE_MAXIMUM, 10);
                writer.put(Property.REASON_STRING, text, 0, 1).putUser(text, 0, 1, text, 0, 1);
                sum += properties.wrapBare(out, 0, writer.length(), MqttType.CONNACK);
                sum += properties.number(Property.RECEIVE_MAXIMUM, 0);
                while (properties.next()) {
                    sum += properties.valueLength();
                }
            }
        }));
    }

    @Test
    void cuttingAStreamAllocatesNothing() {
        MqttFramer framer = new MqttFramer(256);
        assertEquals(0, Allocation.of(() -> {
            for (int i = 0; i < examples.length; i++) {
                byte[] packet = examples[i].packet();
                for (int at = 0; at < packet.length; at += 3) {
                    framer.push(packet, at, packet.length - at < 3 ? packet.length - at : 3);
                    while (framer.next() > 0) {
                        sum += framer.offset();
                    }
                }
            }
        }));
    }

    @Test
    void matchingAllocatesNothing() {
        byte[] filter = {'a', '/', '+', '/', '#'};
        byte[] topic = {'a', '/', 'b', '/', 'c'};
        assertEquals(0, Allocation.of(() -> {
            for (int i = 0; i < 1_000; i++) {
                sum += TopicFilter.matches(filter, 0, 5, topic, 0, 5) ? 1 : 0;
                sum += TopicFilter.check(filter, 0, 5);
            }
        }));
    }
}
