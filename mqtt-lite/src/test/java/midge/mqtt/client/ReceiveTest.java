package midge.mqtt.client;

import static midge.mqtt.client.Script.v311;
import static midge.mqtt.client.Script.v5;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import midge.profile.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiveTest {
    private static Script script(MqttClientConfig.Builder config, String connack) {
        Script script = new Script(config).connected(connack);
        script.heard.take();
        return script;
    }

    private static Script v5Script(MqttClientConfig.Builder config) {
        return script(config, "20 03 00 00 00");
    }

    @Test
    void qos0IsDeliveredWithoutAnAnswer() {
        script(v311(), "20 02 00 00")
                .answers("31 04 00 01 74 78")
                .hears("message t=x")
                .sends("");
    }

    @Test
    void qos1IsDeliveredEveryTimeAndAcknowledged() {
        Script script = script(v311(), "20 02 00 00");
        script.answers("32 06 00 01 74 00 07 78").hears("message t=x").sends("40 02 00 07");
        script.answers("3A 06 00 01 74 00 07 78").hears("message t=x").sends("40 02 00 07");
    }

    @ParameterizedTest
    @ValueSource(strings = {"34", "3C"})
    void qos2IsDeliveredOnceWhateverDupSays(String first) {
        Script script = script(v311(), "20 02 00 00");
        script.answers("34 06 00 01 74 00 07 78").hears("message t=x").sends("50 02 00 07");
        script.answers(first + "06 00 01 74 00 07 78").hears("").sends("50 02 00 07");
        script.answers("62 02 00 07").hears("").sends("70 02 00 07");
        script.answers("34 06 00 01 74 00 07 79").hears("message t=y").sends("50 02 00 07");
    }

    /** §4.3.3-10 and -12: the identifier alone decides, on this connection or the next, and not what DUP says. */
    @Test
    void qos2IsDeliveredOncePerExchangeAcrossConnections() {
        Script script = script(v311().clean(false), "20 02 00 00");
        script.answers("34 06 00 01 74 00 07 78").hears("message t=x").sends("50 02 00 07");
        script.cut().connected("20 02 01 00").hears("connected present");
        script.answers("3C 06 00 01 74 00 07 78").hears("").sends("50 02 00 07");
        script.answers("62 02 00 07").hears("").sends("70 02 00 07");
        script.cut().connected("20 02 01 00").hears("connected present");
        script.answers("3C 06 00 01 74 00 07 78").hears("message t=x").sends("50 02 00 07");
        script.answers("3C 06 00 01 74 00 07 78").hears("").sends("50 02 00 07");
        script.answers("62 02 00 07 62 02 00 07").hears("").sends("70 02 00 07 70 02 00 07");
    }

    @Test
    void aPubrelForNothingIsAnsweredToo() {
        script(v311(), "20 02 00 00").answers("62 02 00 09").sends("70 02 00 09");
        v5Script(v5()).answers("62 02 00 09").sends("70 03 00 09 92");
    }

    @Test
    void theApplicationMayRefuseInVersion5() {
        Script script = v5Script(v5());
        script.heard.answer = 0x99;
        script.answers("32 07 00 01 74 00 07 00 78").sends("40 03 00 07 99");
        script.answers("34 07 00 01 74 00 08 00 78").sends("50 03 00 08 99");
        script.heard.answer = 0;
        script.heard.take();
        script.answers("34 07 00 01 74 00 08 00 79").hears("message t=y").sends("50 02 00 08");
        script.heard.answer = 0x10;
        script.answers("34 07 00 01 74 00 09 00 78").sends("50 03 00 09 10");
        script.answers("3C 07 00 01 74 00 09 00 78").sends("50 02 00 09");
        Script old = script(v311(), "20 02 00 00");
        old.heard.answer = 0x99;
        old.answers("32 06 00 01 74 00 07 78").sends("40 02 00 07");
    }

    @Test
    void answersGoOutInTheOrderOfTheQuestions() {
        Script script = script(v311(), "20 02 00 00");
        script.answers("34 06 00 01 74 00 01 78 32 06 00 01 74 00 02 78 62 02 00 01 34 06 00 01 74 00 03 78");
        script.sends("50 02 00 01 40 02 00 02 70 02 00 01 50 02 00 03");
    }

    @Test
    void userPropertiesReachTheApplicationInOrder() {
        Script script = v5Script(v5());
        script.answers("30 14 00 01 74 0E 26 00 01 6B 00 01 31 26 00 01 6B 00 01 32 78 79")
                .hears("message t=xy k:1 k:2");
    }

    @Test
    void endsWhenMoreQos2MessagesAreUnfinishedThanCanBeRemembered() {
        Script script = v5Script(v5().receiveMax(2));
        script.answers("34 07 00 01 74 00 01 00 78 34 07 00 01 74 00 03 00 78");
        script.sends("50 02 00 01 50 02 00 03").hears("message t=x, message t=x");
        script.answers("62 02 00 01 34 07 00 01 74 00 05 00 78").sends("70 02 00 01 50 02 00 05");
        script.heard.take();
        script.answers("34 07 00 01 74 00 07 00 78")
                .hears("failed: receive maximum exceeded")
                .sends("E0 01 93");
    }

    @Test
    void bearsABurstBeyondItsMaximum() {
        Script script = script(v311().receiveMax(1), "20 02 00 00");
        for (int id = 1; id <= 100; id++) {
            script.answers(String.format("34 06 00 01 74 %04X 78", id)).hears("message t=x");
            script.sends(Hex.of(Hex.bytes(String.format("50 02 %04X", id))));
        }
        script.answers("3C 06 00 01 74 00 32 78").hears("").sends("50 02 00 32");
        for (int id = 1; id <= 100; id++) {
            script.answers(String.format("62 02 %04X", id)).sends(Hex.of(Hex.bytes(String.format("70 02 %04X", id))));
        }
    }

    @Test
    void takesAliasesUpToItsMaximum() {
        Script script = v5Script(v5().topicAliasMax(2));
        script.answers("30 09 00 02 61 62 03 23 00 02 31 30 07 00 00 03 23 00 02 32")
                .hears("message ab=1, message ab=2");
        script.answers("30 08 00 01 63 03 23 00 02 33 30 07 00 00 03 23 00 02 34")
                .hears("message c=3, message c=4");
        script.answers("30 07 00 00 03 23 00 01 35")
                .hears("failed: bad topic alias")
                .sends("E0 01 94");
        script.cut().connected(5).hears("connected");
        script.answers("30 07 00 00 03 23 00 02 36").hears("failed: bad topic alias");
        Script none = v5Script(v5().topicAliasMax(2));
        none.answers("30 08 00 01 63 03 23 00 03 33")
                .hears("failed: bad topic alias")
                .sends("E0 01 94");
        Script small = v5Script(v5().topicAliasMax(2).aliasTopicBytes(1));
        small.answers("30 09 00 02 61 62 03 23 00 02 31")
                .hears("failed: aliased topic too long")
                .sends("E0 01 83");
    }

    @Test
    void tookOnlyWhatItCanAnswer() {
        Script script = script(v311().sendBytes(128), "20 02 00 00");
        byte[] flood = Hex.bytes("32 06 00 01 74 00 07 78".repeat(100));
        int taken = 0;
        StringBuilder answers = new StringBuilder();
        int turns = 0;
        while (taken < flood.length) {
            int n = script.client.onBytes(flood, taken, flood.length - taken, script.nowMs);
            assertTrue(n > 0);
            taken += n;
            assertTrue(script.client.onBytes(flood, taken, flood.length - taken, script.nowMs) == 0
                    || taken == flood.length);
            answers.append(script.sent().replace(" ", ""));
            turns++;
        }
        assertEquals("40020007".repeat(100), answers.toString());
        assertEquals(100, script.heard.events.size());
        assertEquals(4, turns);
    }

    @Test
    void takesTheStreamOctetByOctet() {
        Script script = script(v311(), "20 02 00 00");
        for (byte octet : Hex.bytes("34 06 00 01 74 00 07 78 62 02 00 07 30 03 00 01 74")) {
            script.client.onBytes(new byte[] {octet}, 0, 1, script.nowMs);
        }
        script.hears("message t=x, message t=").sends("50 02 00 07 70 02 00 07");
    }

    @Test
    void aCallbackMayEndTheConnectionAndNothingFollows() {
        Script script = script(v311(), "20 02 00 00");
        script.heard.onMessage = () -> script.client.disconnect(script.nowMs);
        script.answers("34 06 00 01 74 00 07 78 32 06 00 01 74 00 08 78")
                .hears("message t=x")
                .sends("E0 00");
    }

    @Test
    void aCallbackMayFillTheSendBufferAndTheAnswerStillFits() {
        Script script = script(v5().sendBytes(128), "20 03 00 00 00");
        script.heard.onMessage = () -> {
            while (script.publish(0, "t", "x") == 0) {}
        };
        script.answers("32 07 00 01 74 00 07 00 78");
        assertTrue(script.sent().endsWith("40 02 00 07"));
    }

    @Test
    void problemInformationMayBeUnwanted() {
        Script script = v5Script(v5().requestProblemInformation(false));
        script.publish(1, "t", "x");
        script.sent();
        script.answers("40 08 00 01 00 04 1F 00 01 72")
                .hears("failed: property not allowed here")
                .sends("E0 01 82");
    }
}
