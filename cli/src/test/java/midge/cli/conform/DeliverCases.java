package midge.cli.conform;

/** Messages to devices that listen: §6.6, §6.10. */
final class DeliverCases {
    @Rule("§6.6")
    void messageAtQos0ComesOnce(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 0, "t");
        s.publish("@/t", 0, "x");
        a.take(0, "{t}", "'x'").silence();
    }

    @Rule("§6.6")
    void messageAtQos1IsAcknowledged(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 1, "t");
        s.publish("@/t", 1, "x");
        a.take(1, "{t}", "'x'").silence();
    }

    @Rule("§6.6")
    void messageAtQos2IsAcknowledgedInFourSteps(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 2, "t");
        s.publish("@/t", 2, "x");
        a.take(2, "{t}", "'x'").silence();
    }

    @Rule("§6.9")
    void messageComesAtMostAtTheQosThatWasGranted(Scene s) {
        Device a = s.device().connect().subscribe("@/0", 0, "t0").subscribe("@/1", 1, "t1");
        s.publish("@/0", 2, "x");
        a.take(0, "{t0}", "'x'");
        s.publish("@/1", 2, "y");
        a.take(1, "{t1}", "'y'").silence();
    }

    @Rule("§5.4.12")
    void messageMayBeEmpty(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 1, "t");
        s.publish("@/t", 1, "");
        a.take(1, "{t}", "").silence();
    }

    @Rule("§5.2.1")
    void longMessageComesWithTheLongLength(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 1, "t");
        for (int octets : new int[] {248, 249, 250, 1391}) {
            s.publish("@/t", 1, "x".repeat(octets));
            a.take(1, "{t}", "'x'*" + octets);
        }
        a.silence();
    }

    @Rule("§6.10")
    void tooLongMessageIsDroppedAndTheNextOneComes(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 1, "t");
        s.publish("@/t", 1, "x".repeat(1_392));
        s.publish("@/t", 1, "next");
        a.take(1, "{t}", "'next'").silence();
    }

    @Rule(value = "§6.10", site = Site.NARROW)
    void tooLongTopicIsDroppedAndTheNextOneComes(Scene s) {
        Device a = s.device().connect().subscribe("@/#", 1);
        s.publish("@/" + "x".repeat(60), 1, "too long");
        s.publish("@/t", 1, "next");
        a.expect("REGISTER {t} {m} '@/t'")
                .tell("REGACK {t} {m} 00")
                .take(1, "{t}", "'next'")
                .silence();
    }

    @Rule("§6.10, A26")
    void nameThatAWildcardBringsIsRegisteredFirst(Scene s) {
        Device a = s.device().connect().subscribe("@/+/x", 1);
        s.publish("@/1/x", 1, "one");
        a.expect("REGISTER {t} {m} '@/1/x'").silence().tell("REGACK {t} {m} 00").take(1, "{t}", "'one'");
        s.publish("@/1/x", 1, "two");
        a.take(1, "{t}", "'two'").silence();
    }

    @Rule("A26")
    void retainedMessageComesAfterSuback(Scene s) {
        s.publish("@/kept", 1, true, "old");
        Device a = s.device().connect().subscribe("@/kept", 1, "t");
        a.take(1, "10", "{t}", "'old'").silence();
        s.publish("@/kept", 1, true, "");
        a.take(1, "{t}", "");
    }

    @Rule("A26")
    void retainedMessagesOfAWildcardComeAfterSubackEachWithItsName(Scene s) {
        s.publish("@/kept/1", 1, true, "one");
        Device a = s.device().connect().subscribe("@/kept/#", 1);
        a.expect("REGISTER {t} {m} '@/kept/1'")
                .tell("REGACK {t} {m} 00")
                .take(1, "10", "{t}", "'one'")
                .silence();
    }

    @Rule("§6.7")
    void predefinedTopicComesUnderItsId(Scene s) {
        Device a = s.device().connect();
        a.ask("SUBSCRIBE 41 0001 {p}", "SUBACK 40 {p} 0001 00");
        for (int qos = 0; qos <= 2; qos++) {
            s.publish(s.predefinedTopic(), qos, "" + qos);
            a.take(qos, "01", "{p}", "'" + qos + "'");
        }
        a.silence();
    }

    @Rule("§6.7, A28")
    void shortTopicComesAsAShortTopic(Scene s) {
        Device a = s.device().connect();
        a.ask("SUBSCRIBE 42 0001 {s}", "SUBACK 40 0000 0001 00");
        for (int qos = 0; qos <= 2; qos++) {
            s.publish(s.shortTopic(), qos, "" + qos);
            a.take(qos, "02", "{s}", "'" + qos + "'");
        }
        a.silence();
    }

    @Rule("A28")
    void topicOf2OctetsComesAsAShortTopicWhateverWasSubscribed(Scene s) {
        Device a = s.device().connect();
        a.ask("SUBSCRIBE 20 0001 {s}", "SUBACK 20 * ");
        s.publish(s.shortTopic(), 1, "x");
        a.take(1, "02", "{s}", "'x'").silence();
    }

    @Rule("A28")
    void topicOf1OctetComesUnderANormalId(Scene s) {
        String topic = s.oneOctetTopic();
        Device a = s.device().connect().subscribe(topic, 1, "t");
        s.publish(topic, 1, "x");
        a.take(1, "{t}", "'x'").silence();
    }

    @Rule("A16")
    void nextMessageWaitsUntilThisOneIsAcknowledged(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 1, "t");
        s.publish("@/t", 1, "one");
        s.publish("@/t", 1, "two");
        a.expect("PUBLISH 20 {t} {m1} 'one'")
                .silence()
                .tell("PUBACK {t} {m1} 00")
                .take(1, "{t}", "'two'")
                .silence();
    }

    @Rule("A16")
    void messagesOfAllQosComeInOrder(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 2, "t");
        for (int i = 0; i < 9; i++) {
            s.publish("@/t", i % 3, "" + i);
        }
        for (int i = 0; i < 9; i++) {
            a.take(i % 3, "{t}", "'" + i + "'");
        }
        a.silence();
    }

    @Rule(value = "§6.9", notByMqtt5 = Cases.COPIES)
    void overlappingSubscriptionsBringAMessageOnce(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 1, "t").subscribe("@/#", 1);
        s.publish("@/t", 1, "once");
        a.take(1, "{t}", "'once'").silence();
    }

    @Rule(value = "§6.10, A27", notByMqtt5 = Cases.COPIES)
    void refusedNameBringsNoMessagesUntilTheNextSubscribe(Scene s) {
        Device a = s.device().connect().subscribe("@/#", 1);
        s.publish("@/no", 1, "lost");
        a.expect("REGISTER {no} {m1} '@/no'").tell("REGACK {no} {m1} 03");
        s.publish("@/no", 1, "lost too");
        s.publish("@/yes", 1, "other name");
        a.expect("REGISTER {yes} {m2} '@/yes'").tell("REGACK {yes} {m2} 00").take(1, "{yes}", "'other name'");
        a.ask("SUBSCRIBE 20 0301 '@/no'", "SUBACK 20 {no} 0301 00");
        s.publish("@/no", 1, "now");
        a.take(1, "{no}", "'now'").silence();
    }

    @Rule("§6.10, A27")
    void regackWithCongestionLosesOneMessageOnly(Scene s) {
        Device a = s.device().connect().subscribe("@/#", 1);
        s.publish("@/t", 1, "lost");
        a.expect("REGISTER {t} {m1} '@/t'").tell("REGACK {t} {m1} 01");
        s.publish("@/t", 1, "next");
        a.expect("REGISTER {t} {m2} '@/t'")
                .tell("REGACK {t} {m2} 00")
                .take(1, "{t}", "'next'")
                .silence();
    }

    @Rule("A15")
    void clientThatNeverAnswersRegisterIsLost(Scene s) {
        Device a = s.device().connectWithWill(true, 60, 1, "@/will", "silent").subscribe("@/in/#", 1);
        s.publish("@/in/x", 1, "unheard");
        a.expect("REGISTER {t} {m} '@/in/x'");
        s.arrives("@/will", 1, "silent");
    }

    @Rule("A15")
    void clientThatNeverAcknowledgesIsLost(Scene s) {
        Device a = s.device().connectWithWill(true, 60, 1, "@/will", "silent").subscribe("@/in", 1, "t");
        s.publish("@/in", 1, "unheard");
        a.expect("PUBLISH 20 {t} {m} 'unheard'");
        s.arrives("@/will", 1, "silent");
    }

    @Rule("A15, A38")
    void unacknowledgedMessageComesAgainInTheNextConnection(Scene s) {
        Device a = s.device().connect("00", 60).subscribe("@/t", 1, "t");
        s.publish("@/t", 1, "again");
        a.expect("PUBLISH 20 {t} {m} 'again'");
        a.disconnect();
        a.connect("00", 60);
        a.expect("REGISTER {new} {r} '@/t'").tell("REGACK {new} {r} 00");
        a.expect("PUBLISH A0 {new} {m} 'again'").tell("PUBACK {new} {m} 00").silence();
    }

    @Rule("§6.6, A3")
    void idThatTheClientDoesNotKnowIsRegisteredAgain(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 1, "t");
        s.publish("@/t", 1, "x");
        a.expect("PUBLISH 20 {t} {m} 'x'").tell("PUBACK {t} {m} 02");
        a.expect("REGISTER {t} {r} '@/t'").tell("REGACK {t} {r} 00");
        a.expect("PUBLISH A0 {t} {m} 'x'").tell("PUBACK {t} {m} 00").silence();
    }

    @Rule("§6.6, A3")
    void idThatTheClientDoesNotKnowAtQos0IsRegisteredForTheNextMessage(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 0, "t");
        s.publish("@/t", 0, "lost");
        a.expect("PUBLISH 00 {t} 0000 'lost'").tell("PUBACK {t} 0000 02").silence();
        s.publish("@/t", 0, "x");
        a.expect("REGISTER {t} {r} '@/t'")
                .tell("REGACK {t} {r} 00")
                .take(0, "{t}", "'x'")
                .silence();
    }

    @Rule("§6.7")
    void predefinedIdThatTheClientDoesNotKnowLosesTheMessage(Scene s) {
        Device a = s.device().connect();
        a.ask("SUBSCRIBE 21 0001 {p}", "SUBACK 20 {p} 0001 00");
        s.publish(s.predefinedTopic(), 1, "lost");
        a.expect("PUBLISH 21 {p} {m} 'lost'").tell("PUBACK {p} {m} 02").silence();
        s.publish(s.predefinedTopic(), 1, "next");
        a.take(1, "01", "{p}", "'next'").silence();
    }

    @Rule("§6.6")
    void pubackWithCongestionPausesTheDelivery(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 1, "t");
        s.publish("@/t", 1, "x");
        a.expect("PUBLISH 20 {t} {m} 'x'").tell("PUBACK {t} {m} 01").silence();
        a.expect("PUBLISH A0 {t} {m} 'x'").tell("PUBACK {t} {m} 00").silence();
    }

    @Rule("A4, A39")
    void pubackWithAnotherRefusalLosesTheMessage(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 2, "t");
        s.publish("@/t", 1, "refused");
        a.expect("PUBLISH 20 {t} {m1} 'refused'").tell("PUBACK {t} {m1} 03");
        s.publish("@/t", 2, "refused too");
        a.expect("PUBLISH 40 {t} {m2} 'refused too'").tell("PUBACK {t} {m2} 7F");
        s.publish("@/t", 2, "taken");
        a.take(2, "{t}", "'taken'").silence();
    }

    @Rule("§6.13")
    void pubrecAgainGetsPubrelAgain(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 2, "t");
        s.publish("@/t", 2, "x");
        a.expect("PUBLISH 40 {t} {m} 'x'").tell("PUBREC {m}").expect("PUBREL {m}");
        a.tell("PUBREC {m}").expect("PUBREL {m}").tell("PUBCOMP {m}").silence();
    }

    @Rule("§6.13")
    void answersToMsgIdsThatWereNeverUsedAreDropped(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 2, "t");
        a.tell("PUBACK {t} 7777 00")
                .tell("PUBACK {t} 7777 02")
                .tell("PUBREC 7777")
                .tell("PUBCOMP 7777");
        a.tell("REGACK {t} 7777 00").tell("REGACK {t} 7777 03").silence();
        s.publish("@/t", 2, "x");
        a.take(2, "{t}", "'x'").silence();
    }

    @Rule("§6.13")
    void answersToAnotherMsgIdDoNotEndTheExchange(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 1, "t");
        s.publish("@/t", 1, "one");
        s.publish("@/t", 1, "two");
        a.expect("PUBLISH 20 {t} {m} 'one'")
                .tell("PUBACK {t} 7777 00")
                .tell("PUBREC {m}")
                .silence();
        a.tell("PUBACK {t} {m} 00").take(1, "{t}", "'two'").silence();
    }

    @Rule("A32")
    void pubackWithCode0AtQos0IsIgnored(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 0, "t");
        s.publish("@/t", 0, "x");
        a.take(0, "{t}", "'x'").tell("PUBACK {t} 0000 00").silence();
        s.publish("@/t", 0, "y");
        a.take(0, "{t}", "'y'").silence();
    }

    @Rule("A2")
    void idsOfAKeptSessionAreToldAnewAfterReconnecting(Scene s) {
        Device a = s.device().connect("00", 60).subscribe("@/t", 1, "t");
        a.disconnect();
        a.connect("00", 60);
        s.publish("@/t", 1, "x");
        a.expect("REGISTER {new} {m} '@/t'")
                .tell("REGACK {new} {m} 00")
                .take(1, "{new}", "'x'")
                .silence();
    }
}
