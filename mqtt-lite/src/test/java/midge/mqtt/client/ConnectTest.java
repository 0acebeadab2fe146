package midge.mqtt.client;

import static midge.mqtt.client.Script.bytes;
import static midge.mqtt.client.Script.v311;
import static midge.mqtt.client.Script.v5;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.Consumer;
import midge.mqtt.codec.MqttError;
import midge.profile.Hex;
import midge.wire.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectTest {
    @Test
    void beginsWithConnectAndWaitsForConnack() {
        Script script = new Script(v311().clientId(bytes("dev-01")).keepAliveS(60));
        script.sends("");
        script.client.onOpen(script.nowMs);
        assertEquals(Status.NOT_CONNECTED, script.publish(0, "t", "x"));
        assertEquals(Status.NOT_CONNECTED, script.subscribe(0, "", "t"));
        script.sends("10 12 00 04 4D 51 54 54 04 02 00 3C 00 06 64 65 76 2D 30 31");
        script.client.onOpen(script.nowMs);
        script.sends("").answers("20 02 00 00").hears("connected").sends("");
        assertTrue(script.client.isConnected());
    }

    @Test
    void sendsConnectInPiecesOfAnySize() {
        Script script = new Script(v311().clientId(bytes("dev-01")).keepAliveS(60));
        script.client.onOpen(script.nowMs);
        assertEquals("10 12 00 04 4D 51 54 54 04 02 00 3C 00 06 64 65 76 2D 30 31", script.sent(1));
    }

    @Test
    void speaksMqtt31() {
        Script script = new Script(v311().version(3).clientId(bytes("dev-01")).keepAliveS(60));
        script.client.onOpen(script.nowMs);
        script.sends("10 14 00 06 4D 51 49 73 64 70 03 02 00 3C 00 06 64 65 76 2D 30 31");
        script.answers("20 02 00 00").hears("connected");
    }

    @Test
    void carriesWillUserNameAndPassword() {
        Script script = new Script(v311().clientId(bytes("c1"))
                .keepAliveS(10)
                .userName(bytes("u"))
                .password(bytes("pw"))
                .will(bytes("w/t"), bytes("bye"), 1, true));
        script.client.onOpen(script.nowMs);
        script.sends(
                "10 1F 00 04 4D 51 54 54 04 EE 00 0A 00 02 63 31 00 03 77 2F 74 00 03 62 79 65 00 01 75 00 02 70 77");
    }

    @Test
    void announcesItsLimitsInVersion5() {
        Script script = new Script(v5().clean(false)
                .clientId(bytes("d1"))
                .keepAliveS(30)
                .sessionExpiryS(120)
                .receiveMax(10)
                .packetSizeMax(256)
                .topicAliasMax(3)
                .will(bytes("w"), bytes("x"), 1, false)
                .willProperties(Hex.bytes("18 00 00 00 05")));
        script.client.onOpen(script.nowMs);
        script.sends(
                "10 2B 00 04 4D 51 54 54 05 0C 00 1E 10 11 00 00 00 78 21 00 0A 27 00 00 01 00 22 00 03 00 02 64 31 "
                        + "05 18 00 00 00 05 00 01 77 00 01 78");
    }

    @ParameterizedTest
    @CsvSource({
        "4, 20 02 00 05, not authorized",
        "4, 20 02 00 01, unsupported protocol version",
        "4, 20 02 00 63, unspecified error",
        "5, 20 03 00 87 00, not authorized",
        "5, 20 09 00 9C 06 1C 00 03 62 3A 31, use another server b:1",
        "5, 20 02 00 01, unsupported protocol version", // a server of 3.1.1 answers so
    })
    void tellsWhyItWasRefusedAndWantsClose(int version, String connack, String why) {
        Script script = new Script(v311().version(version));
        script.client.onOpen(script.nowMs);
        script.sent();
        script.answers(connack).hears("refused " + why).sends("");
        assertTrue(script.client.wantsClose());
        assertEquals(Long.MAX_VALUE, script.client.nextDeadlineMs());
    }

    @ParameterizedTest
    @CsvSource({
        "4, D0 00, no CONNACK first", // §8 row 2
        "4, 30 03 00 01 61, no CONNACK first",
        "5, E0 00, no CONNACK first",
        "4, 20 02 02 00, bad CONNACK flags",
        "4, 20 02 01 00, session present but unknown", // row 4
        "5, 20 03 01 00 00, session present but unknown",
        "5, F0 00, unexpected packet", // row 33
        "5, 20 07 00 00 04 15 00 01 6D, authentication method changed",
    })
    void endsWhenTheFirstAnswerIsWrong(int version, String answer, String why) {
        Script script = new Script(v311().version(version).clean(false));
        script.client.onOpen(script.nowMs);
        script.sent();
        script.answers(answer).hears("failed: " + why).sends("");
        assertTrue(script.client.wantsClose());
    }

    @ParameterizedTest
    @CsvSource({"4, ''", "5, E0 01 82"})
    void endsAtASecondConnack(int version, String disconnect) {
        Script script = new Script(v311().version(version)).connected(version);
        script.heard.take();
        script.answers(version == 5 ? "20 03 00 00 00" : "20 02 00 00");
        script.hears("failed: second CONNACK").sends(disconnect);
        assertTrue(script.client.wantsClose());
    }

    @ParameterizedTest
    @CsvSource({
        "36 05 00 01 74 00 01, QoS 3, E0 01 81",
        "30 03 00 01 61, bad property length, E0 01 81",
        "00 00, reserved packet type, E0 01 82",
        "80 00, unexpected packet, E0 01 82",
        "C0 00, unexpected packet, E0 01 82",
        "30 FF FF FF FF 01, bad remaining length, E0 01 81",
        "30 FF 7F, packet too large, E0 01 95",
        "30 06 00 00 03 23 00 01, bad topic alias, E0 01 94",
        "30 05 00 02 2B 61 00, wildcard in a topic name, E0 01 90",
        "F0 02 18 00, unexpected packet, E0 01 82",
        "E0 07 00 05 11 00 00 00 00, property not allowed here, E0 01 82",
    })
    void saysInVersion5WhichRuleThePeerBroke(String packet, String rule, String disconnect) {
        Script script = new Script(v5()).connected(5);
        script.heard.take();
        script.answers(packet).hears("failed: " + rule).sends(disconnect);
        assertTrue(script.client.wantsClose());
        script.answers("D0 00").hears("");
    }

    @Test
    void givesUpWhenConnackDoesNotCome() {
        Script script = new Script(v311().connectTimeoutMs(5_000));
        script.client.onOpen(script.nowMs);
        assertEquals(script.nowMs + 5_000, script.client.nextDeadlineMs());
        script.after(4_999).hears("");
        script.after(1).hears("failed: no CONNACK in time");
        assertTrue(script.client.wantsClose());
    }

    @Test
    void saysGoodbyeAfterEverythingElseAndNothingAfterIt() {
        Script script = new Script(v311()).connected(4);
        script.publish(0, "t", "x");
        assertEquals(Status.OK, script.client.disconnect(script.nowMs));
        assertTrue(script.client.wantsClose());
        assertEquals(Status.NOT_CONNECTED, script.publish(0, "t", "x"));
        assertEquals(Status.NOT_CONNECTED, script.subscribe(0, "", "t"));
        assertEquals(Status.NOT_CONNECTED, script.client.disconnect(script.nowMs));
        assertTrue(script.publish(1, "t", "later") > 0);
        script.answers("30 03 00 01 61");
        script.sends("30 04 00 01 74 78 E0 00");
    }

    @Test
    void mayAskForTheWillOrAnotherExpiryInVersion5() {
        Script script = new Script(v5().sessionExpiryS(60)).connected(5);
        byte[] bare = Hex.bytes("11 00 00 00 00");
        assertEquals(Status.OK, script.client.disconnect(4, bare, 0, 5, script.nowMs));
        script.sends("E0 07 04 05 11 00 00 00 00");
    }

    @Test
    void doesNotReviveASessionInDisconnect() {
        Script script = new Script(v5()).connected(5);
        byte[] bare = Hex.bytes("11 00 00 00 01");
        assertEquals(MqttError.PROPERTY_MISPLACED, script.client.disconnect(0, bare, 0, 5, script.nowMs));
        assertFalse(script.client.wantsClose());
        assertEquals(Status.UNSUPPORTED, new Script(v311()).connected(4).client.disconnect(4, bare, 0, 0, 0));
    }

    @Test
    void tellsWhyTheServerSaysGoodbye() {
        Script script = new Script(v5()).connected(5);
        script.publish(1, "t", "x");
        script.heard.take();
        script.answers("E0 0A 9D 08 1C 00 05 6E 65 78 74 3A").hears("server says server moved next:");
        assertTrue(script.client.wantsClose());
        script.sends("");
        Script old = new Script(v311()).connected(4);
        old.heard.take();
        old.answers("E0 00").hears("failed: unexpected packet");
    }

    @Test
    void connectsAgainWithTheSameObject() {
        Script script = new Script(v311());
        for (int i = 0; i < 3; i++) {
            script.connected(4).hears("connected").cut();
            assertFalse(script.client.isConnected());
            script.answers("30 03 00 01 61").hears("");
        }
    }

    @Test
    void doesEnhancedAuthenticationWithTheMethodOfItsConnect() {
        Script script = new Script(
                v5().authentication(bytes("M"), new byte[] {1}).receiveMax(1).packetSizeMax(64));
        script.client.onOpen(script.nowMs);
        script.sends("10 1E 00 04 4D 51 54 54 05 02 00 00 10 21 00 01 27 00 00 00 40 15 00 01 4D 16 00 01 01 00 01 63");
        script.answers("F0 0A 18 08 15 00 01 4D 16 00 01 02").hears("auth 0x18");
        assertEquals(0, script.client.authenticate(0x18, new byte[] {3}, 0, 1, script.nowMs));
        script.sends("F0 0A 18 08 15 00 01 4D 16 00 01 03");
        script.answers("20 07 00 00 04 15 00 01 4D").hears("connected M");
        assertEquals(0, script.client.authenticate(0x19, Script.NONE, 0, 0, script.nowMs));
        script.sends("F0 06 19 04 15 00 01 4D");
        script.answers("F0 06 00 04 15 00 01 4D").hears("auth 0x0");
        script.answers("F0 06 18 04 15 00 01 58")
                .hears("failed: authentication method changed")
                .sends("E0 01 82");
    }

    @Test
    void authenticatesOnlyWhenConfiguredAndInTurn() {
        Script plain = new Script(v5()).connected(5);
        assertEquals(Status.UNSUPPORTED, plain.client.authenticate(0x18, Script.NONE, 0, 0, 0));
        Script script = new Script(v5().authentication(bytes("M"), null));
        assertEquals(Status.WRONG_STATE, script.client.authenticate(0x18, Script.NONE, 0, 0, 0));
        script.client.onOpen(script.nowMs);
        assertEquals(Status.WRONG_STATE, script.client.authenticate(0x19, Script.NONE, 0, 0, 0));
    }

    @Test
    void refusesOptionsThatDoNotGoTogether() {
        refuses(b -> b.version(2));
        refuses(b -> b.password(bytes("p")));
        refuses(b -> b.version(3).clientId(bytes("")));
        refuses(b -> b.clean(false).clientId(bytes("")));
        refuses(b -> b.sessionExpiryS(1));
        refuses(b -> b.topicAliasMax(1));
        refuses(b -> b.authentication(bytes("M"), null));
        refuses(b -> b.will(bytes("a/#"), bytes(""), 0, false));
        refuses(b -> b.will(bytes("a"), bytes(""), 3, false));
        refuses(b -> b.clientId(new byte[] {(byte) 0x80}));
        refuses(b -> b.keepAliveS(65_536));
        refuses(b -> b.window(0));
        refuses(b -> b.version(5).userProperties(Hex.bytes("13 00 01")));
        refuses(b -> b.version(5).will(bytes("a"), bytes(""), 0, false).willProperties(Hex.bytes("21 00 01")));
        refuses(b -> b.version(5).sessionExpiryS(1L << 32));
    }

    private static void refuses(Consumer<MqttClientConfig.Builder> change) {
        MqttClientConfig.Builder builder = new MqttClientConfig.Builder().clientId(bytes("c"));
        builder.build();
        assertThrows(IllegalArgumentException.class, () -> {
            change.accept(builder);
            builder.build();
        });
    }
}
