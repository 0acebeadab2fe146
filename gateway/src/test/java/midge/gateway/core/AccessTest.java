package midge.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import midge.gateway.config.AllowList;
import midge.gateway.config.TopicRules;
import midge.gateway.port.GatewayCounters;
import midge.gateway.port.Peer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is served, and what a client may publish and read. Scripted clients are at 10.0.0.1, their ids have two letters. */
class AccessTest {
    private static final TopicRules RULES = TopicRules.NONE
            .with(null, TopicRules.WRITE, "up/%c/#")
            .with(null, TopicRules.READ, "down/#")
            .with(null, TopicRules.DENY, "down/secret/#")
            .with(null, TopicRules.WRITE, "t1")
            .with("x*", TopicRules.READ | TopicRules.WRITE, "x/+");

    private final Script ruled = new Script(options -> options.topicRules(RULES).predefined(9, "up/c1/9"));

    private static Script allowing(String... rules) {
        return new Script(options -> options.allowed(AllowList.of(List.of(rules))));
    }

    @ParameterizedTest
    @CsvSource({
        "client=c1",
        "client=c*",
        "client=?1",
        "network=10.0.0.1",
        "network=10.0.0.0/8",
        "network=0.0.0.0/0",
        "client=c1 network=10.0.0.0/31",
        "network=10.0.0.0/31 client=c1"
    })
    void servesWhoFitsARule(String rule) {
        allowing("client=zz", rule).connect();
    }

    @ParameterizedTest
    @CsvSource({
        "client=c2",
        "client=c",
        "network=10.0.0.0/32",
        "network=11.0.0.0/8",
        "network=::/0",
        "client=c1 network=10.0.1.0/24"
    })
    void refusesWhoFitsNone(String rule) {
        Script script = allowing(rule).from("A", "08 04 04 01 00 3C 63 31").expect("A 03 05 03");
        assertThat(script.count(GatewayCounters.ACCESS_REFUSED)).isEqualTo(1);
        assertThat(script.core.sessions().count()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "identity=c1, c1, 0",
        "identity=c*, c1, 0",
        "client=c? identity=?1, c1, 0",
        "identity=c2, c1, 3",
        "client=c2 identity=c1, c1, 3",
        "identity=*, '', 3",
    })
    void anIdentityServesWhoHasProvedIt(String rule, String identity, int returnCode) {
        Script script = allowing(rule).from(Script.peer("A").identify(identity), "08 04 04 01 00 3C 63 31");
        if (returnCode == 0) {
            script.opened(0).broker(0, "20 02 00 00");
        }
        assertThat(script.take()).contains("A 03 05 0" + returnCode);
    }

    @Test
    void aClientCannotWakeUpWhereItMayNotBe() {
        Script script = allowing("client=c1 network=10.0.0.1").connect();
        script.from("A", "04 18 00 64").skip();
        Peer elsewhere = Peer.of(0, (byte) 10, (byte) 0, (byte) 0, (byte) 2, (byte) 0, (byte) 'B');
        script.from(elsewhere, "04 16 63 31").expect("B 02 18");
        script.from("B", "04 16 63 31").expect("B 02 17");
    }

    @Test
    void withoutAConnectionOnlyRulesThatNameNoClientCount() {
        allowing("client=c1 network=10.0.0.0/8")
                .from("A", "08 0C 62 74 31 00 00 78")
                .silence();
        allowing("network=10.0.0.0/8").from("A", "08 0C 62 74 31 00 00 78").expect("open 8");
    }

    @Test
    void answersSearchesWhereSomebodyIsServed() {
        allowing("client=c1 network=10.0.0.0/8").from("A", "03 01 00").expect("A 03 02 01");
        allowing("network=11.0.0.0/8").from("A", "03 01 00").silence();
    }

    @ParameterizedTest
    @CsvSource({
        "75 70 2F 63 31 2F 61, 00 01 00 01 00", // up/c1/a
        "64 6F 77 6E 2F 61 2F, 00 01 00 01 00", // down/a/: to be read
        "75 70 2F 63 32 2F 61, 00 00 00 01 03", // up/c2/a
        "78 2F 79 79 79 79 79, 00 00 00 01 03", // x/yyyyy
    })
    void registersWhatTheClientMayUse(String name, String answer) {
        ruled.connect().from("A", "0D 0A 00 00 00 01 " + name).expect("A 07 0B " + answer);
    }

    @Test
    void answersAPublishThatIsNotAllowedWithItsReason() {
        ruled.connect().from("A", "0D 0A 00 00 00 01 64 6F 77 6E 2F 61 2F").skip();
        ruled.from("A", "08 0C 20 00 01 00 02 31").expect("A 07 0D 00 01 00 02 03");
        ruled.from("A", "08 0C 40 00 01 00 03 31").expect("A 07 0D 00 01 00 03 03");
        ruled.from("A", "08 0C 00 00 01 00 00 31").expect("A 07 0D 00 01 00 00 03");
        assertThat(ruled.count(GatewayCounters.TOPIC_REFUSED)).isEqualTo(3);
        assertThat(ruled.count(GatewayCounters.PUBLISHED_UP)).isZero();
    }

    @Test
    void judgesPredefinedAndShortTopicsToo() {
        ruled.connect();
        ruled.from("A", "08 0C 01 00 09 00 00 31").expect("#0 30 0A 00 07 75 70 2F 63 31 2F 39 31");
        ruled.from("A", "08 0C 21 00 05 00 02 31").expect("A 07 0D 00 05 00 02 03");
        ruled.from("A", "08 0C 02 74 31 00 00 31").expect("#0 30 05 00 02 74 31 31");
        ruled.from("A", "08 0C 22 74 32 00 04 31").expect("A 07 0D 74 32 00 04 03");
    }

    @Test
    void judgesMessagesWithoutAConnectionByTheRulesForAll() {
        ruled.from("B", "08 0C 61 00 09 00 00 31").silence(); // up/c1/9 is %c's
        ruled.from("B", "08 0C 62 74 32 00 00 31").silence();
        assertThat(ruled.count(GatewayCounters.DROP_DENIED)).isEqualTo(2);
        ruled.from("B", "08 0C 62 74 31 00 00 31").expect("open 8");
    }

    @ParameterizedTest
    @CsvSource({
        "64 6F 77 6E 2F 61, true", // down/a
        "64 6F 77 6E 2F 23, true", // down/#
        "23 23 23 23 23 23, false", // no filter at all
        "2B 2F 61 2F 62 63, true", // +/a/bc meets down/#
        "75 70 2F 63 31 2B, false", // no filter at all
        "75 70 2F 2B 2F 61, false", // up/+/a may be written, not read
        "78 2F 61 61 61 61, false", // x/aaaa is for others
        "24 53 59 53 2F 23, false", // $SYS/#
    })
    void grantsSubscriptionsThatCanBringSomething(String filter, boolean granted) {
        ruled.connect().from("A", "0B 12 20 00 03 " + filter);
        if (granted) {
            ruled.expect("#0 82 0B 00 03 00 06 " + filter + " 01");
        } else {
            ruled.expect("A 08 13 00 00 00 00 03 03");
        }
    }

    @Test
    void keepsBackWhatAWideSubscriptionBringsBesides() {
        ruled.connect()
                .from("A", "06 12 20 00 03 23")
                .broker(0, "90 03 00 03 01")
                .skip();
        ruled.broker(0, "32 0A 00 05 6F 74 68 65 72 00 21 31").expect("#0 40 02 00 21"); // other
        ruled.broker(0, "34 0A 00 05 6F 74 68 65 72 00 22 31").expect("#0 50 02 00 22");
        ruled.broker(0, "62 02 00 22").expect("#0 70 02 00 22");
        ruled.broker(0, "30 0F 00 0C 64 6F 77 6E 2F 73 65 63 72 65 74 2F 31").silence(); // down/secret/
        assertThat(ruled.count(GatewayCounters.DROP_DENIED)).isEqualTo(3);
        ruled.broker(0, "30 09 00 06 64 6F 77 6E 2F 61 31").expect("A 0C 0A 00 01 00 01 64 6F 77 6E 2F 61");
    }

    @Test
    void refusesAWillThatIsNotAllowed() {
        ruled.from("A", "08 04 0C 01 00 3C 63 31").expect("A 02 06");
        ruled.from("A", "04 07 00 77").expect("A 03 05 03");
        ruled.from("A", "08 04 0C 01 00 3C 63 31").expect("A 02 06");
        ruled.from("A", "0A 07 00 75 70 2F 63 31 2F 77").expect("A 02 08"); // up/c1/w
        ruled.from("A", "03 09 78")
                .expect("open 0")
                .opened(0)
                .broker(0, "20 02 00 00")
                .skip();
        ruled.from("A", "04 1A 00 77").expect("A 03 1B 03");
    }

    @Test
    void aClientIdWithAWildcardReachesNobodyElsesTopics() {
        ruled.connect("A", "#", "04", 0, "20 02 00 00").from("A", "0A 0A 00 00 00 01 75 70 2F 61");
        ruled.expect("A 07 0B 00 00 00 01 03"); // up/a
        ruled.connect("B", "+", "04", 1, "20 02 00 00").from("B", "0C 0A 00 00 00 01 75 70 2F 61 2F 61");
        ruled.expect("B 07 0B 00 00 00 01 03"); // up/a/a
    }

    @Test
    void aHastyClientMeetsCongestionUntilItsTokensAreBack() {
        Script script = new Script(options -> options.clientRate(2).clientBurst(3)).connect();
        script.from("A", "0B 0A 00 00 00 01 61 2F 62 2F 63").expect("A 07 0B 00 01 00 01 00");
        script.from("A", "08 0C 00 00 01 00 00 31")
                .from("A", "08 0C 00 00 01 00 00 31")
                .skip();
        script.from("A", "08 0C 00 00 01 00 00 31").silence();
        assertThat(script.count(GatewayCounters.DROP_RATE)).isEqualTo(1);
        script.from("A", "08 0C 20 00 01 00 02 31").expect("A 07 0D 00 01 00 02 01");
        script.from("A", "08 12 20 00 03 61 2F 62").expect("A 08 13 00 00 00 00 03 01");
        script.from("A", "08 0A 00 00 00 04 61 62").expect("A 07 0B 00 00 00 04 01");
        script.from("A", "02 16").expect("A 02 17");
        script.connect("B", "c2", "04", 1, "20 02 00 00").from("B", "08 0A 00 00 00 04 61 62");
        script.expect("B 07 0B 00 01 00 04 00");
        script.pass(500).from("A", "08 0C 00 00 01 00 00 31").expect("#0 30 08 00 05 61 2F 62 2F 63 31");
        script.from("A", "08 0C 00 00 01 00 00 31").silence();
    }

    @Test
    void anAddressThatSendsTooMuchIsNotHeardWhateverItsPorts() {
        Script script = new Script(options -> options.addressRate(1).addressBurst(2));
        script.from("A", "03 01 00").from("B", "03 01 00").expect("A 03 02 01", "B 03 02 01");
        script.from("C", "03 01 00").silence();
        assertThat(script.count(GatewayCounters.DROP_RATE)).isEqualTo(1);
        Peer neighbour = Peer.of(0, (byte) 10, (byte) 0, (byte) 0, (byte) 2, (byte) 0, (byte) 'N');
        script.from(neighbour, "03 01 00").expect("N 03 02 01");
        script.pass(1_000).from("C", "03 01 00").expect("C 03 02 01");
    }

    @Test
    void theTopicsOfAllClientsShareOneMemory() {
        Script script =
                new Script(options -> options.topicsMiB(1).maxTopic(8_000).maxDatagram(9_000)).connect();
        int hers = registerAll(script, "A");
        script.connect("B", "c2", "04", 1, "20 02 00 00");
        int his = registerAll(script, "B");
        assertThat(hers + his).isBetween(75, 149);
        script.from("A", "02 18").skip();
        assertThat(registerAll(script, "B")).isGreaterThan(his);
    }

    /** Registers up to 256 names of 7,000 octets. @return how many were taken; each of the others met "congestion" */
    private static int registerAll(Script script, String client) {
        int taken = 0;
        for (int i = 0; i < 256; i++) {
            script.from(
                    client,
                    String.format("01 1B 62 0A 00 00 00 01 %02X %02X", 'a' + i / 16, 'a' + i % 16)
                            + " 61".repeat(7_000));
            String answer = script.take().get(0);
            assertThat(answer).matches(client + " 07 0B (00 00 00 01 01|.. .. 00 01 00)");
            taken += answer.endsWith(" 00") ? 1 : 0;
        }
        return taken;
    }
}
