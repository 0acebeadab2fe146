package midge.mqttsn.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import midge.mqttsn.codec.SnFlags;
import midge.wire.Status;
import org.junit.jupiter.api.Test;

/** Registering and publishing, §6.5 to §6.8 and §6.13. */
class PublishTest {
    private static final String TEMP = "sens/temp1";

    /** @return a script whose client knows {@code sens/temp1} as id 7, MsgId 1 being used up */
    private static Script registered() {
        Script s = Script.connected();
        assertEquals(1, s.register(TEMP));
        s.expectOctets("10 0A 00 00 00 01 73 65 6E 73 2F 74 65 6D 70 31");
        return s.answer("07 0B 00 07 00 01 00").event("registered 1 topicId=7 code=0");
    }

    @Test
    void publishesAtQos1UnderARegisteredId() {
        Script s = registered();
        assertEquals(2, s.publish(7, SnFlags.QOS_1, "21.5"));
        s.expectOctets("0B 0C 20 00 07 00 02 32 31 2E 35").expectNothing().noEvent();
        s.answer("07 0D 00 07 00 02 00").event("delivered 2 code=0").expectNothing();
        assertEquals(0, s.client.outboxCount());
    }

    @Test
    void retransmitsWithDupAndTheSameMsgIdUntilTheRetryLimit() {
        Script s = registered();
        s.publish(7, SnFlags.QOS_1, "21.5");
        s.expectOctets("0B 0C 20 00 07 00 02 32 31 2E 35");
        for (int i = 0; i < 3; i++) {
            s.deadlineAfter(10_000)
                    .expectOctets("0B 0C A0 00 07 00 02 32 31 2E 35")
                    .expectNothing();
        }
        s.deadlineAfter(10_000).event("disconnected gateway lost").noEvent().expectNothing();
        assertEquals(3, s.client.counters().retransmissions());
        assertEquals(1, s.client.outboxCount());
    }

    @Test
    void takesALateAckAfterARetransmission() {
        Script s = registered();
        s.publish(7, SnFlags.QOS_1, "21.5");
        s.poll();
        s.deadlineAfter(10_000).answer("07 0D 00 07 00 02 00").event("delivered 2 code=0");
        s.expectNothing().stray("07 0D 00 07 00 02 00").noEvent();
    }

    @Test
    void publishesAtQos2InFourSteps() {
        Script s = registered();
        s.publish(7, SnFlags.QOS_2, "data");
        s.expectOctets("0B 0C 40 00 07 00 02 64 61 74 61");
        s.answer("04 0F 00 02").expectOctets("04 10 00 02").noEvent();
        s.stray("04 0F 00 02").expectNothing();
        s.deadlineAfter(10_000).expectOctets("04 10 00 02");
        s.answer("04 0E 00 02").event("delivered 2 code=0").expectNothing();
        s.stray("04 0E 00 02");
    }

    @Test
    void ignoresAcksThatBelongElsewhere() {
        Script s = registered();
        s.publish(7, SnFlags.QOS_2, "data");
        s.poll();
        s.stray("07 0D 00 07 00 02 00").stray("07 0D 00 07 00 03 00").stray("04 0F 00 03");
        s.stray("04 0E 00 02").stray("07 0B 00 07 00 02 00").stray("08 13 40 00 07 00 02 00");
        s.stray("04 15 00 02").expectNothing().noEvent();
        s.answer("04 0F 00 02").expect("PUBREL msgId=2");
    }

    @Test
    void aRefusalEndsAQos2Exchange() {
        Script s = registered();
        s.publish(7, SnFlags.QOS_2, "data");
        s.poll();
        s.answer("07 0D 00 07 00 02 03").event("delivered 2 code=3").expectNothing();
    }

    @Test
    void sendsQos0WithoutWaitingForAnything() {
        Script s = registered();
        s.publish(7, SnFlags.RETAIN, "a");
        s.publish(7, SnFlags.QOS_0, "b");
        s.noEvent();
        s.expect("PUBLISH qos=0 dup=false retain=true type=0 topicId=7 msgId=0 data=a")
                .event("delivered 2 code=0");
        s.expect("PUBLISH qos=0 dup=false retain=false type=0 topicId=7 msgId=0 data=b");
        s.event("delivered 3 code=0").expectNothing();
    }

    @Test
    void sendsQosMinus1WithoutAConnection() {
        Script s = new Script(Script.defaults().predefined(5, "site/valve").build());
        s.publish(5, SnFlags.QOS_MINUS_1 | SnFlags.TOPIC_PREDEFINED, "ok");
        s.expectOctets("09 0C 61 00 05 00 00 6F 6B").event("delivered 1 code=0");
        s.publish("t1", SnFlags.QOS_MINUS_1, "abc");
        s.expectOctets("0A 0C 62 74 31 00 00 61 62 63").event("delivered 2 code=0");
        s.publish("site/valve", SnFlags.QOS_MINUS_1, "ok");
        s.expectOctets("09 0C 61 00 05 00 00 6F 6B").event("delivered 3 code=0");
        assertEquals(Status.UNSUPPORTED, s.publish("a/b/c", SnFlags.QOS_MINUS_1, "hi"));
        assertEquals(Status.UNSUPPORTED, s.publish(9, SnFlags.QOS_MINUS_1, "hi"));
        assertEquals(Long.MAX_VALUE, s.deadlineIn());
    }

    @Test
    void sendsAFullNameAtQosMinus1WhereThatIsSwitchedOn() {
        Script s = new Script(Script.defaults().fullNames().build());
        s.publish("a/b/c", SnFlags.QOS_MINUS_1, "hi");
        s.expectOctets("0E 0C 60 00 05 00 00 61 2F 62 2F 63 68 69").event("delivered 1 code=0");
    }

    @Test
    void registersANameBeforeItsFirstUseOnly() {
        Script s = Script.connected();
        s.publish(TEMP, SnFlags.QOS_1, "1");
        s.publish(TEMP, SnFlags.QOS_0, "2");
        s.expect("REGISTER topicId=0 msgId=1 name=sens/temp1").expectNothing();
        s.deadlineAfter(10_000).expect("REGISTER topicId=0 msgId=1 name=sens/temp1");
        s.stray("07 0B 00 07 00 09 00");
        s.answer("07 0B 00 07 00 01 00");
        s.expect("PUBLISH qos=1 dup=false retain=false type=0 topicId=7 msgId=2 data=1")
                .expectNothing();
        s.answer("07 0D 00 07 00 02 00").event("delivered 1 code=0");
        s.expect("PUBLISH qos=0 dup=false retain=false type=0 topicId=7 msgId=0 data=2");
        s.event("delivered 2 code=0");
    }

    @Test
    void reportsANameThatTheGatewayRefuses() {
        Script s = Script.connected();
        s.publish(TEMP, SnFlags.QOS_1, "1");
        s.poll();
        s.answer("07 0B 00 00 00 01 03").event("delivered 1 code=3").expectNothing();
        s.register(TEMP);
        s.poll();
        s.answer("07 0B 00 00 00 02 02").event("registered 2 topicId=0 code=2");
        s.register(TEMP);
        s.poll();
        s.answer("07 0B FF FF 00 03 00").event("registered 3 topicId=0 code=2");
    }

    @Test
    void usesTheConfiguredIdOfAPredefinedName() {
        Script s =
                Script.connected(Script.defaults().predefined(5, "site/valve").build());
        s.publish("site/valve", SnFlags.QOS_1, "1");
        s.expect("PUBLISH qos=1 dup=false retain=false type=1 topicId=5 msgId=1 data=1");
        s.answer("07 0D 00 05 00 01 02").event("delivered 1 code=2").expectNothing();
        assertEquals(Status.INVALID, s.register("site/valve"));
    }

    @Test
    void registersAgainAndResendsOnceAfterInvalidTopicId() {
        Script s = registered();
        s.publish(TEMP, SnFlags.QOS_1, "1");
        s.expect("PUBLISH qos=1 dup=false retain=false type=0 topicId=7 msgId=2 data=1");
        s.answer("07 0D 00 07 00 02 02").noEvent();
        s.expect("REGISTER topicId=0 msgId=3 name=sens/temp1").answer("07 0B 00 09 00 03 00");
        s.expect("PUBLISH qos=1 dup=false retain=false type=0 topicId=9 msgId=4 data=1");
        s.answer("07 0D 00 09 00 04 02").event("delivered 2 code=2").expectNothing();
        s.publish(TEMP, SnFlags.QOS_1, "2");
        s.expect("REGISTER topicId=0 msgId=5 name=sens/temp1");
        assertEquals(2, s.client.counters().invalidTopicIds());
    }

    @Test
    void keepsTheMsgIdOfAQos2MessageWhenItRegistersAgain() {
        Script s = registered();
        s.publish(TEMP, SnFlags.QOS_2, "1");
        s.expect("PUBLISH qos=2 dup=false retain=false type=0 topicId=7 msgId=2 data=1");
        s.answer("07 0D 00 07 00 02 02").expect("REGISTER topicId=0 msgId=3 name=sens/temp1");
        s.answer("07 0B 00 09 00 03 00");
        s.expect("PUBLISH qos=2 dup=true retain=false type=0 topicId=9 msgId=2 data=1");
        s.stray("07 0D 00 07 00 02 02").answer("04 0F 00 02").expect("PUBREL msgId=2");
    }

    @Test
    void registersAgainForTheNextAfterInvalidTopicIdAtQos0() {
        Script s = registered();
        s.publish(7, SnFlags.QOS_0, "1");
        s.poll();
        s.event("delivered 2 code=0");
        s.answer("07 0D 00 07 00 00 02").noEvent().expectNothing();
        assertEquals(Status.INVALID, s.publish(7, SnFlags.QOS_0, "2"));
        s.publish(TEMP, SnFlags.QOS_0, "2");
        s.expect("REGISTER topicId=0 msgId=2 name=sens/temp1");
    }

    @Test
    void ignoresAnAcceptingAckOfQos0() {
        registered().stray("07 0D 00 07 00 00 00");
    }

    @Test
    void anIdBelongsToOneNameOnly() {
        Script s = registered();
        s.publish("sens/other", SnFlags.QOS_1, "1");
        s.poll();
        s.answer("07 0B 00 07 00 02 00").expect("PUBLISH qos=1 dup=false retain=false type=0 topicId=7 msgId=3 data=1");
        s.answer("07 0D 00 07 00 03 00").event("delivered 2 code=0");
        s.publish(TEMP, SnFlags.QOS_1, "2");
        s.expect("REGISTER topicId=0 msgId=4 name=sens/temp1");
    }

    @Test
    void pausesForTWaitAfterCongestionAndTriesAsANewMessage() {
        Script s = registered();
        s.publish(7, SnFlags.QOS_1, "1");
        s.publish(7, SnFlags.QOS_0, "2");
        s.poll();
        s.answer("07 0D 00 07 00 02 01").expectNothing().noEvent();
        for (int pings = 0; pings < 6; pings++) {
            s.deadlineAfter(50_000).expect("PINGREQ id=").answer("02 17").expectNothing();
        }
        s.deadlineAfter(1_000).expect("PUBLISH qos=1 dup=false retain=false type=0 topicId=7 msgId=3 data=1");
        s.answer("07 0D 00 07 00 03 00").event("delivered 2 code=0");
        s.poll();
        s.event("delivered 3 code=0");
        s.answer("07 0D 00 07 00 00 01");
        s.publish(7, SnFlags.QOS_1, "3");
        s.expectNothing();
        assertEquals(2, s.client.counters().congestions());
    }

    @Test
    void pausesForTWaitWhenARegistrationMeetsCongestion() {
        Script s = Script.connected(Script.defaults().keepAliveS(60_000).build());
        s.publish(TEMP, SnFlags.QOS_1, "1");
        s.poll();
        s.answer("07 0B 00 00 00 01 01").noEvent().expectNothing();
        s.deadlineAfter(301_000).expect("REGISTER topicId=0 msgId=2 name=sens/temp1");
    }

    @Test
    void keepsTheOrderOfPublishesAcrossQos() {
        Script s = registered();
        s.publish(7, SnFlags.QOS_1, "1");
        s.publish(7, SnFlags.QOS_0, "2");
        s.publish(7, SnFlags.QOS_2, "3");
        s.expect("PUBLISH qos=1 dup=false retain=false type=0 topicId=7 msgId=2 data=1")
                .expectNothing();
        s.answer("07 0D 00 07 00 02 00").event("delivered 2 code=0");
        s.expect("PUBLISH qos=0 dup=false retain=false type=0 topicId=7 msgId=0 data=2")
                .event("delivered 3 code=0");
        s.expect("PUBLISH qos=2 dup=false retain=false type=0 topicId=7 msgId=3 data=3")
                .expectNothing();
    }

    @Test
    void resendsWhatWasUnderWayAfterAReconnectUnderTheNewId() {
        Script s = registered();
        s.publish(TEMP, SnFlags.QOS_2, "1");
        s.expect("PUBLISH qos=2 dup=false retain=false type=0 topicId=7 msgId=2 data=1");
        s.answer("02 18").event("disconnected by gateway");
        s.client.connect(0, s.nowMs);
        s.poll();
        s.answer("03 05 00").event("connected");
        s.expect("REGISTER topicId=0 msgId=3 name=sens/temp1").answer("07 0B 00 01 00 03 00");
        s.expect("PUBLISH qos=2 dup=true retain=false type=0 topicId=1 msgId=2 data=1");
        s.answer("04 0F 00 02").expect("PUBREL msgId=2");
        s.answer("02 18").event("disconnected by gateway");
        s.client.connect(0, s.nowMs);
        s.poll();
        s.answer("03 05 00").event("connected");
        s.expect("PUBREL msgId=2").answer("04 0E 00 02").event("delivered 2 code=0");
    }

    @Test
    void queuesWhileDisconnectedAndSendsOnceConnected() {
        Script s = Script.ofDefaults();
        assertEquals(1, s.publish("t1", SnFlags.QOS_1, "1"));
        s.expectNothing();
        s.client.connect(s.nowMs);
        s.poll();
        s.expectNothing().answer("03 05 00").event("connected");
        s.expect("PUBLISH qos=1 dup=false retain=false type=2 topicId=29745 msgId=1 data=1");
    }

    @Test
    void saysWhatDoesNotFit() {
        Script s = new Script(Script.defaults()
                .outboxOctets(40)
                .topics(1)
                .topicOctets(8)
                .frameOctetsMax(60)
                .build());
        assertEquals(Status.TOO_LARGE, s.publish("t1", SnFlags.QOS_1, "x".repeat(31)));
        assertEquals(1, s.publish("t1", SnFlags.QOS_1, "x".repeat(20)));
        assertEquals(10, s.client.outboxFreeOctets());
        assertEquals(Status.BUSY, s.publish("t1", SnFlags.QOS_1, "x"));
        assertEquals(2, s.publish("t1", SnFlags.QOS_1, ""));
        assertEquals(Status.BUSY, s.register("a/b"));

        Script big =
                new Script(Script.defaults().outboxOctets(1000).topicOctets(300).build());
        assertEquals(1, big.publish("t1", SnFlags.QOS_1, "x".repeat(248)));
        assertEquals(Status.TOO_LARGE, big.publish("t1", SnFlags.QOS_1, "x".repeat(249)));
        assertEquals(Status.TOO_LARGE, big.publish("x".repeat(250), SnFlags.QOS_1, ""));
        assertEquals(2, big.publish("x".repeat(249), SnFlags.QOS_1, ""));
    }

    @Test
    void refusesTopicsThatAreNone() {
        Script s = registered();
        assertEquals(Status.INVALID, s.publish("a/+", SnFlags.QOS_1, ""));
        assertEquals(Status.INVALID, s.publish("", SnFlags.QOS_1, ""));
        assertEquals(Status.INVALID, s.publish(8, SnFlags.QOS_1, ""));
        assertEquals(Status.INVALID, s.publish(0, SnFlags.QOS_1, ""));
        assertEquals(Status.INVALID, s.publish(0xFFFF, SnFlags.TOPIC_PREDEFINED, ""));
        assertEquals(Status.INVALID, s.publish(7, SnFlags.TOPIC_RESERVED, ""));
        assertEquals(Status.INVALID, s.publish(0x10000, SnFlags.TOPIC_SHORT, ""));
    }

    @Test
    void makesRoomInTheTopicTableByForgettingWhatIsNotInUse() {
        Script s = Script.connected(Script.defaults().topics(2).build());
        s.publish("a/1", SnFlags.QOS_1, "");
        s.publish("a/2", SnFlags.QOS_1, "");
        assertEquals(Status.BUSY, s.publish("a/3", SnFlags.QOS_1, ""));
        s.poll();
        s.answer("07 0B 00 01 00 01 00").poll();
        s.answer("07 0D 00 01 00 02 00").event("delivered 1 code=0");
        assertEquals(3, s.publish("a/3", SnFlags.QOS_1, ""));
        s.expect("REGISTER topicId=0 msgId=3 name=a/2").answer("07 0B 00 02 00 03 00");
        s.expect("PUBLISH qos=1 dup=false retain=false type=0 topicId=2 msgId=4 data=");
        s.answer("07 0D 00 02 00 04 00").event("delivered 2 code=0");
        s.expect("REGISTER topicId=0 msgId=5 name=a/3");
    }

    @Test
    void msgIdsSkipZeroAndGoOn() {
        Script s = Script.connected(Script.defaults().keepAliveS(60_000).build());
        for (int i = 1; i <= 65_535; i++) {
            s.publish("t1", SnFlags.QOS_1, "");
            s.poll();
            s.answer(String.format("07 0D 74 31 %02X %02X 00", i >> 8, i & 0xFF));
            s.event("delivered " + (i & 0x7FFF) + " code=0");
        }
        s.publish("t1", SnFlags.QOS_1, "");
        s.expect("PUBLISH qos=1 dup=false retain=false type=2 topicId=29745 msgId=1 data=");
    }

    @Test
    void aFrameThatDoesNotFitTheLinksArrayStaysDue() {
        Script s = registered();
        s.publish(7, SnFlags.QOS_1, "21.5");
        assertEquals(Status.TOO_SMALL, s.client.pollTransmit(new byte[10], 0, 10));
        s.expectOctets("0B 0C 20 00 07 00 02 32 31 2E 35");
    }
}
