package midge.cli.conform;

/** Sleeping devices: §6.14. */
final class SleepCases {
    @Rule("§6.14")
    void sleepIsAcknowledgedWithoutADuration(Scene s) {
        Device a = s.device().connect();
        a.ask("DISCONNECT 003C", "DISCONNECT").silence();
    }

    @Rule("§6.14")
    void pingrespComesAtOnceWhenNothingWaits(Scene s) {
        Device a = s.device().connect();
        a.sleep(60);
        a.wake().asleepAgain();
        a.wake().asleepAgain().silence();
    }

    @Rule("§6.14, A38")
    void messagesOfAllQosWaitForTheWakeUp(Scene s) {
        Device a = s.device("@a").connect().subscribe("@/t", 2, "t");
        Device b = s.device("@b").connect().subscribe("@/t", 2, "tb");
        a.sleep(60);
        for (int qos = 0; qos <= 2; qos++) {
            s.publish("@/t", qos, "" + qos);
            b.take(qos, "{tb}", "'" + qos + "'");
        }
        a.silence();
        a.wake()
                .take(0, "{t}", "'0'")
                .take(1, "{t}", "'1'")
                .take(2, "{t}", "'2'")
                .asleepAgain()
                .silence();
    }

    @Rule("§6.14")
    void pingrespWaitsForTheLastAcknowledgement(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 1, "t");
        a.sleep(60);
        s.publish("@/t", 1, "x");
        a.wake()
                .expect("PUBLISH 20 {t} {m} 'x'")
                .silence()
                .tell("PUBACK {t} {m} 00")
                .asleepAgain();
    }

    @Rule("§6.14")
    void pingrespWaitsForTheLastPubcomp(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 2, "t");
        a.sleep(60);
        s.publish("@/t", 2, "x");
        a.wake()
                .expect("PUBLISH 40 {t} {m} 'x'")
                .tell("PUBREC {m}")
                .expect("PUBREL {m}")
                .silence();
        a.tell("PUBCOMP {m}").asleepAgain();
    }

    @Rule("§6.14, §6.10")
    void topicFirstSeenWhileAsleepIsRegisteredAfterTheWakeUp(Scene s) {
        Device a = s.device().connect().subscribe("@/#", 1);
        a.sleep(60);
        s.publish("@/new/1", 1, "one");
        s.publish("@/new/2", 1, "two");
        a.wake();
        a.expect("REGISTER {t1} {m1} '@/new/1'").tell("REGACK {t1} {m1} 00").take(1, "{t1}", "'one'");
        a.expect("REGISTER {t2} {m2} '@/new/2'").tell("REGACK {t2} {m2} 00").take(1, "{t2}", "'two'");
        a.asleepAgain().silence();
    }

    @Rule("§6.14")
    void hundredMessagesForASleeperComeInOrder(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 1, "t");
        a.sleep(60);
        for (int i = 0; i < 100; i++) {
            s.publish("@/t", 1, "message " + i);
        }
        a.wake();
        for (int i = 0; i < 100; i++) {
            if (s.mode == Mode.LOST && i % 20 > 0) {
                a.takeAsItComes("{t}", "'message " + i + "'"); // a hundred losses would take a minute
            } else {
                a.take(1, "{t}", "'message " + i + "'");
            }
        }
        a.asleepAgain().silence();
    }

    @Rule(value = "A38", site = Site.NARROW)
    void oldestMessagesAtQos0GiveWayInAFullQueue(Scene s) {
        Device a = s.device("@a").connect().subscribe("@/t", 0, "t");
        Device b = s.device("@b").connect().subscribe("@/t", 0, "tb");
        a.sleep(60);
        for (int i = 0; i < 7; i++) {
            s.publish("@/t", 0, "" + i);
            b.take(0, "{tb}", "'" + i + "'");
        }
        a.wake();
        for (int i = 2; i < 7; i++) {
            a.take(0, "{t}", "'" + i + "'");
        }
        a.asleepAgain().silence();
    }

    @Rule(value = "A38", site = Site.NARROW)
    void qos0GivesWayBeforeQos1(Scene s) {
        Device a = s.device("@a").connect().subscribe("@/t", 1, "t");
        Device b = s.device("@b").connect().subscribe("@/t", 1, "tb");
        a.sleep(60);
        for (int i = 0; i < 8; i++) {
            int qos = i == 2 ? 1 : 0;
            s.publish("@/t", qos, "" + i);
            b.take(qos, "{tb}", "'" + i + "'");
        }
        a.wake().take(1, "{t}", "'2'");
        for (int i = 4; i < 8; i++) {
            a.take(0, "{t}", "'" + i + "'");
        }
        a.asleepAgain().silence();
    }

    @Rule("§6.14")
    void sleepMayBeLongerThanTheKeepAlive(Scene s) {
        Device a = s.device().connectWithWill(true, 1, 1, "@/will", "early").subscribe("@/t", 1, "t");
        a.sleep(60);
        s.publish("@/t", 1, "x");
        s.pass(2_500);
        a.wake().take(1, "{t}", "'x'").asleepAgain();
        a.disconnect();
    }

    @Rule("§6.14")
    void sleeperThatDoesNotWakeInTimeIsLost(Scene s) {
        Device a = s.device().connectWithWill(true, 60, 1, "@/will", "overslept");
        a.sleep(1);
        s.arrives("@/will", 1, "overslept");
        a.insist("PINGREQ '@a'", "DISCONNECT");
    }

    @Rule("§6.14, §7.2")
    void sleepTimeHasATolerance(Scene s) {
        Device a = s.device().connectWithWill(true, 60, 1, "@/will", "early");
        a.sleep(4);
        s.pass(4_600);
        a.wake().asleepAgain();
        a.disconnect();
    }

    @Rule("§6.14")
    void wakeUpStartsTheSleepTimeAnew(Scene s) {
        Device a = s.device().connectWithWill(true, 60, 1, "@/will", "early");
        a.sleep(3);
        for (int i = 0; i < 3; i++) {
            s.pass(2_000);
            a.wake().asleepAgain();
        }
        a.disconnect();
    }

    @Rule("A21")
    void disconnectWithDurationWhileAsleepSetsANewTime(Scene s) {
        Device a =
                s.device().connectWithWill(true, 60, 1, "@/will", "overslept").subscribe("@/t", 1, "t");
        a.sleep(60);
        a.sleep(1);
        s.arrives("@/will", 1, "overslept");
    }

    @Rule("A21")
    void renewedSleepKeepsTheMessages(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 1, "t");
        a.sleep(30);
        s.publish("@/t", 1, "x");
        a.sleep(60);
        a.wake().take(1, "{t}", "'x'").asleepAgain().silence();
    }

    @Rule("§6.14")
    void disconnectWhileAsleepIsAGoodbye(Scene s) {
        Device a = s.device().connectWithWill(true, 60, 1, "@/will", "never");
        a.sleep(1);
        a.disconnect();
        s.device("@b").connectWithWill(true, 1, 1, "@/end", "lost");
        s.arrives("@/end", 1, "lost");
        a.insist("PINGREQ '@a'", "DISCONNECT");
    }

    @Rule("A18")
    void pingreqWithoutClientIdFromTheSleepersAddressWakesIt(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 1, "t");
        a.sleep(60);
        s.publish("@/t", 1, "x");
        a.silence().tell("PINGREQ").take(1, "{t}", "'x'").expect("PINGRESP").silence();
    }

    @Rule("§6.14, A33")
    void sleeperMayWakeAtAnotherAddress(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 1, "t");
        a.sleep(60);
        s.publish("@/t", 1, "x");
        a.move();
        a.wake().take(1, "{t}", "'x'").asleepAgain().silence();
    }

    @Rule("A19")
    void requestsOfASleeperAreAnsweredAndItSleepsOn(Scene s) {
        Device a = s.device("@a").connect().subscribe("@/t", 1, "t");
        Device b = s.device("@b").connect().subscribe("@/t", 1, "tb");
        a.sleep(60);
        a.ask("PUBLISH 22 {s} 0001 'up'", "PUBACK {s} 0001 00");
        s.arrives(s.shortTopic(), 1, "up");
        a.ask("REGISTER 0000 0002 '@/r'", "REGACK {r} 0002 00");
        s.publish("@/t", 1, "x");
        b.take(1, "{tb}", "'x'");
        a.silence();
        a.wake().take(1, "{t}", "'x'").asleepAgain();
    }

    @Rule("A19")
    void requestsRestartTheSleepTime(Scene s) {
        Device a = s.device().connectWithWill(true, 60, 1, "@/will", "early");
        a.sleep(3);
        for (int i = 0; i < 3; i++) {
            s.pass(2_000);
            a.tell("PUBLISH 02 {s} 0000 'still " + i + "'");
            s.arrives(s.shortTopic(), 0, "still " + i);
        }
        a.disconnect();
    }

    @Rule("A20")
    void connectWithoutFlagsOutOfSleepKeepsEverything(Scene s) {
        Device a = s.device().connectWithWill(true, 60, 1, "@/will", "still").subscribe("@/t", 1, "t");
        a.register("@/up", "up").sleep(60);
        s.publish("@/t", 1, "x");
        a.tell("CONNECT 00 01 0001 '@a'").expect("CONNACK 00").take(1, "{t}", "'x'");
        a.ask("PUBLISH 20 {up} 0001 'up'", "PUBACK {up} 0001 00");
        s.arrives("@/up", 1, "up");
        s.arrives("@/will", 1, "still");
    }

    @Rule("A20")
    void connectWithCleanSessionOutOfSleepStartsOver(Scene s) {
        Device a = s.device().connect("00", 60).subscribe("@/t", 1, "t").register("@/up", "up");
        a.sleep(60);
        s.publish("@/t", 1, "lost with the session");
        a.connect("04", 60);
        a.ask("PUBLISH 20 {up} 0001 'x'", "PUBACK {up} 0001 02");
        a.subscribe("@/end", 1, "end");
        s.publish("@/end", 1, "end");
        a.take(1, "{end}", "'end'").silence();
    }

    @Rule("A2")
    void topicIdsOutliveSleep(Scene s) {
        Device a = s.device().connect().register("@/t", "t");
        a.sleep(60);
        a.wake().asleepAgain();
        a.connect("00", 60);
        a.ask("PUBLISH 20 {t} 0001 'x'", "PUBACK {t} 0001 00");
        s.arrives("@/t", 1, "x");
    }

    @Rule("§6.14, A15")
    void messageThatASleeperDoesNotAcknowledgeComesAtTheNextWakeUp(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 1, "t");
        a.sleep(60);
        s.publish("@/t", 1, "x");
        a.wake().expect("PUBLISH 20 {t} {m} 'x'");
        a.sleep(60);
        a.silence();
        a.wake()
                .expect("PUBLISH A0 {t} {m} 'x'")
                .tell("PUBACK {t} {m} 00")
                .asleepAgain()
                .silence();
    }

    @Rule("§6.14")
    void exchangeThatWasOpenAtTheGoodNightGoesOnAfterTheWakeUp(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 2, "t");
        s.publish("@/t", 2, "x");
        a.expect("PUBLISH 40 {t} {m} 'x'").tell("PUBREC {m}").expect("PUBREL {m}");
        a.sleep(60);
        a.wake().expect("PUBREL {m}").tell("PUBCOMP {m}").asleepAgain().silence();
    }

    @Rule("§6.14")
    void sleeperOfAKeptSessionThatIsLostFindsItsMessagesLater(Scene s) {
        Device a =
                s.device().connectWithWill(false, 60, 1, "@/will", "overslept").subscribe("@/t", 1, "old");
        a.sleep(1);
        s.publish("@/t", 1, "x");
        s.arrives("@/will", 1, "overslept");
        a.connect("00", 60);
        a.expect("REGISTER {t} {r} '@/t'")
                .tell("REGACK {t} {r} 00")
                .take(1, "{t}", "'x'")
                .silence();
    }

    @Rule("§6.14, A10")
    void willOfASleeperMayBeUpdated(Scene s) {
        Device a = s.device().connectWithWill(true, 60, 1, "@/old", "old").subscribe("@/t", 1, "t");
        a.sleep(60);
        a.wake().asleepAgain();
        a.connect("00", 60);
        a.ask("WILLTOPICUPD 20 '@/new'", "WILLTOPICRESP 00").ask("WILLMSGUPD 'new'", "WILLMSGRESP 00");
        a.sleep(1);
        s.arrives("@/new", 1, "new");
    }
}
