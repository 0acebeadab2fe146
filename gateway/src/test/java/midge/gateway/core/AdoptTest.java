package midge.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.UnaryOperator;
import midge.gateway.config.AllowList;
import midge.gateway.config.GatewayConfig;
import midge.gateway.config.GatewayConfigBuilder;
import midge.gateway.config.TopicRules;
import midge.gateway.port.SessionState;
import org.junit.jupiter.api.Test;

/** Another configuration while clients are connected. */
class AdoptTest {
    private final Script script = new Script().connectKept();

    private void adopt(UnaryOperator<GatewayConfigBuilder> options) {
        script.core.adopt(options.apply(GatewayConfig.builder()).build(), script.nowMs);
    }

    @Test
    void predefinedTopicsMeanSomethingElseAtOnce() {
        script.from("A", "08 0C 01 00 05 00 00 31").expect("#0 30 0C 00 09 73 69 74 65 2F 66 69 76 65 31");
        adopt(options -> options.predefined(5, "new").predefined("c1", 7, "own"));
        script.from("A", "08 0C 01 00 05 00 00 31").expect("#0 30 06 00 03 6E 65 77 31");
        script.from("A", "08 0C 01 00 07 00 00 31").expect("#0 30 06 00 03 6F 77 6E 31");
        script.from("A", "08 0C 21 00 06 00 02 31").expect("A 07 0D 00 06 00 02 02");
    }

    @Test
    void aSubscriptionByAnIdThatMeansAnotherTopicGoesOnByARegisteredOne() {
        script.from("A", "07 12 01 00 04 00 05").broker(0, "90 03 00 04 00").skip();
        adopt(options -> options.predefined(5, "new"));
        script.broker(0, "30 0C 00 09 73 69 74 65 2F 66 69 76 65 31")
                .expect("A 0F 0A 00 01 00 01 73 69 74 65 2F 66 69 76 65");
    }

    @Test
    void topicRulesHoldForClientsThatAreThereAlready() {
        script.register();
        adopt(options -> options.topicRules(TopicRules.NONE.with(null, TopicRules.READ, "#")));
        script.from("A", "08 0C 20 00 01 00 02 31").expect("A 07 0D 00 01 00 02 03");
        adopt(options -> options);
        script.from("A", "08 0C 00 00 01 00 00 31").expect("#0 30 08 00 05 61 2F 62 2F 63 31");
    }

    @Test
    void whoIsNoLongerAllowedIsToldAndWhoSleepsFindsOut() {
        script.connect("B", "c2", "00", 1, "20 02 00 00").connect("C", "x3", "00", 2, "20 02 00 00");
        script.from("B", "04 18 00 64").skip();
        adopt(options -> options.allowed(AllowList.of(List.of("client=x*"))));
        script.expect("A 02 18", "#0 E0 00", "close 0", "#1 E0 00", "close 1");
        assertThat(script.state(0)).isEqualTo(SessionState.DISCONNECTED);
        script.from("C", "02 16").expect("C 02 17");
        script.from("B", "04 16 63 32").expect("B 02 18");
        script.from("A", "08 04 00 01 00 3C 63 31").expect("A 03 05 03");
    }

    @Test
    void newLoginsCountForTheNextBrokerConnection() {
        adopt(options -> options.userName("u").password(new byte[] {'p'}));
        script.closed(0).pass(2_000).expect("open 0");
        script.opened(0).expect("#0 10 14 00 04 4D 51 54 54 04 C0 00 3C 00 02 63 31 00 01 75 00 01 70");
    }

    @Test
    void ratesBeginWhileTheGatewayRuns() {
        script.register();
        adopt(options -> options.clientRate(1).clientBurst(1));
        script.from("A", "08 0C 00 00 01 00 00 31").expect("#0 30 08 00 05 61 2F 62 2F 63 31");
        script.from("A", "08 0C 00 00 01 00 00 31").silence();
    }
}
