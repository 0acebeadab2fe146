package midge.mqttsn.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import midge.mqttsn.codec.SnFlags;
import midge.wire.Status;
import org.junit.jupiter.api.Test;

/** Sleeping clients, §6.14. */
class SleepTest {
    private static final String WAKE = "08 16 64 65 76 2D 30 31";

    @Test
    void announcesItsSleepAndFallsAsleepWithTheAnswer() {
        Script s = Script.connected();
        assertEquals(Status.OK, s.client.sleep(3600, s.nowMs));
        assertEquals(SnClient.FALLING_ASLEEP, s.client.state());
        s.expectOctets("04 18 0E 10");
        s.deadlineAfter(10_000).expectOctets("04 18 0E 10");
        s.answer("02 18").event("asleep fell").expectNothing();
        assertEquals(SnClient.ASLEEP, s.client.state());
        assertEquals(3_590_000, s.deadlineIn());
    }

    @Test
    void wakesInTimeCollectsAndSleepsOn() {
        Script s = Script.asleep(3600);
        for (int cycle = 0; cycle < 3; cycle++) {
            s.deadlineAfter(3_590_000).expectOctets(WAKE);
            assertEquals(SnClient.AWAKE, s.client.state());
            s.after(9_000).answer("0B 0A 00 09 12 34 61 2F 62 2F 63").expect("REGACK topicId=9 msgId=4660 code=0");
            assertEquals(10_000, s.deadlineIn());
            s.answer("08 0C 20 00 09 00 21 31").event("message a/b/c id=9 1");
            s.expect("PUBACK topicId=9 msgId=33 code=0");
            s.answer("02 17").event("asleep collected").expectNothing();
            assertEquals(SnClient.ASLEEP, s.client.state());
        }
    }

    @Test
    void wakesWhenAskedTo() {
        Script s = Script.asleep(60);
        assertEquals(50_000, s.deadlineIn());
        assertEquals(Status.OK, s.client.wake(s.nowMs));
        s.expectOctets(WAKE).answer("02 17").event("asleep collected");
        assertEquals(50_000, s.deadlineIn());
    }

    @Test
    void sleepsOnWhenTheGatewayDoesNotAnswerItsWakeUp() {
        Script s = Script.asleep(60);
        s.deadlineAfter(50_000);
        for (int i = 0; i < 4; i++) {
            s.expectOctets(WAKE).deadlineAfter(10_000);
        }
        s.event("asleep no answer").expectNothing();
        assertEquals(SnClient.ASLEEP, s.client.state());
        assertEquals(1, s.client.counters().missedWakes());
        s.deadlineAfter(50_000).expectOctets(WAKE);
    }

    @Test
    void countsTheResendsOfAWakeUpFromTheLastSignOfTheGateway() {
        Script s = Script.asleep(60);
        s.deadlineAfter(50_000).expectOctets(WAKE);
        for (int message = 1; message <= 3; message++) {
            for (int i = 0; i < 3; i++) {
                s.deadlineAfter(10_000).expectOctets(WAKE);
            }
            s.answer("08 0C 22 74 31 00 2" + message + " 31").event("message t1 id=29745 1");
            s.expect("PUBACK topicId=29745 msgId=" + (0x20 + message) + " code=0");
        }
        s.answer("02 17").event("asleep collected");
        assertEquals(0, s.client.counters().missedWakes());
    }

    @Test
    void comesBackWithoutFlagsAndKeepsItsTopicIds() {
        Script s = Script.connected();
        s.publish("sens/temp1", SnFlags.QOS_1, "1");
        s.poll();
        s.answer("07 0B 00 07 00 01 00").poll();
        s.answer("07 0D 00 07 00 02 00").event("delivered 1 code=0");
        s.client.sleep(60, s.nowMs);
        s.poll();
        s.answer("02 18").event("asleep fell");
        assertEquals(2, s.publish("sens/temp1", SnFlags.QOS_1, "2"));
        s.expectNothing();
        assertEquals(Status.OK, s.client.connect(s.nowMs));
        s.expect("CONNECT will=false clean=false protocol=1 keepAliveS=60 id=dev-01");
        s.answer("03 05 00").event("resumed");
        s.expect("PUBLISH qos=1 dup=false retain=false type=0 topicId=7 msgId=3 data=2");
    }

    @Test
    void comesBackWhileAwakeToo() {
        Script s = Script.asleep(60);
        s.client.wake(s.nowMs);
        s.poll();
        assertEquals(Status.OK, s.client.connect(s.nowMs));
        s.expect("CONNECT will=false clean=false protocol=1 keepAliveS=60 id=dev-01");
        s.stray("02 17").answer("03 05 00").event("resumed");
        assertEquals(50_000, s.deadlineIn());
    }

    @Test
    void aFullConnectOutOfSleepForgetsTheIds() {
        Script s = Script.connected();
        s.answer("0B 0A 00 09 12 34 61 2F 62 2F 63").poll();
        s.client.sleep(60, s.nowMs);
        s.poll();
        s.answer("02 18").event("asleep fell");
        s.client.connect(SnFlags.CLEAN_SESSION, s.nowMs);
        s.expect("CONNECT will=false clean=true protocol=1 keepAliveS=60 id=dev-01");
        s.answer("03 05 00").event("connected");
        s.answer("08 0C 00 00 09 00 00 78").expect("PUBACK topicId=9 msgId=0 code=2");
    }

    @Test
    void changesItsSleepTimeWhileAsleep() {
        Script s = Script.asleep(60);
        assertEquals(Status.OK, s.client.sleep(600, s.nowMs));
        s.expectOctets("04 18 02 58").answer("02 18").event("asleep fell");
        assertEquals(590_000, s.deadlineIn());
        s.client.wake(s.nowMs);
        s.poll();
        s.client.sleep(6, s.nowMs);
        s.expectOctets("04 18 00 06").answer("02 18").event("asleep fell");
        assertEquals(4_500, s.deadlineIn());
    }

    @Test
    void fallsAsleepOnlyAfterWhatIsQueued() {
        Script s = Script.connected();
        s.publish("t1", SnFlags.QOS_1, "a");
        s.client.sleep(60, s.nowMs);
        s.poll();
        s.expectNothing()
                .answer("07 0D 74 31 00 01 00")
                .event("delivered 1 code=0")
                .expectOctets("04 18 00 3C");
    }

    @Test
    void fallsAsleepWithAnOutboxThatCongestionHoldsBack() {
        Script s = Script.connected();
        s.publish("t1", SnFlags.QOS_1, "a");
        s.client.sleep(60, s.nowMs);
        s.poll();
        s.answer("07 0D 74 31 00 01 01").expectOctets("04 18 00 3C");
        assertEquals(1, s.client.outboxCount());
    }

    @Test
    void sendsQosMinus1InItsSleep() {
        Script s = Script.asleep(60);
        s.publish("t1", SnFlags.QOS_MINUS_1, "a");
        s.expect("PUBLISH qos=-1 dup=false retain=false type=2 topicId=29745 msgId=0 data=a");
        s.event("delivered 1 code=0");
        assertEquals(SnClient.ASLEEP, s.client.state());
        assertEquals(50_000, s.deadlineIn());
    }

    @Test
    void takesALateDuplicateOfTheAnswerForWeather() {
        Script s = Script.asleep(60);
        s.stray("02 18").noEvent();
        assertEquals(SnClient.ASLEEP, s.client.state());
    }

    @Test
    void takesALateDuplicateForWeatherForTRetryWhateverItDoesMeanwhile() {
        Script s = Script.asleep(60);
        s.client.wake(s.nowMs);
        s.expectOctets(WAKE).after(5_000).stray("02 18").noEvent();
        assertEquals(5_000, s.deadlineIn(), "a stray frame is no sign of the gateway's being busy with us");
        s.answer("02 17").event("asleep collected");
        s.client.connect(s.nowMs);
        s.poll();
        s.answer("03 05 00").event("resumed").after(4_999).stray("02 18").noEvent();
        assertEquals(SnClient.ACTIVE, s.client.state());
        s.after(1).answer("02 18").event("disconnected by gateway");
    }

    @Test
    void takesALateDuplicateOfItsGoodbyeForWeather() {
        Script s = Script.connected();
        s.client.disconnect(s.nowMs);
        s.poll();
        s.answer("02 18").event("disconnected requested");
        s.client.connect(s.nowMs);
        s.poll();
        s.answer("03 05 00").event("connected").stray("02 18").noEvent();
        assertEquals(SnClient.ACTIVE, s.client.state());
    }

    @Test
    void learnsOnWakingThatTheGatewayHasForgottenIt() {
        Script s = Script.asleep(60);
        s.after(10_000).client.wake(s.nowMs);
        s.poll();
        s.answer("02 18").event("disconnected by gateway");
        assertEquals(SnClient.DISCONNECTED, s.client.state());
    }

    @Test
    void learnsThatTheGatewayHasForgottenItAlsoWhenItWakesAtOnce() {
        Script s = Script.asleep(60);
        s.client.wake(s.nowMs);
        s.expectOctets(WAKE).stray("02 18").deadlineAfter(10_000).expectOctets(WAKE);
        s.answer("02 18").event("disconnected by gateway");
    }

    @Test
    void answersWhatArrivesAfterThePingresp() {
        Script s = Script.asleep(60);
        s.answer("08 0C 22 74 31 00 21 31")
                .event("message t1 id=29745 1")
                .expect("PUBACK topicId=29745 msgId=33 code=0");
        assertEquals(SnClient.ASLEEP, s.client.state());
    }

    @Test
    void disconnectsOutOfItsSleep() {
        Script s = Script.asleep(60);
        s.client.disconnect(s.nowMs);
        s.expectOctets("02 18").answer("02 18").event("disconnected requested");
        assertEquals(Long.MAX_VALUE, s.deadlineIn());
    }

    @Test
    void theGatewayIsLostWhenItDoesNotAcknowledgeTheSleep() {
        Script s = Script.connected();
        s.client.sleep(60, s.nowMs);
        for (int i = 0; i < 4; i++) {
            s.expectOctets("04 18 00 3C").deadlineAfter(10_000);
        }
        s.event("disconnected gateway lost");
    }

    @Test
    void aLeapOfTimeCausesOneWakeUpNotMany() {
        Script s = Script.asleep(60);
        s.after(1_000_000_000L).expectOctets(WAKE).expectNothing();
        s.after(1_000_000_000L).expectOctets(WAKE).expectNothing();
    }
}
