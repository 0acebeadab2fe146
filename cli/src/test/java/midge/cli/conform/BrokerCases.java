package midge.cli.conform;

/** What the broker, or its absence, means for a device: §6.2, §6.6, §6.9, A10, A23. */
final class BrokerCases {
    @Rule(value = "§6.2", site = Site.FRAIL)
    void connectMeetsCongestionWhileTheBrokerIsAway(Scene s) {
        s.breaker().refuse(s.notation.text("@a"));
        Device a = s.device().ask("CONNECT 04 01 003C '@a'", "CONNACK 01");
        s.breaker().serve(s.notation.text("@a"));
        a.connect().ask("PINGREQ", "PINGRESP");
    }

    @Rule(value = "§6.2", notShared = "all devices have one login")
    void connectThatTheBrokerRefusesIsNotSupported(Scene s) {
        s.needsBrokersRules();
        s.device().ask("CONNECT 04 01 003C '@" + Gateways.REFUSED + "'", "CONNACK 03");
    }

    @Rule("A23")
    void subscribeThatTheBrokerRefusesIsNotSupported(Scene s) {
        s.needsBrokersRules();
        Device a = s.device().connect().subscribe("@/t", 1, "t");
        a.ask("SUBSCRIBE 20 0001 '@/" + Gateways.DENIED + "/x'", "SUBACK 00 0000 0001 03");
        s.publish("@/t", 1, "x");
        a.take(1, "{t}", "'x'").silence();
    }

    @Rule(value = "§6.6", site = Site.FRAIL)
    void messageAtQos1WaitsForABrokerThatIsAway(Scene s) {
        Device a = s.device().connect("00", 60);
        breakAndRefuse(s);
        a.tell("PUBLISH 22 {s} 0001 'x'").silence();
        s.breaker().serve(s.notation.text("@a"));
        a.expect("PUBACK {s} 0001 00").silence();
        s.arrives(s.shortTopic(), 1, "x");
    }

    @Rule(value = "§6.6", site = Site.FRAIL)
    void messageAtQos1OfACleanSessionWaitsToo(Scene s) {
        Device a = s.device().connect();
        breakAndRefuse(s);
        a.tell("PUBLISH 22 {s} 0001 'x'").silence();
        s.breaker().serve(s.notation.text("@a"));
        a.expect("PUBACK {s} 0001 00").silence();
        s.arrives(s.shortTopic(), 1, "x");
    }

    private static void breakAndRefuse(Scene s) {
        s.breaker().refuse(s.notation.text("@a"));
        s.breaker().cut(s.notation.text("@a"));
    }

    @Rule(value = "§6.6", site = Site.FRAIL)
    void exchangeAtQos2GoesOnAfterABreak(Scene s) {
        Device a = s.device().connect("00", 60);
        a.ask("PUBLISH 42 {s} 0001 'once'", "PUBREC 0001");
        s.breaker().cut(s.notation.text("@a"));
        a.ask("PUBREL 0001", "PUBCOMP 0001").silence();
        s.arrives(s.shortTopic(), 2, "once");
    }

    @Rule(value = "§6.6", site = Site.FRAIL)
    void messageAtQos2BeginsWhileTheBrokerIsAway(Scene s) {
        Device a = s.device().connect("00", 60);
        breakAndRefuse(s);
        a.tell("PUBLISH 42 {s} 0001 'once'").silence();
        s.breaker().serve(s.notation.text("@a"));
        a.expect("PUBREC 0001").ask("PUBREL 0001", "PUBCOMP 0001").silence();
        s.arrives(s.shortTopic(), 2, "once");
    }

    @Rule(value = "§6.3", site = Site.FRAIL)
    void subscriptionsOutliveABreak(Scene s) {
        Device a = s.device().connect("00", 60).subscribe("@/t", 1, "t");
        s.breaker().cut(s.notation.text("@a"));
        s.publish("@/t", 1, "meanwhile");
        a.take(1, "{t}", "'meanwhile'").silence();
    }

    @Rule(value = "§6.3", site = Site.FRAIL)
    void subscriptionsOfACleanSessionAreMadeAgainAfterABreak(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 1, "t");
        s.breaker().cut(s.notation.text("@a"));
        a.subscribe("@/later", 1, "later"); // answered after the others are made again
        s.publish("@/t", 1, "x");
        a.take(1, "{t}", "'x'").silence();
    }

    @Rule(value = "§6.6, A38", site = Site.FRAIL)
    void messageThatIsOpenAtABreakComesOnce(Scene s) {
        Device a = s.device().connect("00", 60).subscribe("@/t", 2, "t");
        s.publish("@/t", 2, "once");
        a.expect("PUBLISH 40 {t} {m} 'once'");
        s.breaker().cut(s.notation.text("@a"));
        s.breaker().awaitDown(s.notation.text("@a"), "once");
        a.tell("PUBREC {m}").expect("PUBREL {m}").tell("PUBCOMP {m}").silence();
        s.publish("@/t", 1, "next");
        a.take(1, "{t}", "'next'").silence();
    }

    @Rule(value = "§6.14, A38", site = Site.FRAIL)
    void sleeperFindsWhatCameDuringABreak(Scene s) {
        Device a = s.device().connect("00", 60).subscribe("@/t", 1, "t");
        a.sleep(60);
        s.breaker().cut(s.notation.text("@a"));
        s.publish("@/t", 1, "meanwhile");
        s.breaker().awaitDown(s.notation.text("@a"), "meanwhile");
        a.wake().take(1, "{t}", "'meanwhile'").asleepAgain().silence();
    }

    @Rule(value = "§6.12", site = Site.FRAIL)
    void brokerMayHangUpWhileItsClientSaysGoodbye(Scene s) {
        Device a = s.device();
        for (int i = 0; i < 5; i++) {
            a.connect(i % 2 == 0 ? "04" : "00", 60);
            s.breaker().cut(s.notation.text("@a"));
            a.disconnect();
        }
        a.connect().register("@/t", "t").ask("PUBLISH 20 {t} 0001 'x'", "PUBACK {t} 0001 00");
        s.arrives("@/t", 1, "x");
    }

    @Rule(value = "A10", site = Site.FRAIL)
    void oldWillStaysWhenTheBrokerIsAwayForTheNewOne(Scene s) {
        Device a = s.device().connectWithWill(false, 2, 1, "@/will", "old");
        s.breaker().refuse(s.notation.text("@a"));
        a.ask("WILLMSGUPD 'new'", "WILLMSGRESP 01");
        s.breaker().serve(s.notation.text("@a"));
        a.ask("PUBLISH 22 {s} 0001 'up again'", "PUBACK {s} 0001 00");
        s.arrives(s.shortTopic(), 1, "up again");
        s.arrives("@/will", 1, "old");
    }
}
