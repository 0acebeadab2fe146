package midge.sim.gateway;

import java.util.ArrayDeque;
import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttFramer;
import midge.mqtt.codec.MqttHeader;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttType;
import midge.profile.Hex;
import midge.sim.stream.BrokerNode;
import midge.sim.stream.SimStream;
import midge.sim.stream.StreamFaults;
import midge.sim.stream.StreamUser;

/** An MQTT client on a good line that publishes, one message at a time. */
final class Sender implements StreamUser {
    private final SimStream stream;
    private final MqttFramer framer = new MqttFramer(1_024);
    private final MqttAck ack = new MqttAck();
    private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
    private boolean ready;
    private int lastId;

    Sender(BrokerNode broker) {
        stream = broker.connect(this, new StreamFaults());
    }

    void publish(int qos, String topic, String payload) {
        byte[] name = PairDevice.octets(topic);
        byte[] data = PairDevice.octets(payload);
        byte[] packet = new byte[256];
        int flags = MqttPublish.flags(qos, false, false);
        int length = MqttPublish.encode(
                packet, 0, packet.length, flags, name, 0, name.length, ++lastId, data, 0, data.length);
        waiting.add(java.util.Arrays.copyOf(packet, length));
        next();
    }

    private void next() {
        if (ready && !waiting.isEmpty()) {
            ready = false;
            byte[] packet = waiting.remove();
            stream.send(packet, 0, packet.length);
        }
    }

    @Override
    public void onOpen() {
        byte[] connect = Hex.bytes("10 12 00 04 4D 51 54 54 04 02 00 00 00 06 73 65 6E 64 65 72");
        stream.send(connect, 0, connect.length);
    }

    @Override
    public void onOctets(byte[] octets, int offset, int length) {
        framer.push(octets, offset, length);
        for (int n = framer.next(); n > 0; n = framer.next()) {
            int type = MqttHeader.type(framer.buffer(), framer.offset());
            if (type == MqttType.PUBREC) {
                ack.wrap(framer.buffer(), framer.offset(), n, 4);
                byte[] pubrel = new byte[4];
                MqttAck.encode(pubrel, 0, 4, MqttType.PUBREL, ack.packetId());
                stream.send(pubrel, 0, 4);
            } else {
                ready = true; // CONNACK, PUBACK, PUBCOMP
                next();
            }
        }
    }

    @Override
    public void onClosed() {
        throw new IllegalStateException("the sender's line is good");
    }
}
