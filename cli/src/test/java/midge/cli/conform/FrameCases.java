package midge.cli.conform;

/** Lengths and broken messages: §5.2. A client that sends them stays connected. */
final class FrameCases {
    /** Sends octets that are no message, and shows that the client is still there and nothing was answered. */
    private static void dropped(Scene s, String... datagrams) {
        Device a = s.device().connect();
        for (String datagram : datagrams) {
            a.raw(datagram);
        }
        a.silence().ask("PINGREQ", "PINGRESP").silence();
    }

    @Rule("§5.2.1")
    void everyTotalFrom254To260GoesThrough(Scene s) {
        Device a = s.device().connect();
        for (int total : new int[] {254, 255, 258, 259, 260}) {
            int data = total - (total <= 255 ? 7 : 9);
            a.ask("PUBLISH 22 {s} %04X 'x'*%d".formatted(total, data), "PUBACK {s} %04X 00".formatted(total));
            s.arrives(s.shortTopic(), 1, "x".repeat(data));
        }
    }

    @Rule("§5.2.1")
    void totals256And257AreTakenInTheLongForm(Scene s) {
        Device a = s.device().connect();
        a.raw("01 0100 0C 22 {s} 0001 'x'*247").expect("PUBACK {s} 0001 00");
        a.raw("01 0101 0C 22 {s} 0002 'x'*248").expect("PUBACK {s} 0002 00").silence();
        s.arrives(s.shortTopic(), 1, "x".repeat(247));
        s.arrives(s.shortTopic(), 1, "x".repeat(248));
    }

    @Rule("§5.2.1")
    void needlessLongFormIsTakenForEveryMessage(Scene s) {
        Device a = s.device();
        a.raw("01 000E 04 04 01 003C '@a'").expect("CONNACK 00");
        a.raw("01 000D 0A 0000 0001 '@'").expect("REGACK {t} 0001 00");
        a.raw("01 000A 0C 20 {t} 0002 'x'").expect("PUBACK {t} 0002 00");
        a.raw("01 000C 12 20 0003 '@'").expect("SUBACK 20 {t} 0003 00");
        a.raw("01 000C 14 00 0004 '@'").expect("UNSUBACK 0004");
        a.raw("01 0004 16").expect("PINGRESP");
        a.raw("01 0004 18").expect("DISCONNECT");
        s.arrives("@", 1, "x");
    }

    @Rule("§5.2.1")
    void gatewayWritesTheShortestLength(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 0, "t");
        s.publish("@/t", 0, "x".repeat(248));
        a.take(0, "{t}", "'x'*248");
        s.publish("@/t", 0, "x".repeat(249));
        a.take(0, "{t}", "'x'*249").silence();
    }

    @Rule("§5.2.1")
    void lengthLargerThanTheDatagramIsDropped(Scene s) {
        dropped(s, "05 16 61", "0A 0C 22 {s} 0001 'x'", "01 0100 0C 22 {s} 0001 'x'");
    }

    @Rule("§5.2.1")
    void lengthSmallerThanTheDatagramIsDropped(Scene s) {
        dropped(s, "02 16 AA", "07 0C 22 {s} 0001 'x'", "02 16 02 16", "01 0004 16 AA");
    }

    @Rule("§5.2.1")
    void impossibleLengthsAreDropped(Scene s) {
        dropped(s, "00", "01", "02", "00 16", "01 00", "01 0000", "01 0003 16", "01 0002");
    }

    @Rule("§5.2.2")
    void reservedTypesAreDropped(Scene s) {
        dropped(s, "02 03", "02 11", "02 19", "02 1E", "02 7F", "02 FD", "02 FF");
    }

    @Rule("§5.4")
    void messagesThatOnlyAGatewaySendsAreDropped(Scene s) {
        dropped(s, "03 05 00", "02 06", "02 08", "08 13 20 0001 0001 00", "04 15 0001", "03 1B 00", "03 1D 00");
    }

    @Rule("§5.4.4")
    void shortConnectIsDropped(Scene s) {
        s.device()
                .raw("02 04")
                .raw("03 04 04")
                .raw("04 04 04 01")
                .raw("05 04 04 01 00")
                .silence();
    }

    @Rule("§5.4.12")
    void shortPublishIsDropped(Scene s) {
        dropped(s, "02 0C", "03 0C 00", "05 0C 00 0001", "06 0C 22 {s} 00");
    }

    @Rule("§5.4.11, §5.4.13, §5.4.14")
    void acknowledgementsOfAWrongLengthAreDropped(Scene s) {
        dropped(
                s,
                "06 0B 0001 0001",
                "08 0B 0001 0001 00 00",
                "06 0D 0001 0001",
                "03 0F 00",
                "05 10 0001 00",
                "05 0E 0001 00");
    }

    @Rule("§5.4.15, §5.4.17")
    void shortSubscribeIsDropped(Scene s) {
        dropped(
                s,
                "02 12",
                "05 12 20 0001",
                "06 12 01 0004 05",
                "06 12 02 0004 74",
                "06 14 01 0004 05",
                "05 14 00 0001");
    }

    @Rule("§5.4.15")
    void longPredefinedOrShortSubscribeIsDropped(Scene s) {
        dropped(s, "08 12 01 0004 0005 00", "08 12 02 0004 746100", "08 14 02 0004 746100");
    }

    @Rule("§5.4.10")
    void shortRegisterIsDropped(Scene s) {
        dropped(s, "02 0A", "06 0A 0000 0001", "05 0A 0000 00");
    }

    @Rule("§5.4.21")
    void disconnectWithHalfADurationIsDropped(Scene s) {
        dropped(s, "03 18 0E", "05 18 000100");
    }

    @Rule("§5.4.20")
    void pingrespWithMoreOctetsIsDropped(Scene s) {
        dropped(s, "03 17 00", "08 17 '@a'");
    }

    @Rule("§5.4.7")
    void willtopicWithFlagsAloneIsDropped(Scene s) {
        Device a = s.device().ask("CONNECT 0C 01 003C '@a'", "WILLTOPICREQ");
        a.raw("03 07 00").silence().ask("WILLTOPIC", "CONNACK 00");
        a.raw("03 1A 00").silence().ask("PINGREQ", "PINGRESP");
    }

    @Rule("§5.4.2")
    void searchgwOfAWrongLengthIsDropped(Scene s) {
        dropped(s, "02 01", "04 01 00 00");
    }

    @Rule("§5.3.4")
    void flagsThatAMessageDoesNotUseAreIgnored(Scene s) {
        Device a = s.device().connect();
        a.ask("PUBLISH 2E {s} 0001 'x'", "PUBACK {s} 0001 00");
        s.arrives(s.shortTopic(), 1, "x");
        a.ask("SUBSCRIBE 3C 0002 '@/t'", "SUBACK 20 {t} 0002 00")
                .ask("UNSUBSCRIBE FC 0003 '@/t'", "UNSUBACK 0003")
                .silence();
    }

    @Rule(value = "§6.10", site = Site.NARROW)
    void datagramBeyondTheLimitIsDropped(Scene s) {
        Device a = s.device().connect();
        a.tell("PUBLISH 22 {s} 0001 'x'*114").silence();
        a.ask("PUBLISH 22 {s} 0002 'x'*113", "PUBACK {s} 0002 00");
        s.arrives(s.shortTopic(), 1, "x".repeat(113));
    }

    @Rule(value = "§5.2", notByDtls = Cases.TOO_LARGE)
    void largestDatagramIsDropped(Scene s) {
        s.device().connect().raw("01 FFDC 0C 22 {s} 0001 'x'*65491").silence().ask("PINGREQ", "PINGRESP");
    }
}
