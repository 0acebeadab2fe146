package midge.cli.conform;

/** PUBLISH at QoS -1, which needs no connection: §6.8. */
final class UnconnectedCases {
    @Rule("§6.8")
    void shortTopicFromNobody(Scene s) {
        s.device().tell("PUBLISH 62 {s} 0000 'x'").silence();
        s.arrives(s.shortTopic(), 0, "x");
    }

    @Rule("§6.8")
    void predefinedTopicFromNobody(Scene s) {
        s.device().tell("PUBLISH 61 {p} 0000 'x'").silence();
        s.arrives(s.predefinedTopic(), 0, "x");
    }

    @Rule("§6.8")
    void messageFromNobodyMayBeRetained(Scene s) {
        s.device().tell("PUBLISH 72 {s} 0000 'kept'").silence();
        s.arrives(s.shortTopic(), 0, true, "kept");
        s.publish(s.shortTopic(), 1, true, "");
    }

    @Rule("A3")
    void unknownTopicFromNobodyIsNeverAnswered(Scene s) {
        s.device()
                .tell("PUBLISH 61 FFF0 0000 'x'")
                .tell("PUBLISH 62 'a#' 0000 'x'")
                .silence();
    }

    @Rule("§5.3.4")
    void reservedTopicTypeFromNobodyIsNeverAnswered(Scene s) {
        s.device().tell("PUBLISH 63 0005 0000 'x'").silence();
    }

    @Rule("§6.8, A30")
    void normalTopicFromNobodyIsNeverAnswered(Scene s) {
        s.device().tell("PUBLISH 60 0001 0000 'x'").silence();
    }

    @Rule("A30")
    void nameFromNobodyIsDroppedUnlessSwitchedOn(Scene s) {
        s.device().tell("PUBLISH 60 0007 0000 '@/n' 'x'").silence();
    }

    @Rule(value = "A30", site = Site.WIDE)
    void nameFromNobodyServesWhereItIsSwitchedOn(Scene s) {
        s.device().tell("PUBLISH 60 0007 0000 '@/n' 'x'").silence();
        s.arrives("@/n", 0, "x");
    }

    @Rule(value = "§6.8", site = Site.NARROW)
    void messageFromNobodyIsDroppedWhereItIsSwitchedOff(Scene s) {
        s.device().tell("PUBLISH 62 {s} 0000 'x'").silence();
    }

    @Rule("A31")
    void messageAtQosMinus1FromAClientGoesOnAtQos0(Scene s) {
        s.device().connect().tell("PUBLISH 62 {s} 0000 'x'").silence();
        s.arrives(s.shortTopic(), 0, "x");
    }

    @Rule("A31, A1")
    void clientMayUseItsOwnPredefinedTopicAtQosMinus1(Scene s) {
        s.device().connect().tell("PUBLISH 61 0009 0000 'x'").silence();
        s.arrives("@/own", 0, "x");
    }

    @Rule("A30, A31")
    void normalTopicFromAClientIsDroppedAtQosMinus1(Scene s) {
        Device a = s.device().connect().register("@/t", "t");
        a.tell("PUBLISH 60 {t} 0000 'not forwarded'").silence();
    }

    @Rule("A13")
    void msgIdAtQosMinus1IsIgnored(Scene s) {
        s.device().tell("PUBLISH 62 {s} 4321 'x'").silence();
        s.arrives(s.shortTopic(), 0, "x");
    }

    @Rule("§6.8")
    void floodFromNobodyStopsNobody(Scene s) {
        s.forgiveLeftovers();
        Device a = s.device("@a").connect();
        Device flood = s.device("@b");
        for (int i = 0; i < 20; i++) {
            for (int j = 0; j < 50; j++) {
                flood.tell("PUBLISH 62 {s} 0000 'flood'");
            }
            a.ask("PINGREQ", "PINGRESP");
        }
        flood.silence();
        s.arrives(s.shortTopic(), 0, "flood");
        a.ask("PUBLISH 22 {s} 0001 'served'", "PUBACK {s} 0001 00");
        s.arrives(s.shortTopic(), 1, "served");
    }
}
