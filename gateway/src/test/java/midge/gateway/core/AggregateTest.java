package midge.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import midge.gateway.port.GatewayCounters;
import midge.gateway.port.SessionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One broker connection for all clients: MQTT-SN 1.2 §4.2, connection 8 here. */
class AggregateTest {
    private static final String CONNECT =
            "#8 10 29 00 04 4D 51 54 54 05 %s 00 3C 0D 11 00 09 3A 80 21 03 E8 27 00 00 0A 88"
                    + " 00 0F 6D 69 64 67 65 2D 67 61 74 65 77 61 79 2D 31";
    private static final String CONNACK = "20 03 00 00 00";
    private static final String CONNACK_PRESENT = "20 03 01 00 00";

    private final Script script = new Script(options -> options.mqttVersion(5).aggregating(true));

    /** A, c1, opens the connection. */
    private Script connect(String flags) {
        script.from("A", "08 04 " + flags + " 01 00 3C 63 31").expect("open 8");
        script.opened(8).expect(CONNECT.formatted("02"));
        return script.broker(8, CONNACK).expect("A 03 05 00");
    }

    private Script connect() {
        return connect("04");
    }

    private Script join(String name, String id, String flags) {
        return script.from(name, "08 04 " + flags + " 01 00 3C " + id).pass(0).expect(name + " 03 05 00");
    }

    private Script both() {
        connect();
        return join("B", "63 32", "04");
    }

    /** a/# by this client, answered. */
    private void subscribe(String name, String msgId, String upstream, String identifier, int identifierOctets) {
        script.from(name, "08 12 20 " + msgId + " 61 2F 23");
        script.expect("#8 82 " + String.format("%02X", 10 + identifierOctets) + " " + upstream + " "
                + String.format("%02X", 1 + identifierOctets) + " 0B " + identifier + " 00 03 61 2F 23 01");
        script.broker(8, "90 04 " + upstream + " 00 01").expect(name + " 08 13 20 00 00 " + msgId + " 00");
    }

    private Script reopen(String connack) {
        script.closed(8).pass(1_000).expect("open 8").opened(8).expect(CONNECT.formatted("00"));
        return script.broker(8, connack);
    }

    @Test
    void theSecondClientNeedsNoFurtherConnection() {
        both();
        assertThat(script.state(0)).isEqualTo(SessionState.ACTIVE);
        assertThat(script.state(1)).isEqualTo(SessionState.ACTIVE);
        script.from("A", "02 18").expect("A 02 18");
    }

    @Test
    void clientsWithTheSameMsgIdGetTheirOwnAnswers() {
        both().from("A", "08 0C 22 74 31 00 09 78").expect("#8 32 08 00 02 74 31 00 01 00 78");
        script.from("B", "08 0C 22 74 31 00 09 79").expect("#8 32 08 00 02 74 31 00 02 00 79");
        script.broker(8, "40 02 00 02").expect("B 07 0D 74 31 00 09 00");
        script.broker(8, "40 02 00 01").expect("A 07 0D 74 31 00 09 00");
        script.broker(8, "40 02 00 01").silence();
        assertThat(script.count(GatewayCounters.DROP_BROKER_STRAY)).isEqualTo(1);
    }

    @Test
    void qos2GoesThroughBothHalves() {
        connect().from("A", "08 0C 42 74 31 00 09 78").expect("#8 34 08 00 02 74 31 00 01 00 78");
        script.broker(8, "50 02 00 01").expect("A 04 0F 00 09");
        script.from("A", "04 10 00 09").expect("#8 62 02 00 01");
        script.broker(8, "70 02 00 01").expect("A 04 0E 00 09");
    }

    @Test
    void qos2StaysExactlyOnceOverABreak() {
        connect().from("A", "08 0C 42 74 31 00 09 78").broker(8, "50 02 00 01").skip();
        reopen(CONNACK_PRESENT).silence();
        script.from("A", "04 10 00 09").expect("#8 62 02 00 01");
    }

    @Test
    void whatTheBrokerHasNotAcknowledgedIsSentAgainUnderItsIdentifier() {
        both().from("A", "08 0C 22 74 31 00 09 78")
                .from("B", "08 0C 42 74 31 00 09 79")
                .skip();
        reopen(CONNACK_PRESENT).expect("#8 3A 08 00 02 74 31 00 01 00 78", "#8 3C 08 00 02 74 31 00 02 00 79");
    }

    @Test
    void moreThanReceiveMaximumWaitsForItsTurn() {
        script.from("A", "08 04 04 01 00 3C 63 31")
                .opened(8)
                .broker(8, "20 06 00 00 03 21 00 01")
                .skip();
        join("B", "63 32", "04");
        script.from("A", "08 0C 22 74 31 00 09 78").expect("#8 32 08 00 02 74 31 00 01 00 78");
        script.from("B", "08 0C 22 74 31 00 09 79").silence();
        script.broker(8, "40 02 00 01").expect("A 07 0D 74 31 00 09 00", "#8 32 08 00 02 74 31 00 02 00 79");
        script.broker(8, "40 02 00 02").expect("B 07 0D 74 31 00 09 00");
    }

    @Test
    void aMessageThatCameByTwoFiltersReachesAClientOnce() {
        connect();
        subscribe("A", "00 04", "80 01", "81 80 10", 3);
        script.from("A", "08 12 20 00 05 61 2F 2B")
                .broker(8, "90 04 80 02 00 01")
                .skip();
        script.broker(8, "30 0E 00 02 61 2F 08 0B 81 80 10 0B 82 80 10 78").expect("A 08 0C 02 61 2F 00 00 78");
    }

    @Test
    void aRetainedMessageIsForThoseWhoHaveJustAsked() {
        both();
        subscribe("A", "00 04", "80 01", "81 80 10", 3);
        script.broker(8, "31 0A 00 02 61 2F 04 0B 81 80 10 78").expect("A 08 0C 12 61 2F 00 00 78");
        subscribe("B", "00 05", "80 02", "81 80 20", 3);
        script.broker(8, "31 0A 00 02 61 2F 04 0B 81 80 20 79").expect("B 08 0C 12 61 2F 00 00 79");
        script.broker(8, "30 0A 00 02 61 2F 04 0B 81 80 20 7A")
                .expect("A 08 0C 02 61 2F 00 00 7A", "B 08 0C 02 61 2F 00 00 7A");
    }

    @Test
    void aRetainedMessageThatOvertakesSubackWaitsForIt() {
        connect().from("A", "08 12 20 00 04 61 2F 23").skip();
        script.broker(8, "31 0A 00 02 61 2F 04 0B 81 80 10 78").silence();
        script.broker(8, "90 04 80 01 00 01").expect("A 08 13 20 00 00 00 04 00", "A 08 0C 12 61 2F 00 00 78");
    }

    @Test
    void aMessageIsAcknowledgedWhenItIsKeptAndDeliveredOnce() {
        connect();
        subscribe("A", "00 04", "80 01", "81 80 10", 3);
        script.broker(8, "34 0C 00 02 61 2F 00 21 04 0B 81 80 10 78")
                .expect("A 08 0C 22 61 2F 00 01 78", "#8 50 02 00 21");
        script.broker(8, "3C 0C 00 02 61 2F 00 21 04 0B 81 80 10 78").expect("#8 50 02 00 21");
        script.broker(8, "62 02 00 21").expect("#8 70 02 00 21");
        script.from("A", "07 0D 61 2F 00 01 00").silence();
    }

    @Test
    void aSleeperDoesNotHoldUpTheOthers() {
        connect("00")
                .from("A", "08 12 20 00 04 61 2F 23")
                .broker(8, "90 04 80 01 00 01")
                .skip();
        script.from("A", "04 18 00 78").expect("A 02 18");
        script.broker(8, "32 0C 00 02 61 2F 00 21 04 0B 81 80 10 78").expect("#8 40 02 00 21");
        script.from("A", "04 16 63 31").expect("A 08 0C 22 61 2F 00 01 78");
        script.from("A", "07 0D 61 2F 00 01 00").expect("A 02 17");
    }

    @Test
    void aKeptSessionCollectsWhileItsClientIsAway() {
        connect("00")
                .from("A", "08 12 20 00 04 61 2F 23")
                .broker(8, "90 04 80 01 00 01")
                .skip();
        script.from("A", "02 18").expect("A 02 18");
        script.broker(8, "32 0C 00 02 61 2F 00 21 04 0B 81 80 10 78").expect("#8 40 02 00 21");
        script.broker(8, "30 0A 00 02 61 2F 04 0B 81 80 10 79").silence();
        script.from("A", "08 04 00 01 00 3C 63 31").pass(0).expect("A 03 05 00", "A 08 0C 22 61 2F 00 01 78");
    }

    @Test
    void theLastOneToLeaveAFilterUnsubscribesIt() {
        both();
        subscribe("A", "00 04", "80 01", "81 80 10", 3);
        subscribe("B", "00 05", "80 02", "81 80 20", 3);
        script.from("A", "08 14 00 00 06 61 2F 23").expect("A 04 15 00 06");
        script.from("B", "08 14 00 00 07 61 2F 23").expect("#8 A2 08 80 03 00 00 03 61 2F 23");
        script.broker(8, "B0 04 80 03 00 00").expect("B 04 15 00 07");
    }

    @Test
    void aCleanClientThatLeavesLeavesItsFilters() {
        both();
        subscribe("A", "00 04", "80 01", "81 80 10", 3);
        script.from("A", "02 18").expect("A 02 18", "#8 A2 08 80 02 00 00 03 61 2F 23");
        script.broker(8, "B0 04 80 02 00 00").silence();
        subscribe("B", "00 05", "80 03", "81 80 10", 3);
    }

    @Test
    void aRefusedSubscriptionIsToldAndForgotten() {
        connect().from("A", "08 12 20 00 04 61 2F 23").skip();
        script.broker(8, "90 04 80 01 00 87").expect("#8 A2 08 80 02 00 00 03 61 2F 23", "A 08 13 00 00 00 00 04 03");
    }

    @Test
    void subscriptionsAreMadeAgainWhenTheBrokerLostTheSession() {
        both();
        subscribe("A", "00 04", "80 01", "81 80 10", 3);
        reopen(CONNACK).expect("#8 82 0D 80 02 04 0B 81 80 20 00 03 61 2F 23 01");
        script.broker(8, "90 04 80 02 00 01").silence();
        script.broker(8, "31 0A 00 02 61 2F 04 0B 81 80 20 78").expect("A 08 0C 12 61 2F 00 00 78");
    }

    @Test
    void theWillOfALostClientIsPublishedByTheGateway() {
        connect();
        script.from("B", "08 04 0C 01 00 01 63 32")
                .from("B", "04 07 20 77")
                .from("B", "03 09 78")
                .pass(0)
                .skip();
        script.pass(1_500).expect("#8 32 07 00 01 77 00 01 00 78");
        assertThat(script.state(1)).isEqualTo(SessionState.LOST);
        reopen(CONNACK_PRESENT).expect("#8 3A 07 00 01 77 00 01 00 78");
        script.broker(8, "40 02 00 01").silence();
        reopen(CONNACK_PRESENT).silence();
    }

    @Test
    void noWillIsPublishedAfterAGoodbye() {
        connect();
        script.from("B", "08 04 0C 01 00 01 63 32")
                .from("B", "04 07 20 77")
                .from("B", "03 09 78")
                .pass(0)
                .skip();
        script.from("B", "02 18").expect("B 02 18");
    }

    @Test
    void aChangedWillNeedsNoNewConnection() {
        connect();
        script.from("B", "08 04 0C 01 00 01 63 32")
                .from("B", "04 07 00 77")
                .from("B", "03 09 78")
                .pass(0)
                .skip();
        script.from("B", "03 1C 79").pass(0).expect("B 03 1D 00");
        script.pass(1_500).expect("#8 30 05 00 01 77 00 79");
    }

    @Test
    void clientsAreNotToldOfABreakAndGoOn() {
        both();
        script.closed(8).silence();
        script.from("A", "08 0C 22 74 31 00 09 78").silence();
        script.pass(1_000).opened(8).skip();
        script.broker(8, CONNACK_PRESENT).expect("#8 32 08 00 02 74 31 00 01 00 78");
    }

    @Test
    void aConnectWhileTheBrokerIsAwayMeetsCongestion() {
        connect().closed(8);
        script.from("B", "08 04 04 01 00 3C 63 32").pass(0).expect("B 03 05 01");
    }

    @Test
    void qosMinusOneTakesTheSameConnection() {
        connect().from("S", "08 0C 62 74 31 00 00 78").expect("#8 30 06 00 02 74 31 00 78");
    }

    @ParameterizedTest
    @CsvSource({
        "30 06 00 02 61 2F 00 78, no identifier",
        "30 0A 00 02 62 2F 04 0B 81 80 10 78, a topic that the filter does not match",
        "30 09 00 02 61 2F 03 0B 82 10 78, an identifier that nobody has",
    })
    void aMessageForNobodyIsCountedAndReachesNobody(String publish, String why) {
        connect();
        subscribe("A", "00 04", "80 01", "81 80 10", 3);
        script.broker(8, publish).silence();
        assertThat(script.count(GatewayCounters.DROP_BROKER_STRAY)).isEqualTo(1);
    }

    @Test
    void aBrokerWithoutSubscriptionIdentifiersIsOfNoUse() {
        script.from("A", "08 04 04 01 00 3C 63 31").opened(8).skip();
        script.broker(8, "20 05 00 00 02 29 00").expect("#8 E0 00", "close 8", "A 03 05 01");
    }

    @Test
    void nothingIsLeftOfAShutdown() {
        both();
        script.core.shutdown(script.nowMs);
        script.expect("A 02 18", "B 02 18", "#8 E0 07 00 05 11 00 00 00 00", "close 8");
        assertThat(script.core.usedOctets()).isZero();
    }
}
