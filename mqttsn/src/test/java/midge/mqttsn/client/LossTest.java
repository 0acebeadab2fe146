package midge.mqttsn.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import midge.mqttsn.codec.SnFlags;
import midge.mqttsn.codec.SnText;
import midge.wire.Prng;
import midge.wire.Status;
import org.junit.jupiter.api.Test;

/**
 * A client against a model of a gateway over a link that loses 30 %, duplicates 10 % and delays each frame by its own random time, so
 * that order is lost too. What was reported delivered has arrived; QoS 2 arrives once, both ways; nothing stops for good.
 */
class LossTest {
    private static final int SEEDS = 1_000;
    private static final int MESSAGES = 12;

    private record Packet(long atMs, long order, boolean toClient, byte[] octets) implements Comparable<Packet> {
        @Override
        public int compareTo(Packet other) {
            return atMs != other.atMs ? Long.compare(atMs, other.atMs) : Long.compare(order, other.order);
        }
    }

    private static final class Run extends SnQuietListener {
        final Prng dice;
        final SnClient client;
        final ModelGateway gateway = new ModelGateway();
        final PriorityQueue<Packet> air = new PriorityQueue<>();
        final byte[] tx = new byte[300];
        final List<String> messages = new ArrayList<>();
        final List<Integer> delivered = new ArrayList<>();
        final List<Integer> refused = new ArrayList<>();
        final boolean sleeps;
        long nowMs;
        long order;
        int sentUp;
        int sentDown;

        Run(long seed, boolean sleeps) {
            dice = new Prng(seed);
            this.sleeps = sleeps;
            nowMs = seed * 7919;
            SnClientConfig config = Script.defaults()
                    .retryMs(2_000)
                    .retries(4)
                    .cleanSession(false)
                    .outboxOctets(400)
                    .topics(6)
                    .build();
            client = new SnClient(config, this);
        }

        @Override
        public void onDelivered(int token, int returnCode, long now) {
            (returnCode == 0 ? delivered : refused).add(token);
        }

        @Override
        public void onMessage(
                int flags, int id, byte[] topic, int to, int tl, byte[] data, int off, int len, long now) {
            messages.add(SnText.text(topic, to, tl) + " " + SnText.text(data, off, len));
        }

        @Override
        public void onDisconnected(int cause, int returnCode, long now) {
            client.connect(now);
        }

        void go() {
            assertEquals(Status.OK, client.connect(nowMs));
            long endMs = nowMs + 3_600_000;
            long nextActionMs = nowMs;
            while (!isDone() && nowMs < endMs) {
                if (nowMs >= nextActionMs) {
                    act();
                    nextActionMs = nowMs + 500 + dice.below(6_000);
                }
                exchange();
                long next = Math.min(nextActionMs, Math.min(client.nextDeadlineMs(), gateway.deadlineMs()));
                nowMs = Math.max(nowMs, Math.min(next, air.isEmpty() ? Long.MAX_VALUE : air.peek().atMs));
                while (!air.isEmpty() && air.peek().atMs <= nowMs) {
                    deliver(air.poll());
                }
                client.onTimeout(nowMs);
                gateway.onTimeout(nowMs);
            }
            assertTrue(isDone(), () -> "did not finish: state " + client.state() + ", outbox " + client.outboxCount());
        }

        private boolean isDone() {
            return sentUp == 2 * MESSAGES && sentDown == MESSAGES && client.outboxCount() == 0 && gateway.isIdle();
        }

        private void act() {
            if (client.state() == SnClient.ASLEEP && (client.outboxCount() > 0 || dice.below(3) == 0)) {
                client.connect(nowMs);
            } else if (sleeps && client.state() == SnClient.ACTIVE && dice.below(3) == 0) {
                client.sleep(20, nowMs);
            }
            if (sentUp < 2 * MESSAGES) {
                boolean twice = sentUp % 2 == 1;
                byte[] topic = Script.utf8("up/" + dice.below(3) + (twice ? "/q2" : "/q1"));
                byte[] data = Script.utf8("m" + sentUp);
                int flags = twice ? SnFlags.QOS_2 : SnFlags.QOS_1;
                int token = client.publish(topic, 0, topic.length, flags, data, 0, data.length, nowMs);
                if (token >= 0) {
                    sentUp++;
                    assertEquals(sentUp, token);
                }
            }
            if (sentDown < MESSAGES) {
                gateway.send("down/" + dice.below(2), sentDown % 2 == 0 ? "2" : "1", "d" + sentDown, nowMs);
                sentDown++;
            }
        }

        private void exchange() {
            int n;
            while ((n = client.pollTransmit(tx, 0, tx.length)) > 0) {
                launch(false, Arrays.copyOf(tx, n));
            }
            byte[] f;
            while ((f = gateway.poll()) != null) {
                launch(true, f);
            }
        }

        private void launch(boolean toClient, byte[] f) {
            int copies = dice.below(100) < 30 ? 0 : dice.below(100) < 10 ? 2 : 1;
            for (int i = 0; i < copies; i++) {
                air.add(new Packet(nowMs + 5 + dice.below(400), order++, toClient, f));
            }
        }

        private void deliver(Packet p) {
            if (p.toClient) {
                client.onDatagram(p.octets, 0, p.octets.length, nowMs);
            } else {
                gateway.onDatagram(p.octets, nowMs);
            }
        }
    }

    @Test
    void anActiveClientLosesNothingAndRepeatsNoQos2() {
        int retransmissions = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            retransmissions += check(seed, false);
        }
        assertTrue(retransmissions > SEEDS, "the link was too good: " + retransmissions);
    }

    @Test
    void aSleepingClientLosesNothingAndRepeatsNoQos2() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            check(seed, true);
        }
    }

    private static int check(long seed, boolean sleeps) {
        Run run = new Run(seed, sleeps);
        String replay = "seed " + seed + (sleeps ? ", sleeping" : "");
        try {
            run.go();
        } catch (AssertionError e) {
            throw new AssertionError(replay, e);
        }
        assertEquals(List.of(), run.refused, replay);
        assertEquals(2 * MESSAGES, run.delivered.size(), replay);
        List<String> dataUp =
                run.gateway.received.stream().map(m -> m.split(" ")[1]).toList();
        for (int i = 0; i < 2 * MESSAGES; i++) {
            String data = "m" + i;
            long arrived = dataUp.stream().filter(data::equals).count();
            assertTrue(i % 2 == 0 ? arrived >= 1 : arrived == 1, replay + ": " + data + " arrived " + arrived);
        }
        for (String message : run.gateway.received) {
            int number = Integer.parseInt(message.replaceAll(".* m", ""));
            assertTrue(message.contains(number % 2 == 1 ? "/q2" : "/q1"), replay + ": wrong topic " + message);
        }
        assertEquals(firstArrivalsInOrder(dataUp), List.copyOf(new java.util.LinkedHashSet<>(dataUp)), replay);
        for (int i = 0; i < MESSAGES; i++) {
            String data = " d" + i;
            long arrived = run.messages.stream().filter(m -> m.endsWith(data)).count();
            assertTrue(i % 2 == 1 ? arrived >= 1 : arrived == 1, replay + ": down" + data + " arrived " + arrived);
        }
        return run.client.counters().retransmissions();
    }

    /** One message is under way at a time, so new ones arrive in the order of publishing. */
    private static List<String> firstArrivalsInOrder(List<String> data) {
        List<String> sorted = new ArrayList<>(new HashSet<>(data));
        sorted.sort((a, b) -> Integer.parseInt(a.substring(1)) - Integer.parseInt(b.substring(1)));
        return sorted;
    }
}
