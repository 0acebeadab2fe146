package midge.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import midge.gateway.port.GatewayCounters;
import org.junit.jupiter.api.Test;

/** Several brokers, of which one is used until it does not answer. */
class FailOverTest {
    private static final String CONNECT_C1 = "08 04 00 01 00 3C 63 31";

    private final Script script = new Script(options -> options.brokers(3));

    @Test
    void triesTheNextBrokerWithinOneConnect() {
        script.from("A", CONNECT_C1).expect("open 0");
        script.closed(0)
                .expect("open 0 at 1")
                .closed(0)
                .expect("open 0 at 2")
                .opened(0)
                .skip();
        script.broker(0, "20 02 00 00").expect("A 03 05 00");
        assertThat(script.count(GatewayCounters.BROKER_SWITCHES)).isEqualTo(2);
    }

    @Test
    void answersCongestionWhenNoneAnswers() {
        script.from("A", CONNECT_C1).closed(0).closed(0).skip();
        script.closed(0).expect("A 03 05 01");
    }

    @Test
    void aBrokerThatCannotServeNowGivesWay() {
        script.from("A", CONNECT_C1).opened(0).skip();
        script.broker(0, "20 02 00 03").expect("close 0", "open 0 at 1");
    }

    @Test
    void aBrokerThatDoesNotWantTheClientIsBelieved() {
        script.from("A", CONNECT_C1).opened(0).skip();
        script.broker(0, "20 02 00 05").expect("close 0", "A 03 05 03");
    }

    @Test
    void aBrokerThatIsSilentGivesWay() {
        script.from("A", CONNECT_C1).opened(0).skip();
        script.pass(10_000).expect("close 0", "open 0 at 1");
    }

    @Test
    void aBreakIsFirstRepairedAtTheSameBroker() {
        script.connectKept().closed(0).silence();
        script.pass(1_000)
                .expect("open 0")
                .closed(0)
                .expect("open 0 at 1")
                .opened(0)
                .skip();
        script.broker(0, "20 02 00 00").silence();
    }

    @Test
    void allClientsMoveTogetherAndOnlyOnce() {
        script.connectKept().connect("B", "c2", "00", 1, "20 02 00 00");
        script.closed(0).closed(1).pass(1_000).skip();
        script.closed(0).expect("open 0 at 1");
        script.closed(1).expect("open 1 at 1");
        assertThat(script.count(GatewayCounters.BROKER_SWITCHES)).isEqualTo(1);
    }

    @Test
    void subscriptionsAreMadeAtTheNewBroker() {
        script.connectKept()
                .from("A", "08 12 20 00 04 61 2F 23")
                .broker(0, "90 03 00 04 01")
                .skip();
        script.closed(0).pass(1_000).closed(0).opened(0).skip();
        script.broker(0, "20 02 00 00").expect("#0 82 08 00 01 00 03 61 2F 23 01");
    }
}
