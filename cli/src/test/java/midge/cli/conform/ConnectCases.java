package midge.cli.conform;

/** Connection set-up, clean and kept sessions, CONNECT in every state: §6.2, §6.3. */
final class ConnectCases {
    @Rule("§6.2")
    void connectIsAcceptedWhenTheBrokerHasAccepted(Scene s) {
        s.device().connect().silence();
    }

    @Rule("§5.3.8")
    void protocolIdOtherThan1IsNotSupported(Scene s) {
        s.device().ask("CONNECT 04 02 003C '@a'", "CONNACK 03").silence();
    }

    @Rule("§5.3.8, A7")
    void protocolId2WithEmptyClientIdIsNotSupported(Scene s) {
        s.device().ask("CONNECT 04 02 003C", "CONNACK 03").silence();
    }

    @Rule("A7")
    void emptyClientIdIsNotSupported(Scene s) {
        s.device().ask("CONNECT 04 01 003C", "CONNACK 03");
        s.device("@b").connect();
    }

    @Rule("A7")
    void clientIdOf64OctetsIsTaken(Scene s) {
        s.device("@" + "x".repeat(59)).connect();
    }

    @Rule("A7")
    void clientIdOf65OctetsIsNotSupported(Scene s) {
        s.device().ask("CONNECT 04 01 003C '@" + "x".repeat(60) + "'", "CONNACK 03");
    }

    @Rule("A7")
    void clientIdOf200OctetsIsNotSupported(Scene s) {
        s.device()
                .ask("CONNECT 04 01 003C '@" + "x".repeat(195) + "'", "CONNACK 03")
                .silence();
    }

    @Rule(value = "A7", site = Site.WIDE)
    void clientIdOf200OctetsServesWhereItIsAllowed(Scene s) {
        Device a = s.device("@" + "x".repeat(195));
        a.connect().register("@/t", "t");
        a.ask("PUBLISH 20 {t} 0001 'from 200'", "PUBACK {t} 0001 00");
        s.arrives("@/t", 1, "from 200");
    }

    @Rule("§5.3.1")
    void clientIdThatIsPrefixOfAnotherIsAnotherClient(Scene s) {
        Device a = s.device("@a").connect();
        Device ab = s.device("@ab").connect();
        a.subscribe("@/a", 1, "a");
        ab.subscribe("@/ab", 1, "ab");
        s.publish("@/ab", 1, "for ab");
        s.publish("@/a", 1, "for a");
        ab.take(1, "{ab}", "'for ab'").silence();
        a.take(1, "{a}", "'for a'").silence();
    }

    @Rule("§5.3.1")
    void clientIdThatIsNoTextIsNotSupported(Scene s) {
        s.device().ask("CONNECT 04 01 003C 'x' C328", "CONNACK 03");
        s.device().ask("CONNECT 04 01 003C 'x' 00", "CONNACK 03");
    }

    @Rule("§5.3.4")
    void flagsThatConnectDoesNotUseAreIgnored(Scene s) {
        s.device().connect("F7", 60).silence();
    }

    @Rule("§6.3")
    void keptSessionKeepsItsSubscriptions(Scene s) {
        Device a = s.device().connect("00", 60).subscribe("@/x", 1, "t");
        a.disconnect();
        s.publish("@/x", 1, "meanwhile");
        a.connect("00", 60);
        a.expect("REGISTER {new} {m} '@/x'").tell("REGACK {new} {m} 00").take(1, "{new}", "'meanwhile'");
    }

    @Rule("§6.3")
    void cleanSessionEndsTheSubscriptionsOfTheOneBefore(Scene s) {
        Device a = s.device().connect("00", 60).subscribe("@/x", 1, "t");
        a.disconnect();
        a.connect("04", 60).subscribe("@/end", 1, "end");
        s.publish("@/x", 1, "not wanted");
        s.publish("@/end", 1, "end");
        a.take(1, "{end}", "'end'").silence();
    }

    @Rule("A36")
    void cleanSessionEndsWithDisconnect(Scene s) {
        Device a = s.device().connect("04", 60).subscribe("@/x", 1, "t");
        a.disconnect();
        s.publish("@/x", 1, "not wanted");
        a.connect("00", 60).subscribe("@/end", 1, "end");
        s.publish("@/end", 1, "end");
        a.take(1, "{end}", "'end'").silence();
    }

    @Rule("A2")
    void topicIdsEndWithTheConnectionEvenInAKeptSession(Scene s) {
        Device a = s.device().connect("00", 60).register("@/x", "old");
        a.disconnect();
        a.connect("00", 60);
        a.ask("PUBLISH 20 {old} 0001 'x'", "PUBACK {old} 0001 02");
        a.register("@/x", "new").ask("PUBLISH 20 {new} 0002 'x'", "PUBACK {new} 0002 00");
        s.arrives("@/x", 1, "x");
    }

    @Rule("A8")
    void connectAgainAtOnceIsAnsweredAgain(Scene s) {
        s.device().connect().connect().connect().silence();
    }

    @Rule("A8")
    void connectWithOtherFlagsWhileActiveStartsOver(Scene s) {
        Device a = s.device().connect("04", 60).register("@/t", "t").subscribe("@/x", 1, "x");
        a.connect("00", 60);
        a.ask("PUBLISH 20 {t} 0001 'x'", "PUBACK {t} 0001 02");
        a.subscribe("@/end", 1, "end");
        s.publish("@/x", 1, "not wanted");
        s.publish("@/end", 1, "end");
        a.take(1, "{end}", "'end'").silence();
    }

    @Rule("§6.14")
    void connectAfterBeingLostIsAccepted(Scene s) {
        Device a = s.device().connectWithWill(true, 1, 1, "@/will", "lost");
        s.arrives("@/will", 1, "lost");
        a.connect().register("@/t", "t").ask("PUBLISH 20 {t} 0001 'back'", "PUBACK {t} 0001 00");
        s.arrives("@/t", 1, "back");
    }

    @Rule("A24")
    void keepAlive0IsTakenAndGuardedByTheIdleLimit(Scene s) {
        s.device().connectWithWill(true, 0, 1, "@/will", "idle");
        s.arrives("@/will", 1, "idle");
    }

    @Rule("§6.2")
    void oneAddressMayBecomeAnotherClient(Scene s) {
        Device a = s.device().connectWithWill(true, 1, 1, "@/will", "replaced");
        a.ask("CONNECT 04 01 003C '@b'", "CONNACK 00");
        a.subscribe("@/t", 1, "t");
        s.arrives("@/will", 1, "replaced");
        s.publish("@/t", 1, "for b");
        a.take(1, "{t}", "'for b'").silence();
    }
}
