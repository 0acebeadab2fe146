package midge.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import midge.gateway.port.GatewayCounters;
import midge.gateway.port.SessionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MQTT-SN 1.2 §6.2, §6.3 and the notes A7, A8, A11, A24, A33. */
class ConnectTest {
    private static final String CONNECT_C1 = "08 04 04 01 00 3C 63 31";
    private static final String MQTT_CONNECT_C1 = "#0 10 0E 00 04 4D 51 54 54 04 02 00 3C 00 02 63 31";

    private final Script script = new Script();

    @Test
    void answersWhenTheBrokerHasAnswered() {
        script.from("A", CONNECT_C1).expect("open 0");
        script.opened(0).expect(MQTT_CONNECT_C1);
        script.broker(0, "20 02 00 00").expect("A 03 05 00");
        assertThat(script.state(0)).isEqualTo(SessionState.ACTIVE);
    }

    @Test
    void asksForTheWillAndPutsItIntoTheMqttConnect() {
        script.from("A", "08 04 0C 01 01 2C 63 31").expect("A 02 06");
        script.from("A", "0C 07 30 64 65 76 2F 6C 77 74 2F 31").expect("A 02 08");
        script.from("A", "06 09 67 6F 6E 65").expect("open 0");
        script.opened(0)
                .expect("#0 10 1F 00 04 4D 51 54 54 04 2E 00 3C 00 02 63 31"
                        + " 00 09 64 65 76 2F 6C 77 74 2F 31 00 04 67 6F 6E 65");
        script.broker(0, "20 02 00 00").expect("A 03 05 00");
    }

    @Test
    void takesAnEmptyWillTopicAsNoWill() {
        script.from("A", "08 04 0C 01 00 3C 63 31").expect("A 02 06");
        script.from("A", "02 07").expect("open 0");
        script.opened(0).expect(MQTT_CONNECT_C1);
    }

    @Test
    void answersTheWillAgainWhenItComesAgain() {
        script.from("A", "08 04 0C 01 00 3C 63 31").expect("A 02 06");
        script.from("A", "05 07 20 74 31").expect("A 02 08");
        script.from("A", "03 09 78").expect("open 0");
        script.from("A", "03 09 78").silence();
        script.opened(0).skip();
        script.broker(0, "20 02 00 00").expect("A 03 05 00");
        script.from("A", "03 09 78").expect("A 03 05 00");
        script.from("A", "02 16").expect("A 02 17");
        script.from("A", "03 09 78").silence();
    }

    @Test
    void answersAnEmptyWillTopicAgainWhenItComesAgain() {
        script.from("A", "08 04 0C 01 00 3C 63 31").expect("A 02 06");
        script.from("A", "02 07").expect("open 0");
        script.opened(0).skip();
        script.broker(0, "20 02 00 00").expect("A 03 05 00");
        script.from("A", "02 07").expect("A 03 05 00");
    }

    @Test
    void asksForTheWillAgainUntilTheRetryLimit() {
        script.from("A", "08 04 0C 01 00 3C 63 31").expect("A 02 06");
        script.pass(30_000).expect("A 02 06", "A 02 06", "A 02 06");
        script.pass(10_000).silence();
        assertThat(script.state(0)).isEqualTo(SessionState.DISCONNECTED);
    }

    @ParameterizedTest
    @CsvSource({"01, 03", "02, 03", "03, 01", "04, 03", "05, 03"})
    void mapsTheBrokersRefusal(String mqttCode, String code) {
        script.from("A", CONNECT_C1).opened(0).skip();
        script.broker(0, "20 02 00 " + mqttCode).expect("close 0", "A 03 05 " + code);
    }

    @Test
    void answersCongestionWhenTheBrokerCannotBeReached() {
        script.from("A", CONNECT_C1).skip().closed(0).expect("A 03 05 01");
    }

    @Test
    void answersCongestionWhenTheBrokerIsSilent() {
        script.from("A", CONNECT_C1).opened(0).skip();
        script.pass(10_000).expect("close 0", "A 03 05 01");
    }

    @ParameterizedTest
    @CsvSource({
        "06 04 04 01 00 3C, empty id",
        "08 04 04 02 00 3C 63 31, protocol id 2",
        "08 04 04 01 00 3C 63 00, NUL in the id",
        "08 04 04 01 00 3C C3 28, bad UTF-8 in the id"
    })
    void refusesWhatItDoesNotSupport(String connect, String why) {
        script.from("A", connect).expect("A 03 05 03");
    }

    @Test
    void takesAClientIdOf64OctetsAndRefusesOneOf65() {
        script.from("A", "46 04 04 01 00 3C" + " 61".repeat(64)).expect("open 0");
        script.from("B", "47 04 04 01 00 3C" + " 61".repeat(65)).expect("B 03 05 03");
        script.from("B", "CE 04 04 01 00 3C" + " 61".repeat(200)).expect("B 03 05 03");
    }

    @Test
    void repeatsTheLastReplyToARepeatedConnect() {
        script.from("A", CONNECT_C1).skip();
        script.from("A", CONNECT_C1).silence();
        script.opened(0).broker(0, "20 02 00 00").skip();
        script.from("A", CONNECT_C1).expect("A 03 05 00");
    }

    @Test
    void repeatsWillTopicReqToARepeatedConnect() {
        script.from("A", "08 04 0C 01 00 3C 63 31").expect("A 02 06");
        script.from("A", "08 04 0C 01 00 3C 63 31").expect("A 02 06");
    }

    @Test
    void startsOverWhenSomethingCameBetweenTwoConnects() {
        script.connect().register().pass(1_000);
        script.from("A", CONNECT_C1).expect("#0 E0 00", "close 0", "open 0");
        script.opened(0).broker(0, "20 02 00 00").expect(MQTT_CONNECT_C1, "A 03 05 00");
        // Registered ids ended with the connection (A2).
        script.from("A", "08 0C 20 00 01 00 05 31").expect("A 07 0D 00 01 00 05 02");
    }

    @Test
    void takesACopyOfConnectThatComesALittleLaterForACopy() {
        script.connect().register().pass(999);
        script.from("A", CONNECT_C1).expect("A 03 05 00");
        script.from("A", "08 0C 00 00 01 00 00 31").expect("#0 30 08 00 05 61 2F 62 2F 63 31");
    }

    @Test
    void takesALateCopyOfAResentConnectForACopy() {
        script.connect().pass(10_000).from("A", CONNECT_C1).expect("A 03 05 00");
        script.register().pass(999).from("A", CONNECT_C1).expect("A 03 05 00");
        script.pass(1).from("A", CONNECT_C1).expect("#0 E0 00", "close 0", "open 0");
    }

    @Test
    void leavesNoSubscriptionOfACleanSessionToTheKeptOneThatFollows() {
        script.connect()
                .from("A", "08 12 20 00 04 61 2F 62")
                .broker(0, "90 03 00 04 01")
                .skip();
        script.from("A", "08 04 00 01 00 3C 63 31").expect("#0 E0 00", "close 0", "open 0");
        script.opened(0).expect("#0 10 0E 00 04 4D 51 54 54 04 00 00 3C 00 02 63 31");
        script.broker(0, "20 02 00 00").expect("A 03 05 00");
    }

    @Test
    void doesNotGiveAnIdOfAnEarlierConnectionToAnotherName() {
        script.connect().register().pass(1_000);
        script.from("A", CONNECT_C1).opened(0).broker(0, "20 02 00 00").skip();
        script.from("A", "09 0A 00 00 00 02 78 2F 79").expect("A 07 0B 00 02 00 02 00");
        script.from("A", "08 0C 20 00 01 00 05 31").expect("A 07 0D 00 01 00 05 02");
    }

    @Test
    void tellsTwoClientsApartWhoseIdsArePrefixes() {
        script.connect("A", "c1", "04", 0, "20 02 00 00");
        script.connect("B", "c11", "04", 1, "20 02 00 00");
        assertThat(script.state(0)).isEqualTo(SessionState.ACTIVE);
        assertThat(script.state(1)).isEqualTo(SessionState.ACTIVE);
    }

    @Test
    void movesAClientThatConnectsFromANewAddress() {
        script.connect();
        script.from("B", CONNECT_C1).expect("#0 E0 00", "close 0", "open 0");
        script.opened(0).broker(0, "20 02 00 00").expect(MQTT_CONNECT_C1, "B 03 05 00");
        script.from("A", "02 16").expect("A 02 18");
    }

    @Test
    void twoClientsSwapTheirAddresses() {
        script.connect("A", "c1", "04", 0, "20 02 00 00");
        script.connect("B", "c2", "04", 1, "20 02 00 00");
        script.from("B", "04 16 63 31").expect("B 02 17");
        script.from("A", "04 16 63 32").expect("A 02 17");
        script.broker(0, "30 05 00 02 74 31 78").expect("B 08 0C 02 74 31 00 00 78");
        script.broker(1, "30 05 00 02 74 31 79").expect("A 08 0C 02 74 31 00 00 79");
    }

    @Test
    void answersDisconnectToAStrangerOncePerTenSeconds() {
        script.from("S", "08 0C 00 00 01 00 00 31").expect("S 02 18");
        script.from("S", "08 0C 00 00 01 00 00 31").silence();
        script.from("T", "02 16").expect("T 02 18");
        script.pass(10_000);
        script.from("S", "02 18").expect("S 02 18");
    }

    @Test
    void keepsTheWillOfAKeptSession() {
        script.from("A", "08 04 08 01 00 3C 63 31")
                .from("A", "04 07 00 77")
                .from("A", "03 09 78")
                .opened(0);
        script.broker(0, "20 02 00 00").from("A", "02 18").skip();
        script.from("A", "08 04 00 01 00 3C 63 31").opened(0);
        script.expect("open 0", "#0 10 14 00 04 4D 51 54 54 04 04 00 3C 00 02 63 31 00 01 77 00 01 78");
    }

    @Test
    void givesTheSessionOfTheLongestAbsentClientToANewOne() {
        Script small = new Script(options -> options.maxSessions(2));
        small.connect("A", "c1", "04", 0, "20 02 00 00").connect("B", "c2", "04", 1, "20 02 00 00");
        small.from("C", "08 04 04 01 00 3C 63 33").expect("C 03 05 01");
        small.from("A", "02 18").skip();
        small.connect("C", "c3", "04", 0, "20 02 00 00");
        assertThat(small.count(GatewayCounters.SESSIONS_EVICTED)).isEqualTo(1);
    }

    @Test
    void saysGoodbyeToTheBrokerToo() {
        script.connect();
        script.from("A", "02 18").expect("A 02 18", "#0 E0 00", "close 0");
        script.from("A", "02 18").expect("A 02 18");
    }

    @Test
    void losesASilentClientWithoutGoodbyeSoThatItsWillIsPublished() {
        script.connect();
        script.pass(89_999).take();
        assertThat(script.state(0)).isEqualTo(SessionState.ACTIVE);
        script.pass(1).expect("close 0");
        assertThat(script.state(0)).isEqualTo(SessionState.LOST);
        script.from("A", "02 16").expect("A 02 18");
    }

    @Test
    void keepAliveZeroIsGuardedByTheIdleLimit() {
        script.from("A", "08 04 04 01 00 00 63 31")
                .opened(0)
                .broker(0, "20 02 00 00")
                .skip();
        for (int hour = 0; hour < 23; hour++) {
            for (int minute = 0; minute < 60; minute++) {
                script.pass(60_000);
                if (script.take().toString().contains("C0 00")) {
                    script.broker(0, "D0 00");
                }
            }
        }
        assertThat(script.state(0)).isEqualTo(SessionState.ACTIVE);
    }
}
