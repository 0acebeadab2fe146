package midge.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import midge.gateway.config.GatewayConfigBuilder;
import midge.gateway.port.GatewayCounters;
import midge.gateway.port.SessionState;
import midge.hal.store.RamStorage;
import org.junit.jupiter.api.Test;

/** The gateway is killed at any moment and started again on its journal: neither devices nor broker need to notice. */
class RestartTest {
    private static final String REGISTER = "0B 0A 00 00 00 01 61 2F 62 2F 63";
    private static final String SLEEP_HOUR = "04 18 0E 10";
    private static final String WAKE = "04 16 63 31";
    private static final String QOS_2_UP = "08 0C 40 00 01 00 10 31";
    private static final String QOS_2_TO_BROKER = "#0 34 0A 00 05 61 2F 62 2F 63 00 10 31";
    private static final String QOS_2_AGAIN = "#0 3C 0A 00 05 61 2F 62 2F 63 00 10 31";
    private static final String QOS_2_DOWN = "34 08 00 03 61 2F 62 00 22 31";

    private final RamStorage first = new RamStorage(1 << 20);
    private final RamStorage second = new RamStorage(1 << 20);

    private Script start() {
        return new Script(RestartTest::quickRetry, first, second);
    }

    private static GatewayConfigBuilder quickRetry(GatewayConfigBuilder options) {
        return options.retryMs(1_000);
    }

    /** The next process, once it has its broker connection again. */
    private Script restart(String connack) {
        Script next = start();
        assertThat(next.restored).isEqualTo(1);
        next.pass(60).expect("open 0");
        next.opened(0).broker(0, connack).skip();
        return next;
    }

    private Script restart() {
        return restart("20 02 01 00");
    }

    @Test
    void anActiveClientGoesOnWithItsTopicIdsAndASessionOfTheBroker() {
        start().connectKept().register();
        Script next = start();
        next.pass(60).expect("open 0");
        next.opened(0).expect("#0 10 0E 00 04 4D 51 54 54 04 00 00 3C 00 02 63 31");
        next.broker(0, "20 02 01 00").silence();
        next.from("A", "08 0C 00 00 01 00 00 31").expect("#0 30 08 00 05 61 2F 62 2F 63 31");
        assertThat(next.state(0)).isEqualTo(SessionState.ACTIVE);
    }

    @Test
    void aClientThatFellSilentMeanwhileIsLostAfterItsKeepAlive() {
        start().connectKept();
        Script next = restart();
        next.pass(89_000);
        assertThat(next.state(0)).isEqualTo(SessionState.ACTIVE);
        next.pass(2_000);
        assertThat(next.state(0)).isEqualTo(SessionState.LOST);
    }

    @Test
    void aSleeperSleepsOnAndGetsWhatWasKeptForItAtQos0() {
        Script before = start().connectKept().register().from("A", SLEEP_HOUR).skip();
        before.broker(0, "31 08 00 05 61 2F 62 2F 63 31").silence();
        Script next = restart();
        assertThat(next.state(0)).isEqualTo(SessionState.ASLEEP);
        next.from("A", WAKE).expect("A 08 0C 10 00 01 00 00 31", "A 02 17");
        assertThat(restart().from("A", WAKE).take()).containsExactly("A 02 17");
    }

    @Test
    void whatWaitedWhenTheClientFellAsleepIsKeptToo() {
        Script before = start().connectKept();
        before.broker(0, "30 06 00 03 61 2F 62 31").expect("A 09 0A 00 01 00 01 61 2F 62");
        before.from("A", SLEEP_HOUR).skip();
        restart().from("A", WAKE).expect("A 09 0A 00 01 01 01 61 2F 62");
    }

    @Test
    void theWillIsToldToTheBrokerAgain() {
        Script before = start();
        before.from("A", "08 04 08 01 00 3C 63 31").from("A", "04 07 00 77").from("A", "03 09 78");
        before.opened(0).broker(0, "20 02 00 00");
        Script next = start();
        next.pass(60).opened(0);
        assertThat(next.take()).contains("#0 10 14 00 04 4D 51 54 54 04 04 00 3C 00 02 63 31 00 01 77 00 01 78");
    }

    @Test
    void subscribesAgainWhenTheBrokerHasLostTheSession() {
        Script before = start().connectKept().from("A", "06 12 20 00 05 23");
        before.broker(0, "90 03 00 05 01").from("A", "06 12 20 00 06 78").broker(0, "90 03 00 06 01");
        before.from("A", "06 14 20 00 07 23").broker(0, "B0 02 00 07").skip();
        Script next = start();
        next.pass(60).opened(0).skip();
        next.broker(0, "20 02 00 00").expect("#0 82 06 00 01 00 01 78 01");
    }

    @Test
    void aCleanSessionThatTheBrokerEndedWithTheProcessIsMadeAnew() {
        start().connect().from("A", "06 12 20 00 05 23").broker(0, "90 03 00 05 01");
        Script next = start();
        next.pass(60).opened(0).expect("open 0", "#0 10 0E 00 04 4D 51 54 54 04 00 00 3C 00 02 63 31");
        next.broker(0, "20 02 00 00").expect("#0 82 06 00 01 00 01 23 01");
    }

    @Test
    void aQos2MessageThatTheClientRepeatsGoesUnderItsOldPacketIdentifier() {
        start().connectKept().register().from("A", QOS_2_UP).expect(QOS_2_TO_BROKER);
        Script next = restart();
        next.from("A", "08 0C C0 00 01 00 10 31").expect(QOS_2_AGAIN);
        next.broker(0, "50 02 00 10").expect("A 04 0F 00 10");
        next.from("A", "04 10 00 10").expect("#0 62 02 00 10");
        next.broker(0, "70 02 00 10").expect("A 04 0E 00 10");
    }

    @Test
    void aQos2MessageThatTheBrokerHasIsReleasedAfterTheRestart() {
        start().connectKept().register().from("A", QOS_2_UP).broker(0, "50 02 00 10");
        Script next = restart();
        next.from("A", "04 10 00 10").expect("#0 62 02 00 10");
        next.broker(0, "70 02 00 10").expect("A 04 0E 00 10");
    }

    @Test
    void aFinishedQos2MessageIsAnsweredAndNotForwardedAgain() {
        Script before = start().connectKept().register().from("A", QOS_2_UP).broker(0, "50 02 00 10");
        before.from("A", "04 10 00 10").broker(0, "70 02 00 10");
        Script next = restart();
        next.from("A", "04 10 00 10").expect("A 04 0E 00 10");
        next.from("A", "08 0C C0 00 01 00 10 31").expect("A 04 0F 00 10");
        assertThat(restart().from("A", "08 0C C0 00 01 00 10 31").take()).containsExactly("A 04 0F 00 10");
    }

    @Test
    void aMessageThatTheClientGaveUpDoesNotBlockTheNextAndIsBroughtToItsEnd() {
        start().connectKept().register().from("A", QOS_2_UP);
        Script next = restart();
        next.from("A", "08 0C 40 00 01 00 11 32").expect("#0 62 02 00 10", "#0 34 0A 00 05 61 2F 62 2F 63 00 11 32");
        Script third = restart();
        third.from("A", "08 0C 40 00 01 00 10 33")
                .expect("#0 62 02 00 10", "#0 62 02 00 11", "#0 34 0A 00 05 61 2F 62 2F 63 00 12 33");
    }

    /** The broker's PUBCOMP to a PUBREL out of the blue would be no sign that it has the message. */
    @Test
    void aMessageThatTheBrokerNeverGotIsForwardedWhenTheClientHasConnectedAnew() {
        Script before = start().connectKept().closed(0).register();
        before.from("A", QOS_2_UP).silence();
        Script next = restart();
        next.from("A", "08 04 00 01 00 3C 63 31")
                .opened(0)
                .broker(0, "20 02 01 00")
                .skip();
        next.from("A", "0B 0A 00 00 00 01 61 2F 62 2F 63").expect("A 07 0B 00 02 00 01 00");
        next.from("A", "08 0C C0 00 02 00 10 31").expect(QOS_2_AGAIN);
    }

    @Test
    void aQos2MessageForTheClientKeepsItsMsgIdOverTheRestart() {
        Script before =
                start().connectKept().from("A", "09 0A 00 00 00 07 61 2F 62").skip();
        before.broker(0, QOS_2_DOWN).expect("A 08 0C 40 00 01 00 01 31");
        Script next = restart();
        next.broker(0, "3C 08 00 03 61 2F 62 00 22 31").expect("A 08 0C C0 00 01 00 01 31");
        next.from("A", "04 0F 00 01").expect("#0 50 02 00 22");
        Script third = restart();
        third.broker(0, "62 02 00 22").expect("A 04 10 00 01");
        third.from("A", "04 0E 00 01").expect("#0 70 02 00 22");
        restart().broker(0, "62 02 00 22").expect("#0 70 02 00 22");
    }

    @Test
    void anotherMessageNeverGetsAMsgIdThatALateAnswerMayStillHave() {
        Script before =
                start().connectKept().from("A", "09 0A 00 00 00 07 61 2F 62").skip();
        before.broker(0, "32 08 00 03 61 2F 62 00 21 31").expect("A 08 0C 20 00 01 00 01 31");
        Script next = restart();
        next.broker(0, "32 08 00 03 61 2F 62 00 23 39").expect("A 08 0C 20 00 01 01 01 39");
        next.from("A", "07 0D 00 01 00 01 00").silence();
        assertThat(next.count(GatewayCounters.DROP_STRAY)).isEqualTo(1);
    }

    @Test
    void aPlainQos1MessageCostsNoRecord() {
        Script before = start().connectKept().register();
        long length = first.length() + second.length();
        for (int i = 0; i < 5; i++) {
            before.from("A", "08 0C 20 00 01 00 2" + i + " 31").broker(0, "40 02 00 2" + i);
            before.from("A", "08 0C 00 00 01 00 00 31");
        }
        assertThat(first.length() + second.length()).isEqualTo(length);
        assertThat(before.count(GatewayCounters.PUBLISHED_UP)).isEqualTo(10);
    }

    @Test
    void aClientThatSaidGoodbyeIsNotConnectedButItsSubscriptionsAreKnown() {
        start().connectKept()
                .from("A", "06 12 20 00 05 78")
                .broker(0, "90 03 00 05 01")
                .from("A", "02 18");
        Script next = start();
        next.pass(100).silence();
        assertThat(next.state(0)).isEqualTo(SessionState.DISCONNECTED);
        next.from("A", "08 04 00 01 00 3C 63 31").opened(0).skip();
        next.broker(0, "20 02 00 00").expect("A 03 05 00", "#0 82 06 00 01 00 01 78 01");
    }

    @Test
    void aCleanClientThatLeftLeavesNoTrace() {
        start().connect().register().from("A", "02 18");
        assertThat(start().restored).isZero();
    }

    @Test
    void aShutdownInOrderLetsSleepersSleepAndEndsTheOthers() {
        Script before = start().connectKept().register().from("A", SLEEP_HOUR);
        before.connect("B", "c2", "00", 1, "20 02 00 00");
        before.core.shutdown(before.nowMs);
        before.core.commit(before.nowMs);
        before.expect("#0 E0 00", "close 0", "B 02 18", "#1 E0 00", "close 1");
        Script next = start();
        assertThat(next.state(0)).isEqualTo(SessionState.ASLEEP);
        assertThat(next.state(1)).isEqualTo(SessionState.DISCONNECTED);
    }

    @Test
    void whatIsKeptInOneProcessOutlivesManyRestarts() {
        Script before = start().connectKept().register().from("A", SLEEP_HOUR).skip();
        before.broker(0, "30 08 00 05 61 2F 62 2F 63 31");
        for (int i = 0; i < 20; i++) {
            restart();
        }
        restart().from("A", WAKE).expect("A 08 0C 00 00 01 00 00 31", "A 02 17");
    }
}
