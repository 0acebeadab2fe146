package midge.mqtt.client;

import static midge.mqtt.client.Script.v311;
import static midge.mqtt.client.Script.v5;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import midge.wire.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubscribeTest {
    private static Script script(MqttClientConfig.Builder config, String connack) {
        Script script = new Script(config.window(2).requestsMax(2)).connected(connack);
        script.heard.take();
        return script;
    }

    private static Script v311Script() {
        return script(v311(), "20 02 00 00");
    }

    @Test
    void tellsTheCodesInTheOrderOfTheFilters() {
        Script script = v311Script();
        assertEquals(3, script.subscribe(1, "", "a/+", "$SYS/#"));
        script.sends("82 11 00 03 00 03 61 2F 2B 01 00 06 24 53 59 53 2F 23 01");
        script.answers("90 04 00 03 01 80").hears("subscribed 3 0x1 0x80");
    }

    @Test
    void carriesOptionsAndIdentifierInVersion5() {
        Script script = script(v5(), "20 03 00 00 00");
        script.subscribe(0x29, "0B 05", "$share/g/a/#");
        script.sends("82 14 00 03 02 0B 05 00 0C 24 73 68 61 72 65 2F 67 2F 61 2F 23 29");
        script.answers("90 08 00 03 04 1F 00 01 72 01").hears("subscribed 3 0x1 r");
    }

    @Test
    void unsubscribes() {
        Script script = v311Script();
        assertEquals(3, script.unsubscribe("a/+"));
        script.sends("A2 07 00 03 00 03 61 2F 2B").answers("B0 02 00 03").hears("unsubscribed 3 codes=0");
        Script v5 = script(v5(), "20 03 00 00 00");
        v5.unsubscribe("a/#");
        v5.sends("A2 08 00 03 00 00 03 61 2F 23").answers("B0 04 00 03 00 11").hears("unsubscribed 3 codes=1");
    }

    @Test
    void sharesThePacketIdentifiersWithPublish() {
        Script script = v311Script();
        assertEquals(1, script.publish(1, "t", "x"));
        assertEquals(2, script.publish(1, "t", "x"));
        assertEquals(3, script.subscribe(0, "", "a"));
        assertEquals(4, script.unsubscribe("a"));
        assertEquals(Status.BUSY, script.subscribe(0, "", "a"));
        script.sent();
        script.answers("90 03 00 03 00");
        assertEquals(7, script.subscribe(0, "", "a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a#",
                "a/#/b",
                "a+",
                "a+/b",
                "+a",
                "##",
                "#/",
                "a/b+",
                "",
                "a\0",
                "$share/g",
                "$share//a",
                "$share/g/"
            })
    void refusesInvalidFilters(String filter) {
        Script script = script(v5(), "20 03 00 00 00");
        assertTrue(script.subscribe(0, "", filter) < 0);
        assertTrue(script.unsubscribe(filter) < 0);
        script.sends("");
    }

    @Test
    void refusesWrongOptionsAndEmptyLists() {
        Script script = script(v5(), "20 03 00 00 00");
        assertEquals(-36, script.subscribe(3, "", "a"));
        assertEquals(-36, script.subscribe(0x30, "", "a"));
        assertEquals(-37, script.subscribe(4, "", "$share/g/a"));
        assertEquals(-53, script.subscribe(0, "0B 00", "a"));
        assertEquals(Status.INVALID, script.subscribe(0, ""));
        assertEquals(-36, v311Script().subscribe(4, "", "a"));
        assertEquals(Status.UNSUPPORTED, v311Script().subscribe(0, "0B 01", "a"));
        assertEquals(
                Status.TOO_SMALL, script(v311().sendBytes(128), "20 02 00 00").subscribe(0, "", "a".repeat(200)));
    }

    @ParameterizedTest
    @CsvSource({"28, '', a/#", "29, 0B 01, a", "2A, '', $share/g/a"})
    void doesNotAskForWhatTheServerDoesNotOffer(String property, String properties, String filter) {
        Script script = script(v5(), "20 05 00 00 02 " + property + " 00");
        assertEquals(Status.UNSUPPORTED, script.subscribe(0, properties, filter));
        assertTrue(script.subscribe(0, "", "a") > 0);
        Script small = script(v5(), "20 08 00 00 05 27 00 00 00 10");
        assertTrue(small.subscribe(0, "", "12345678") > 0);
        assertEquals(Status.TOO_LARGE, small.subscribe(0, "", "123456789"));
    }

    @ParameterizedTest
    @CsvSource({
        "90 04 00 03 00 00, wrong number of reason codes",
        "90 03 00 03 03, bad reason code",
        "B0 02 00 03, unexpected packet"
    })
    void endsWhenTheAnswerDoesNotFit(String answer, String why) {
        Script script = v311Script();
        script.subscribe(0, "", "a");
        script.sent();
        script.answers(answer).hears("failed: " + why);
    }

    @Test
    void aWrongNumberOfUnsubackCodesEndsToo() {
        Script script = script(v5(), "20 03 00 00 00");
        script.unsubscribe("a");
        script.answers("B0 05 00 03 00 00 00").hears("failed: wrong number of reason codes");
    }

    @Test
    void aStrayAnswerIsCounted() {
        Script script = v311Script();
        script.answers("90 03 00 09 00 B0 02 00 09").hears("");
        assertEquals(2, script.client.strayPackets());
    }

    @Test
    void requestsEndWithTheConnection() {
        Script script = v311Script();
        script.subscribe(0, "", "a");
        script.cut().connected(4).hears("connected").sends("");
        script.answers("90 03 00 03 00").hears("");
        assertTrue(script.subscribe(0, "", "a") > 0);
    }
}
