package midge.mqttsn.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import midge.mqttsn.codec.SnFlags;
import midge.profile.Allocation;
import midge.profile.Hex;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A device's day, over and over: publish, receive, ping, sleep, wake, come back, lose the connection; not an octet is allocated. */
@Tag("interpreted")
class ClientAllocationTest {
    private final SnClient client = new SnClient(
            Script.defaults()
                    .will("dev/lwt", new byte[4], 0)
                    .predefined(5, "site/valve")
                    .build(),
            new SnQuietListener());
    private final byte[] tx = new byte[255];
    private final byte[] topic = Script.utf8("sens/temp1");
    private final byte[] data = Script.utf8("21.5");
    private final byte[] connack = Hex.bytes("03 05 00");
    private final byte[] willTopicReq = Hex.bytes("02 06");
    private final byte[] willMsgReq = Hex.bytes("02 08");
    private final byte[] regack = Hex.bytes("07 0B 00 07 00 00 00");
    private final byte[] puback = Hex.bytes("07 0D 00 07 00 00 00");
    private final byte[] pubrec = Hex.bytes("04 0F 00 00");
    private final byte[] pubcomp = Hex.bytes("04 0E 00 00");
    private final byte[] suback = Hex.bytes("08 13 20 00 00 00 00 00");
    private final byte[] register = Hex.bytes("0B 0A 00 09 12 34 61 2F 62 2F 63");
    private final byte[] publish2 = Hex.bytes("0B 0C 40 00 09 00 10 64 61 74 61");
    private final byte[] pubrel = Hex.bytes("04 10 00 10");
    private final byte[] pingresp = Hex.bytes("02 17");
    private final byte[] disconnect = Hex.bytes("02 18");
    private final byte[] noise = Hex.bytes("05 16 61");
    private long nowMs = 5;
    private int days;

    @Test
    void allocatesNothing() {
        assertEquals(0, Allocation.of(() -> {
            for (int i = 0; i < 500; i++) {
                day();
            }
        }));
        assertEquals(1_000, days);
    }

    private void day() {
        client.connect(nowMs);
        send();
        give(willTopicReq);
        give(willMsgReq);
        give(connack);
        client.subscribe(topic, 0, 5, SnFlags.QOS_1, nowMs);
        answer(suback, 5);
        client.publish(topic, 0, topic.length, SnFlags.QOS_1, data, 0, data.length, nowMs);
        answer(suback, 5);
        answer(regack, 4);
        answer(puback, 4);
        client.publish(topic, 0, topic.length, SnFlags.QOS_2, data, 0, data.length, nowMs);
        send();
        answer(pubrec, 2);
        answer(pubcomp, 2);
        give(register);
        give(publish2);
        give(publish2);
        give(pubrel);
        give(noise);
        client.onTimeout(nowMs += 60_000);
        send();
        give(pingresp);
        client.sleep(60, nowMs);
        send();
        give(disconnect);
        client.onTimeout(nowMs += 60_000);
        send();
        give(publish2);
        give(pingresp);
        client.connect(nowMs);
        send();
        give(connack);
        give(disconnect);
        if (client.state() == SnClient.DISCONNECTED && client.outboxCount() == 0) {
            days++;
        }
    }

    /** Answers the exchange in hand, whose MsgId stands in the frame that was sent last. */
    private void answer(byte[] f, int msgIdAt) {
        client.onTimeout(nowMs += 60_000);
        int n = client.pollTransmit(tx, 0, tx.length);
        int from = n == 4 ? 2 : tx[1] == 0x12 ? 3 : tx[1] == 0x0A ? 4 : 5;
        System.arraycopy(tx, from, f, msgIdAt, 2);
        give(f);
    }

    private void give(byte[] f) {
        client.onDatagram(f, 0, f.length, nowMs);
        send();
    }

    private void send() {
        while (client.pollTransmit(tx, 0, tx.length) > 0) {
            nowMs++;
        }
    }
}
