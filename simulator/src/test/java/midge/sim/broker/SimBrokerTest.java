package midge.sim.broker;

import static midge.sim.broker.BrokerBench.publish;
import static midge.sim.broker.BrokerBench.published;
import static midge.sim.broker.BrokerBench.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import midge.profile.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What 3.1 and 3.1.1 share with 5.0; hex as the protocol sheet prints it. */
class SimBrokerTest {
    private final BrokerBench bench = new BrokerBench();

    @ParameterizedTest
    @CsvSource({
        "10 14 00 06 4D 51 49 73 64 70 03 02 00 3C 00 06 64 65 76 2D 30 31, 20 02 00 00, false", // 3.1
        "10 12 00 04 4D 51 54 54 04 02 00 3C 00 06 64 65 76 2D 30 31, 20 02 00 00, false", // 3.1.1
        "10 0C 00 04 4D 51 54 54 04 02 00 00 00 00, 20 02 00 00, false", // 3.1.1, no identifier, clean
        "10 0C 00 04 4D 51 54 54 04 00 00 00 00 00, 20 02 00 02, true", // 3.1.1, no identifier, not clean
        "10 0E 00 06 4D 51 49 73 64 70 03 02 00 3C 00 00, 20 02 00 02, true", // 3.1, no identifier
        "10 0D 00 04 4D 51 54 54 06 02 00 00 00 01 61, 20 02 00 01, true" // a level that does not exist yet
    })
    void connectIsAnsweredByItsVersion(String connect, String connack, boolean closed) {
        bench.open(1, connect);
        assertThat(bench.heard(1)).containsExactly(connack);
        assertThat(bench.closed(1)).isEqualTo(closed);
    }

    /** Bad packets after a good CONNECT; MQTT 3.1.1 has no word for them but closing. */
    @ParameterizedTest
    @CsvSource({
        "30 FF FF FF FF 01",
        "36 05 00 01 74 00 01",
        "80 06 00 01 00 01 74 00",
        "60 02 00 0B",
        "82 02 00 01",
        "A2 02 00 01",
        "32 05 00 01 74 00 00",
        "30 04 00 02 2B 61",
        "30 04 00 02 C0 80",
        "30 05 00 03 ED A0 80",
        "30 04 00 02 41 00",
        "00 00",
        "20 02 00 00",
        "F0 00",
        "E0 01 00",
        "10 0D 00 04 4D 51 54 54 04 02 00 00 00 01 61"
    })
    void aBadPacketClosesItsOwnConnectionOnly(String hex) {
        bench.join(1, 'a');
        bench.join(2, 'b');
        bench.say(1, hex);
        assertThat(bench.closed(1)).isTrue();
        assertThat(bench.heard(1)).isEmpty();
        bench.say(2, "C0 00");
        assertThat(bench.heard(2)).containsExactly("D0 00");
        assertThat(bench.broker.connectionCount()).isEqualTo(1);
        assertThat(bench.broker.sessionCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"30 03 00 01 74", "C0 00", "00", "47 45 54 20 2F"})
    void theFirstPacketMustBeConnect(String hex) {
        bench.open(1, hex);
        assertThat(bench.closed(1)).isTrue();
        assertThat(bench.heard(1)).isEmpty();
    }

    @Test
    void everyChunkingOfAStreamGivesTheSameAnswers() {
        String stream = "10 0D 00 04 4D 51 54 54 04 02 00 00 00 01 61" + subscribe(4, "t", 2)
                + publish(0x30, "t", 0, "q0") + publish(0x32, "t", 7, "q1") + "C0 00";
        bench.open(1, stream);
        List<String> whole = bench.heard(1);
        assertThat(whole).hasSize(6);
        byte[] octets = Hex.bytes(stream);
        for (int size = 1; size < octets.length; size++) {
            BrokerBench cut = new BrokerBench();
            cut.open(1, "");
            for (int at = 0; at < octets.length; at += size) {
                cut.broker.onBytes(1, octets, at, Math.min(size, octets.length - at), cut.nowMs);
            }
            assertThat(cut.heard(1)).as("chunks of " + size).isEqualTo(whole);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 30", "0, 2, 30", "1, 0, 30", "1, 1, 32", "1, 2, 32", "2, 1, 32", "2, 2, 34"})
    void aMessageGoesOutAtTheLowerOfBothQos(int published, int subscribed, String first) {
        bench.join(1, 'a');
        bench.join(2, 'b');
        bench.say(2, subscribe(4, "t/+", subscribed));
        bench.heard(2);
        bench.say(1, publish(0x30 | published << 1, "t/x", 9, "v"));
        assertThat(bench.heard(2)).hasSize(1).first().asString().startsWith(first);
    }

    @Test
    void qos2FromAClientIsTakenOverOnceHoweverOftenItIsRepeated() {
        bench.join(1, 'a');
        bench.join(2, 'b');
        bench.say(2, subscribe(4, "t", 0));
        bench.heard(2);
        bench.say(1, publish(0x34, "t", 11, "v") + publish(0x3C, "t", 11, "v"));
        assertThat(bench.heard(1)).containsExactly("50 02 00 0B", "50 02 00 0B");
        assertThat(bench.heard(2)).containsExactly(published(0x30, "t", 0, "v"));
        bench.say(1, "62 02 00 0B" + "62 02 00 0B" + publish(0x34, "t", 11, "w"));
        assertThat(bench.heard(1)).containsExactly("70 02 00 0B", "70 02 00 0B", "50 02 00 0B");
        assertThat(bench.heard(2)).containsExactly(published(0x30, "t", 0, "w"));
    }

    @Test
    void qos2ToAClientIsResentWhereItStoodAfterAReconnect() {
        String kept = "10 0D 00 04 4D 51 54 54 04 00 00 00 00 01 62";
        bench.join(1, 'a');
        bench.open(2, kept + subscribe(4, "t", 2));
        assertThat(bench.heard(2)).containsExactly("20 02 00 00", "90 03 00 01 02");
        bench.say(1, publish(0x34, "t", 5, "x") + publish(0x34, "t", 6, "y"));
        assertThat(bench.heard(2)).containsExactly(published(0x34, "t", 1, "x"), published(0x34, "t", 2, "y"));
        bench.say(2, "50 02 00 01");
        assertThat(bench.heard(2)).containsExactly("62 02 00 01");
        bench.drop(2);
        bench.open(3, kept);
        assertThat(bench.heard(3)).containsExactly("20 02 01 00", "62 02 00 01", published(0x3C, "t", 2, "y"));
        bench.say(3, "70 02 00 01" + "50 02 00 02" + "70 02 00 02" + "70 02 00 02");
        assertThat(bench.heard(3)).containsExactly("62 02 00 02");
        bench.drop(3);
        bench.open(4, kept);
        assertThat(bench.heard(4)).containsExactly("20 02 01 00");
    }

    @Test
    void aCleanSessionForgetsWhatTheKeptOneHeld() {
        bench.open(1, "10 0D 00 04 4D 51 54 54 04 00 00 00 00 01 62" + subscribe(4, "t", 1) + "E0 00");
        bench.join(2, 'a');
        bench.say(2, publish(0x32, "t", 1, "waits"));
        assertThat(bench.broker.queuedOctets()).isPositive();
        bench.open(3, "10 0D 00 04 4D 51 54 54 04 02 00 00 00 01 62");
        assertThat(bench.heard(3)).containsExactly("20 02 00 00");
        bench.drop(3);
        assertThat(bench.broker.queuedOctets()).isZero();
        assertThat(bench.broker.sessionCount()).isEqualTo(1);
    }

    @Test
    void aSubscriptionIsReplacedAndOverlappingFiltersGiveOneCopyAtTheHighestQos() {
        bench.join(1, 'a');
        bench.say(1, subscribe(4, "t", 2) + subscribe(4, "t", 0) + subscribe(4, "+", 1));
        assertThat(bench.heard(1)).containsExactly("90 03 00 01 02", "90 03 00 01 00", "90 03 00 01 01");
        bench.say(1, publish(0x34, "t", 3, "v"));
        assertThat(bench.heard(1)).containsExactly(published(0x32, "t", 1, "v"), "50 02 00 03");
        bench.say(1, "A2 05 00 02 00 01 2B" + "A2 05 00 03 00 01 74" + publish(0x30, "t", 0, "w"));
        assertThat(bench.heard(1)).containsExactly("B0 02 00 02", "B0 02 00 03");
    }

    @Test
    void retainedMessagesComeMarkedOnSubscribingAndUnmarkedLive() {
        bench.join(1, 'a');
        bench.say(1, publish(0x31, "r/1", 0, "one") + publish(0x31, "r/2", 0, "two") + publish(0x31, "r/2", 0, ""));
        bench.say(1, subscribe(4, "r/+", 0));
        assertThat(bench.heard(1)).containsExactly("90 03 00 01 00", published(0x31, "r/1", 0, "one"));
        bench.say(1, publish(0x31, "r/1", 0, "new"));
        assertThat(bench.heard(1)).containsExactly(published(0x30, "r/1", 0, "new"));
    }

    @Test
    void silenceOfOneAndAHalfTimesTheKeepAliveEndsTheConnection() {
        bench.open(1, "10 0D 00 04 4D 51 54 54 04 02 00 0A 00 01 61");
        bench.advance(14_000);
        bench.say(1, "C0 00");
        bench.advance(14_999);
        assertThat(bench.closed(1)).isFalse();
        bench.advance(1);
        assertThat(bench.closed(1)).isTrue();
    }

    @Test
    void aConnectionThatNeverSaysWhoItIsIsClosed() {
        bench.open(1, "10");
        bench.advance(10_000);
        assertThat(bench.closed(1)).isTrue();
        assertThat(bench.broker.nextDeadlineMs()).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({"true, 0", "false, 1"})
    void theWillGoesOutUnlessTheClientSaidGoodbye(boolean goodbye, int copies) {
        bench.join(1, 'w');
        bench.say(1, subscribe(4, "w/t", 0));
        bench.heard(1);
        // 3.1.1, flags 0xEE: user, password, will retain, will QoS 1, will, clean
        bench.open(
                2,
                "10 1F 00 04 4D 51 54 54 04 EE 00 0A 00 02 63 31 00 03 77 2F 74 00 03 62 79 65 00 01 75 00 02 70 77");
        if (goodbye) {
            bench.say(2, "E0 00");
            assertThat(bench.closed(2)).isTrue();
        } else {
            bench.drop(2);
        }
        assertThat(bench.heard(1)).hasSize(copies);
        bench.say(1, subscribe(4, "w/t", 0));
        assertThat(bench.heard(1)).hasSize(1 + copies); // the will was retained
    }

    @Test
    void aSecondConnectionOfTheSameNameTakesOver() {
        bench.open(1, "10 0D 00 04 4D 51 54 54 04 00 00 00 00 01 61" + subscribe(4, "t", 1));
        bench.open(2, "10 0D 00 04 4D 51 54 54 04 00 00 00 00 01 61");
        assertThat(bench.closed(1)).isTrue();
        assertThat(bench.heard(2)).containsExactly("20 02 01 00");
        bench.drop(1); // the host tells it late
        bench.say(2, publish(0x30, "t", 0, "v"));
        assertThat(bench.heard(2)).containsExactly(published(0x30, "t", 0, "v"));
        assertThat(bench.broker.connectionCount()).isEqualTo(1);
    }

    @Test
    void aConnectionThatDoesNotReadMakesItsMessagesWait() {
        bench.join(1, 'a');
        bench.join(2, 'b');
        bench.say(2, subscribe(4, "t", 1));
        bench.heard(2);
        bench.broker.onWritable(2, false, bench.nowMs);
        bench.say(1, publish(0x32, "t", 1, "x") + publish(0x30, "t", 0, "y"));
        assertThat(bench.heard(2)).isEmpty();
        bench.broker.onWritable(2, true, bench.nowMs);
        assertThat(bench.heard(2)).containsExactly(published(0x32, "t", 1, "x"), published(0x30, "t", 0, "y"));
        assertThat(bench.broker.queuedOctets()).isZero();
    }

    @Test
    void clientsMayNotSpeakForTheBroker() {
        bench.join(1, 'a');
        bench.say(1, publish(0x33, "$SYS/broker/version", 1, "mine") + subscribe(4, "$SYS/broker/version", 0));
        assertThat(bench.heard(1))
                .hasSize(3)
                .contains("40 02 00 01")
                .last()
                .isEqualTo(published(0x31, "$SYS/broker/version", 0, "midge 0.1.0"));
    }

    @Test
    void sysTopicsAreRenewedWhileSomeoneWatches() {
        bench.join(1, 'a');
        assertThat(bench.broker.nextDeadlineMs()).isEqualTo(Long.MAX_VALUE);
        bench.say(1, subscribe(4, "$SYS/broker/uptime", 0));
        bench.heard(1);
        bench.advance(20_000);
        assertThat(bench.heard(1)).hasSize(2).last().isEqualTo(published(0x30, "$SYS/broker/uptime", 0, "20 seconds"));
        bench.drop(1);
        bench.advance(20_000);
        assertThat(bench.broker.nextDeadlineMs()).isEqualTo(Long.MAX_VALUE);
    }
}
