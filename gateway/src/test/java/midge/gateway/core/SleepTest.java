package midge.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import midge.gateway.port.GatewayCounters;
import midge.gateway.port.SessionState;
import org.junit.jupiter.api.Test;

/** MQTT-SN 1.2 §6.14 and the notes A17 to A22, A33, A38. */
class SleepTest {
    private static final String SLEEP_HOUR = "04 18 0E 10";
    private static final String WAKE = "04 16 63 31";

    private final Script script = new Script().connect();

    private Script asleep() {
        return script.from("A", SLEEP_HOUR).expect("A 02 18");
    }

    @Test
    void answersPingrespAtOnceWhenNothingIsKept() {
        asleep().from("A", WAKE).expect("A 02 17");
        assertThat(script.state(0)).isEqualTo(SessionState.ASLEEP);
    }

    @Test
    void keepsEverythingForASleeperAndEndsWithPingresp() {
        asleep().broker(0, "32 08 00 03 61 2F 62 00 21 31")
                .broker(0, "30 06 00 03 61 2F 62 32")
                .silence();
        script.from("A", WAKE).expect("A 09 0A 00 01 00 01 61 2F 62");
        assertThat(script.state(0)).isEqualTo(SessionState.AWAKE);
        script.from("A", "07 0B 00 01 00 01 00").expect("A 08 0C 20 00 01 00 02 31");
        script.from("A", "07 0D 00 01 00 02 00").expect("#0 40 02 00 21", "A 08 0C 00 00 01 00 00 32", "A 02 17");
        assertThat(script.state(0)).isEqualTo(SessionState.ASLEEP);
    }

    @Test
    void repeatsConnackToAClientThatCameBackAndAnsweredItsMessagesBeforeIt() {
        asleep().broker(0, "32 07 00 02 74 31 00 21 31").silence();
        script.from("A", "08 04 00 01 00 3C 63 31").expect("A 03 05 00", "A 08 0C 22 74 31 00 01 31");
        script.from("A", "07 0D 74 31 00 01 00").expect("#0 40 02 00 21").pass(9_000);
        script.from("A", "08 04 00 01 00 3C 63 31").expect("A 03 05 00");
        script.from("A", "02 16").expect("A 02 17").pass(1_000);
        script.from("A", "08 04 00 01 00 3C 63 31").expect("#0 E0 00", "close 0", "open 0");
    }

    @Test
    void sendsPingrespOnlyAfterQos2IsOver() {
        asleep().broker(0, "34 07 00 02 74 31 00 22 31").from("A", WAKE).expect("A 08 0C 42 74 31 00 01 31");
        script.from("A", "04 0F 00 01").expect("#0 50 02 00 22");
        script.broker(0, "62 02 00 22").expect("A 04 10 00 01");
        script.from("A", "04 0E 00 01").expect("#0 70 02 00 22", "A 02 17");
    }

    @Test
    void keepsTheBrokerConnectionAliveWhileTheClientSleeps() {
        asleep();
        for (int i = 0; i < 80; i++) {
            script.pass(45_000).expect("#0 C0 00").broker(0, "D0 00");
        }
        script.from("A", WAKE).expect("A 02 17");
    }

    @Test
    void losesASleeperThatDoesNotWakeInTime() {
        script.from("A", "04 18 00 64").expect("A 02 18");
        script.pass(45_000).broker(0, "D0 00").pass(45_000).broker(0, "D0 00").skip();
        script.pass(19_999).silence();
        script.pass(1).expect("close 0");
        assertThat(script.state(0)).isEqualTo(SessionState.LOST);
        script.from("A", WAKE).expect("A 02 18");
    }

    @Test
    void givesAShortSleepHalfAsMuchAgain() {
        script.from("A", "04 18 00 0A").pass(14_999);
        assertThat(script.state(0)).isEqualTo(SessionState.ASLEEP);
        script.pass(1);
        assertThat(script.state(0)).isEqualTo(SessionState.LOST);
    }

    @Test
    void startsTheSleepTimeAnewAfterPingresp() {
        script.from("A", "04 18 00 0A").pass(14_000).from("A", WAKE).pass(14_000);
        assertThat(script.state(0)).isEqualTo(SessionState.ASLEEP);
    }

    @Test
    void renewsTheSleepByAFurtherDisconnect() {
        asleep().from("A", "04 18 00 0A").expect("A 02 18");
        script.pass(15_000);
        assertThat(script.state(0)).isEqualTo(SessionState.LOST);
    }

    @Test
    void takesDurationZeroAndNoDurationForGoodbye() {
        asleep().from("A", "04 18 00 00").expect("A 02 18", "#0 E0 00", "close 0");
        assertThat(script.state(0)).isEqualTo(SessionState.DISCONNECTED);
    }

    @Test
    void connectWithoutFlagsOutOfSleepOnlyChangesTheState() {
        script.register();
        asleep().broker(0, "30 08 00 05 61 2F 62 2F 63 31").silence();
        script.from("A", "08 04 00 01 00 3C 63 31").expect("A 03 05 00", "A 08 0C 00 00 01 00 00 31");
        assertThat(script.state(0)).isEqualTo(SessionState.ACTIVE);
        script.pass(45_000).expect("#0 C0 00").broker(0, "D0 00").pass(45_000).expect("close 0");
    }

    @Test
    void connectWithAFlagOutOfSleepStartsOver() {
        asleep().from("A", "08 04 04 01 00 3C 63 31").expect("#0 E0 00", "close 0", "open 0");
    }

    @Test
    void wakesByPingreqWithoutIdFromItsOwnAddress() {
        asleep().from("A", "02 16").expect("A 02 17");
        assertThat(script.state(0)).isEqualTo(SessionState.ASLEEP);
    }

    @Test
    void followsASleeperToANewAddress() {
        asleep().broker(0, "30 05 00 02 74 31 78").silence();
        script.from("B", WAKE).expect("B 08 0C 02 74 31 00 00 78", "B 02 17");
        assertThat(script.count(GatewayCounters.ADDRESS_CHANGES)).isEqualTo(1);
        script.from("A", "02 16").expect("A 02 18");
    }

    @Test
    void answersPingreqWithAnUnknownIdByDisconnect() {
        script.from("A", "04 16 7A 7A").expect("A 02 18");
        script.from("A", WAKE).expect("A 02 17");
    }

    @Test
    void answersAPublishOfASleeperAndLeavesItAsleep() {
        asleep().from("A", "08 0C 22 74 31 00 09 78").expect("#0 32 07 00 02 74 31 00 09 78");
        script.broker(0, "40 02 00 09").expect("A 07 0D 74 31 00 09 00");
        assertThat(script.state(0)).isEqualTo(SessionState.ASLEEP);
    }

    @Test
    void holdsAnAcknowledgementBackThatComesDuringSleep() {
        script.from("A", "08 0C 22 74 31 00 09 78").skip();
        asleep().broker(0, "40 02 00 09").silence();
        script.from("A", "08 0C A2 74 31 00 09 78").expect("A 07 0D 74 31 00 09 00");
    }

    @Test
    void takesAnInterruptedDeliveryUpAgainWithDup() {
        script.broker(0, "32 07 00 02 74 31 00 21 78").expect("A 08 0C 22 74 31 00 01 78");
        asleep().pass(30_000).silence();
        script.from("A", WAKE).expect("A 08 0C A2 74 31 00 01 78");
    }

    @Test
    void losesAnAwakeClientThatDoesNotAcknowledge() {
        asleep().broker(0, "32 07 00 02 74 31 00 21 78").from("A", WAKE).skip();
        script.pass(40_000);
        assertThat(script.state(0)).isEqualTo(SessionState.LOST);
    }

    @Test
    void aRepeatedWakeUpDoesNotSendTwice() {
        asleep().broker(0, "32 07 00 02 74 31 00 21 78").from("A", WAKE).expect("A 08 0C 22 74 31 00 01 78");
        script.from("A", WAKE).silence();
        script.from("A", "07 0D 74 31 00 01 00").expect("#0 40 02 00 21", "A 02 17");
    }

    @Test
    void aHundredMessagesArriveInOrder() {
        asleep();
        for (int i = 0; i < 100; i++) {
            script.broker(0, String.format("32 07 00 02 74 31 00 %02X %02X", i + 1, i));
        }
        script.silence();
        script.from("A", WAKE);
        for (int i = 0; i < 100; i++) {
            assertThat(script.take()).contains(String.format("A 08 0C 22 74 31 00 %02X %02X", i + 1, i));
            script.from("A", String.format("07 0D 74 31 00 %02X 00", i + 1));
        }
        script.expect("#0 40 02 00 64", "A 02 17");
        assertThat(script.core.usedOctets()).isZero();
    }

    @Test
    void letsAClientSleepAgainWhenTheBrokerLeavesAnExchangeOpen() {
        asleep().broker(0, "34 07 00 02 74 31 00 22 31")
                .from("A", WAKE)
                .from("A", "04 0F 00 01")
                .skip();
        script.closed(0).expect("A 02 17");
        assertThat(script.state(0)).isEqualTo(SessionState.ASLEEP);
    }
}
