package midge.cli.conform;

/** The will, its loss and its updates: §6.2 to §6.4. */
final class WillCases {
    @Rule("§6.2")
    void willIsAskedForAndPublishedWhenTheClientIsLost(Scene s) {
        s.device().connectWithWill(true, 1, 1, "@/will", "gone");
        s.arrives("@/will", 1, "gone");
    }

    @Rule("§6.2, §5.4.7")
    void willHasItsOwnQosAndRetain(Scene s) {
        Device a = s.device();
        a.ask("CONNECT 0C 01 0001 '@a'", "WILLTOPICREQ");
        a.ask("WILLTOPIC 50 '@/will'", "WILLMSGREQ").ask("WILLMSG 'gone'", "CONNACK 00");
        s.arrives("@/will", 2, true, "gone");
    }

    @Rule("§5.4.9")
    void willMessageMayBeEmpty(Scene s) {
        s.device().connectWithWill(true, 1, 0, "@/will", "");
        s.arrives("@/will", 0, "");
    }

    @Rule("§6.2, A9")
    void emptyWilltopicMeansNoWillAndConnackAtOnce(Scene s) {
        Device a = s.device();
        a.ask("CONNECT 0C 01 0001 '@a'", "WILLTOPICREQ").ask("WILLTOPIC", "CONNACK 00");
        s.device("@b").connectWithWill(true, 1, 1, "@/end", "both are lost");
        s.arrives("@/end", 1, "both are lost");
    }

    @Rule("§6.2, A15")
    void willIsAskedForAgainWhenTheClientDoesNotAnswer(Scene s) {
        Device a = s.device().ask("CONNECT 0C 01 003C '@a'", "WILLTOPICREQ");
        a.expect("WILLTOPICREQ").ask("WILLTOPIC 20 '@/will'", "WILLMSGREQ");
        a.expect("WILLMSGREQ").ask("WILLMSG 'x'", "CONNACK 00");
        a.disconnect();
    }

    @Rule("§5.4.7")
    void willtopicThatIsNoTopicIsDropped(Scene s) {
        Device a = s.device().ask("CONNECT 0C 01 003C '@a'", "WILLTOPICREQ");
        a.tell("WILLTOPIC 00 'a/#'").tell("WILLTOPIC 00 'x' C328").silence();
        a.ask("WILLTOPIC 20 '@/will'", "WILLMSGREQ").ask("WILLMSG 'x'", "CONNACK 00");
        a.disconnect();
    }

    @Rule("§6.12")
    void willIsNotPublishedAfterDisconnect(Scene s) {
        Device a = s.device().connectWithWill(true, 1, 1, "@/will", "never");
        a.disconnect();
        s.device("@b").connectWithWill(true, 1, 1, "@/end", "lost");
        s.arrives("@/end", 1, "lost");
    }

    @Rule("§6.3")
    void willOfAKeptSessionStaysForTheNextConnection(Scene s) {
        Device a = s.device().connectWithWill(false, 60, 1, "@/will", "still");
        a.disconnect();
        a.connect("00", 1);
        s.arrives("@/will", 1, "still");
    }

    @Rule("§6.3")
    void newWillTakesThePlaceOfTheKeptOne(Scene s) {
        Device a = s.device().connectWithWill(false, 60, 1, "@/old", "old");
        a.disconnect();
        a.connectWithWill(false, 1, 1, "@/new", "new");
        s.arrives("@/new", 1, "new");
    }

    @Rule("§6.3")
    void cleanSessionEndsTheWillOfTheOneBefore(Scene s) {
        Device a = s.device().connectWithWill(false, 60, 1, "@/will", "never");
        a.disconnect();
        a.connect("04", 1);
        s.device("@b").connectWithWill(true, 1, 1, "@/end", "both are lost");
        s.arrives("@/end", 1, "both are lost");
    }

    @Rule("§6.4, A10")
    void willtopicupdChangesTheTopicOnly(Scene s) {
        Device a = s.device().connectWithWill(true, 1, 1, "@/old", "gone");
        a.ask("WILLTOPICUPD 40 '@/new'", "WILLTOPICRESP 00");
        s.arrives("@/new", 2, "gone");
    }

    @Rule("§6.4, A10")
    void willmsgupdChangesTheMessageOnly(Scene s) {
        Device a = s.device().connectWithWill(true, 1, 1, "@/will", "old");
        a.ask("WILLMSGUPD 'new'", "WILLMSGRESP 00");
        s.arrives("@/will", 1, "new");
    }

    @Rule("§6.4")
    void emptyWilltopicupdRemovesTheWill(Scene s) {
        Device a = s.device().connectWithWill(true, 1, 1, "@/will", "never");
        a.ask("WILLTOPICUPD", "WILLTOPICRESP 00");
        s.device("@b").connectWithWill(true, 1, 1, "@/end", "both are lost");
        s.arrives("@/end", 1, "both are lost");
    }

    @Rule("§6.4, A11")
    void willmsgupdWithoutAWillIsNotSupported(Scene s) {
        s.device().connect().ask("WILLMSGUPD 'x'", "WILLMSGRESP 03").silence();
    }

    @Rule("§6.4")
    void willMayBeGivenLater(Scene s) {
        Device a = s.device().connect("04", 1);
        a.ask("WILLTOPICUPD 20 '@/will'", "WILLTOPICRESP 00").ask("WILLMSGUPD 'later'", "WILLMSGRESP 00");
        s.arrives("@/will", 1, "later");
    }

    @Rule("A10")
    void subscriptionsAndTopicIdsOutliveAWillUpdate(Scene s) {
        Device a = s.device().connectWithWill(false, 60, 1, "@/old", "old").subscribe("@/t", 1, "t");
        a.register("@/up", "up").ask("WILLTOPICUPD 20 '@/new'", "WILLTOPICRESP 00");
        s.publish("@/t", 1, "after the update");
        a.take(1, "{t}", "'after the update'");
        a.ask("PUBLISH 20 {up} 0001 'up'", "PUBACK {up} 0001 00");
        s.arrives("@/up", 1, "up");
        a.disconnect();
    }

    @Rule("A10")
    void subscriptionsOfACleanSessionOutliveAWillUpdate(Scene s) {
        Device a = s.device().connectWithWill(true, 60, 1, "@/old", "old").subscribe("@/t", 1, "t");
        a.ask("WILLMSGUPD 'new'", "WILLMSGRESP 00");
        a.subscribe("@/end", 1, "end"); // answered when the subscriptions before are made again
        s.publish("@/t", 1, "after the update");
        a.take(1, "{t}", "'after the update'");
        a.disconnect();
    }
}
