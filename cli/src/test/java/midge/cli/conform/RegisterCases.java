package midge.cli.conform;

import java.util.HashSet;
import java.util.Set;

/** Topic ids that a client asks for: §6.5. */
final class RegisterCases {
    @Rule("§6.5")
    void registerGivesAnIdToPublishWith(Scene s) {
        Device a = s.device().connect().register("@/t", "t");
        a.ask("PUBLISH 20 {t} 0001 'x'", "PUBACK {t} 0001 00");
        s.arrives("@/t", 1, "x");
    }

    @Rule("A40")
    void registerOfAKnownNameGivesTheSameId(Scene s) {
        Device a = s.device().connect().register("@/t", "t");
        a.ask("REGISTER 0000 0002 '@/t'", "REGACK {t} 0002 00").silence();
    }

    @Rule("A40")
    void registerOfASubscribedNameGivesTheSameId(Scene s) {
        Device a = s.device().connect().subscribe("@/t", 0, "t");
        a.ask("REGISTER 0000 0002 '@/t'", "REGACK {t} 0002 00");
    }

    @Rule("A40")
    void registerWithWildcardsIsNotSupported(Scene s) {
        Device a = s.device().connect();
        a.ask("REGISTER 0000 0001 '@/+/x'", "REGACK 0000 0001 03");
        a.ask("REGISTER 0000 0002 '@/#'", "REGACK 0000 0002 03").silence();
    }

    @Rule("§5.3")
    void registerOfWhatIsNoTextIsNotSupported(Scene s) {
        Device a = s.device().connect();
        a.ask("REGISTER 0000 0001 '@' C328", "REGACK 0000 0001 03");
        a.ask("REGISTER 0000 0002 '@' 00", "REGACK 0000 0002 03").silence();
    }

    @Rule("§6.5")
    void registerOfATooLongNameIsNotSupported(Scene s) {
        Device a = s.device().connect();
        a.ask("REGISTER 0000 0001 '@" + "x".repeat(251) + "'", "REGACK {t} 0001 00");
        a.ask("REGISTER 0000 0002 '@" + "x".repeat(252) + "'", "REGACK 0000 0002 03");
    }

    @Rule("§5.4.10")
    void registerWithoutANameIsDropped(Scene s) {
        s.device().connect().raw("06 0A 0000 0001").silence();
    }

    @Rule("A13")
    void registerWithMsgId0IsDropped(Scene s) {
        s.device().connect().tell("REGISTER 0000 0000 '@/t'").silence();
    }

    @Rule("§5.4.10")
    void topicIdInAClientsRegisterIsIgnored(Scene s) {
        Device a = s.device().connect();
        a.ask("REGISTER 1234 0001 '@/t'", "REGACK {t} 0001 00");
        a.ask("PUBLISH 20 {t} 0002 'x'", "PUBACK {t} 0002 00");
        s.arrives("@/t", 1, "x");
    }

    @Rule("A1")
    void sameIdMayBeAnotherTopicForAnotherClient(Scene s) {
        Device a = s.device("@a").connect().register("@/of a", "ta");
        Device b = s.device("@b").connect().register("@/of b", "tb");
        a.ask("PUBLISH 20 {ta} 0001 'a'", "PUBACK {ta} 0001 00");
        b.ask("PUBLISH 20 {tb} 0001 'b'", "PUBACK {tb} 0001 00");
        s.arrives("@/of a", 1, "a");
        s.arrives("@/of b", 1, "b");
    }

    @Rule("§6.5")
    void fiftyFirstTopicWorksAsTheFirst(Scene s) {
        Device a = s.device().connect();
        registerMany(s, a, 51);
        a.ask("PUBLISH 20 {t} 0001 'x'", "PUBACK {t} 0001 00");
        s.arrives("@/51", 1, "x");
    }

    @Rule(value = "§6.5", site = Site.WIDE)
    void fiveThousandthTopicWorksAsTheFirst(Scene s) {
        Device a = s.device().connect();
        registerMany(s, a, 5_000);
        a.ask("PUBLISH 20 {t} 0001 'x'", "PUBACK {t} 0001 00");
        s.arrives("@/5000", 1, "x");
    }

    private static void registerMany(Scene s, Device a, int count) {
        Set<Integer> ids = new HashSet<>();
        for (int i = 1; i <= count; i++) {
            s.notation.forget("t");
            a.ask("REGISTER 0000 %04X '@/%d'".formatted(i, i), "REGACK {t} %04X 00".formatted(i));
            int id = s.notation.value("t");
            if (id == 0 || id == 0xFFFF || !ids.add(id)) {
                throw s.failure("id " + id + " for topic " + i);
            }
        }
    }

    @Rule(value = "§6.5", site = Site.NARROW)
    void registerMeetsCongestionWhenTheTableIsFull(Scene s) {
        Device a = s.device().connect();
        registerMany(s, a, 51);
        a.ask("REGISTER 0000 0100 '@/more'", "REGACK 0000 0100 01");
        a.ask("REGISTER 0000 0101 '@/51'", "REGACK {t} 0101 00");
    }
}
