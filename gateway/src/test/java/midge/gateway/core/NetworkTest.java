package midge.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import midge.gateway.port.GatewayCounters;
import midge.gateway.table.BlockPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Discovery (§6.1), forwarders (§5.5, A29) and QoS -1 without a connection (§6.8, A30). */
class NetworkTest {
    /** The connection for QoS -1 has the number after the last session's. */
    private static final int UNCONNECTED = 8;

    private static final String QOS_MINUS_1 = "09 0C 61 00 05 00 00 6F 6B";
    private static final String MQTT_QOS_MINUS_1 = "30 0D 00 09 73 69 74 65 2F 66 69 76 65 6F 6B";

    @Test
    void advertisesAtOnceAndEveryPeriod() {
        Script script = new Script(options -> options.broadcastListener(0).gatewayId(1));
        script.core.start(script.nowMs);
        script.pass(0).expect("* 05 00 01 03 84");
        script.pass(899_999).silence().pass(1).expect("* 05 00 01 03 84");
    }

    @Test
    void doesNotAdvertiseUnlessToldTo() {
        Script script = new Script();
        script.core.start(script.nowMs);
        script.pass(1_000_000).silence();
    }

    @Test
    void answersASearchToEveryoneOrToTheAsker() {
        new Script(options -> options.broadcastListener(0))
                .from("A", "03 01 01")
                .expect("* 03 02 01");
        new Script().from("A", "03 01 01").expect("A 03 02 01");
    }

    @Test
    void invitesNobodyWhileTheBrokerCannotBeReached() {
        Script script =
                new Script().from("A", "08 04 04 01 00 3C 63 31").closed(0).skip();
        script.from("B", "03 01 01").silence();
        script.pass(8_000).from("B", "03 01 01").expect("B 03 02 01");
    }

    @Test
    void servesANodeBehindAForwarder() {
        Script script = new Script(options -> options.anyForwarder(true));
        script.from("F", "05 FE 00 00 2A 08 04 04 01 00 3C 63 31").opened(0).broker(0, "20 02 00 00");
        script.expect("open 0", "#0 10 0E 00 04 4D 51 54 54 04 02 00 3C 00 02 63 31", "F 05 FE 00 00 2A 03 05 00");
        script.from("F", "05 FE 00 00 2A 02 16").expect("F 05 FE 00 00 2A 02 17");
        // Another node behind it, and the forwarder itself, are other clients.
        script.from("F", "05 FE 00 00 2B 02 16").expect("F 05 FE 00 00 2B 02 18");
        script.from("F", "02 16").expect("F 02 18");
    }

    @Test
    void servesOnlyListedForwarders() {
        Script script = new Script(options -> options.forwarder(Script.peer("F")));
        script.from("F", "05 FE 00 00 2A 03 01 01").expect("F 05 FE 00 00 2A 03 02 01");
        script.from("G", "05 FE 00 00 2A 03 01 01").silence();
        assertThat(script.count(GatewayCounters.DROP_FORWARDER)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "05 FE 00 00 2A", // nothing inside
                "05 FE 00 00 2A 05 FE 00 00 2A 02 17", // an envelope inside
                "02 FE 02 16", // no Ctrl octet
                "05 FE 00 00 2A 03 16", // inner length too long
                "05 FE 00 00 2A 02 16 00" // and too short
            })
    void dropsUnsoundEnvelopes(String frame) {
        Script script = new Script(options -> options.anyForwarder(true))
                .from("F", frame)
                .silence();
        assertThat(script.count(GatewayCounters.DROP_MALFORMED) + script.count(GatewayCounters.DROP_FORWARDER))
                .isEqualTo(1);
    }

    @Test
    void dropsANodeIdThatIsTooLongToKeep() {
        Script script = new Script(options -> options.anyForwarder(true));
        script.from("F", "1C FE 00" + " 2A".repeat(25) + " 02 16").silence();
        script.from("F", "1B FE 00" + " 2A".repeat(24) + " 02 16").expect("F 1B FE 00" + " 2A".repeat(24) + " 02 18");
        script.from("F", "03 FE 00 02 16").silence();
    }

    @Test
    void forwardsQosMinus1OfAStrangerThroughAConnectionOfItsOwn() {
        Script script = new Script().from("S", QOS_MINUS_1).expect("open 8");
        script.from("S", "0A 0C 62 74 31 00 00 61 62 63").silence();
        script.opened(UNCONNECTED)
                .expect("#8 10 1B 00 04 4D 51 54 54 04 02 00 3C 00 0F 6D 69 64 67 65 2D 67 61 74 65 77 61 79 2D 31");
        script.broker(UNCONNECTED, "20 02 00 00").expect("#8 " + MQTT_QOS_MINUS_1, "#8 30 07 00 02 74 31 61 62 63");
        script.from("S", QOS_MINUS_1).expect("#8 " + MQTT_QOS_MINUS_1);
        assertThat(script.count(GatewayCounters.PUBLISHED_UNCONNECTED)).isEqualTo(3);
    }

    @Test
    void reconnectsForQosMinus1() {
        Script script = new Script().from("S", QOS_MINUS_1).opened(UNCONNECTED).broker(UNCONNECTED, "20 02 00 00");
        script.skip().closed(UNCONNECTED).pass(1_000).expect("open 8");
        script.from("S", QOS_MINUS_1).silence();
        script.opened(UNCONNECTED).skip();
        script.broker(UNCONNECTED, "20 02 00 00").expect("#8 " + MQTT_QOS_MINUS_1);
    }

    @Test
    void aFloodOfQosMinus1WhileTheBrokerIsAwayIsBounded() {
        Script script = new Script(options -> options.queueMessages(10))
                .from("S", QOS_MINUS_1)
                .closed(UNCONNECTED);
        for (int i = 0; i < 1_000; i++) {
            script.from("S", QOS_MINUS_1);
        }
        assertThat(script.count(GatewayCounters.DROP_QUEUE_QOS0)).isEqualTo(991);
        assertThat(script.core.usedOctets()).isEqualTo(10L * BlockPool.BLOCK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "09 0C 61 00 09 00 00 6F 6B",
                "09 0C 61 00 06 00 00 6F 6B",
                "0E 0C 60 00 05 00 00 61 2F 62 2F 63 68 69"
            })
    void dropsQosMinus1WithAnUnknownTopic(String frame) {
        Script script = new Script().from("S", frame).silence();
        assertThat(script.count(GatewayCounters.DROP_UNCONNECTED)).isEqualTo(1);
    }

    @Test
    void takesTheExtensionForNamesWhenSwitchedOn() {
        Script script = new Script(options -> options.unconnectedNames(true));
        script.from("S", "0E 0C 60 00 05 00 00 61 2F 62 2F 63 68 69")
                .opened(UNCONNECTED)
                .skip();
        script.broker(UNCONNECTED, "20 02 00 00").expect("#8 30 09 00 05 61 2F 62 2F 63 68 69");
    }

    @Test
    void servesNoQosMinus1WhenSwitchedOff() {
        Script script = new Script(options -> options.unconnectedPublish(false))
                .from("S", QOS_MINUS_1)
                .silence();
        assertThat(script.count(GatewayCounters.DROP_UNCONNECTED)).isEqualTo(1);
    }
}
