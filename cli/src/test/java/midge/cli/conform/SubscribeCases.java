package midge.cli.conform;

/** SUBSCRIBE and UNSUBSCRIBE: §6.9. */
final class SubscribeCases {
    @Rule("§6.9")
    void nameGetsTheIdUnderWhichItsMessagesCome(Scene s) {
        Device a = s.device().connect();
        a.ask("SUBSCRIBE 40 0001 '@/t'", "SUBACK 40 {t} 0001 00").silence();
        s.publish("@/t", 2, "x");
        a.take(2, "{t}", "'x'").silence();
    }

    @Rule("§6.9, A6")
    void wildcardsGetTopicId0(Scene s) {
        Device a = s.device().connect();
        a.ask("SUBSCRIBE 20 0001 '@/+'", "SUBACK 20 0000 0001 00");
        a.ask("SUBSCRIBE 20 0002 '@/#'", "SUBACK 20 0000 0002 00").silence();
    }

    @Rule("A6")
    void predefinedIdIsEchoed(Scene s) {
        Device a = s.device().connect();
        a.ask("SUBSCRIBE 01 0001 {p}", "SUBACK 00 {p} 0001 00");
        a.ask("SUBSCRIBE 41 0002 0009", "SUBACK 40 0009 0002 00");
        s.publish("@/own", 1, "x");
        a.take(1, "01", "0009", "'x'").silence();
    }

    @Rule("A5")
    void shortTopicGetsTopicId0(Scene s) {
        s.device()
                .connect()
                .ask("SUBSCRIBE 22 0001 {s}", "SUBACK 20 0000 0001 00")
                .silence();
    }

    @Rule("§6.9")
    void nameThatIsRegisteredKeepsItsId(Scene s) {
        Device a = s.device().connect().register("@/t", "t");
        a.ask("SUBSCRIBE 20 0001 '@/t'", "SUBACK 20 {t} 0001 00");
    }

    @Rule("§6.9")
    void subscribeAgainChangesTheQos(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 2, "t");
        a.ask("SUBSCRIBE 00 0002 '@/t'", "SUBACK 00 {t} 0002 00");
        s.publish("@/t", 2, "x");
        a.take(0, "{t}", "'x'").silence();
    }

    @Rule("§6.9, §6.13")
    void usedMsgIdWithAnotherFilterIsANewRequest(Scene s) {
        Device a = s.device().connect();
        a.ask("SUBSCRIBE 20 0001 '@/one'", "SUBACK 20 {one} 0001 00");
        a.ask("SUBSCRIBE 20 0001 '@/two'", "SUBACK 20 {two} 0001 00");
        s.publish("@/two", 1, "x");
        a.take(1, "{two}", "'x'").silence();
    }

    @Rule("A12")
    void dupAloneMakesNoCopy(Scene s) {
        s.device()
                .connect()
                .ask("SUBSCRIBE A0 0001 '@/t'", "SUBACK 20 {t} 0001 00")
                .silence();
    }

    @Rule("A23")
    void filterThatMqttForbidsIsNotSupported(Scene s) {
        Device a = s.device().connect();
        String[] filters = {"'@/a#'", "'@/#/b'", "'@/a+/b'", "'@' C328", "'@' 00"};
        for (int i = 0; i < filters.length; i++) {
            a.ask("SUBSCRIBE 20 %04X %s".formatted(i + 1, filters[i]), "SUBACK 00 0000 %04X 03".formatted(i + 1));
        }
        a.silence();
    }

    @Rule("§5.4.15")
    void subscribeWithoutANameIsDropped(Scene s) {
        s.device().connect().raw("05 12 20 0001").silence();
    }

    @Rule("§5.3.4")
    void subscribeAtQosMinus1IsNotSupported(Scene s) {
        s.device()
                .connect()
                .ask("SUBSCRIBE 60 0001 '@/t'", "SUBACK 00 0000 0001 03")
                .silence();
    }

    @Rule("§5.3.4")
    void reservedTopicTypeIsNotSupported(Scene s) {
        Device a = s.device().connect();
        a.ask("SUBSCRIBE 23 0001 0005", "SUBACK 00 0000 0001 03");
        a.ask("UNSUBSCRIBE 03 0002 0005", "UNSUBACK 0002").silence();
    }

    @Rule("§6.7")
    void shortTopicWithAWildcardIsNotSupported(Scene s) {
        s.device()
                .connect()
                .ask("SUBSCRIBE 22 0001 'a#'", "SUBACK 00 0000 0001 03")
                .silence();
    }

    @Rule("A23")
    void unknownPredefinedIdIsRefused(Scene s) {
        s.device()
                .connect()
                .ask("SUBSCRIBE 21 0001 FFF0", "SUBACK 00 0000 0001 02")
                .silence();
    }

    @Rule("A13")
    void requestsWithMsgId0AreDropped(Scene s) {
        s.device()
                .connect()
                .tell("SUBSCRIBE 20 0000 '@/t'")
                .tell("UNSUBSCRIBE 00 0000 '@/t'")
                .silence();
    }

    @Rule(value = "§6.9", site = Site.NARROW)
    void subscribeMeetsCongestionWhenTheTableIsFull(Scene s) {
        Device a = s.device().connect();
        for (int i = 1; i <= 51; i++) {
            a.ask("SUBSCRIBE 00 %04X '@/%d/+'".formatted(i, i), "SUBACK 00 0000 %04X 00".formatted(i));
        }
        a.ask("SUBSCRIBE 00 0100 '@/more'", "SUBACK 00 0000 0100 01");
        a.ask("UNSUBSCRIBE 00 0101 '@/1/+'", "UNSUBACK 0101");
        a.ask("SUBSCRIBE 00 0102 '@/more'", "SUBACK 00 {t} 0102 00").silence();
    }

    @Rule("§6.9")
    void unsubscribeEndsTheMessages(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 1, "t").subscribe("@/end", 1, "end");
        a.ask("UNSUBSCRIBE 00 0301 '@/t'", "UNSUBACK 0301");
        s.publish("@/t", 1, "not wanted");
        s.publish("@/end", 1, "end");
        a.take(1, "{end}", "'end'").silence();
    }

    @Rule("§6.9")
    void unsubscribeWorksByWildcardIdAndShortName(Scene s) {
        Device a = s.device().connect().subscribe("@/#", 1);
        a.ask("SUBSCRIBE 21 0001 {p}", "SUBACK 20 {p} 0001 00").ask("SUBSCRIBE 22 0002 {s}", "SUBACK 20 0000 0002 00");
        a.ask("UNSUBSCRIBE 00 0003 '@/#'", "UNSUBACK 0003");
        a.ask("UNSUBSCRIBE 01 0004 {p}", "UNSUBACK 0004").ask("UNSUBSCRIBE 02 0005 {s}", "UNSUBACK 0005");
        a.subscribe("@/end", 1, "end");
        s.publish("@/t", 1, "not wanted");
        s.publish(s.predefinedTopic(), 1, "not wanted");
        s.publish(s.shortTopic(), 1, "not wanted");
        s.publish("@/end", 1, "end");
        a.take(1, "{end}", "'end'").silence();
    }

    @Rule("§5.4.17, A35")
    void unsubscribeOfNothingIsAcknowledged(Scene s) {
        Device a = s.device().connect();
        a.ask("UNSUBSCRIBE 00 0001 '@/never'", "UNSUBACK 0001");
        a.ask("UNSUBSCRIBE 01 0002 FFF0", "UNSUBACK 0002").silence();
    }

    @Rule("§6.9")
    void unsubscribeLeavesOtherFiltersAlone(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 1, "t").subscribe("@/#", 1);
        a.ask("UNSUBSCRIBE 00 0301 '@/#'", "UNSUBACK 0301");
        s.publish("@/t", 1, "x");
        a.take(1, "{t}", "'x'").silence();
    }

    @Rule("A25")
    void requestsOfDifferentKindsMayOverlap(Scene s) {
        Device a = s.device().connect();
        a.tell("REGISTER 0000 0001 '@/r'")
                .tell("SUBSCRIBE 20 0002 '@/t'")
                .tell("PUBLISH 22 {s} 0003 'x'")
                .tell("PINGREQ");
        a.expectAll("REGACK {r} 0001 00", "SUBACK 20 {t} 0002 00", "PUBACK {s} 0003 00", "PINGRESP")
                .silence();
        s.arrives(s.shortTopic(), 1, "x");
    }

    @Rule("§6.9")
    void twoSubscribersBothGetTheMessage(Scene s) {
        Device a = s.device("@a").connect().subscribe("@/t", 1, "ta");
        Device b = s.device("@b").connect().subscribe("@/t", 2, "tb");
        s.publish("@/t", 2, "x");
        a.take(1, "{ta}", "'x'").silence();
        b.take(2, "{tb}", "'x'").silence();
    }

    @Rule("§6.6, §6.9")
    void messageGoesFromOneDeviceToAnother(Scene s) {
        Device a = s.device("@a").connect().register("@/t", "ta");
        Device b = s.device("@b").connect().subscribe("@/t", 2, "tb");
        a.ask("PUBLISH 40 {ta} 0001 'hello'", "PUBREC 0001").ask("PUBREL 0001", "PUBCOMP 0001");
        b.take(2, "{tb}", "'hello'").silence();
        s.arrives("@/t", 2, "hello");
    }
}
