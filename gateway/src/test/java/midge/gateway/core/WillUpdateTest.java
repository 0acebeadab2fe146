package midge.gateway.core;

import org.junit.jupiter.api.Test;

/** MQTT-SN 1.2 §6.4 and the notes A10, A11. */
class WillUpdateTest {
    private final Script script = new Script();

    private void connectWithWill() {
        script.from("A", "08 04 0C 01 00 3C 63 31")
                .from("A", "04 07 00 77")
                .from("A", "03 09 78")
                .opened(0);
        script.broker(0, "20 02 00 00").skip();
    }

    @Test
    void connectsAnewWithTheNewWillAndThenAnswers() {
        connectWithWill();
        script.from("A", "03 1C 79").expect("#0 E0 00", "close 0", "open 0");
        script.from("A", "03 1C 79").silence();
        script.opened(0).expect("#0 10 14 00 04 4D 51 54 54 04 04 00 3C 00 02 63 31 00 01 77 00 01 79");
        script.broker(0, "20 02 01 00").expect("A 03 1D 00");
        script.from("A", "03 1C 79").expect("A 03 1D 00");
    }

    @Test
    void changesTopicQosAndRetain() {
        connectWithWill();
        script.from("A", "04 1A 50 76").expect("#0 E0 00", "close 0", "open 0");
        script.opened(0).expect("#0 10 14 00 04 4D 51 54 54 04 34 00 3C 00 02 63 31 00 01 76 00 01 78");
        script.broker(0, "20 02 01 00").expect("A 03 1B 00");
    }

    @Test
    void anEmptyTopicDeletesTheWill() {
        connectWithWill();
        script.from("A", "02 1A").expect("#0 E0 00", "close 0", "open 0");
        script.opened(0).expect("#0 10 0E 00 04 4D 51 54 54 04 00 00 3C 00 02 63 31");
        script.broker(0, "20 02 01 00").expect("A 03 1B 00");
        script.from("A", "03 1C 79").expect("A 03 1D 03");
    }

    @Test
    void answersNotSupportedToAMessageWithoutTopic() {
        script.connect();
        script.from("A", "03 1C 79").expect("A 03 1D 03");
    }

    @Test
    void keepsTheOldWillWhenTheBrokerRefuses() {
        connectWithWill();
        script.from("A", "03 1C 79").opened(0).skip();
        script.broker(0, "20 02 00 05").expect("close 0", "A 03 1D 03");
        script.pass(1_000).expect("open 0").opened(0);
        script.expect("#0 10 14 00 04 4D 51 54 54 04 04 00 3C 00 02 63 31 00 01 77 00 01 78");
    }

    @Test
    void keepsTheOldWillWhenTheBrokerCannotBeReached() {
        connectWithWill();
        script.from("A", "03 1C 79").skip().closed(0).expect("A 03 1D 01");
        script.pass(1_000).expect("open 0").opened(0);
        script.expect("#0 10 14 00 04 4D 51 54 54 04 04 00 3C 00 02 63 31 00 01 77 00 01 78");
    }

    @Test
    void keepsTheSubscriptions() {
        connectWithWill();
        script.from("A", "08 12 20 00 04 61 2F 23").broker(0, "90 03 00 04 01").skip();
        script.from("A", "03 1C 79").opened(0).skip();
        script.broker(0, "20 02 00 00").expect("#0 82 08 00 01 00 03 61 2F 23 01", "A 03 1D 00");
    }

    @Test
    void dropsAnUnusableWillTopic() {
        connectWithWill();
        script.from("A", "04 1A 00 23")
                .from("A", "03 1A 00")
                .from("A", "04 1A 60 77")
                .silence();
    }
}
