package midge.mqttsn.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import midge.mqttsn.codec.Frames;
import midge.mqttsn.codec.SnMessage;
import midge.mqttsn.codec.SnText;
import midge.wire.Prng;
import midge.wire.Status;
import org.junit.jupiter.api.Test;

/** A client that is called at random and sent mutated frames throws nothing, writes only good frames and never stops for good. */
class NoiseTest {
    private final List<byte[]> frames =
            Frames.all().stream().map(Frames.Frame::octets).toList();
    private static final List<String> REFUSALS = List.of("MALFORMED", "TRUNCATED", "UNSUPPORTED");
    private final byte[] tx = new byte[255];

    @Test
    void survivesRandomCallsAndFrames() {
        int states = 0;
        for (long seed = 1; seed <= 200; seed++) {
            Prng dice = new Prng(seed);
            SnClient client = client();
            long nowMs = dice.nextInt();
            if (seed % 2 == 0) {
                asleep(client, nowMs);
                states |= 1 << client.state();
            }
            for (int step = 0; step < 1_000; step++) {
                nowMs += dice.below(dice.below(10) == 0 ? 100_000 : 500);
                call(client, dice, nowMs);
                byte[] f = frame(dice);
                client.onDatagram(f, 0, f.length, nowMs);
                if (nowMs >= client.nextDeadlineMs()) {
                    client.onTimeout(nowMs);
                }
                poll(client, seed);
                assertTrue(client.nextDeadlineMs() > nowMs, "seed " + seed + ": a deadline that does not pass");
                states |= 1 << client.state();
            }
            assertTrue(client.outboxCount() >= 0 && client.outboxFreeOctets() >= 0, "seed " + seed);
        }
        assertEquals(0xFF, states, "every state was visited");
    }

    private static SnClient client() {
        SnClientConfig config = Script.defaults()
                .retryMs(500)
                .waitMs(2_000)
                .topics(3)
                .topicOctets(20)
                .replies(2)
                .inboundIds(2)
                .predefined(5, "site/valve")
                .will("dev/lwt", new byte[3], 0)
                .willRoom(9, 9)
                .build();
        return new SnClient(config, new SnQuietListener());
    }

    private static void asleep(SnClient client, long nowMs) {
        byte[] connack = {3, 5, 0};
        client.connect(nowMs);
        client.onDatagram(connack, 0, 3, nowMs);
        client.sleep(50, nowMs);
    }

    private static void call(SnClient client, Prng dice, long nowMs) {
        byte[] name = Script.utf8(new String[] {"a/b", "t1", "site/valve", "sens/temp1", "a/#", ""}[dice.below(6)]);
        byte[] data = new byte[dice.below(40)];
        switch (dice.below(14)) {
            case 0, 1, 2:
                client.connect(nowMs);
                break;
            case 3:
                client.connect(dice.nextInt() & 0x0C, nowMs);
                break;
            case 4:
                client.sleep(1 + dice.below(100), nowMs);
                break;
            case 5:
                client.wake(nowMs);
                break;
            case 6:
                if (dice.below(6) == 0) {
                    client.disconnect(nowMs);
                }
                break;
            case 7:
                client.subscribe(name, 0, name.length, dice.nextInt() & 0xFF, nowMs);
                break;
            case 8:
                client.unsubscribe(name, 0, name.length, nowMs);
                break;
            case 9:
                client.register(name, 0, name.length, nowMs);
                break;
            case 10:
                client.publish(dice.below(12), dice.nextInt() & 0xFF, data, 0, data.length, nowMs);
                break;
            case 11:
                client.updateWillTopic(dice.nextInt() & 0xFF, name, 0, name.length, nowMs);
                break;
            case 12:
                client.updateWillMessage(data, 0, data.length, nowMs);
                break;
            default:
                client.publish(name, 0, name.length, dice.nextInt() & 0xFF, data, 0, data.length, nowMs);
        }
    }

    /** A known frame, with a low MsgId at times so that it fits the exchange in hand, and a changed octet at times. */
    private byte[] frame(Prng dice) {
        byte[] f = frames.get(dice.below(frames.size())).clone();
        if (f.length >= 4 && dice.below(2) == 0) {
            int at = f.length == 8 ? 5 : f.length == 7 ? 4 : 2;
            f[at] = 0;
            f[at + 1] = (byte) dice.below(40);
        }
        if (dice.below(4) == 0) {
            f[dice.below(f.length)] = (byte) dice.nextInt();
        }
        return f;
    }

    private void poll(SnClient client, long seed) {
        SnMessage message = new SnMessage();
        for (int n = client.pollTransmit(tx, 0, tx.length); n != 0; n = client.pollTransmit(tx, 0, tx.length)) {
            assertTrue(n > 0, "seed " + seed + ": status " + n);
            assertEquals(Status.OK, message.wrap(tx, 0, n), "seed " + seed);
            String text = SnText.of(tx, 0, n);
            assertTrue(!REFUSALS.contains(text), "seed " + seed + ": " + text);
        }
    }
}
