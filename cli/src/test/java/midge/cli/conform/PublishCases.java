package midge.cli.conform;

/** Messages from devices: §6.6. */
final class PublishCases {
    @Rule("§6.6")
    void messageAtQos0GoesOnWithoutAnAnswer(Scene s) {
        Device a = s.device().connect().register("@/t", "t");
        a.tell("PUBLISH 00 {t} 0000 'x'").silence();
        s.arrives("@/t", 0, "x");
    }

    @Rule("§6.6")
    void messageAtQos1IsAcknowledged(Scene s) {
        Device a = s.device().connect().register("@/t", "t");
        a.ask("PUBLISH 20 {t} 0001 'x'", "PUBACK {t} 0001 00").silence();
        s.arrives("@/t", 1, "x");
    }

    @Rule("§6.6")
    void messageAtQos2IsAcknowledgedInFourSteps(Scene s) {
        Device a = s.device().connect().register("@/t", "t");
        a.ask("PUBLISH 40 {t} 0001 'x'", "PUBREC 0001")
                .ask("PUBREL 0001", "PUBCOMP 0001")
                .silence();
        s.arrives("@/t", 2, "x");
    }

    @Rule("§6.7")
    void shortTopicNeedsNoRegister(Scene s) {
        Device a = s.device().connect();
        a.tell("PUBLISH 02 {s} 0000 '0'").ask("PUBLISH 22 {s} 0001 '1'", "PUBACK {s} 0001 00");
        a.ask("PUBLISH 42 {s} 0002 '2'", "PUBREC 0002").ask("PUBREL 0002", "PUBCOMP 0002");
        for (int qos = 0; qos <= 2; qos++) {
            s.arrives(s.shortTopic(), qos, "" + qos);
        }
    }

    @Rule("§6.7")
    void predefinedTopicNeedsNoRegister(Scene s) {
        Device a = s.device().connect();
        a.tell("PUBLISH 01 {p} 0000 '0'").ask("PUBLISH 21 {p} 0001 '1'", "PUBACK {p} 0001 00");
        a.ask("PUBLISH 41 {p} 0002 '2'", "PUBREC 0002").ask("PUBREL 0002", "PUBCOMP 0002");
        for (int qos = 0; qos <= 2; qos++) {
            s.arrives(s.predefinedTopic(), qos, "" + qos);
        }
    }

    @Rule("A1")
    void predefinedTopicOfOneClientGoesBeforeThatForAll(Scene s) {
        s.device("@a").connect().ask("PUBLISH 21 0009 0001 'x'", "PUBACK 0009 0001 00");
        s.arrives("@/own", 1, "x");
    }

    @Rule("A1")
    void predefinedAndNormalIdsAreSpacesOfTheirOwn(Scene s) {
        Device a = s.device("@a").connect();
        a.ask("PUBLISH 20 0009 0001 'x'", "PUBACK 0009 0001 02").silence();
    }

    @Rule("§6.6")
    void messageMayBeRetained(Scene s) {
        Device a = s.device().connect().register("@/t", "t");
        a.ask("PUBLISH 30 {t} 0001 'kept'", "PUBACK {t} 0001 00");
        s.arrives("@/t", 1, true, "kept");
        a.ask("PUBLISH 30 {t} 0002", "PUBACK {t} 0002 00");
        s.arrives("@/t", 1, true, "");
    }

    @Rule("§5.4.12")
    void messageMayBeEmpty(Scene s) {
        Device a = s.device().connect().register("@/t", "t");
        a.ask("PUBLISH 20 {t} 0001", "PUBACK {t} 0001 00");
        s.arrives("@/t", 1, "");
    }

    @Rule("A3, A32")
    void unknownTopicIdIsRefusedAtQos0(Scene s) {
        s.device()
                .connect()
                .ask("PUBLISH 00 FFF0 0000 'x'", "PUBACK FFF0 0000 02")
                .silence();
    }

    @Rule("A3")
    void unknownTopicIdIsRefusedAtQos1(Scene s) {
        s.device()
                .connect()
                .ask("PUBLISH 20 FFF0 0007 'x'", "PUBACK FFF0 0007 02")
                .silence();
    }

    @Rule("A3, A4")
    void unknownTopicIdIsRefusedAtQos2(Scene s) {
        Device a = s.device().connect();
        a.ask("PUBLISH 40 FFF0 0007 'x'", "PUBACK FFF0 0007 02").silence();
        a.register("@/t", "t").ask("PUBLISH 40 {t} 0007 'x'", "PUBREC 0007");
        a.ask("PUBREL 0007", "PUBCOMP 0007");
        s.arrives("@/t", 2, "x");
    }

    @Rule("A3")
    void unknownPredefinedIdIsRefused(Scene s) {
        Device a = s.device().connect();
        a.ask("PUBLISH 01 FFF0 0000 'x'", "PUBACK FFF0 0000 02");
        a.ask("PUBLISH 21 FFF0 0001 'x'", "PUBACK FFF0 0001 02").silence();
    }

    @Rule("§5.3.11")
    void reservedTopicIdsAreNeverKnown(Scene s) {
        Device a = s.device().connect();
        a.ask("PUBLISH 20 0000 0001 'x'", "PUBACK 0000 0001 02");
        a.ask("PUBLISH 20 FFFF 0002 'x'", "PUBACK FFFF 0002 02").silence();
    }

    @Rule("§5.3")
    void reservedTopicTypeIsNotSupported(Scene s) {
        Device a = s.device().connect();
        a.ask("PUBLISH 03 0005 0000 'x'", "PUBACK 0005 0000 03");
        a.ask("PUBLISH 23 0005 0001 'x'", "PUBACK 0005 0001 03");
        a.ask("PUBLISH 43 0005 0002 'x'", "PUBACK 0005 0002 03");
        a.tell("PUBLISH 63 0005 0000 'x'").silence();
    }

    @Rule("§6.7")
    void shortTopicWithAWildcardIsNotSupported(Scene s) {
        s.device()
                .connect()
                .ask("PUBLISH 22 'a#' 0001 'x'", "PUBACK 'a#' 0001 03")
                .silence();
    }

    @Rule("A13")
    void messageAtQos1Or2WithMsgId0IsDropped(Scene s) {
        s.device()
                .connect()
                .tell("PUBLISH 22 {s} 0000 'x'")
                .tell("PUBLISH 42 {s} 0000 'x'")
                .silence();
    }

    @Rule("A13")
    void msgIdAtQos0IsIgnored(Scene s) {
        s.device().connect().tell("PUBLISH 02 {s} 1234 'x'").silence();
        s.arrives(s.shortTopic(), 0, "x");
    }

    @Rule("A12, §6.13")
    void repeatedMessageAtQos1IsAcknowledgedAgainAndForwardedOnce(Scene s) {
        Device a = s.device().connect();
        a.ask("PUBLISH 22 {s} 0001 'once'", "PUBACK {s} 0001 00");
        a.ask("PUBLISH A2 {s} 0001 'once'", "PUBACK {s} 0001 00");
        a.ask("PUBLISH A2 {s} 0001 'once'", "PUBACK {s} 0001 00");
        s.arrives(s.shortTopic(), 1, "once");
    }

    @Rule("A12, §6.13")
    void repeatedMessageAtQos2IsAcknowledgedAgainAndForwardedOnce(Scene s) {
        Device a = s.device().connect();
        a.ask("PUBLISH 42 {s} 0001 'once'", "PUBREC 0001");
        a.ask("PUBLISH C2 {s} 0001 'once'", "PUBREC 0001");
        a.ask("PUBREL 0001", "PUBCOMP 0001");
        a.ask("PUBREL 0001", "PUBCOMP 0001");
        s.arrives(s.shortTopic(), 2, "once");
    }

    @Rule("§6.13")
    void lateCopyOfAFinishedMessageAtQos2IsNotForwarded(Scene s) {
        Device a = s.device().connect();
        a.ask("PUBLISH 42 {s} 0001 'once'", "PUBREC 0001").ask("PUBREL 0001", "PUBCOMP 0001");
        a.tell("PUBLISH C2 {s} 0001 'once'").silence();
        a.ask("PUBLISH 22 {s} 0002 'end'", "PUBACK {s} 0002 00");
        s.arrives(s.shortTopic(), 2, "once");
        s.arrives(s.shortTopic(), 1, "end");
    }

    @Rule("A12")
    void dupAloneMakesNoCopy(Scene s) {
        Device a = s.device().connect();
        a.ask("PUBLISH A2 {s} 0001 'first of all'", "PUBACK {s} 0001 00");
        s.arrives(s.shortTopic(), 1, "first of all");
    }

    @Rule("A13")
    void usedMsgIdWithAnotherMessageIsANewMessage(Scene s) {
        Device a = s.device().connect();
        a.ask("PUBLISH 22 {s} 0001 'one'", "PUBACK {s} 0001 00");
        a.ask("PUBLISH 22 {s} 0001 'two'", "PUBACK {s} 0001 00");
        s.arrives(s.shortTopic(), 1, "one");
        s.arrives(s.shortTopic(), 1, "two");
    }

    @Rule("A13")
    void sameMsgIdOfTwoClientsIsTwoMessages(Scene s) {
        s.device("@a").connect().ask("PUBLISH 22 {s} 0001 'same'", "PUBACK {s} 0001 00");
        s.device("@b").connect().ask("PUBLISH 22 {s} 0001 'same'", "PUBACK {s} 0001 00");
        s.arrives(s.shortTopic(), 1, "same");
        s.arrives(s.shortTopic(), 1, "same");
    }

    @Rule("§6.6, A16")
    void secondMessageBeforeTheFirstIsDoneMeetsCongestion(Scene s) {
        Device a = s.device().connect();
        a.ask("PUBLISH 42 {s} 0001 'one'", "PUBREC 0001");
        a.ask("PUBLISH 42 {s} 0002 'two'", "PUBACK {s} 0002 01");
        a.ask("PUBREL 0001", "PUBCOMP 0001");
        a.ask("PUBLISH 42 {s} 0003 'three'", "PUBREC 0003").ask("PUBREL 0003", "PUBCOMP 0003");
        s.arrives(s.shortTopic(), 2, "one");
        s.arrives(s.shortTopic(), 2, "three");
    }

    @Rule("§6.6")
    void pubrelOfNothingIsAnswered(Scene s) {
        s.device().connect().ask("PUBREL 0042", "PUBCOMP 0042").silence();
    }

    @Rule(value = "§6.10", notByDtls = Cases.TOO_LARGE)
    void tooLongMessageIsDropped(Scene s) {
        Device a = s.device().connect();
        a.tell("PUBLISH 22 {s} 0001 'x'*1392").silence();
        a.ask("PUBLISH 22 {s} 0002 'x'*1391", "PUBACK {s} 0002 00");
        s.arrives(s.shortTopic(), 1, "x".repeat(1391));
    }
}
