package midge.cli.conform;

/** Keep alive, goodbye and strangers: §6.11, §6.12. */
final class PresenceCases {
    @Rule("§6.11")
    void pingreqIsAnswered(Scene s) {
        s.device()
                .connect()
                .ask("PINGREQ", "PINGRESP")
                .ask("PINGREQ", "PINGRESP")
                .silence();
    }

    @Rule("A17")
    void pingreqWithTheOwnClientIdIsAnsweredWhileActive(Scene s) {
        s.device().connect().ask("PINGREQ '@a'", "PINGRESP").silence();
    }

    @Rule("A17")
    void pingreqWithAnUnknownClientIdGetsDisconnect(Scene s) {
        s.device().insist("PINGREQ '@nobody'", "DISCONNECT");
        s.device().connect().insist("PINGREQ '@nobody'", "DISCONNECT").ask("PINGREQ", "PINGRESP");
    }

    @Rule("§6.11")
    void pingrespOfAClientIsTakenInSilence(Scene s) {
        s.device().connect().tell("PINGRESP").silence();
    }

    @Rule("§6.11")
    void silenceBeyondTheKeepAliveLosesTheClient(Scene s) {
        Device a = s.device().connectWithWill(true, 1, 1, "@/will", "silent");
        s.arrives("@/will", 1, "silent");
        a.insist("PINGREQ", "DISCONNECT");
    }

    @Rule("§7.2")
    void keepAliveHasATolerance(Scene s) {
        Device a = s.device().connectWithWill(true, 4, 1, "@/will", "early");
        s.pass(4_600);
        a.ask("PINGREQ", "PINGRESP").disconnect();
    }

    @Rule("§6.11")
    void anyMessageShowsThatTheClientIsThere(Scene s) {
        Device a = s.device().connectWithWill(true, 2, 1, "@/will", "early");
        for (int i = 0; i < 3; i++) {
            s.pass(1_500);
            a.tell("PUBLISH 02 {s} 0000 'here " + i + "'");
            s.arrives(s.shortTopic(), 0, "here " + i);
        }
        a.ask("PINGREQ", "PINGRESP").disconnect();
    }

    @Rule("§6.12")
    void disconnectIsAnswered(Scene s) {
        Device a = s.device().connect();
        a.disconnect();
        a.insist("PINGREQ", "DISCONNECT");
    }

    @Rule("A22")
    void disconnectWithDuration0IsAGoodbye(Scene s) {
        Device a = s.device().connectWithWill(true, 1, 1, "@/will", "never");
        a.ask("DISCONNECT 0000", "DISCONNECT").insist("PINGREQ '@a'", "DISCONNECT");
        s.device("@b").connectWithWill(true, 1, 1, "@/end", "lost");
        s.arrives("@/end", 1, "lost");
    }

    @Rule("§6.12")
    void nothingIsDeliveredAfterDisconnect(Scene s) {
        Device a = s.device("@a").connect("00", 60).subscribe("@/t", 1, "ta");
        Device b = s.device("@b").connect().subscribe("@/t", 1, "tb");
        a.disconnect();
        s.publish("@/t", 1, "x");
        b.take(1, "{tb}", "'x'");
        a.silence();
    }

    @Rule("§6.12, A33")
    void disconnectOfAStrangerIsAnswered(Scene s) {
        s.device().insist("DISCONNECT", "DISCONNECT").insist("DISCONNECT 003C", "DISCONNECT");
    }

    @Rule("§6.12, A33")
    void strangersRequestsGetDisconnect(Scene s) {
        s.device().insist("PUBLISH 20 0001 0001 'x'", "DISCONNECT");
        s.device().insist("SUBSCRIBE 20 0001 '@/t'", "DISCONNECT");
        s.device().insist("REGISTER 0000 0001 '@/t'", "DISCONNECT");
        s.device().insist("PINGREQ", "DISCONNECT");
    }

    @Rule("A33")
    void strangersAreAnsweredNowAndThenOnly(Scene s) {
        Device stranger = s.device();
        long came = 0;
        for (int tries = 0; tries < 20 && came == 0; tries++) { // another stranger may have had the answer
            s.pass(tries == 0 ? 0 : Gateways.STRANGER_MS / 2);
            for (int i = 0; i < 50; i++) {
                stranger.tell("PUBREL 0001");
            }
            came = stranger.atMost(50 * 20 / Gateways.STRANGER_MS + 2, "DISCONNECT");
        }
        if (came == 0) {
            throw s.failure("a stranger is never answered");
        }
    }

    @Rule("§6.12")
    void strangersMessageAtQos0IsNotForwarded(Scene s) {
        s.device().insist("PUBLISH 02 {s} 0000 'not forwarded'", "DISCONNECT");
    }

    @Rule("§6.12")
    void disconnectOfAStrangerEndsNoOtherConnection(Scene s) {
        Device a = s.device("@a").connect();
        s.device("@b").insist("DISCONNECT", "DISCONNECT");
        a.ask("PINGREQ", "PINGRESP").silence();
    }

    @Rule("A33")
    void connectFromANewAddressMovesTheClient(Scene s) {
        Device a = s.device().connect("00", 60).subscribe("@/t", 1, "old");
        a.move();
        a.connect("00", 60);
        s.publish("@/t", 1, "x");
        a.expect("REGISTER {t} {m} '@/t'")
                .tell("REGACK {t} {m} 00")
                .take(1, "{t}", "'x'")
                .silence();
    }

    @Rule("A33")
    void pingreqWithClientIdFromANewAddressMovesTheClient(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 1, "t");
        a.move();
        a.ask("PINGREQ '@a'", "PINGRESP");
        s.publish("@/t", 1, "x");
        a.take(1, "{t}", "'x'").silence();
    }

    @Rule("A33")
    void otherMessagesFromANewAddressGetDisconnect(Scene s) {
        Device a = s.device().connect();
        a.move();
        a.insist("PUBLISH 22 {s} 0001 'not forwarded'", "DISCONNECT");
        a.ask("PINGREQ '@a'", "PINGRESP").ask("PUBLISH 22 {s} 0001 'x'", "PUBACK {s} 0001 00");
        s.arrives(s.shortTopic(), 1, "x");
    }

    @Rule("A33")
    void twoClientsMaySwapAddresses(Scene s) {
        Device a = s.device("@a").connect("00", 60).subscribe("@/a", 1, "ta");
        Device b = s.device("@b").connect("00", 60).subscribe("@/b", 1, "tb");
        a.swapAddresses(b);
        a.connect("00", 60);
        b.connect("00", 60);
        a.register("@/a", "na");
        b.register("@/b", "nb");
        s.publish("@/a", 1, "for a");
        s.publish("@/b", 1, "for b");
        a.take(1, "{na}", "'for a'").silence();
        b.take(1, "{nb}", "'for b'").silence();
    }

    @Rule("A33, A17")
    void twoSleepersMaySwapAddresses(Scene s) {
        Device a = s.device("@a").connect().subscribe("@/a", 1, "ta");
        Device b = s.device("@b").connect().subscribe("@/b", 1, "tb");
        a.sleep(60);
        b.sleep(60);
        a.swapAddresses(b);
        s.publish("@/a", 1, "for a");
        s.publish("@/b", 1, "for b");
        a.wake().take(1, "{ta}", "'for a'").asleepAgain();
        b.wake().take(1, "{tb}", "'for b'").asleepAgain();
    }
}
