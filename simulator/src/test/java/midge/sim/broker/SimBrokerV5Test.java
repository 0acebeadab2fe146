package midge.sim.broker;

import static midge.sim.broker.BrokerBench.publish;
import static midge.sim.broker.BrokerBench.subscribe;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import midge.mqtt.codec.MqttConnack;
import midge.mqtt.codec.Property;
import midge.profile.Hex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What 5.0 adds; sections are those of MQTT 5.0. */
class SimBrokerV5Test {
    private final BrokerBench bench = new BrokerBench();

    @Test
    void connackTellsTheLimitsAndTheAssignedIdentifier() {
        bench.open(1, "10 0D 00 04 4D 51 54 54 05 02 00 3C 00 00 00"); // §3.1.3.1: no identifier
        byte[] octets = Hex.bytes(bench.heard(1).get(0));
        MqttConnack connack = new MqttConnack();
        assertThat(connack.wrap(octets, 0, octets.length, 5)).isZero();
        assertThat(connack.code()).isZero();
        assertThat(connack.properties().number(Property.TOPIC_ALIAS_MAXIMUM, 0)).isEqualTo(16);
        assertThat(connack.properties().number(Property.RECEIVE_MAXIMUM, 0)).isEqualTo(1_000);
        assertThat(connack.properties().find(Property.ASSIGNED_CLIENT_IDENTIFIER))
                .isTrue();
        assertThat(connack.properties().valueLength()).isEqualTo(22);
    }

    @ParameterizedTest
    @CsvSource({
        "36 06 00 01 74 00 01 00, 81", // QoS 3
        "80 07 00 01 00 00 01 74 00, 81", // SUBSCRIBE with flags 0000
        "82 03 00 01 00, 82", // SUBSCRIBE without a filter
        "32 06 00 01 74 00 00 00, 82", // packet identifier 0
        "30 05 00 02 2B 61 00, 90", // wildcard in a name
        "30 05 00 02 C0 80 00, 81", // over-long NUL
        "30 03 00 01 61, 81", // no property length
        "00 00, 82", // reserved type
        "30 08 00 00 03 23 00 01 79 6F, 82", // an alias never set, §3.3.2.3.4
        "30 09 00 01 74 03 23 00 11 79 6F, 94", // an alias above the maximum
        "30 06 00 01 74 02 0B 01, 82", // subscription identifier from a client, §3.3.4
        "F0 00, 82", // AUTH without a method
        "E0 07 00 05 11 00 00 00 05, 82" // session expiry from 0 up, §3.14.2.2.2
    })
    void aBadPacketIsAnsweredWithDisconnect(String hex, String reason) {
        bench.join5(1, 'a', 2, "");
        bench.say(1, hex);
        assertThat(bench.heard(1)).containsExactly("E0 02 " + reason + " 00");
        assertThat(bench.closed(1)).isTrue();
    }

    @Test
    void aPacketLargerThanTheMaximumIsRefusedBeforeItHasCome() {
        BrokerBench small =
                new BrokerBench(BrokerConfig.builder().packetOctetsMax(256).build());
        small.join5(1, 'a', 2, "");
        small.say(1, "30 FF FF FF 7F 00");
        assertThat(small.heard(1)).containsExactly("E0 02 95 00");
    }

    @Test
    void aTopicAliasStandsForTheNameOnItsConnection() {
        bench.join5(1, 'a', 2, "");
        bench.say(1, subscribe(5, "#", 0));
        bench.heard(1);
        bench.say(1, "30 0B 00 03 61 2F 62 03 23 00 01 68 69" + "30 08 00 00 03 23 00 01 79 6F");
        assertThat(bench.heard(1)).containsExactly("30 08 00 03 61 2F 62 00 68 69", "30 08 00 03 61 2F 62 00 79 6F");
        bench.drop(1);
        bench.join5(2, 'a', 2, "");
        bench.say(2, "30 08 00 00 03 23 00 01 79 6F");
        assertThat(bench.closed(2)).isTrue();
    }

    @Test
    void propertiesAndSubscriptionIdentifiersTravelAndExpiryCountsDown() {
        bench.join5(1, 'a', 2, "11 00 00 00 3C");
        bench.say(1, "82 09 00 01 02 0B 05 00 01 74 01" + "82 09 00 02 02 0B 07 00 01 2B 00");
        bench.heard(1);
        bench.drop(1);
        bench.join5(2, 'b', 2, "");
        // §3.3.2.3: payload format 1, expiry 60 s, user property k=v, content type "c"
        bench.say(2, "32 19 00 01 74 00 07 12 01 01 02 00 00 00 3C 26 00 01 6B 00 01 76 03 00 01 63 31");
        assertThat(bench.heard(2)).containsExactly("40 02 00 07");
        bench.advance(20_500);
        bench.open(3, "10 13 00 04 4D 51 54 54 05 00 00 00 05 11 00 00 00 3C 00 01 61");
        assertThat(bench.heard(3).get(1))
                .isEqualTo(
                        "32 1D 00 01 74 00 01 16 01 01 26 00 01 6B 00 01 76 03 00 01 63 02 00 00 00 28 0B 05 0B 07 31");
    }

    @Test
    void aPublicationThatNobodyWantsSaysSo() {
        bench.join5(1, 'a', 2, "");
        bench.say(1, "32 07 00 01 74 00 07 00 31" + "34 07 00 01 74 00 08 00 31");
        assertThat(bench.heard(1)).containsExactly("40 04 00 07 10 00", "50 04 00 08 10 00");
    }

    @Test
    void noLocalSparesTheSenderAndRetainAsPublishedKeepsTheMark() {
        bench.join5(1, 'a', 2, "");
        bench.join5(2, 'b', 2, "");
        bench.say(1, subscribe(5, "t", 0x04));
        bench.say(2, subscribe(5, "t", 0x08));
        bench.heard(1);
        bench.heard(2);
        bench.say(1, "31 05 00 01 74 00 31");
        assertThat(bench.heard(1)).isEmpty();
        assertThat(bench.heard(2)).containsExactly("31 05 00 01 74 00 31");
    }

    @ParameterizedTest
    @CsvSource({"00, 1, 1", "10, 1, 0", "20, 0, 0"})
    void retainHandlingDecidesWhenRetainedMessagesCome(String options, int first, int again) {
        bench.join5(1, 'a', 2, "");
        bench.say(1, "31 05 00 01 74 00 31");
        int bits = Integer.parseInt(options, 16);
        bench.say(1, subscribe(5, "t", bits));
        assertThat(bench.heard(1)).hasSize(1 + first);
        bench.say(1, subscribe(5, "t", bits));
        assertThat(bench.heard(1)).hasSize(1 + again);
    }

    @Test
    void theClientsReceiveMaximumHoldsTheRestBack() {
        bench.join5(1, 'a', 2, "21 00 02");
        bench.say(1, subscribe(5, "t", 1));
        bench.heard(1);
        bench.join(2, 'b');
        for (int i = 1; i <= 4; i++) {
            bench.say(2, publish(0x32, "t", i, "" + i));
        }
        assertThat(bench.heard(1)).containsExactly("32 07 00 01 74 00 01 00 31", "32 07 00 01 74 00 02 00 32");
        bench.say(1, "40 02 00 02");
        assertThat(bench.heard(1)).containsExactly("32 07 00 01 74 00 03 00 33");
        bench.say(1, "40 02 00 01" + "40 02 00 03");
        assertThat(bench.heard(1)).containsExactly("32 07 00 01 74 00 04 00 34");
    }

    @Test
    void aMessageLargerThanTheClientTakesIsLeftOutAndTheNextOneCome() {
        bench.join5(1, 'a', 2, "27 00 00 00 0A");
        bench.say(1, subscribe(5, "t", 1));
        bench.heard(1);
        bench.join(2, 'b');
        bench.say(2, publish(0x32, "t", 1, "much too long") + publish(0x32, "t", 2, "ok"));
        assertThat(bench.heard(1)).containsExactly("32 08 00 01 74 00 02 00 6F 6B");
    }

    @Test
    void aDelayedWillGoesOutOnlyWhenTheClientStaysAway() {
        bench.join(9, 'w');
        bench.say(9, subscribe(4, "w", 0));
        bench.heard(9);
        // will delay 5 s, session expiry 60 s, §3.1.3.2.2
        String connect =
                "10 20 00 04 4D 51 54 54 05 04 00 00 05 11 00 00 00 3C 00 02 64 31 05 18 00 00 00 05 00 01 77 00 01 78";
        bench.open(1, connect);
        bench.drop(1);
        bench.advance(4_000);
        bench.open(2, connect);
        bench.advance(4_000);
        assertThat(bench.heard(9)).isEmpty();
        bench.drop(2);
        bench.advance(4_999);
        assertThat(bench.heard(9)).isEmpty();
        bench.advance(1);
        assertThat(bench.heard(9)).containsExactly("30 04 00 01 77 78");
    }

    @Test
    void disconnectMayAskForTheWill() {
        bench.join(9, 'w');
        bench.say(9, subscribe(4, "w", 0));
        bench.heard(9);
        bench.open(1, "10 16 00 04 4D 51 54 54 05 06 00 00 00 00 02 64 31 00 00 01 77 00 01 78" + "E0 01 04");
        assertThat(bench.heard(9)).containsExactly("30 04 00 01 77 78");
    }

    @Test
    void aSessionEndsWhenItsExpiryHasPassed() {
        bench.join5(1, 'a', 2, "11 00 00 00 0A");
        bench.drop(1);
        bench.advance(9_999);
        assertThat(bench.broker.sessionCount()).isEqualTo(1);
        bench.advance(1);
        assertThat(bench.broker.sessionCount()).isZero();
        bench.join5(2, 'b', 2, "11 FF FF FF FF");
        bench.drop(2);
        bench.advance(1L << 40);
        assertThat(bench.broker.sessionCount()).isEqualTo(1);
    }

    @Test
    void theLastOfAShareGroupLeavesNothingBehind() {
        bench.join5(1, 'a', 2, "");
        bench.join5(2, 'b', 2, "");
        bench.say(1, subscribe(5, "$share/g/t", 0));
        bench.say(2, subscribe(5, "$share/g/t", 0));
        bench.heard(1);
        bench.heard(2);
        for (int i = 0; i < 4; i++) {
            bench.say(1, "30 04 00 01 74 00");
        }
        assertThat(bench.heard(1)).hasSize(2);
        assertThat(bench.heard(2)).hasSize(2);
        bench.drop(2);
        bench.say(1, "30 04 00 01 74 00" + "30 04 00 01 74 00");
        assertThat(bench.heard(1)).hasSize(2);
        byte[] filter = "$share/g/t".getBytes(StandardCharsets.US_ASCII);
        String unsubscribe = "A2 0F 00 02 00 00 0A " + Hex.of(filter);
        bench.say(1, unsubscribe + unsubscribe);
        assertThat(bench.heard(1)).containsExactly("B0 04 00 02 00 00", "B0 04 00 02 00 11");
        bench.say(1, "30 04 00 01 74 00");
        assertThat(bench.heard(1)).isEmpty();
    }

    @Test
    void theFormerConnectionIsToldThatItsSessionWasTakenOver() {
        bench.join5(1, 'a', 0, "");
        bench.join5(2, 'a', 0, "");
        assertThat(bench.heard(1)).containsExactly("E0 02 8E 00");
        assertThat(bench.closed(1)).isTrue();
    }

    @Test
    void enhancedAuthenticationIsRefused() {
        bench.open(1, "10 12 00 04 4D 51 54 54 05 02 00 00 04 15 00 01 78 00 01 61");
        assertThat(bench.heard(1)).hasSize(1).first().asString().startsWith("20 03 00 8C");
        assertThat(bench.closed(1)).isTrue();
    }
}
