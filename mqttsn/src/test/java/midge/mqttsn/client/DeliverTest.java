package midge.mqttsn.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import midge.mqttsn.codec.SnFlags;
import midge.wire.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Subscribing and receiving, §6.5, §6.6, §6.9 and §6.10. */
class DeliverTest {
    /** @return a script whose client has {@code a/b/c} as id 9 from the gateway's REGISTER */
    private static Script given() {
        Script s = Script.connected();
        s.answer("0B 0A 00 09 12 34 61 2F 62 2F 63").expectOctets("07 0B 00 09 12 34 00");
        return s;
    }

    @Test
    void subscribesByNameAndReceivesUnderTheIdOfSuback() {
        Script s = Script.connected();
        assertEquals(1, s.subscribe("sens/temp1", SnFlags.QOS_1));
        s.expect("SUBSCRIBE qos=1 type=0 msgId=1 topic=sens/temp1").expectNothing();
        s.answer("08 13 20 00 07 00 01 00").event("subscribed 1 topicId=7 qos=1 code=0");
        s.answer("0B 0C 20 00 07 00 02 32 31 2E 35").event("message sens/temp1 id=7 21.5");
        s.expectOctets("07 0D 00 07 00 02 00").expectNothing();
    }

    @Test
    void subscribesWithWildcardsAndGetsTheIdsByRegister() {
        Script s = Script.connected();
        s.subscribe("sens/#", SnFlags.QOS_1);
        s.expectOctets("0B 12 20 00 01 73 65 6E 73 2F 23");
        s.answer("08 13 20 00 00 00 01 00").event("subscribed 1 topicId=0 qos=1 code=0");
        s.answer("10 0A 00 03 00 01 73 65 6E 73 2F 74 65 6D 70 31").expect("REGACK topicId=3 msgId=1 code=0");
        s.answer("08 0C 00 00 03 00 00 78").event("message sens/temp1 id=3 x").expectNothing();
    }

    @Test
    void repeatsASubscribeWithDup() {
        Script s = Script.connected();
        s.subscribe("sens/#", SnFlags.QOS_2);
        s.expect("SUBSCRIBE qos=2 type=0 msgId=1 topic=sens/#");
        s.deadlineAfter(10_000).expect("SUBSCRIBE qos=2 dup=true type=0 msgId=1 topic=sens/#");
        s.answer("08 13 40 00 00 00 01 00").event("subscribed 1 topicId=0 qos=2 code=0");
    }

    @Test
    void acceptsTheFirstMessagesBeforeTheSuback() {
        Script s = Script.connected();
        s.subscribe("sens/#", SnFlags.QOS_1);
        s.poll();
        s.answer("0B 0A 00 03 00 01 73 65 6E 73 2F").expect("REGACK topicId=3 msgId=1 code=0");
        s.answer("08 0C 00 00 03 00 00 78").event("message sens/ id=3 x");
        s.answer("08 13 20 00 00 00 01 00").event("subscribed 1 topicId=0 qos=1 code=0");
    }

    /** A gateway that was started anew knows the subscription from the broker, not by which id the client asked for it. */
    @Test
    void aNameThatIsPredefinedMayBeRegisteredByTheGatewayBesides() {
        Script s = Script.connected(Script.defaults().predefined(5, "a/b/c").build());
        s.answer("0B 0A 00 09 12 34 61 2F 62 2F 63").expectOctets("07 0B 00 09 12 34 00");
        s.answer("08 0C 00 00 09 00 00 78").event("message a/b/c id=9 x");
        s.answer("08 0C 01 00 05 00 00 79").event("message a/b/c id=5 y");
        s.subscribe("a/b/c", SnFlags.QOS_1);
        s.expectOctets("07 12 21 00 01 00 05");
        s.answer("08 13 20 00 05 00 01 00")
                .event("subscribed 1 topicId=5 qos=1 code=0")
                .expectNothing();
    }

    @Test
    void subscribesAndUnsubscribesByPredefinedIdAndShortName() {
        Script s =
                Script.connected(Script.defaults().predefined(5, "site/valve").build());
        s.client.subscribe(5, SnFlags.QOS_2 | SnFlags.TOPIC_PREDEFINED, s.nowMs);
        s.expectOctets("07 12 41 00 01 00 05");
        s.answer("08 13 40 00 05 00 01 00").event("subscribed 1 topicId=5 qos=2 code=0");
        s.subscribe("t1", SnFlags.QOS_0);
        s.expectOctets("07 12 02 00 02 74 31");
        s.answer("08 13 00 00 00 00 02 00").event("subscribed 2 topicId=0 qos=0 code=0");
        s.subscribe("site/valve", SnFlags.QOS_1);
        s.expectOctets("07 12 21 00 03 00 05");
        s.answer("08 13 20 00 05 00 03 00").event("subscribed 3 topicId=5 qos=1 code=0");
        s.unsubscribe("t1");
        s.expectOctets("07 14 02 00 04 74 31").answer("04 15 00 04").event("unsubscribed 4");
        s.client.unsubscribe(5, SnFlags.TOPIC_PREDEFINED, s.nowMs);
        s.expectOctets("07 14 01 00 05 00 05").answer("04 15 00 05").event("unsubscribed 5");
        s.unsubscribe("sens/#");
        s.expectOctets("0B 14 00 00 06 73 65 6E 73 2F 23");
        s.deadlineAfter(10_000).expectOctets("0B 14 00 00 06 73 65 6E 73 2F 23");
        s.answer("04 15 00 06").event("unsubscribed 6");
    }

    @Test
    void aTwoOctetFilterWithAWildcardIsNoShortName() {
        Script s = Script.connected();
        s.subscribe("/#", SnFlags.QOS_0);
        s.expect("SUBSCRIBE qos=0 type=0 msgId=1 topic=/#");
    }

    @Test
    void reportsASubscriptionThatTheGatewayRefuses() {
        Script s = Script.connected();
        s.subscribe("sens/#", SnFlags.QOS_1);
        s.poll();
        s.stray("08 13 00 00 00 00 09 00");
        s.answer("08 13 00 00 00 00 01 03")
                .event("subscribed 1 topicId=0 qos=0 code=3")
                .expectNothing();
    }

    @Test
    void waitsAndSubscribesAnewAfterCongestion() {
        Script s = Script.connected(Script.defaults().keepAliveS(60_000).build());
        s.subscribe("sens/#", SnFlags.QOS_1);
        s.poll();
        s.answer("08 13 00 00 00 00 01 01").noEvent().expectNothing();
        s.deadlineAfter(301_000).expect("SUBSCRIBE qos=1 type=0 msgId=2 topic=sens/#");
    }

    @ParameterizedTest
    @CsvSource({
        "08 0C 00 00 07 00 00 78, PUBACK topicId=7 msgId=0 code=2", // unknown id, QoS 0
        "08 0C 20 00 07 00 05 78, PUBACK topicId=7 msgId=5 code=2",
        "08 0C 40 00 07 00 05 78, PUBACK topicId=7 msgId=5 code=2",
        "08 0C 21 00 07 00 05 78, PUBACK topicId=7 msgId=5 code=2", // unknown pre-defined id
        "08 0C 20 00 00 00 05 78, PUBACK topicId=0 msgId=5 code=2", // reserved id
        "08 0C 23 00 07 00 05 78, PUBACK topicId=7 msgId=5 code=3", // reserved topic type
    })
    void answersAnUnknownTopic(String frame, String answer) {
        Script s = Script.connected();
        s.answer(frame).expect(answer).expectNothing().noEvent();
        assertEquals(1, s.client.counters().unknownTopics());
    }

    @Test
    void dropsQosMinus1FromAGateway() {
        Script s =
                Script.connected(Script.defaults().predefined(5, "site/valve").build());
        s.stray("09 0C 61 00 05 00 00 6F 6B").expectNothing().noEvent();
    }

    @Test
    void keepsNormalAndPredefinedIdsApart() {
        Script s =
                Script.connected(Script.defaults().predefined(9, "site/valve").build());
        s.answer("0B 0A 00 09 12 34 61 2F 62 2F 63").poll();
        s.answer("08 0C 00 00 09 00 00 78").event("message a/b/c id=9 x");
        s.answer("08 0C 01 00 09 00 00 79").event("message site/valve id=9 y");
    }

    @Test
    void receivesShortNamesAndThoseOfOneOctet() {
        Script s = Script.connected();
        s.answer("08 0C 02 74 31 00 00 78").event("message t1 id=29745 x");
        s.answer("08 0C 02 74 00 00 00 78").event("message t id=29696 x");
    }

    @Test
    void receivesAPredefinedIdWithoutANameOnceSubscribed() {
        Script s = Script.connected();
        s.client.subscribe(5, SnFlags.QOS_1 | SnFlags.TOPIC_PREDEFINED, s.nowMs);
        s.poll();
        s.answer("08 13 20 00 05 00 01 00").event("subscribed 1 topicId=5 qos=1 code=0");
        s.answer("08 0C 01 00 05 00 00 78").event("message  id=5 x");
    }

    @Test
    void deliversAtQos2OnceHoweverOftenItComes() {
        Script s = given();
        s.answer("0B 0C 40 00 09 00 10 64 61 74 61")
                .event("message a/b/c id=9 data")
                .expectOctets("04 0F 00 10");
        s.answer("0B 0C C0 00 09 00 10 64 61 74 61").noEvent().expectOctets("04 0F 00 10");
        s.answer("0B 0C 40 00 09 00 10 64 61 74 61").noEvent().expectOctets("04 0F 00 10");
        s.answer("04 10 00 10").expectOctets("04 0E 00 10");
        assertEquals(2, s.client.counters().duplicates());
        assertEquals(Status.WRONG_STATE, s.give("04 10 00 00"));
    }

    @Test
    void leavesALateCopyWithoutAnAnswerUntilTRetryIsOver() {
        Script s = given();
        s.answer("0B 0C 40 00 09 00 10 64 61 74 61")
                .event("message a/b/c id=9 data")
                .poll();
        s.answer("04 10 00 10").poll();
        s.after(9_000).answer("0B 0C 40 00 09 00 10 64 61 74 61").noEvent().expectNothing();
        s.after(1_001).answer("0B 0C C0 00 09 00 10 64 61 74 61").event("message a/b/c id=9 data");
        s.expectOctets("04 0F 00 10");
    }

    @Test
    void answersARepetitionWhoseTopicIdAReconnectHasMadeUnknown() {
        Script s = given();
        s.answer("08 0C 40 00 09 00 10 31").event("message a/b/c id=9 1").poll();
        s.answer("02 18").event("disconnected by gateway");
        s.client.connect(0, s.nowMs);
        s.poll();
        s.answer("03 05 00").event("connected");
        s.answer("08 0C C0 00 09 00 10 31").noEvent().expectOctets("04 0F 00 10");
        s.answer("08 0C C0 00 09 00 11 31").noEvent().expect("PUBACK topicId=9 msgId=17 code=2");
    }

    @Test
    void takesAMsgIdThatIsUsedAgainWithOtherDataForANewMessage() {
        Script s = given();
        s.answer("08 0C 40 00 09 00 10 31").event("message a/b/c id=9 1").expectOctets("04 0F 00 10");
        s.answer("08 0C 40 00 09 00 10 32").event("message a/b/c id=9 2").expectOctets("04 0F 00 10");
        s.answer("04 10 00 10").poll();
        s.answer("08 0C 40 00 09 00 10 33").event("message a/b/c id=9 3").expectOctets("04 0F 00 10");
    }

    @Test
    void remembersAsManyMsgIdsAsConfiguredAndForgetsTheOldest() {
        Script s = Script.connected(Script.defaults().inboundIds(2).build());
        for (int id = 1; id <= 3; id++) {
            s.answer("07 0C 42 74 31 00 0" + id).event("message t1 id=29745 ").expect("PUBREC msgId=" + id);
        }
        s.answer("07 0C 42 74 31 00 03").noEvent().poll();
        s.answer("07 0C 42 74 31 00 02").noEvent().poll();
        s.answer("07 0C 42 74 31 00 01").event("message t1 id=29745 ");
    }

    @Test
    void remembersMsgIdsOverAReconnectUnlessTheSessionIsClean() {
        Script s = Script.connected();
        s.answer("07 0C 42 74 31 00 01").event("message t1 id=29745 ").poll();
        s.answer("02 18").event("disconnected by gateway");
        s.client.connect(0, s.nowMs);
        s.poll();
        s.answer("03 05 00").event("connected");
        s.answer("07 0C C2 74 31 00 01").noEvent().expect("PUBREC msgId=1");
        s.answer("02 18").event("disconnected by gateway");
        s.client.connect(SnFlags.CLEAN_SESSION, s.nowMs);
        s.poll();
        s.answer("03 05 00").event("connected");
        s.answer("07 0C 42 74 31 00 01").event("message t1 id=29745 ");
    }

    @Test
    void forgetsTheGatewaysIdsWithTheConnection() {
        Script s = given();
        s.answer("02 18").event("disconnected by gateway");
        s.stray("08 0C 00 00 09 00 00 78");
        s.client.connect(0, s.nowMs);
        s.poll();
        s.answer("03 05 00").event("connected");
        s.answer("08 0C 00 00 09 00 00 78").expect("PUBACK topicId=9 msgId=0 code=2");
        s.answer("0B 0A 00 02 00 01 61 2F 62 2F 63").expect("REGACK topicId=2 msgId=1 code=0");
        s.answer("08 0C 00 00 02 00 00 78").event("message a/b/c id=2 x");
    }

    @Test
    void takesANewIdForAKnownNameAndAnotherNameForAKnownId() {
        Script s = given();
        s.answer("0B 0A 00 0A 12 35 61 2F 62 2F 63").expect("REGACK topicId=10 msgId=4661 code=0");
        s.answer("08 0C 00 00 0A 00 00 78").event("message a/b/c id=10 x");
        s.answer("08 0C 00 00 09 00 00 78").expect("PUBACK topicId=9 msgId=0 code=2");
        s.answer("0B 0A 00 0A 12 36 61 2F 62 2F 64").poll();
        s.answer("08 0C 00 00 0A 00 00 78").event("message a/b/d id=10 x");
    }

    @ParameterizedTest
    @CsvSource({
        "0A 0A 00 03 00 01 61 2F 2B 2F, 3", // wildcard
        "08 0A 00 03 00 01 61 00, 3", // U+0000
        "08 0A 00 03 00 01 C3 28, 3", // not UTF-8
        "08 0A 00 00 00 01 61 62, 2", // reserved ids
        "08 0A FF FF 00 01 61 62, 2",
    })
    void refusesARegistrationThatIsNone(String frame, int code) {
        Script s = Script.connected();
        s.answer(frame);
        assertEquals("code=" + code, s.poll().replaceAll(".* ", ""));
        assertEquals(1, s.client.counters().refusedRegistrations());
    }

    @Test
    void refusesARegistrationWhenTheTableIsFullOfIdsInUse() {
        Script s = Script.connected(Script.defaults().topics(1).build());
        s.answer("09 0A 00 03 00 01 61 2F 62").expect("REGACK topicId=3 msgId=1 code=0");
        s.answer("09 0A 00 04 00 02 61 2F 63").expect("REGACK topicId=4 msgId=2 code=1");
        s.answer("08 0C 00 00 03 00 00 78").event("message a/b id=3 x");
    }

    @Test
    void publishesUnderAnIdThatTheGatewayGave() {
        Script s = given();
        s.publish("a/b/c", SnFlags.QOS_1, "x");
        s.expect("PUBLISH qos=1 dup=false retain=false type=0 topicId=9 msgId=1 data=x");
    }

    @Test
    void dropsWhatItCannotAnswerYetAndTakesItWhenItComesAgain() {
        Script s = Script.connected(Script.defaults().replies(2).build());
        s.answer("07 0C 22 74 31 00 01").event("message t1 id=29745 ");
        s.answer("07 0C 42 74 31 00 02").event("message t1 id=29745 ");
        assertEquals(Status.BUSY, s.give("07 0C 42 74 31 00 03"));
        assertEquals(Status.BUSY, s.give("04 10 00 02"));
        assertEquals(Status.BUSY, s.give("02 16"));
        assertEquals(Status.BUSY, s.give("09 0A 00 03 00 01 61 2F 62"));
        s.noEvent();
        assertEquals(4, s.client.counters().dropped());
        s.expect("PUBACK topicId=29745 msgId=1 code=0").expect("PUBREC msgId=2").expectNothing();
        s.answer("07 0C 42 74 31 00 03").event("message t1 id=29745 ").expect("PUBREC msgId=3");
    }

    @Test
    void countsWhatIsNoFrame() {
        Script s = Script.connected();
        assertEquals(Status.TRUNCATED, s.give("05 16 61"));
        assertEquals(Status.MALFORMED, s.give("02 16 AA"));
        assertEquals(Status.UNSUPPORTED, s.give("02 03"));
        assertEquals(Status.MALFORMED, s.give("07 0C 20 00 07 00 00"));
        assertEquals(Status.MALFORMED, s.give("03 18 0E"));
        assertEquals(5, s.client.counters().malformed());
        s.stray("07 04 00 01 00 3C 61")
                .stray("03 01 01")
                .stray("05 FE 00 00 2A 02 17")
                .stray("07 12 41 00 04 00 05");
        s.expectNothing().noEvent();
        assertEquals(SnClient.ACTIVE, s.client.state());
    }

    @Test
    void refusesFiltersThatAreNone() {
        Script s = Script.connected();
        assertEquals(Status.INVALID, s.subscribe("a/#/b", SnFlags.QOS_1));
        assertEquals(Status.INVALID, s.subscribe("", SnFlags.QOS_1));
        assertEquals(Status.INVALID, s.subscribe("a/b", SnFlags.QOS_MINUS_1));
        assertEquals(Status.INVALID, s.client.subscribe(5, SnFlags.TOPIC_NORMAL, s.nowMs));
        assertEquals(Status.INVALID, s.client.subscribe(0, SnFlags.TOPIC_PREDEFINED, s.nowMs));
        assertEquals(Status.INVALID, s.client.subscribe(0xFFFF, SnFlags.TOPIC_PREDEFINED, s.nowMs));
        assertEquals(0, s.client.outboxCount());
    }
}
