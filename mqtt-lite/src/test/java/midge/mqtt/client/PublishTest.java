package midge.mqtt.client;

import static midge.mqtt.client.Script.bytes;
import static midge.mqtt.client.Script.v311;
import static midge.mqtt.client.Script.v5;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import midge.mqtt.codec.MqttError;
import midge.wire.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PublishTest {
    private static Script script(MqttClientConfig.Builder config, String connack) {
        Script script = new Script(config).connected(connack);
        script.heard.take();
        return script;
    }

    private static Script v311Script() {
        return script(v311().window(2).requestsMax(1), "20 02 00 00");
    }

    @Test
    void qos0IsSentOnceWithoutIdentifier() {
        Script script = v311Script();
        assertEquals(0, script.publish(0, "a/b", "hi"));
        script.sends("30 07 00 03 61 2F 62 68 69").hears("");
        assertEquals(0, script.client.unfinished());
    }

    @Test
    void qos1IsFinishedByPuback() {
        Script script = v311Script();
        assertEquals(1, script.publish(1, "t", "x"));
        script.sends("32 06 00 01 74 00 01 78").hears("");
        assertEquals(1, script.client.unfinished());
        script.answers("40 02 00 01").hears("delivered 1 0x0").sends("");
        assertEquals(0, script.client.unfinished());
    }

    @Test
    void qos2IsFinishedByPubcompAfterPubrel() {
        Script script = v311Script();
        script.publish(2, "t", "x");
        script.sends("34 06 00 01 74 00 01 78").answers("50 02 00 01").hears("").sends("62 02 00 01");
        script.answers("50 02 00 01").sends("62 02 00 01");
        script.answers("70 02 00 01").hears("delivered 1 0x0").sends("");
    }

    @Test
    void nothingIsSentAgainOnATimer() {
        Script script = v311Script();
        script.publish(1, "t", "x");
        script.sent();
        script.after(1_000_000).sends("");
    }

    @Test
    void theWindowBoundsWhatIsUnfinished() {
        Script script = v311Script();
        assertEquals(1, script.publish(1, "t", "1"));
        assertEquals(2, script.publish(2, "t", "2"));
        assertEquals(Status.BUSY, script.publish(1, "t", "3"));
        script.sends("32 06 00 01 74 00 01 31 34 06 00 01 74 00 02 32");
        script.answers("40 02 00 01");
        assertEquals(4, script.publish(1, "t", "3"));
        assertEquals(Status.BUSY, script.publish(1, "t", "4"));
    }

    @Test
    void identifiersNeverRepeatWhileInUseAndGoRoundWithoutZero() {
        Script script = script(v311().window(3).requestsMax(2), "20 02 00 00");
        int held = script.publish(1, "t", "held");
        int last = 0;
        for (int i = 0; i < 40_000; i++) {
            int id = script.publish(1, "t", "x");
            assertTrue(id > 0 && id <= 0xFFFF && id != held && id != last, "id " + id);
            last = id;
            script.sent();
            script.answers(String.format("40 02 %04X", id)).hears("delivered " + id + " 0x0");
        }
        assertEquals(1, script.client.unfinished());
    }

    @ParameterizedTest
    @CsvSource({"'', -31", "a/#, -32", "+, -32"})
    void refusesWhatIsNoTopicName(String topic, int error) {
        Script script = v311Script();
        for (int qos = 0; qos < 3; qos++) {
            assertEquals(error, script.publish(qos, topic, "x"));
        }
        assertEquals(Status.INVALID, script.publish(3, "t", "x"));
        script.sends("");
    }

    @Test
    void refusesPropertiesThatAreNotItsToSend() {
        Script script = script(v5(), "20 03 00 00 00");
        assertEquals(MqttError.PROPERTY_MISPLACED, script.publish(1, false, "t", "23 00 01", "x"));
        assertEquals(MqttError.PROPERTY_MISPLACED, script.publish(1, false, "t", "0B 01", "x"));
        assertEquals(MqttError.PROPERTY_REPEATED, script.publish(1, false, "t", "01 00 01 00", "x"));
        assertEquals(MqttError.TOPIC_WILDCARD, script.publish(0, false, "t", "08 00 01 2B", "x"));
        assertEquals(Status.UNSUPPORTED, v311Script().publish(0, false, "t", "01 00", "x"));
        script.sends("");
        assertEquals(0, script.client.unfinished());
    }

    @Test
    void refusesWhatDoesNotFitItsSlotOrSendBuffer() {
        Script script = script(v311().slotBytes(16).sendBytes(128), "20 02 00 00");
        assertEquals(1, script.publish(1, "t", "123456789"));
        assertEquals(Status.TOO_SMALL, script.publish(1, "t", "1234567890"));
        assertEquals(
                Status.TOO_SMALL, script(v311().sendBytes(128), "20 02 00 00").publish(0, "t", "x".repeat(200)));
    }

    @Test
    void qos0WaitsForRoomInTheSendBuffer() {
        Script script = script(v311().sendBytes(128), "20 02 00 00");
        int taken = 0;
        while (script.publish(0, "t", "0123456789") == 0) {
            taken++;
        }
        assertEquals(8, taken);
        assertEquals(Status.BUSY, script.publish(0, "t", "0123456789"));
        script.sent();
        assertEquals(0, script.publish(0, "t", "0123456789"));
    }

    @Test
    void carriesPropertiesInVersion5() {
        Script script = script(v5(), "20 03 00 00 00");
        script.publish(1, true, "t", "01 01 02 00 00 00 3C 26 00 01 6B 00 01 76", "1");
        script.sends("33 15 00 01 74 00 01 0E 01 01 02 00 00 00 3C 26 00 01 6B 00 01 76 31");
        script.answers("40 0D 00 01 97 09 1F 00 01 72 26 00 00 00 00").hears("delivered 1 0x97 r :");
    }

    @ParameterizedTest
    @CsvSource({"24 00, 1, false", "24 01, 2, false", "25 00, 0, true"})
    void doesNotSendWhatTheServerDoesNotOffer(String properties, int qos, boolean retain) {
        Script script = script(v5(), "20 05 00 00 02 " + properties);
        assertEquals(Status.UNSUPPORTED, script.publish(qos, retain, "t", "", "x"));
        assertTrue(script.publish(0, false, "t", "", "x") >= 0);
    }

    @Test
    void doesNotExceedTheServersPacketSize() {
        Script script = script(v5(), "20 08 00 00 05 27 00 00 00 10");
        assertTrue(script.publish(1, "t", "12345678") > 0);
        assertEquals(Status.TOO_LARGE, script.publish(1, "t", "123456789"));
        assertEquals(0, script.publish(0, "t", "1234567890"));
        assertEquals(Status.TOO_LARGE, script.publish(0, "t", "12345678901"));
    }

    @Test
    void keepsToTheServersReceiveMaximum() {
        Script script = script(v5().window(4).requestsMax(1), "20 06 00 00 03 21 00 01");
        script.publish(2, "t", "1");
        script.publish(1, "t", "2");
        script.publish(1, "t", "3");
        script.sends("34 07 00 01 74 00 01 00 31");
        script.publish(0, "t", "0");
        assertEquals(5, script.subscribe(0, "", "t"));
        script.sends("30 05 00 01 74 00 30 82 07 00 05 00 00 01 74 00");
        script.answers("50 02 00 01").sends("62 02 00 01");
        script.answers("70 02 00 01").hears("delivered 1 0x0").sends("32 07 00 01 74 00 02 00 32");
        script.answers("40 03 00 02 83").hears("delivered 2 0x83").sends("32 07 00 01 74 00 03 00 33");
        script.answers("40 02 00 03").hears("delivered 3 0x0").sends("");
    }

    @Test
    void aRefusedPubrecEndsTheExchange() {
        Script script = script(v5(), "20 06 00 00 03 21 00 01");
        script.publish(2, "t", "1");
        script.publish(2, "t", "2");
        script.sends("34 07 00 01 74 00 01 00 31");
        script.answers("50 03 00 01 99").hears("delivered 1 0x99").sends("34 07 00 01 74 00 02 00 32");
    }

    @ParameterizedTest
    @CsvSource({
        "4, 40 02 00 09, ''",
        "4, 70 02 00 09, ''",
        "4, 50 02 00 09, 62 02 00 09",
        "5, 50 02 00 09, 62 03 00 09 92",
        "5, 50 03 00 09 83, ''",
    })
    void aStrayAcknowledgementIsCountedAndAnsweredAsTheStandardSays(int version, String ack, String answer) {
        Script script = new Script(v311().version(version)).connected(version);
        script.heard.take();
        script.answers(ack).sends(answer).hears("");
        assertEquals(1, script.client.strayPackets());
        assertTrue(script.client.isConnected());
    }

    @ParameterizedTest
    @CsvSource({"1, 50 02 00 01", "1, 70 02 00 01", "2, 40 02 00 01", "2, 70 02 00 01"})
    void anAcknowledgementOfTheWrongKindEndsTheConnection(int qos, String ack) {
        Script script = script(v5(), "20 03 00 00 00");
        script.publish(qos, "t", "x");
        script.sent();
        script.answers(ack).hears("failed: unexpected packet").sends("E0 01 82");
    }

    @Test
    void anAcknowledgementOfWhatWasNotSentYetIsStray() {
        Script script = v311Script();
        script.publish(1, "t", "x");
        script.answers("40 02 00 01").hears("");
        script.sends("32 06 00 01 74 00 01 78").answers("40 02 00 01").hears("delivered 1 0x0");
    }

    @Test
    void publishesFromWithinACallback() {
        Script script = v311Script();
        script.publish(1, "t", "1");
        script.publish(1, "t", "2");
        script.sent();
        script.heard.onDelivered = () -> assertTrue(script.publish(1, "t", "3") > 0);
        script.answers("40 02 00 01").hears("delivered 1 0x0").sends("32 06 00 01 74 00 04 33");
    }

    @Test
    void pullsALargePayloadWhileItIsSent() {
        for (int chunk : new int[] {1, 3, 7, 1000}) {
            Script script = script(v311().slotBytes(16), "20 02 00 00");
            script.heard.pulled = bytes("0123456789".repeat(20));
            assertEquals(1, script.publishPulled(1, "t", 200));
            String packet = script.sent(chunk);
            assertTrue(packet.startsWith("32 CD 01 00 01 74 00 01 30 31 32"), packet);
            assertEquals(3 * 208 - 1, packet.length());
            script.answers("40 02 00 01").hears("delivered 1 0x0");
        }
    }

    @Test
    void aPulledPayloadMayHoldTheStreamForAWhile() {
        Script script = script(v311().slotBytes(16), "20 02 00 00");
        script.heard.pulled = bytes("0123456789");
        script.heard.pullMax = 4;
        assertEquals(1, script.publishPulled(0, "t", 10));
        byte[] out = new byte[9];
        assertEquals(9, script.client.pollTransmit(out, 0, 9));
        script.heard.pullMax = 0;
        assertEquals(0, script.client.pollTransmit(out, 0, 9));
        script.publish(0, "t", "x");
        script.heard.pullMax = 100;
        script.hears("").sends("34 35 36 37 38 39 30 04 00 01 74 78").hears("delivered 1 0x0");
    }

    @Test
    void aPayloadThatCannotGoOnEndsTheConnectionAtOnce() {
        Script script = script(v5().slotBytes(16), "20 03 00 00 00");
        script.heard.pulled = bytes("0123456789");
        script.publishPulled(0, "t", 10);
        byte[] out = new byte[9];
        script.client.pollTransmit(out, 0, 9);
        script.heard.pullMax = -1;
        script.sends("").hears("failed: payload not available");
        assertTrue(script.client.wantsClose());
        script.cut().hears("delivered 1 -5");
        assertEquals(0, script.client.unfinished());
    }

    @Test
    void usesTopicAliasesAsFarAsTheServerAllows() {
        Script script = script(v5().topicAliasesOut(4).window(4).requestsMax(1), "20 06 00 00 03 22 00 01");
        script.publish(1, "ab", "1");
        script.publish(1, "ab", "2");
        script.publish(1, "cd", "3");
        script.publish(0, false, "ab", "01 01", "4");
        script.sends("32 0B 00 02 61 62 00 01 03 23 00 01 31 "
                + "32 09 00 00 00 02 03 23 00 01 32 "
                + "32 08 00 02 63 64 00 03 00 33 "
                + "30 09 00 00 05 23 00 01 01 01 34");
    }

    @Test
    void qos0SetsAliasesTooButOnlyWhenItIsQueued() {
        Script script = script(v5().topicAliasesOut(2).sendBytes(128), "20 06 00 00 03 22 00 09");
        assertEquals(0, script.publish(0, "ab", "1"));
        assertEquals(0, script.publish(0, "ab", "2"));
        assertEquals(Status.BUSY, script.publish(0, "cd", "x".repeat(120)));
        assertEquals(0, script.publish(0, "cd", "3"));
        assertEquals(0, script.publish(0, "ef", "4"));
        script.sends("30 09 00 02 61 62 03 23 00 01 31 30 07 00 00 03 23 00 01 32 "
                + "30 09 00 02 63 64 03 23 00 02 33 30 06 00 02 65 66 00 34");
    }

    @Test
    void setsItsAliasesAnewOnEveryConnectionAlsoWhenItSendsAgain() {
        Script script = script(
                v5().clean(false).sessionExpiryS(9).topicAliasesOut(4).window(2).requestsMax(1),
                "20 06 00 00 03 22 00 09");
        script.publish(1, false, "ab", "01 01", "1");
        script.publish(2, "ab", "2");
        script.sends("32 0D 00 02 61 62 00 01 05 23 00 01 01 01 31 34 09 00 00 00 02 03 23 00 01 32");
        script.cut().connected("20 06 01 00 03 22 00 09");
        assertEquals("3A 0D 00 02 61 62 00 01 05 23 00 01 01 01 31 3C 09 00 00 00 02 03 23 00 01 32", script.sent(5));
        script.cut().connected("20 03 01 00 00");
        script.sends("3A 0A 00 02 61 62 00 01 02 01 01 31 3C 08 00 02 61 62 00 02 00 32");
    }
}
