package midge.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import midge.gateway.port.GatewayCounters;
import midge.gateway.port.PacketObserver;
import midge.gateway.port.SessionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MQTT 5.0 towards the broker: what it says is obeyed, told and used. */
class Mqtt5Test {
    /** Receive Maximum 1000, Maximum Packet Size 2696. */
    private static final String LIMITS = "21 03 E8 27 00 00 0A 88";
    /** Session Expiry Interval 604800. */
    private static final String EXPIRY = "11 00 09 3A 80";

    private static final String CONNECT_CLEAN =
            "#0 10 1C 00 04 4D 51 54 54 05 02 00 3C 0D " + EXPIRY + " " + LIMITS + " 00 02 63 31";
    private static final String CONNECT_KEPT =
            "#0 10 1C 00 04 4D 51 54 54 05 00 00 3C 0D " + EXPIRY + " " + LIMITS + " 00 02 63 31";
    private static final String PURGE = "#0 10 17 00 04 4D 51 54 54 05 02 00 3C 08 " + LIMITS + " 00 02 63 31";
    private static final String QOS_1 = "08 0C 22 74 31 00 09 78";
    private static final String QOS_2 = "08 0C 42 74 31 00 09 78";

    private final Script script = new Script(options -> options.mqttVersion(5));

    private Script connect(String connack) {
        script.from("A", "08 04 04 01 00 3C 63 31").opened(0).expect("open 0", CONNECT_CLEAN);
        return script.broker(0, connack).expect("A 03 05 00");
    }

    private Script connect() {
        return connect("20 03 00 00 00");
    }

    private Script reopen(String connack) {
        script.closed(0).pass(1_000).expect("open 0").opened(0).expect(CONNECT_KEPT);
        return script.broker(0, connack);
    }

    @Test
    void aQos2MessageOfACleanSessionIsNotPublishedTwiceOverABreak() {
        connect().from("A", QOS_2).broker(0, "50 02 00 09").skip();
        reopen("20 03 01 00 00").silence();
        script.from("A", "04 10 00 09").expect("#0 62 02 00 09");
        script.broker(0, "70 02 00 09").expect("A 04 0E 00 09");
    }

    @Test
    void aCleanSessionLivesOnWhenItsWillChanges() {
        script.from("A", "08 04 0C 01 00 3C 63 31").from("A", "04 07 00 77").from("A", "03 09 78");
        script.opened(0).broker(0, "20 03 00 00 00").skip();
        script.from("A", "08 12 20 00 04 61 2F 23")
                .broker(0, "90 04 00 04 00 01")
                .skip();
        script.from("A", "03 1C 79").expect("#0 E0 00", "close 0", "open 0").opened(0);
        assertThat(script.take().toString()).contains("4D 51 54 54 05 04 00 3C 0D " + EXPIRY);
        script.broker(0, "20 03 01 00 00").expect("A 03 1D 00");
    }

    @Test
    void goodbyeLeavesNoSessionOfAClientThatWantedNoneKept() {
        connect().from("A", "02 18").expect("A 02 18", "#0 E0 07 00 05 11 00 00 00 00", "close 0");
    }

    @Test
    void theSessionOfALostCleanClientIsDeletedAfterItsWill() {
        connect().pass(89_999).skip();
        script.pass(1).expect("close 0", "open 0").opened(0).expect(PURGE);
        script.broker(0, "20 03 00 00 00").expect("#0 E0 00", "close 0");
    }

    @Test
    void aKeptSessionSurvivesGoodbye() {
        script.from("A", "08 04 00 01 00 3C 63 31").opened(0).expect("open 0", CONNECT_KEPT);
        script.broker(0, "20 03 00 00 00").skip();
        script.from("A", "02 18").expect("A 02 18", "#0 E0 00", "close 0");
    }

    @Test
    void pingsAsOftenAsTheServerWants() {
        // Server Keep Alive 10
        connect("20 06 00 00 03 13 00 0A").pass(7_500).expect("#0 C0 00");
    }

    @Test
    void sendsNoMoreThanReceiveMaximum() {
        Script wide = new Script(options -> options.mqttVersion(5).upstreamWindow(3));
        wide.connect("A", "c1", "04", 0, "20 06 00 00 03 21 00 01");
        wide.from("A", QOS_1).expect("#0 32 08 00 02 74 31 00 09 00 78");
        wide.from("A", "08 0C 22 74 31 00 0A 79").silence();
        wide.broker(0, "40 02 00 09").expect("A 07 0D 74 31 00 09 00", "#0 32 08 00 02 74 31 00 0A 00 79");
    }

    @Test
    void aConnackWithACutPropertyIsNoConnack() {
        script.from("A", "08 04 04 01 00 3C 63 31").opened(0).skip();
        script.broker(0, "20 06 00 00 03 24 00 21").expect("close 0", "A 03 05 01", "open 0");
    }

    @ParameterizedTest
    @CsvSource({
        "20 05 00 00 02 24 00, 08 0C 22 74 31 00 09 78, 00 09", // Maximum QoS 0
        "20 05 00 00 02 24 01, 08 0C 42 74 31 00 09 78, 00 09", // Maximum QoS 1
        "20 05 00 00 02 25 00, 08 0C 32 74 31 00 09 78, 00 09", // Retain Available 0
        "20 05 00 00 02 25 00, 08 0C 12 74 31 00 00 78, 00 00",
        "20 08 00 00 05 27 00 00 00 09, 08 0C 22 74 31 00 09 78, 00 09" // Maximum Packet Size 9
    })
    void whatTheServerDoesNotTakeIsRefused(String connack, String publish, String msgId) {
        connect(connack).from("A", publish).expect("A 07 0D 74 31 " + msgId + " 03");
    }

    @ParameterizedTest
    @CsvSource({
        "08 0C 22 74 31 00 09 78, 40 03 00 09 87, 03", // not authorized
        "08 0C 42 74 31 00 09 78, 50 03 00 09 87, 03",
        "08 0C 42 74 31 00 09 78, 50 04 00 09 97 00, 01", // quota exceeded
    })
    void aRefusedPublishEndsWithItsReason(String publish, String ack, String returnCode) {
        connect().from("A", publish).skip();
        script.broker(0, ack).expect("A 07 0D 74 31 00 09 " + returnCode);
        script.from("A", QOS_1).expect("#0 32 08 00 02 74 31 00 09 00 78");
    }

    @Test
    void noMatchingSubscribersIsASuccess() {
        connect().from("A", QOS_1).skip();
        script.broker(0, "40 03 00 09 10").expect("A 07 0D 74 31 00 09 00");
    }

    @Test
    void aMessageThatExpiredWhileItsClientSleptIsDroppedAndAcknowledged() {
        connect().from("A", "04 18 00 78").skip();
        // Message Expiry Interval 60, and one that lives longer
        script.broker(0, "32 0D 00 02 74 31 00 21 05 02 00 00 00 3C 61");
        script.broker(0, "32 0D 00 02 74 31 00 22 05 02 00 00 00 FF 62");
        script.pass(45_000).broker(0, "D0 00").pass(15_000).skip();
        script.from("A", "04 16 63 31").expect("#0 40 02 00 21", "A 08 0C 22 74 31 00 01 62");
        assertThat(script.count(GatewayCounters.DROP_EXPIRED)).isEqualTo(1);
    }

    @Test
    void aTopicAliasBreaksTheProtocol() {
        connect().broker(0, "30 07 00 00 03 23 00 01 78").expect("close 0");
    }

    @Test
    void theReasonStringsOfRefusalsAreTold() {
        List<String> told = new ArrayList<>();
        script.core.observe(new PacketObserver() {
            @Override
            public void onBrokerRefusal(
                    int session, int packetType, int reason, byte[] text, int offset, int length, long nowMs) {
                String words = new String(text, offset, length, StandardCharsets.UTF_8);
                told.add(session + " " + packetType + " " + Integer.toHexString(reason) + " " + words);
            }
        });
        connect().from("A", QOS_1).skip();
        script.broker(0, "40 09 00 09 87 05 1F 00 02 6E 6F").skip();
        script.broker(0, "E0 07 8B 05 1F 00 02 62 79").expect("close 0");
        script.pass(1_000).opened(0).skip();
        script.broker(0, "20 08 00 87 05 1F 00 02 68 6D");
        assertThat(told).containsExactly("0 4 87 no", "0 14 8b by", "0 2 87 hm");
        assertThat(script.state(0)).isEqualTo(SessionState.DISCONNECTED);
    }

    @Test
    void subscribesWithTheFormatOfTheVersion() {
        connect().from("A", "08 12 20 00 04 61 2F 23").expect("#0 82 09 00 04 00 00 03 61 2F 23 01");
        script.broker(0, "90 04 00 04 00 8F").expect("A 08 13 00 00 00 00 04 03");
    }
}
