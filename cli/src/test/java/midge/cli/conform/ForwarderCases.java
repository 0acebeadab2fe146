package midge.cli.conform;

/** Devices behind a forwarder: §5.5. */
final class ForwarderCases {
    @Rule(value = "§5.5", site = Site.WIDE)
    void wholeSessionGoesThroughAForwarder(Scene s) {
        Device a = s.forwarder().device("@a", "002A").connect().register("@/t", "t");
        a.ask("PUBLISH 20 {t} 0001 'up'", "PUBACK {t} 0001 00");
        s.arrives("@/t", 1, "up");
        a.subscribe("@/down", 2, "d");
        s.publish("@/down", 2, "down");
        a.take(2, "{d}", "'down'");
        a.sleep(60);
        s.publish("@/down", 1, "asleep");
        a.wake().take(1, "{d}", "'asleep'").asleepAgain();
        a.disconnect();
    }

    @Rule(value = "§5.5", site = Site.WIDE)
    void nodesBehindOneForwarderAreClientsOfTheirOwn(Scene s) {
        Forwarder forwarder = s.forwarder();
        Device a = forwarder.device("@a", "01").connect().subscribe("@/a", 1, "ta");
        Device b = forwarder.device("@b", "02").connect().subscribe("@/b", 1, "tb");
        s.publish("@/b", 1, "for b");
        s.publish("@/a", 1, "for a");
        b.take(1, "{tb}", "'for b'").silence();
        a.take(1, "{ta}", "'for a'").silence();
        a.disconnect();
        b.ask("PINGREQ", "PINGRESP");
    }

    @Rule(value = "§5.5", site = Site.WIDE)
    void nodeIdIsEchoedWhateverItsLength(Scene s) {
        Forwarder forwarder = s.forwarder();
        forwarder.device("@a", "FF").connect();
        forwarder.device("@b", "00").connect();
        forwarder.device("@c", "AB".repeat(24)).connect();
    }

    @Rule(value = "§5.5", site = Site.WIDE)
    void nodeMayMoveToAnotherForwarder(Scene s) {
        Device a = s.forwarder().device("@a", "2A").connect().subscribe("@/t", 1, "t");
        a.moveTo(s.forwarder().node("2B"));
        a.ask("PINGREQ '@a'", "PINGRESP");
        s.publish("@/t", 1, "x");
        a.take(1, "{t}", "'x'").silence();
    }

    @Rule(value = "§5.5", site = Site.WIDE)
    void sameAddressWithAndWithoutEnvelopeIsTwoClients(Scene s) {
        Forwarder forwarder = s.forwarder();
        Device own = s.device("@own", forwarder.itself()).connect();
        Device node = forwarder.device("@node", "2A").connect();
        own.ask("PINGREQ", "PINGRESP").disconnect();
        node.ask("PINGREQ", "PINGRESP");
    }

    @Rule(value = "§5.5, §6.8", site = Site.WIDE)
    void messageAtQosMinus1GoesThroughAForwarder(Scene s) {
        s.forwarder().device("@a", "2A").tell("PUBLISH 62 {s} 0000 'x'").silence();
        s.arrives(s.shortTopic(), 0, "x");
    }

    @Rule(value = "§5.5", site = Site.WIDE)
    void bitsOfCtrlDoNotMatter(Scene s) {
        s.forwarder("FF").device("@a", "2A").connect().ask("PINGREQ", "PINGRESP");
    }

    @Rule("A29")
    void envelopeOfAForwarderThatIsNotServedIsDropped(Scene s) {
        s.device()
                .raw("04 FE 00 2A 0C 04 04 01 003C '@a'")
                .raw("04 FE 00 2A 02 16")
                .silence();
    }

    @Rule(value = "A29", site = Site.WIDE)
    void envelopeInAnEnvelopeIsDropped(Scene s) {
        s.device().raw("05 FE 00 002A 05 FE 00 002B 02 16").silence();
    }

    @Rule(value = "§5.5", site = Site.WIDE)
    void envelopeWithoutAMessageIsDropped(Scene s) {
        s.device()
                .raw("05 FE 00 002A")
                .raw("05 FE 00 002A 05 16 61")
                .raw("03 FE 00")
                .silence();
    }

    @Rule(value = "§5.5", site = Site.WIDE)
    void envelopeWithoutANodeIdIsDropped(Scene s) {
        s.device().raw("03 FE 00 02 16").silence();
    }
}
