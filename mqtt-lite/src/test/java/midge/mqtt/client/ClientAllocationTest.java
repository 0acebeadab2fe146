package midge.mqtt.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import midge.mqtt.codec.MqttAck;
import midge.mqtt.codec.MqttAuth;
import midge.mqtt.codec.MqttConnack;
import midge.mqtt.codec.MqttDisconnect;
import midge.mqtt.codec.MqttPublish;
import midge.mqtt.codec.MqttSuback;
import midge.mqtt.codec.MqttUnsuback;
import midge.profile.Allocation;
import midge.profile.Hex;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("interpreted")
class ClientAllocationTest {
    /** Hears everything and keeps two sums. */
    private static final class Counting implements MqttClientListener {
        int messages;
        int delivered;

        @Override
        public void onConnected(MqttConnack connack) {}

        @Override
        public void onRefused(MqttConnack connack) {}

        @Override
        public int onMessage(byte[] topic, int at, int length, MqttPublish publish) {
            messages++;
            return 0;
        }

        @Override
        public void onDelivered(int token, int result, MqttAck ack) {
            delivered++;
        }

        @Override
        public void onSubscribed(int packetId, MqttSuback suback) {}

        @Override
        public void onUnsubscribed(int packetId, MqttUnsuback unsuback) {}

        @Override
        public void onAuth(MqttAuth auth) {}

        @Override
        public void onServerDisconnect(MqttDisconnect disconnect) {}

        @Override
        public void onFailed(int error) {
            throw new AssertionError("failed " + error);
        }

        @Override
        public int readPayload(int token, int position, byte[] out, int offset, int length) {
            return length;
        }
    }

    private final Counting heard = new Counting();
    private final byte[] out = new byte[512];
    private final byte[] topic = {'a', '/', 'b'};
    private final byte[] payload = new byte[40];
    private final byte[] none = new byte[0];
    private final byte[] ack = new byte[4];
    private final byte[] inbound =
            Hex.bytes("30 05 00 01 74 00 78 32 07 00 01 74 00 07 00 78 34 07 00 01 74 00 08 00 78");
    private final byte[] pubrel = Hex.bytes("62 02 00 08");
    private final byte[] list = {0, 1, 'a', 0};
    private long nowMs;

    @ParameterizedTest
    @ValueSource(ints = {0, 2})
    void aSteadyStateOfEveryQosAllocatesNothing(int aliases) {
        MqttClientConfig.Builder config = Script.v5().keepAliveS(10).topicAliasesOut(aliases);
        MqttClient client = new MqttClient(config.build(), heard);
        byte[] connack = Hex.bytes("20 06 00 00 03 22 00 02");
        client.onOpen(0);
        client.onBytes(connack, 0, connack.length, 0);
        long allocated = Allocation.of(() -> {
            for (int i = 0; i < 2_000; i++) {
                turn(client);
            }
        });
        assertEquals(0, allocated);
        assertEquals(3 * 4_000, heard.messages);
        assertEquals(3 * 4_000, heard.delivered);
    }

    private void turn(MqttClient client) {
        nowMs += 1_000;
        client.onTimeout(nowMs);
        client.publish(0, false, topic, 0, 3, payload, 0, 40, nowMs);
        int one = client.publish(1, false, topic, 0, 3, payload, 0, 40, nowMs);
        int two = client.publish(2, false, topic, 0, 3, payload, 0, 40, nowMs);
        int pulled = client.publishPulled(1, false, topic, 0, 3, none, 0, 0, 2_000, nowMs);
        int request = client.subscribe(list, 0, 4, none, 0, 0, nowMs);
        client.onBytes(inbound, 0, inbound.length, nowMs);
        client.onBytes(pubrel, 0, 4, nowMs);
        drain(client);
        answer(client, 0x40, one);
        answer(client, 0x50, two);
        drain(client);
        answer(client, 0x70, two);
        answer(client, 0x40, pulled);
        answerRequest(client, request);
    }

    private void drain(MqttClient client) {
        while (client.pollTransmit(out, 0, out.length) > 0) {}
    }

    private void answer(MqttClient client, int first, int id) {
        ack[0] = (byte) first;
        ack[1] = 2;
        ack[2] = (byte) (id >> 8);
        ack[3] = (byte) id;
        client.onBytes(ack, 0, 4, nowMs);
    }

    private void answerRequest(MqttClient client, int id) {
        out[0] = (byte) 0x90;
        out[1] = 4;
        out[2] = (byte) (id >> 8);
        out[3] = (byte) id;
        out[4] = 0;
        out[5] = 0;
        client.onBytes(out, 0, 6, nowMs);
    }
}
