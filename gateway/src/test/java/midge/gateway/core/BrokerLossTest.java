package midge.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import midge.gateway.port.GatewayCounters;
import midge.gateway.port.SessionState;
import midge.gateway.table.BlockPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The broker connection breaks, stalls or misbehaves while clients are connected; MQTT 3.1.1 §4.4, and clean sessions over breaks. */
class BrokerLossTest {
    private static final String MQTT_CONNECT_KEPT = "#0 10 0E 00 04 4D 51 54 54 04 00 00 3C 00 02 63 31";
    private static final String MQTT_CONNECT_CLEAN = "#0 10 0E 00 04 4D 51 54 54 04 02 00 3C 00 02 63 31";
    private static final String QOS_1 = "08 0C 22 74 31 00 09 78";
    private static final String MQTT_QOS_1 = "#0 32 07 00 02 74 31 00 09 78";

    private final Script script = new Script().connectKept();

    /** Lets the pause pass in which the client stays alive. */
    private static Script reopen(Script script, String connack) {
        script.pass(1_000).expect("open 0").opened(0).expect(MQTT_CONNECT_KEPT);
        return script.broker(0, connack);
    }

    @Test
    void reconnectsWithoutTellingTheClientAndKeepsTheSession() {
        script.closed(0).silence();
        reopen(script, "20 02 01 00").silence();
        script.from("A", "02 16").expect("A 02 17");
        assertThat(script.count(GatewayCounters.BROKER_RECONNECTS)).isEqualTo(1);
    }

    @Test
    void triesAgainWithGrowingPauses() {
        long[] pauses = new long[6];
        for (int i = 0; i < pauses.length; i++) {
            long closedMs = script.nowMs;
            script.closed(0);
            while (!script.take().contains("open 0")) {
                script.pass(100).from("A", "02 16");
            }
            pauses[i] = script.nowMs - closedMs;
        }
        assertThat(pauses[0]).isBetween(500L, 1_100L);
        assertThat(pauses[1]).isBetween(1_000L, 2_100L);
        assertThat(pauses[5]).isBetween(4_000L, 8_100L);
    }

    @Test
    void sendsAnOpenQos1AgainWithDup() {
        script.from("A", QOS_1).expect(MQTT_QOS_1).closed(0);
        reopen(script, "20 02 01 00").expect("#0 3A 07 00 02 74 31 00 09 78");
        script.broker(0, "40 02 00 09").expect("A 07 0D 74 31 00 09 00");
    }

    @Test
    void sendsAnOpenQos1WithoutDupToABrokerThatLostTheSession() {
        script.from("A", QOS_1).expect(MQTT_QOS_1).closed(0);
        reopen(script, "20 02 00 00").expect(MQTT_QOS_1);
    }

    @Test
    void resumesQos2WhereItWas() {
        script.from("A", "08 0C 42 74 31 00 09 78")
                .broker(0, "50 02 00 09")
                .skip()
                .closed(0);
        reopen(script, "20 02 01 00").silence();
        script.from("A", "04 10 00 09").expect("#0 62 02 00 09").closed(0);
        reopen(script, "20 02 01 00").expect("#0 62 02 00 09");
        script.broker(0, "70 02 00 09").expect("A 04 0E 00 09");
    }

    @Test
    void holdsAQos1MessageWhileTheBrokerIsAway() {
        script.closed(0).from("A", QOS_1).from("A", QOS_1).silence();
        reopen(script, "20 02 01 00").expect(MQTT_QOS_1);
        script.broker(0, "40 02 00 09").expect("A 07 0D 74 31 00 09 00");
    }

    @Test
    void countsQos0ThatNobodyCanTake() {
        script.closed(0).from("A", "08 0C 02 74 31 00 00 78").silence();
        assertThat(script.count(GatewayCounters.DROP_UP_QOS0)).isEqualTo(1);
    }

    @Test
    void subscribesAgainWhenTheBrokerLostTheSession() {
        script.from("A", "08 12 20 00 04 61 2F 23").broker(0, "90 03 00 04 01");
        script.from("A", "08 12 40 00 05 62 2F 23").broker(0, "90 03 00 05 02").skip();
        script.closed(0);
        reopen(script, "20 02 00 00").expect("#0 82 08 00 01 00 03 61 2F 23 01");
        script.broker(0, "90 03 00 01 01").expect("#0 82 08 00 01 00 03 62 2F 23 02");
        script.broker(0, "90 03 00 01 80").silence();
        assertThat(script.count(GatewayCounters.SUBSCRIPTIONS_LOST)).isEqualTo(1);
    }

    @Test
    void doesNotSubscribeAgainWhenTheBrokerKeptTheSession() {
        script.from("A", "08 12 20 00 04 61 2F 23")
                .broker(0, "90 03 00 04 01")
                .skip()
                .closed(0);
        reopen(script, "20 02 01 00").silence();
    }

    @Test
    void sendsAnOpenSubscribeAgain() {
        script.from("A", "08 12 20 00 04 61 2F 23").skip().closed(0);
        reopen(script, "20 02 01 00").expect("#0 82 08 00 04 00 03 61 2F 23 01");
        script.broker(0, "90 03 00 04 01").expect("A 08 13 20 00 00 00 04 00");
    }

    @Test
    void deliversOnceWhatTheBrokerSendsAgain() {
        script.broker(0, "34 07 00 02 74 31 00 22 31")
                .expect("A 08 0C 42 74 31 00 01 31")
                .closed(0);
        reopen(script, "20 02 01 00").silence();
        script.broker(0, "3C 07 00 02 74 31 00 22 31").silence();
        script.from("A", "04 0F 00 01").expect("#0 50 02 00 22");
    }

    @Test
    void finishesQos2WithTheClientWhenTheBrokerLostTheSession() {
        script.broker(0, "34 07 00 02 74 31 00 22 31")
                .from("A", "04 0F 00 01")
                .skip()
                .closed(0);
        reopen(script, "20 02 00 00").expect("A 04 10 00 01");
        script.from("A", "04 0E 00 01").silence();
    }

    @Test
    void tellsTheBrokerToForgetACleanSessionThatOutlivedABreak() {
        Script clean = new Script().connect().closed(0);
        reopen(clean, "20 02 00 00").silence();
        clean.from("A", "02 18").expect("A 02 18", "#0 E0 00", "close 0", "open 0");
        clean.opened(0).expect(MQTT_CONNECT_CLEAN);
        clean.broker(0, "20 02 00 00").expect("#0 E0 00", "close 0");
    }

    @Test
    void tellsTheBrokerToForgetACleanSessionAlsoWhenItsConnackWasLost() {
        Script clean = new Script().connect().closed(0);
        clean.pass(1_000).expect("open 0").opened(0).expect(MQTT_CONNECT_KEPT);
        clean.from("A", "02 18").expect("A 02 18", "close 0", "open 0");
        clean.opened(0).expect(MQTT_CONNECT_CLEAN);
    }

    @Test
    void aKeptSessionAfterACleanOneBeginsWithoutWhatTheBrokerKeptForThat() {
        Script clean = new Script().connect().closed(0);
        reopen(clean, "20 02 00 00").silence();
        clean.from("A", "08 04 00 01 00 3C 63 31").expect("#0 E0 00", "close 0", "open 0");
        clean.opened(0).expect(MQTT_CONNECT_CLEAN);
        clean.broker(0, "20 02 00 00").expect("#0 E0 00", "close 0", "open 0");
        clean.opened(0).expect(MQTT_CONNECT_KEPT);
        clean.broker(0, "20 02 00 00").expect("A 03 05 00");
    }

    @Test
    void whileTheBrokerCannotBeMadeToForgetTheKeptSessionIsNotBegun() {
        Script clean = new Script().connect().closed(0);
        reopen(clean, "20 02 00 00").silence();
        clean.from("A", "08 04 00 01 00 3C 63 31").skip();
        clean.closed(0).expect("A 03 05 01");
        clean.from("A", "08 04 00 01 00 3C 63 31").expect("open 0").opened(0).expect(MQTT_CONNECT_CLEAN);
    }

    @Test
    void aCleanSessionEndsWithItsConnectionThoughTheBrokerHasOneFromALostConnack() {
        Script clean = new Script().connect();
        clean.from("A", "08 12 20 00 04 61 2F 23").broker(0, "90 03 00 04 01").skip();
        clean.from("A", QOS_1).expect(MQTT_QOS_1);
        clean.closed(0);
        clean.pass(1_000).expect("open 0").opened(0).expect(MQTT_CONNECT_KEPT).closed(0);
        clean.pass(2_000).expect("open 0").opened(0).expect(MQTT_CONNECT_KEPT);
        clean.broker(0, "20 02 01 00").expect(MQTT_QOS_1, "#0 82 08 00 01 00 03 61 2F 23 01");
        clean.broker(0, "90 03 00 01 01 40 02 00 09").expect("A 07 0D 74 31 00 09 00");
        clean.closed(0);
        reopen(clean, "20 02 01 00").silence();
    }

    @Test
    void aBrokerThatIsSilentToPingsIsConnectedAnew() {
        script.pass(45_000).expect("#0 C0 00");
        script.from("A", "02 16").expect("A 02 17");
        script.pass(10_000).expect("close 0");
        reopen(script, "20 02 01 00");
    }

    @Test
    void tellsTheClientWhenTheBrokerNoLongerWantsIt() {
        script.closed(0);
        reopen(script, "20 02 00 05").expect("close 0", "A 02 18");
        assertThat(script.state(0)).isEqualTo(SessionState.DISCONNECTED);
    }

    @Test
    void aBrokerSocketThatClosesWhileTheClientSaysGoodbyeChangesNothing() {
        script.closed(0).from("A", "02 18").expect("A 02 18");
        script.pass(120_000).silence();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "20 02 00 00", // a second CONNACK
                "00 00", // reserved type
                "30 FF FF FF FF 01", // remaining length of five octets
                "36 05 00 01 74 00 01", // QoS 3
                "32 05 00 01 74 00 00", // packet id 0
                "30 04 00 02 2B 61", // wildcard in a topic name
                "30 04 00 02 C0 80", // bad UTF-8
                "60 02 00 0B", // PUBREL with wrong flags
                "10 00", // only a client sends CONNECT
                "D0 01 00", // PINGRESP with a body
                "90 02 00 01" // SUBACK without a code
            })
    void closesAConnectionThatBreaksTheProtocol(String octets) {
        script.broker(0, octets).expect("close 0");
        assertThat(script.count(GatewayCounters.DROP_BROKER_MALFORMED)).isEqualTo(1);
        reopen(script, "20 02 01 00").silence();
        script.from("A", "02 16").expect("A 02 17");
    }

    @Test
    void closesAConnectionThatDoesNotBeginWithConnack() {
        script.connect("B", "c2", "04", 1, "20 02 00 00");
        script.from("C", "08 04 04 01 00 3C 63 33").opened(2).skip();
        script.broker(2, "D0 00").expect("close 2", "C 03 05 01");
    }

    @Test
    void takesPacketsCutAnywhere() {
        String[] octets = ("40 02 00 09" + " 32 07 00 02 74 31 00 21 31" + " D0 00").split(" ");
        script.from("A", QOS_1).skip();
        for (String octet : octets) {
            script.broker(0, octet);
        }
        script.expect("A 07 0D 74 31 00 09 00", "A 08 0C 22 74 31 00 01 31");
        assertThat(script.core.usedOctets()).isEqualTo(BlockPool.BLOCK);
    }

    @Test
    void keepsWhatASlowBrokerDoesNotTakeAndSendsItInOrder() {
        script.brokerTakes = 3;
        script.from("A", QOS_1).expect("#0 32 07 00");
        script.from("A", "08 0C 02 74 31 00 00 79").silence();
        script.brokerTakes = Integer.MAX_VALUE;
        script.core.onBrokerWritable(0, script.nowMs);
        script.expect("#0 02 74 31 00 09 78 30 05 00 02 74 31 79");
    }

    @Test
    void offersAgainByItselfWhenTheHostDoesNotSayWhen() {
        script.brokerTakes = 3;
        script.from("A", QOS_1).expect("#0 32 07 00");
        script.brokerTakes = Integer.MAX_VALUE;
        script.pass(50).expect("#0 02 74 31 00 09 78");
    }

    @Test
    void answersCongestionWhenTheBufferForASlowBrokerIsFull() {
        Script small = new Script(options -> options.outgoingOctets(1_024)).connect();
        small.brokerTakes = 0;
        String payload = " 55".repeat(200);
        for (int i = 0; i < 4; i++) {
            small.from("A", "CF 0C 02 74 31 00 00" + payload);
        }
        small.from("A", "CF 0C 22 74 31 00 09" + payload).expect("A 07 0D 74 31 00 09 01");
        assertThat(small.count(GatewayCounters.CONGESTION)).isEqualTo(1);
    }

    @Test
    void anExchangeThatTheClientGaveUpIsBroughtToItsEnd() {
        Script kept = new Script().connectKept();
        kept.from("A", "08 0C 42 74 31 00 09 78").skip();
        kept.pass(90_000).skip();
        kept.from("A", "08 04 00 01 00 3C 63 31").opened(0).skip();
        kept.broker(0, "20 02 01 00").expect("A 03 05 00", "#0 3C 07 00 02 74 31 00 09 78");
        // Its packet identifier stays in use, so a new message with that MsgId gets another one.
        kept.from("A", "08 0C 22 74 31 00 09 79").expect("#0 32 07 00 02 74 31 00 0A 79");
        kept.broker(0, "50 02 00 09").expect("#0 62 02 00 09");
        kept.broker(0, "70 02 00 09").silence();
        kept.broker(0, "40 02 00 0A").expect("A 07 0D 74 31 00 09 00");
    }

    @Test
    void aClientThatComesBackToItsExchangeIsAnswered() {
        Script kept = new Script().connectKept();
        kept.from("A", "08 0C 42 74 31 00 09 78").skip().pass(90_000).skip();
        kept.connect("A", "c1", "00", 0, "20 02 01 00");
        kept.from("A", "08 0C C2 74 31 00 09 78").silence();
        kept.broker(0, "50 02 00 09").expect("A 04 0F 00 09");
        assertThat(kept.count(GatewayCounters.PUBLISHED_UP)).isEqualTo(1);
    }
}
