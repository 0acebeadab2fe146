package midge.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import midge.gateway.port.GatewayCounters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MQTT-SN 1.2 §6.9 and the notes A5, A6, A23, A25, A26. */
class SubscribeTest {
    private static final String WILDCARD = "0B 12 20 00 03 73 65 6E 73 2F 23";
    private static final String MQTT_WILDCARD = "#0 82 0B 00 03 00 06 73 65 6E 73 2F 23 01";

    private final Script script = new Script().connect();

    @Test
    void answersAWildcardWithoutAnId() {
        script.from("A", WILDCARD).expect(MQTT_WILDCARD);
        script.broker(0, "90 03 00 03 01").expect("A 08 13 20 00 00 00 03 00");
    }

    @Test
    void answersANameWithTheIdUnderWhichItWillBeSent() {
        script.from("A", "08 12 40 00 04 61 2F 62").expect("#0 82 08 00 04 00 03 61 2F 62 02");
        script.broker(0, "90 03 00 04 01").expect("A 08 13 20 00 01 00 04 00");
        script.broker(0, "30 06 00 03 61 2F 62 31").expect("A 08 0C 00 00 01 00 00 31");
    }

    @Test
    void subscribesToPredefinedAndShortTopics() {
        script.from("A", "07 12 41 00 04 00 05").expect("#0 82 0E 00 04 00 09 73 69 74 65 2F 66 69 76 65 02");
        script.broker(0, "90 03 00 04 02").expect("A 08 13 40 00 05 00 04 00");
        script.broker(0, "30 0C 00 09 73 69 74 65 2F 66 69 76 65 31").expect("A 08 0C 01 00 05 00 00 31");
        script.from("A", "07 12 02 00 05 74 31").expect("#0 82 07 00 05 00 02 74 31 00");
        script.broker(0, "90 03 00 05 00").expect("A 08 13 00 00 00 00 05 00");
        script.broker(0, "30 05 00 02 74 31 78").expect("A 08 0C 02 74 31 00 00 78");
    }

    @Test
    void doesNotUseAPredefinedIdForAClientThatSubscribedByName() {
        script.from("A", "08 12 00 00 04 73 2F 23").broker(0, "90 03 00 04 00").skip();
        script.broker(0, "30 0C 00 09 73 69 74 65 2F 66 69 76 65 31")
                .expect("A 0F 0A 00 01 00 01 73 69 74 65 2F 66 69 76 65");
    }

    @ParameterizedTest
    @CsvSource({
        "07 12 01 00 04 00 09, 02", // unknown pre-defined id
        "07 12 03 00 04 00 05, 03", // reserved topic type
        "07 12 02 00 04 61 2B, 03", // wildcard in a short name
        "08 12 00 00 04 61 23 62, 03", // # inside a level
        "08 12 00 00 04 C3 28 62, 03", // bad UTF-8
        "08 12 60 00 04 61 2F 62, 03" // QoS -1
    })
    void refusesWhatCannotBeSubscribed(String subscribe, String code) {
        script.from("A", subscribe).expect("A 08 13 00 00 00 00 04 " + code);
    }

    @Test
    void answersNotSupportedWhenTheBrokerRefuses() {
        script.from("A", WILDCARD).broker(0, "90 03 00 03 80").expect(MQTT_WILDCARD, "A 08 13 00 00 00 00 03 03");
    }

    @Test
    void asksTheBrokerOnceForARepeatedSubscribe() {
        script.from("A", WILDCARD).expect(MQTT_WILDCARD);
        script.from("A", "0B 12 A0 00 03 73 65 6E 73 2F 23").silence();
        script.broker(0, "90 03 00 03 01").expect("A 08 13 20 00 00 00 03 00");
        script.from("A", "0B 12 A0 00 03 73 65 6E 73 2F 23").expect("A 08 13 20 00 00 00 03 00");
    }

    @Test
    void sendsSubackBeforeTheRetainedMessages() {
        script.from("A", WILDCARD).skip();
        script.broker(0, "31 0B 00 06 73 65 6E 73 2F 74 31 32 33").silence();
        script.broker(0, "90 03 00 03 01").expect("A 08 13 20 00 00 00 03 00", "A 0C 0A 00 01 00 01 73 65 6E 73 2F 74");
    }

    @Test
    void answersCongestionToASecondSubscribeWhileOneIsOpen() {
        script.from("A", WILDCARD).skip();
        script.from("A", "08 12 00 00 04 61 2F 62").expect("A 08 13 00 00 00 00 04 01");
    }

    @Test
    void answersCongestionWhenTheListIsFull() {
        Script small = new Script(options -> options.topicsPerClient(1)).connect();
        small.from("A", WILDCARD).broker(0, "90 03 00 03 01").skip();
        small.from("A", "08 12 00 00 04 61 2F 62").expect("A 08 13 00 00 00 00 04 01");
    }

    @Test
    void unsubscribes() {
        script.from("A", WILDCARD).broker(0, "90 03 00 03 01").skip();
        script.from("A", "0B 14 00 00 06 73 65 6E 73 2F 23").expect("#0 A2 0A 00 06 00 06 73 65 6E 73 2F 23");
        script.broker(0, "B0 02 00 06").expect("A 04 15 00 06");
    }

    @ParameterizedTest
    @CsvSource({"07 14 01 00 06 00 09", "07 14 03 00 06 00 05"})
    void answersAnUnsubscribeThatMeansNothing(String unsubscribe) {
        script.from("A", unsubscribe).expect("A 04 15 00 06");
    }

    @Test
    void overlapsWithRegisterAndPublish() {
        script.from("A", WILDCARD).expect(MQTT_WILDCARD);
        script.register();
        script.from("A", "08 0C 20 00 01 00 03 31").expect("#0 32 0A 00 05 61 2F 62 2F 63 00 04 31");
        script.broker(0, "90 03 00 03 01").expect("A 08 13 20 00 00 00 03 00");
        script.broker(0, "40 02 00 04").expect("A 07 0D 00 01 00 03 00");
        assertThat(script.count(GatewayCounters.DROP_BROKER_STRAY)).isZero();
    }
}
