package midge.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import midge.gateway.port.GatewayCounters;
import midge.gateway.port.SessionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages to clients, MQTT-SN 1.2 §6.5, §6.6, §6.10 and the notes A15, A16, A26, A27, A28. */
class DeliverTest {
    private static final String BROKER_QOS_0 = "30 06 00 03 61 2F 62 31";
    private static final String BROKER_QOS_1 = "32 08 00 03 61 2F 62 00 21 31";
    private static final String BROKER_QOS_2 = "34 08 00 03 61 2F 62 00 22 31";
    private static final String REGISTER = "A 09 0A 00 01 00 01 61 2F 62";
    private static final String REGACK = "07 0B 00 01 00 01 00";

    private final Script script = new Script().connect();

    @Test
    void registersANewTopicAndHoldsTheMessageUntilRegack() {
        script.broker(0, BROKER_QOS_0).expect(REGISTER);
        script.broker(0, BROKER_QOS_0).silence();
        script.from("A", REGACK).expect("A 08 0C 00 00 01 00 00 31", "A 08 0C 00 00 01 00 00 31");
        assertThat(script.count(GatewayCounters.DELIVERED_DOWN)).isEqualTo(2);
    }

    @Test
    void usesAnIdThatTheClientRegisteredItself() {
        script.from("A", "09 0A 00 00 00 07 61 2F 62").expect("A 07 0B 00 01 00 07 00");
        script.broker(0, BROKER_QOS_0).expect("A 08 0C 00 00 01 00 00 31");
    }

    @Test
    void sendsRetainOn() {
        script.from("A", "09 0A 00 00 00 07 61 2F 62").skip();
        script.broker(0, "31 06 00 03 61 2F 62 31").expect("A 08 0C 10 00 01 00 00 31");
    }

    @Test
    void acknowledgesQos1ToTheBrokerOnlyWhenTheClientDid() {
        script.broker(0, BROKER_QOS_1).from("A", REGACK).expect(REGISTER, "A 08 0C 20 00 01 00 02 31");
        script.from("A", "07 0D 00 01 00 02 00").expect("#0 40 02 00 21");
    }

    @Test
    void passesQos2ThroughInFourSteps() {
        script.broker(0, BROKER_QOS_2).from("A", REGACK).expect(REGISTER, "A 08 0C 40 00 01 00 02 31");
        script.from("A", "04 0F 00 02").expect("#0 50 02 00 22");
        script.broker(0, "62 02 00 22").expect("A 04 10 00 02");
        script.from("A", "04 0E 00 02").expect("#0 70 02 00 22");
    }

    @Test
    void answersABrokersRepetitionOfQos2FromItsState() {
        script.broker(0, BROKER_QOS_2).from("A", REGACK).skip();
        script.broker(0, "3C 08 00 03 61 2F 62 00 22 31").silence();
        script.from("A", "04 0F 00 02").skip();
        script.broker(0, "3C 08 00 03 61 2F 62 00 22 31").expect("#0 50 02 00 22");
        script.broker(0, "62 02 00 22").from("A", "04 0E 00 02").skip();
        script.broker(0, "62 02 00 22").expect("#0 70 02 00 22");
    }

    @Test
    void repeatsPubrelToARepeatedPubrec() {
        script.broker(0, BROKER_QOS_2)
                .from("A", REGACK)
                .from("A", "04 0F 00 02")
                .broker(0, "62 02 00 22")
                .skip();
        script.from("A", "04 0F 00 02").expect("A 04 10 00 02");
    }

    @Test
    void retransmitsWithDupAndTheSameMsgIdThenTheClientIsLost() {
        script.broker(0, BROKER_QOS_1).from("A", REGACK).skip();
        String again = "A 08 0C A0 00 01 00 02 31";
        script.pass(30_000).expect(again, again, again);
        script.pass(10_000).expect("close 0");
        assertThat(script.state(0)).isEqualTo(SessionState.LOST);
        assertThat(script.count(GatewayCounters.RETRANSMITTED)).isEqualTo(3);
    }

    @Test
    void retransmitsRegisterUnchangedThenTheClientIsLost() {
        script.broker(0, BROKER_QOS_0).expect(REGISTER);
        script.pass(30_000).expect(REGISTER, REGISTER, REGISTER);
        script.pass(10_000).expect("close 0");
    }

    @Test
    void retransmitsPubrel() {
        script.broker(0, BROKER_QOS_2)
                .from("A", REGACK)
                .from("A", "04 0F 00 02")
                .broker(0, "62 02 00 22")
                .skip();
        script.pass(10_000).expect("A 04 10 00 02");
    }

    @Test
    void keepsOneExchangeOpenAndTheOrder() {
        script.broker(0, BROKER_QOS_1)
                .broker(0, "32 08 00 03 61 2F 62 00 23 32")
                .broker(0, "30 06 00 03 61 2F 62 33");
        script.from("A", REGACK).expect(REGISTER, "A 08 0C 20 00 01 00 02 31");
        script.from("A", "07 0D 00 01 00 02 00").expect("#0 40 02 00 21", "A 08 0C 20 00 01 00 03 32");
        script.from("A", "07 0D 00 01 00 03 00").expect("#0 40 02 00 23", "A 08 0C 00 00 01 00 00 33");
    }

    @Test
    void dropsMessagesOfATopicThatTheClientRefusedUntilItSubscribesAgain() {
        script.broker(0, BROKER_QOS_1).from("A", "07 0B 00 01 00 01 03").expect(REGISTER, "#0 40 02 00 21");
        script.broker(0, BROKER_QOS_0).silence();
        assertThat(script.count(GatewayCounters.DROP_REFUSED_BY_CLIENT)).isEqualTo(2);
        script.from("A", "08 12 00 00 09 61 2F 23").broker(0, "90 03 00 09 00").skip();
        script.broker(0, BROKER_QOS_0).expect("A 09 0A 00 01 00 02 61 2F 62");
    }

    @Test
    void registersAgainWhenTheClientDoesNotKnowTheId() {
        script.broker(0, BROKER_QOS_1).from("A", REGACK).skip();
        for (int i = 0; i < 3; i++) { // N_retry
            script.from("A", "07 0D 00 01 00 02 02").expect("A 09 0A 00 01 00 0" + (3 + i) + " 61 2F 62");
            script.from("A", "07 0B 00 01 00 0" + (3 + i) + " 00").expect("A 08 0C A0 00 01 00 02 31");
        }
        script.from("A", "07 0D 00 01 00 02 02").expect("#0 40 02 00 21");
    }

    @Test
    void waitsWhenTheClientAnswersCongestion() {
        script.broker(0, BROKER_QOS_1).from("A", REGACK).skip();
        script.from("A", "07 0D 00 01 00 02 01").silence();
        for (int i = 0; i < 10; i++) {
            script.pass(30_000).from("A", "02 16").broker(0, "D0 00").take();
        }
        script.pass(1_000);
        assertThat(script.take()).contains("A 08 0C A0 00 01 00 02 31");
    }

    @Test
    void usesTheShortFormForNamesOfExactlyTwoOctets() {
        script.broker(0, "30 05 00 02 74 31 78").expect("A 08 0C 02 74 31 00 00 78");
        script.broker(0, "30 04 00 01 74 78").expect("A 07 0A 00 01 00 01 74");
    }

    @ParameterizedTest
    @ValueSource(ints = {1_391, 1_500, 5_000})
    void dropsButAcknowledgesWhatIsTooLongForTheClient(int octets) {
        int remaining = 2 + 3 + 2 + octets + 1;
        String length = String.format("%02X %02X", remaining & 0x7F | 0x80, remaining >> 7);
        script.broker(0, "32 " + length + " 00 03 61 2F 62 00 21" + " 55".repeat(octets + 1));
        script.expect("#0 40 02 00 21");
        assertThat(script.count(GatewayCounters.DROP_TOO_LONG)).isEqualTo(1);
        script.broker(0, BROKER_QOS_0).expect(REGISTER);
    }

    @Test
    void dropsTheOldestQos0FirstWhenTheQueueIsFull() {
        Script small = new Script(options -> options.queueMessages(3)).connect();
        small.broker(0, "32 08 00 03 61 2F 62 00 21 31");
        small.broker(0, "30 06 00 03 61 2F 62 32");
        small.broker(0, "32 08 00 03 61 2F 62 00 23 33").skip();
        small.broker(0, "32 08 00 03 61 2F 62 00 24 34").silence();
        assertThat(small.count(GatewayCounters.DROP_QUEUE_QOS0)).isEqualTo(1);
        small.broker(0, "30 06 00 03 61 2F 62 35").silence();
        assertThat(small.count(GatewayCounters.DROP_QUEUE_QOS0)).isEqualTo(2);
        small.broker(0, "32 08 00 03 61 2F 62 00 26 36").expect("#0 40 02 00 23");
        assertThat(small.count(GatewayCounters.DROP_QUEUE)).isEqualTo(1);
    }

    @Test
    void dropsAMessageWhenTheTopicTableIsFull() {
        Script small = new Script(options -> options.topicsPerClient(1)).connect();
        small.broker(0, BROKER_QOS_0).from("A", REGACK).skip();
        small.broker(0, "32 08 00 03 61 2F 63 00 21 31").expect("#0 40 02 00 21");
        assertThat(small.count(GatewayCounters.DROP_NO_TOPIC_ID)).isEqualTo(1);
    }
}
