package midge.cli.conform;

/** Search for gateways: §6.1. */
final class DiscoveryCases {
    @Rule("§6.1, A14")
    void searchgwIsAnsweredWithTheGatewaysIdAlone(Scene s) {
        s.device().ask("SEARCHGW 01", "GWINFO 01").silence();
    }

    @Rule("§5.3.9")
    void radiusDoesNotMatter(Scene s) {
        Device a = s.device();
        a.ask("SEARCHGW 00", "GWINFO 01").ask("SEARCHGW FF", "GWINFO 01").silence();
    }

    @Rule("§6.1")
    void searchOfAClientLeavesItsConnectionAlone(Scene s) {
        Device a = s.device()
                .connect()
                .ask("SEARCHGW 00", "GWINFO 01")
                .ask("PINGREQ", "PINGRESP")
                .silence();
        a.disconnect();
    }

    @Rule("§6.1")
    void searchOfASleeperDoesNotWakeIt(Scene s) {
        Device a = s.device("@a").connect().subscribe("@/t", 1, "t");
        Device b = s.device("@b").connect().subscribe("@/t", 1, "tb");
        a.sleep(60);
        s.publish("@/t", 1, "x");
        b.take(1, "{tb}", "'x'");
        a.ask("SEARCHGW 00", "GWINFO 01").silence();
        a.wake().take(1, "{t}", "'x'").asleepAgain();
    }

    @Rule("§6.1")
    void messagesOfOtherGatewaysAreDropped(Scene s) {
        s.device()
                .tell("ADVERTISE 02 0384")
                .tell("GWINFO 02")
                .tell("GWINFO 02 0A000001")
                .silence();
    }
}
