package midge.hal.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import midge.hal.Hal;
import org.junit.jupiter.api.Test;

/**
 * One scripted life of a journal, cut at every single step (octet appended, truncation, sync), and for each cut with every number of
 * unsynced octets lost. What is found afterwards is compared with what had been promised by then.
 */
class JournalPowerCutTest {
    /** What the script has done before the power failed. */
    private static final class Life {
        final FragileStorage.Power power = new FragileStorage.Power();
        final FragileStorage first = new FragileStorage(power);
        final FragileStorage second = new FragileStorage(power);
        final Journal journal = new Journal(first, second, 16);
        List<String> written = new ArrayList<>();
        int promised;
        List<String> afterCompaction = List.of();
        boolean compacting;

        boolean live(int steps) {
            power.stepsLeft = steps;
            if (journal.open() != Hal.OK) {
                return false;
            }
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < 4; i++) {
                    if (!add("r" + round + "n" + i) || i % 2 == 1 && !sync()) {
                        return false;
                    }
                }
                if (!compact(round)) {
                    return false;
                }
            }
            return add("last") && sync();
        }

        private boolean add(String text) {
            byte[] body = text.getBytes(US_ASCII);
            written.add(text); // it may be found even when the append did not return
            return journal.append(1, body, 0, body.length) == Hal.OK;
        }

        private boolean sync() {
            if (journal.sync() != Hal.OK) {
                return false;
            }
            promised = written.size();
            return true;
        }

        /** Keeps what ends in an even number. */
        private boolean compact(int round) {
            List<String> kept = new ArrayList<>();
            for (String text : written) {
                if ((text.charAt(3) - '0') % 2 == 0) {
                    kept.add(text);
                }
            }
            afterCompaction = kept;
            compacting = true;
            int status = journal.compact((type, body, offset, length) -> (body[offset + 3] - '0') % 2 == 0);
            if (status != Hal.OK || power.stepsLeft < 0) {
                return false;
            }
            compacting = false;
            written = new ArrayList<>(kept);
            promised = kept.size();
            return true;
        }
    }

    private static List<String> records(Journal journal) {
        List<String> found = new ArrayList<>();
        journal.rewind();
        while (journal.next() == 1) {
            found.add(new String(journal.body(), 0, journal.bodyLength(), US_ASCII));
        }
        return found;
    }

    private static void judge(Life life, List<String> found, String where) {
        if (life.compacting && found.equals(life.afterCompaction)) {
            return;
        }
        assertTrue(found.size() >= life.promised, where + ": lost " + life.written + " -> " + found);
        assertTrue(found.size() <= life.written.size(), where);
        assertEquals(life.written.subList(0, found.size()), found, where);
    }

    @Test
    void aPowerCutAtAnyOctetLosesNothingThatWasSynced() {
        Life whole = new Life();
        assertTrue(whole.live(Integer.MAX_VALUE));
        int steps = whole.power.used;
        assertTrue(steps > 300, "steps " + steps);
        for (int cut = 0; cut < steps; cut++) {
            int most = 1;
            for (int lost = 0; lost < most; lost++) {
                Life life = new Life();
                assertTrue(!life.live(cut), "cut " + cut);
                most = 1 + Math.max(life.first.unsynced(), life.second.unsynced());
                life.first.afterCut(lost);
                life.second.afterCut(lost);
                restart(life, "cut " + cut + " lost " + lost);
            }
        }
    }

    /** Opens what is left, judges it, and sees that it can be lived with. */
    private static void restart(Life life, String where) {
        life.power.stepsLeft = Integer.MAX_VALUE;
        Journal journal = new Journal(life.first, life.second, 16);
        assertEquals(Hal.OK, journal.open(), where);
        List<String> found = records(journal);
        judge(life, found, where);
        byte[] body = "more".getBytes(US_ASCII);
        assertEquals(Hal.OK, journal.append(1, body, 0, body.length), where);
        assertEquals(Hal.OK, journal.sync(), where);
        found.add("more");
        Journal again = new Journal(life.first, life.second, 16);
        assertEquals(Hal.OK, again.open(), where);
        assertEquals(found, records(again), where);
        assertEquals(0, again.tornOctets(), where);
        assertEquals(Hal.OK, again.compact((type, octets, offset, length) -> true), where);
        assertEquals(found, records(again), where);
    }
}
