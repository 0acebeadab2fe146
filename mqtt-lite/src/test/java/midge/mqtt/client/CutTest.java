package midge.mqtt.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static midge.mqtt.client.Script.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import midge.mqtt.codec.MqttPublish;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stream is cut at every octet, in both directions; QoS 2 arrives exactly once all the same. */
class CutTest {
    /** A client and a server joined by a stream that breaks after so many octets. */
    private static final class Link extends Recorder {
        final List<String> got = new ArrayList<>();
        final List<Integer> finished = new ArrayList<>();
        final MqttClient client;
        final SmallServer server;
        private final Random random;
        long octetsUntilCut = Long.MAX_VALUE;
        long octets;
        int cuts;

        Link(int version, Random random) {
            this.random = random;
            server = new SmallServer(version);
            MqttClientConfig.Builder config =
                    Script.v311().version(version).clean(false).window(3);
            if (version == 5) {
                config.sessionExpiryS(60);
            }
            client = new MqttClient(config.build(), this);
        }

        @Override
        public int onMessage(byte[] topic, int at, int length, MqttPublish p) {
            got.add(new String(p.buffer(), p.payloadOffset(), p.payloadLength(), UTF_8));
            return 0;
        }

        @Override
        public void onDelivered(int token, int result, midge.mqtt.codec.MqttAck ack) {
            assertEquals(0, result);
            finished.add(token);
        }

        @Override
        public void onFailed(int error) {
            throw new AssertionError("failed " + error);
        }

        /** Moves octets until nothing moves; reconnects after a cut. */
        void run() {
            boolean moved = true;
            while (moved) {
                client.onOpen(0);
                moved = up() | down();
            }
        }

        private boolean up() {
            byte[] chunk = new byte[1 + random.nextInt(20)];
            int n = client.pollTransmit(chunk, 0, chunk.length);
            int arrives = arriving(n);
            server.onBytes(chunk, 0, arrives);
            return lost(n, arrives) || n > 0;
        }

        private boolean down() {
            byte[] all = server.takeOutput();
            int arrives = arriving(all.length);
            assertEquals(arrives, client.onBytes(all, 0, arrives, 0));
            return lost(all.length, arrives) || all.length > 0;
        }

        private int arriving(int n) {
            return (int) Math.min(n, octetsUntilCut - octets);
        }

        private boolean lost(int n, int arrived) {
            octets += arrived;
            if (octets < octetsUntilCut) {
                return false;
            }
            client.onClosed(0);
            server.cut();
            cuts++;
            octetsUntilCut = Long.MAX_VALUE;
            return true;
        }

        int publish(int qos, String payload) {
            byte[] p = bytes(payload);
            return client.publish(qos, false, new byte[] {'u'}, 0, 1, p, 0, p.length, 0);
        }
    }

    private static Link exchange(int version, long cutAfter) {
        Link link = new Link(version, new Random(cutAfter));
        link.run();
        link.octets = 0;
        link.octetsUntilCut = cutAfter;
        link.publish(2, "up");
        link.server.publish(2, "down");
        link.publish(2, "again");
        link.server.publish(2, "once more");
        link.run();
        return link;
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5})
    void aCutAtAnyOctetNeitherLosesNorDoubles(int version) {
        long whole = exchange(version, Long.MAX_VALUE).octets;
        assertTrue(whole > 80, "octets of the exchange: " + whole);
        for (long cutAfter = 0; cutAfter <= whole; cutAfter++) {
            Link link = exchange(version, cutAfter);
            assertEquals(1, link.cuts);
            assertEquals(List.of("up", "again"), link.server.received, "cut after " + cutAfter);
            assertEquals(List.of("down", "once more"), link.got, "cut after " + cutAfter);
            assertEquals(0, link.client.unfinished());
            assertEquals(0, link.server.unfinished());
            assertEquals(2, link.finished.size());
        }
    }

    @Test
    void manyMessagesWithManyCuts() {
        Random random = new Random(0xC07);
        Link link = new Link(4, random);
        List<String> up = new ArrayList<>();
        List<String> down = new ArrayList<>();
        while (up.size() < 3_000) {
            String payload = "m" + up.size();
            if (link.publish(2, payload) > 0) {
                up.add(payload);
            }
            if (random.nextBoolean() && link.server.unfinished() < 10) {
                down.add("d" + down.size());
                link.server.publish(2, down.get(down.size() - 1));
            }
            if (random.nextInt(3) == 0) {
                link.octetsUntilCut = link.octets + random.nextInt(120);
            }
            link.run();
        }
        assertTrue(link.cuts > 500, "cuts: " + link.cuts);
        assertEquals(up, link.server.received);
        assertEquals(down, link.got);
        assertFalse(down.isEmpty());
    }
}
