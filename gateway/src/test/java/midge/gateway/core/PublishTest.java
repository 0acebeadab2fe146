package midge.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import midge.gateway.port.GatewayCounters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages from clients, MQTT-SN 1.2 §6.5, §6.6 and the notes A3, A4, A12, A13, A31, A32, A40. */
class PublishTest {
    private static final String QOS_1 = "0B 0C 20 00 01 00 02 32 31 2E 35";
    private static final String QOS_1_DUP = "0B 0C A0 00 01 00 02 32 31 2E 35";
    private static final String MQTT_QOS_1 = "#0 32 0D 00 05 61 2F 62 2F 63 00 02 32 31 2E 35";
    private static final String QOS_2 = "0B 0C 40 00 01 00 10 64 61 74 61";
    private static final String QOS_2_DUP = "0B 0C C0 00 01 00 10 64 61 74 61";
    private static final String MQTT_QOS_2 = "#0 34 0D 00 05 61 2F 62 2F 63 00 10 64 61 74 61";

    private final Script script = new Script().connect().register();

    @Test
    void givesTheSameIdToTheSameName() {
        script.from("A", "0B 0A 00 00 00 02 61 2F 62 2F 63").expect("A 07 0B 00 01 00 02 00");
        script.from("A", "09 0A 00 00 00 03 61 2F 62").expect("A 07 0B 00 02 00 03 00");
    }

    @ParameterizedTest
    @CsvSource({"61 2F 2B", "23 61 61", "61 00 62", "C3 28 61"})
    void refusesToRegisterWhatIsNoTopicName(String name) {
        script.from("A", "09 0A 00 00 00 04 " + name).expect("A 07 0B 00 00 00 04 03");
    }

    @Test
    void answersCongestionWhenTheTopicTableIsFull() {
        Script small =
                new Script(options -> options.topicsPerClient(1)).connect().register();
        small.from("A", "09 0A 00 00 00 02 61 2F 62").expect("A 07 0B 00 00 00 02 01");
        small.from("A", "0B 0A 00 00 00 03 61 2F 62 2F 63").expect("A 07 0B 00 01 00 03 00");
    }

    /** The gateway was started anew while the client slept: its ids are of another list. */
    @Test
    void idsOfAnEarlierGatewayMeanNothingWhenTheStartIsScattered() {
        Script anew = new Script();
        anew.core.scatterTopicIds(0x1233);
        anew.connect();
        anew.from("A", "0B 0A 00 00 00 02 61 2F 62 2F 63").expect("A 07 0B 12 34 00 02 00");
        anew.from("A", QOS_1).expect("A 07 0D 00 01 00 02 02");
        anew.from("A", "08 0C 20 12 34 00 03 78").expect("#0 32 0A 00 05 61 2F 62 2F 63 00 03 78");
    }

    @ParameterizedTest
    @CsvSource({"0", "65278", "65279", "-1", "2147483647", "-2147483648"})
    void aScatteredStartLeavesEveryClientItsTopics(int random) {
        Script anew = new Script();
        anew.core.scatterTopicIds(random);
        anew.connect();
        byte[] frame = midge.profile.Hex.bytes("0B 0A 00 00 00 02 61 2F 62 2F 63");
        int lastId = 0;
        for (int i = 0; i < 256; i++) {
            frame[8] = (byte) ('a' + i / 16);
            frame[10] = (byte) ('a' + i % 16);
            anew.from("A", midge.profile.Hex.of(frame));
            String[] regack = anew.take().get(0).split(" ");
            assertThat(regack[7]).isEqualTo("00");
            int id = Integer.parseInt(regack[3] + regack[4], 16);
            assertThat(id).isGreaterThan(lastId).isLessThan(0xFFFF);
            lastId = id;
        }
    }

    @Test
    void forwardsQos0WithoutAnAnswer() {
        script.from("A", "09 0C 00 00 01 00 00 68 69").expect("#0 30 09 00 05 61 2F 62 2F 63 68 69");
        script.from("A", "09 0C 10 00 01 12 34 68 69").expect("#0 31 09 00 05 61 2F 62 2F 63 68 69");
    }

    @Test
    void forwardsQosMinus1OfAConnectedClientAtQos0() {
        script.from("A", "09 0C 61 00 05 00 00 6F 6B").expect("#0 30 0D 00 09 73 69 74 65 2F 66 69 76 65 6F 6B");
        script.from("A", "09 0C 61 00 09 00 00 6F 6B").silence();
    }

    @Test
    void acknowledgesQos1OnlyWhenTheBrokerDid() {
        script.from("A", QOS_1).expect(MQTT_QOS_1);
        script.broker(0, "40 02 00 02").expect("A 07 0D 00 01 00 02 00");
    }

    @Test
    void forwardsARepeatedQos1OnlyOnceWhileItIsOpen() {
        script.from("A", QOS_1).expect(MQTT_QOS_1);
        script.from("A", QOS_1_DUP).silence();
        script.from("A", QOS_1).silence();
        script.broker(0, "40 02 00 02").expect("A 07 0D 00 01 00 02 00");
    }

    @Test
    void acknowledgesARepeatedQos1AgainWhenItIsOver() {
        script.from("A", QOS_1).broker(0, "40 02 00 02").skip();
        script.from("A", QOS_1_DUP).expect("A 07 0D 00 01 00 02 00");
        script.from("A", QOS_1).expect("A 07 0D 00 01 00 02 00");
        assertThat(script.count(GatewayCounters.PUBLISHED_UP)).isEqualTo(1);
        assertThat(script.count(GatewayCounters.DUPLICATES)).isEqualTo(2);
    }

    @Test
    void takesAnOldMsgIdWithoutDupForANewMessageAfterTheRetryWindow() {
        script.from("A", QOS_1).broker(0, "40 02 00 02").skip();
        script.pass(40_001).skip();
        script.from("A", QOS_1).expect(MQTT_QOS_1);
    }

    @Test
    void takesAUsedMsgIdWithOtherContentsForANewMessage() {
        script.from("A", QOS_1).broker(0, "40 02 00 02").skip();
        script.from("A", "0B 0C A0 00 01 00 02 32 31 2E 36").expect("#0 32 0D 00 05 61 2F 62 2F 63 00 02 32 31 2E 36");
    }

    @Test
    void knowsARepeatedMessageAgainAfterAReconnectOnlyByDup() {
        Script kept = new Script().connectKept().register();
        kept.from("A", QOS_1).broker(0, "40 02 00 02").from("A", "02 18").skip();
        kept.connect("A", "c1", "00", 0, "20 02 01 00");
        kept.from("A", "0B 0A 00 00 00 01 61 2F 62 2F 63").expect("A 07 0B 00 02 00 01 00");
        kept.from("A", QOS_1_DUP.replace("A0 00 01", "A0 00 02")).expect("A 07 0D 00 02 00 02 00");
        kept.from("A", QOS_1.replace("20 00 01", "20 00 02")).expect(MQTT_QOS_1);
    }

    @Test
    void passesQos2ThroughInFourSteps() {
        script.from("A", QOS_2).expect(MQTT_QOS_2);
        script.broker(0, "50 02 00 10").expect("A 04 0F 00 10");
        script.from("A", "04 10 00 10").expect("#0 62 02 00 10");
        script.broker(0, "70 02 00 10").expect("A 04 0E 00 10");
    }

    @Test
    void answersEachRepetitionOfQos2FromItsState() {
        script.from("A", QOS_2).from("A", QOS_2_DUP).expect(MQTT_QOS_2);
        script.broker(0, "50 02 00 10").from("A", QOS_2_DUP).expect("A 04 0F 00 10", "A 04 0F 00 10");
        script.from("A", "04 10 00 10").from("A", "04 10 00 10").expect("#0 62 02 00 10");
        script.from("A", QOS_2_DUP).silence();
        script.broker(0, "70 02 00 10").expect("A 04 0E 00 10");
        script.from("A", "04 10 00 10").expect("A 04 0E 00 10");
        script.from("A", QOS_2_DUP).expect("A 04 0F 00 10");
        assertThat(script.count(GatewayCounters.PUBLISHED_UP)).isEqualTo(1);
    }

    @Test
    void answersAPubrelForNothingByPubcomp() {
        script.from("A", "04 10 00 77").expect("A 04 0E 00 77");
    }

    @ParameterizedTest
    @CsvSource({
        "08 0C 00 00 09 00 00 31, A 07 0D 00 09 00 00 02", // QoS 0, unknown normal id
        "08 0C 20 00 09 00 02 31, A 07 0D 00 09 00 02 02",
        "08 0C 40 00 09 00 02 31, A 07 0D 00 09 00 02 02",
        "08 0C 21 00 09 00 02 31, A 07 0D 00 09 00 02 02", // unknown pre-defined id
        "08 0C 20 00 00 00 02 31, A 07 0D 00 00 00 02 02", // reserved ids
        "08 0C 20 FF FF 00 02 31, A 07 0D FF FF 00 02 02",
        "08 0C 23 00 01 00 02 31, A 07 0D 00 01 00 02 03", // reserved topic type
        "08 0C 22 61 23 00 02 31, A 07 0D 61 23 00 02 03" // a wildcard in a short name
    })
    void refusesUnknownTopicsAtEveryQos(String publish, String puback) {
        script.from("A", publish).expect(puback);
    }

    @ParameterizedTest
    @CsvSource({"07 0C 63 00 05 00 00", "08 0C 20 00 01 00 00 31", "08 0C 60 00 01 00 00 31"})
    void dropsSilentlyWhatHasNoAnswer(String publish) {
        script.from("A", publish).silence();
    }

    @Test
    void knowsShortAndPredefinedTopics() {
        script.from("A", "09 0C 12 74 31 00 00 6F 6E").expect("#0 31 06 00 02 74 31 6F 6E");
        script.from("A", "08 0C 01 00 05 00 00 31").expect("#0 30 0C 00 09 73 69 74 65 2F 66 69 76 65 31");
        script.from("A", "08 0C 01 00 06 00 00 31").expect("#0 30 0A 00 07 6F 77 6E 2F 73 69 78 31");
    }

    @Test
    void keepsOneClientsPredefinedTopicsFromOthers() {
        script.connect("B", "c2", "04", 1, "20 02 00 00");
        script.from("B", "08 0C 01 00 06 00 00 31").expect("B 07 0D 00 06 00 00 02");
    }

    @Test
    void answersCongestionToASecondOpenExchange() {
        script.from("A", QOS_1).skip();
        script.from("A", "0B 0C 20 00 01 00 03 32 31 2E 35").expect("A 07 0D 00 01 00 03 01");
        assertThat(script.count(GatewayCounters.CONGESTION)).isEqualTo(1);
    }

    @Test
    void takesTheLongHeaderForASmallMessage() {
        script.from("A", "01 00 0B 0C 00 00 01 00 00 68 69").expect("#0 30 09 00 05 61 2F 62 2F 63 68 69");
    }

    @ParameterizedTest
    @CsvSource({"247", "248", "249", "250", "1391"})
    void forwardsMessagesOfEveryLengthAroundTheHeadersBoundary(int octets) {
        int total = octets + 7 <= 255 ? octets + 7 : octets + 9;
        String header =
                total <= 255 ? String.format("%02X", total) : String.format("01 %02X %02X", total >> 8, total & 0xFF);
        script.from("A", header + " 0C 00 00 01 00 00" + " 55".repeat(octets));
        assertThat(script.take())
                .singleElement()
                .asString()
                .startsWith("#0 30")
                .endsWith("61 2F 62 2F 63" + " 55".repeat(octets));
    }

    @Test
    void dropsADatagramBeyondTheConfiguredSize() {
        script.from("A", "01 05 79 0C 00 00 01 00 00" + " 55".repeat(1392)).silence();
        assertThat(script.count(GatewayCounters.DROP_TOO_LONG)).isEqualTo(1);
    }

    @Test
    void countsAnswersToNothingAsStray() {
        script.from("A", "07 0D 00 01 00 55 00").from("A", "04 0F 00 55").from("A", "04 0E 00 55");
        script.from("A", "07 0B 00 01 00 55 00").silence();
        assertThat(script.count(GatewayCounters.DROP_STRAY)).isEqualTo(4);
        script.broker(0, "40 02 00 55")
                .broker(0, "70 02 00 55")
                .broker(0, "90 03 00 55 00")
                .silence();
        assertThat(script.count(GatewayCounters.DROP_BROKER_STRAY)).isEqualTo(3);
    }
}
