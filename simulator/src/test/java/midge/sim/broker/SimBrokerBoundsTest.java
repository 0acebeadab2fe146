package midge.sim.broker;

import static midge.sim.broker.BrokerBench.publish;
import static midge.sim.broker.BrokerBench.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import midge.profile.Hex;
import midge.wire.Prng;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing that a client does makes the broker throw, grow without bound, or forget the others. */
class SimBrokerBoundsTest {
    @Test
    void aQueueTakesWhatItsBoundsAllowAndCountsTheRest() {
        BrokerBench bench =
                new BrokerBench(BrokerConfig.builder().queueMessagesMax(3).build());
        bench.open(1, "10 0D 00 04 4D 51 54 54 04 00 00 00 00 01 62" + subscribe(4, "t", 1) + "E0 00");
        bench.join(2, 'a');
        for (int i = 1; i <= 5; i++) {
            bench.say(2, publish(0x32, "t", i, "m" + i));
        }
        assertThat(bench.broker.counters().publishesDropped()).isEqualTo(2);
        bench.heard(1);
        bench.open(3, "10 0D 00 04 4D 51 54 54 04 00 00 00 00 01 62");
        assertThat(bench.heard(3)).hasSize(4);
    }

    @Test
    void theSessionThatIsAwayTheLongestMakesRoom() {
        BrokerBench bench =
                new BrokerBench(BrokerConfig.builder().sessionsMax(2).build());
        bench.join5(1, 'a', 0, "11 FF FF FF FF");
        bench.join5(2, 'b', 0, "11 FF FF FF FF");
        bench.open(3, "10 0D 00 04 4D 51 54 54 04 02 00 00 00 01 63");
        assertThat(bench.heard(3)).containsExactly("20 02 00 03");
        bench.drop(2);
        bench.drop(1);
        bench.open(4, "10 0D 00 04 4D 51 54 54 04 02 00 00 00 01 63");
        assertThat(bench.heard(4)).containsExactly("20 02 00 00");
        assertThat(bench.broker.counters().sessionsEvicted()).isEqualTo(1);
        bench.drop(4);
        bench.open(5, "10 0E 00 04 4D 51 54 54 05 00 00 00 00 00 01 61");
        assertThat(bench.heard(5)).first().asString().startsWith("20 0E 01 00"); // a is still there
    }

    @Test
    void subscriptionsRetainedMessagesAndConnectionsAreBounded() {
        BrokerBench bench = new BrokerBench(BrokerConfig.builder()
                .subscriptionsMax(2)
                .retainedMax(15)
                .connectionsMax(2)
                .build());
        bench.join(1, 'a');
        bench.join(2, 'b');
        bench.open(3, "");
        assertThat(bench.closed(3)).isTrue();
        bench.say(1, subscribe(4, "1", 0) + subscribe(4, "2", 0) + subscribe(4, "3", 0) + subscribe(4, "2", 1));
        assertThat(bench.heard(1))
                .containsExactly("90 03 00 01 00", "90 03 00 01 00", "90 03 00 01 80", "90 03 00 01 01");
        for (int i = 0; i < 50; i++) {
            bench.say(1, publish(0x31, "r/" + i, 0, "x"));
        }
        assertThat(bench.broker.retainedCount()).isEqualTo(15);
    }

    @Test
    void namesOfTooManyLevelsAreRefused() {
        BrokerBench bench = new BrokerBench();
        bench.join(1, 'a');
        byte[] slashes = new byte[60_000];
        java.util.Arrays.fill(slashes, (byte) '/');
        bench.say(1, "82 E5 D4 03 00 01 EA 60 " + Hex.of(slashes) + " 00");
        assertThat(bench.heard(1)).containsExactly("90 03 00 01 80");
        bench.say(1, "30 E2 D4 03 EA 60 " + Hex.of(slashes));
        assertThat(bench.closed(1)).isTrue();
    }

    @Test
    @Timeout(120)
    void arbitraryOctetsNeverThrowAndNeverDisturbTheOthers() {
        BrokerBench bench = new BrokerBench();
        bench.join(0, 'z');
        Prng prng = new Prng(0x5eed);
        String[] seeds = {
            "10 13 00 04 4D 51 54 54 05 02 00 3C 00 00 06 64 65 76 2D 30 31",
            "10 1F 00 04 4D 51 54 54 04 EE 00 0A 00 02 63 31 00 03 77 2F 74 00 03 62 79 65 00 01 75 00 02 70 77",
            "30 0B 00 03 61 2F 62 03 23 00 01 68 69",
            "3C 0A 00 03 61 2F 62 00 0B 00 68 69",
            "62 02 00 0B",
            "50 02 00 0B",
            "82 14 00 08 02 0B 05 00 0C 24 73 68 61 72 65 2F 67 2F 61 2F 23 29",
            "A2 08 00 09 00 00 03 61 2F 23",
            "E0 07 00 05 11 00 00 00 00",
            "C0 00",
            "40 03 00 07 10",
            "32 15 00 01 74 00 07 0E 01 01 02 00 00 00 3C 26 00 01 6B 00 01 76 31"
        };
        for (int i = 1; i <= 30_000; i++) {
            bench.open(i, prng.below(4) == 0 ? "" : seeds[prng.below(2)]);
            for (int n = prng.below(6); n > 0; n--) {
                byte[] octets = mutated(prng, Hex.bytes(seeds[prng.below(seeds.length)]));
                bench.broker.onBytes(i, octets, 0, octets.length, bench.nowMs);
            }
            bench.heard(i);
            if (prng.below(3) > 0) {
                bench.drop(i);
            }
            bench.advance(prng.below(20));
        }
        bench.say(0, "C0 00");
        assertThat(bench.heard(0)).contains("D0 00");
        bench.advance(200_000_000);
        assertThat(bench.broker.connectionCount()).isLessThan(30_000);
    }

    private static byte[] mutated(Prng prng, byte[] octets) {
        for (int flips = prng.below(4); flips > 0; flips--) {
            octets[prng.below(octets.length)] = (byte) prng.nextInt();
        }
        return prng.below(5) == 0 ? java.util.Arrays.copyOf(octets, prng.below(octets.length) + 1) : octets;
    }
}
