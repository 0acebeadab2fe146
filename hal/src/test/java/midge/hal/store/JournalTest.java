package midge.hal.store;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import midge.hal.Hal;
import midge.profile.Allocation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class JournalTest {
    private final FragileStorage.Power power = new FragileStorage.Power();
    private final FragileStorage first = new FragileStorage(power);
    private final FragileStorage second = new FragileStorage(power);
    private Journal journal = new Journal(first, second, 40);

    private void reopen() {
        journal = new Journal(first, second, 40);
        assertEquals(Hal.OK, journal.open());
    }

    private int append(String text) {
        byte[] body = ("<" + text + ">").getBytes(US_ASCII);
        return journal.append(text.charAt(0), body, 1, text.length());
    }

    private List<String> records() {
        List<String> found = new ArrayList<>();
        journal.rewind();
        while (journal.next() == 1) {
            assertEquals(journal.type(), journal.body()[0]);
            found.add(new String(journal.body(), 0, journal.bodyLength(), US_ASCII));
        }
        return found;
    }

    @Test
    void recordsComeBackInOrderAfterARestart() {
        assertEquals(Hal.OK, journal.open());
        assertEquals(List.of(), records());
        append("alpha");
        append("beta");
        assertEquals(List.of("alpha", "beta"), records());
        reopen();
        append("gamma");
        assertEquals(List.of("alpha", "beta", "gamma"), records());
        assertEquals(0, journal.tornOctets());
    }

    @Test
    void theLayoutIsTheOneThatIsDocumented() {
        journal.open();
        long before = first.length();
        journal.append(7, "123456789".getBytes(US_ASCII), 0, 9);
        byte[] record = new byte[16];
        assertEquals(16, first.read(before, record, 0, 16));
        java.util.zip.CRC32 crc = new java.util.zip.CRC32();
        crc.update(record, 0, 3);
        crc.update(record, 7, 9);
        assertEquals(9, record[0] << 8 | record[1]);
        assertEquals(7, record[2]);
        assertEquals((int) crc.getValue(), java.nio.ByteBuffer.wrap(record).getInt(3));
    }

    @Test
    void theCheckValueOfTheCatalogue() {
        assertEquals(0xCBF43926, Crc32.update(0, "123456789".getBytes(US_ASCII), 0, 9));
    }

    @Test
    void bodiesMayBeEmptyOrAsLongAsAgreed() {
        journal.open();
        assertEquals(Hal.OK, journal.append(1, new byte[0], 0, 0));
        assertEquals(Hal.OK, journal.append(255, new byte[40], 0, 40));
        assertEquals(Hal.INVALID, journal.append(1, new byte[41], 0, 41));
        assertEquals(Hal.INVALID, journal.append(0, new byte[1], 0, 1));
        assertEquals(Hal.INVALID, journal.append(256, new byte[1], 0, 1));
        reopen();
        assertEquals(1, journal.next());
        assertEquals(0, journal.bodyLength());
        assertEquals(1, journal.next());
        assertEquals(40, journal.bodyLength());
        assertEquals(255, journal.type());
        assertEquals(0, journal.next());
        assertThrows(IllegalArgumentException.class, () -> new Journal(first, second, 0));
        assertThrows(IllegalArgumentException.class, () -> new Journal(first, second, 65_536));
    }

    @Test
    void nothingWorksBeforeOpen() {
        assertEquals(Hal.GONE, append("x"));
        assertEquals(Hal.GONE, journal.sync());
        assertEquals(Hal.GONE, journal.next());
        assertEquals(Hal.GONE, journal.beginCompaction());
        assertEquals(Hal.INVALID, journal.endCompaction());
        assertEquals(0, journal.length());
    }

    @Test
    void aRecordIsFoundAgainAtItsPosition() {
        journal.open();
        append("alpha");
        append("beta");
        append("gamma");
        journal.next();
        journal.next();
        long position = journal.position();
        assertEquals(1, journal.next());
        assertEquals(1, journal.read(position));
        assertEquals('b', journal.type());
        assertEquals(0, journal.next());
        assertEquals(0, journal.read(journal.length()));
        assertEquals(0, journal.read(-1));
    }

    @Test
    void compactionKeepsWhatTheFilterWants() {
        journal.open();
        for (String text : List.of("a1", "b1", "a2", "b2", "b3")) {
            append(text);
        }
        long before = journal.length();
        assertEquals(Hal.OK, journal.compact((type, body, offset, length) -> type == 'b'));
        assertEquals(List.of("b1", "b2", "b3"), records());
        assertTrue(journal.length() < before);
        append("c1");
        assertEquals(Hal.OK, journal.compact((type, body, offset, length) -> body[offset + 1] != '2'));
        reopen();
        assertEquals(List.of("b1", "b3", "c1"), records());
        assertEquals(0, second.length(), "the old storage is free again");
    }

    @Test
    void compactionMayWriteOtherRecordsThanThereWere() {
        journal.open();
        append("a1");
        assertEquals(Hal.OK, journal.beginCompaction());
        append("snapshot");
        assertEquals(List.of("a1"), records(), "until the end the old ones are read");
        assertEquals(Hal.OK, journal.endCompaction());
        assertEquals(List.of("snapshot"), records());
        journal.beginCompaction();
        append("never");
        journal.abandonCompaction();
        append("more");
        reopen();
        assertEquals(List.of("snapshot", "more"), records());
    }

    @Test
    void aFullStorageRefusesAndKeepsWhatThereIs() {
        journal.open();
        append("alpha");
        first.capacity = (int) first.length() + 9; // room for a header and two octets
        assertEquals(Hal.FULL, append("beta"));
        assertEquals(List.of("alpha"), records());
        assertEquals(Hal.OK, append("ok"));
        reopen();
        assertEquals(List.of("alpha", "ok"), records());
    }

    @Test
    void aFailedAppendIsCutOffBeforeTheNextOne() {
        journal.open();
        append("alpha");
        first.failAppends = 2; // the body, after its header was written
        first.failTruncates = true;
        assertEquals(Hal.BUS_ERROR, append("beta"));
        assertEquals(Hal.BUS_ERROR, append("gamma"), "the tail cannot be cut yet");
        first.failTruncates = false;
        assertEquals(Hal.OK, append("delta"));
        reopen();
        assertEquals(List.of("alpha", "delta"), records());
    }

    @Test
    void aFailedCompactionLeavesTheOldRecords() {
        journal.open();
        append("alpha");
        second.failSyncs = true;
        assertEquals(Hal.BUS_ERROR, journal.compact((type, body, offset, length) -> false));
        assertEquals(List.of("alpha"), records());
        append("beta");
        second.failSyncs = false;
        reopen();
        assertEquals(List.of("alpha", "beta"), records());
        second.capacity = 30;
        assertEquals(Hal.FULL, journal.compact((type, body, offset, length) -> true));
        assertEquals(List.of("alpha", "beta"), records());
    }

    @Test
    void aSealedReplacementThatCannotBeRemovedClosesTheJournal() {
        journal.open();
        append("alpha");
        journal.beginCompaction();
        append("beta");
        second.failSyncs = true;
        second.failTruncates = true;
        assertEquals(Hal.BUS_ERROR, journal.endCompaction());
        assertEquals(Hal.GONE, append("gamma"), "appending to the old records would be in vain");
        second.failSyncs = false;
        second.failTruncates = false;
        reopen();
        assertEquals(List.of("beta"), records());
    }

    @Test
    void aDamagedRecordEndsTheJournalThereAndIsCounted() {
        journal.open();
        append("alpha");
        int middle = (int) first.length();
        append("beta");
        append("gamma");
        int lost = (int) first.length() - middle;
        first.flip(middle + 8, 0x10);
        reopen();
        assertEquals(List.of("alpha"), records());
        assertEquals(lost, journal.tornOctets());
        append("delta");
        reopen();
        assertEquals(List.of("alpha", "delta"), records());
    }

    @Test
    void noDamageToASingleOctetEverShowsAWrongRecord() {
        journal.open();
        append("alpha");
        append("beta");
        int length = (int) first.length();
        for (int at = 0; at < length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                FragileStorage copy = new FragileStorage(power);
                byte[] octets = new byte[length];
                first.read(0, octets, 0, length);
                octets[at] ^= (byte) (1 << bit);
                copy.append(octets, 0, length);
                journal = new Journal(copy, new FragileStorage(power), 40);
                assertEquals(Hal.OK, journal.open());
                List<String> found = records();
                assertEquals(List.of("alpha", "beta").subList(0, found.size()), found);
            }
        }
    }

    @Test
    void rubbishInBothStoragesGivesAnEmptyJournal() {
        byte[] rubbish = new byte[100];
        new java.util.Random(3).nextBytes(rubbish);
        first.append(rubbish, 0, 100);
        second.append(new byte[100], 0, 100);
        reopen();
        assertEquals(List.of(), records());
        assertEquals(200, journal.tornOctets());
        append("alpha");
        reopen();
        assertEquals(List.of("alpha"), records());
    }

    @Test
    @Tag("interpreted")
    void steadyUseAllocatesNothing() {
        Journal steady = new Journal(new RamStorage(4_000), new RamStorage(4_000), 40);
        byte[] body = new byte[20];
        JournalFilter few = (type, octets, offset, length) -> type == 3;
        steady.open();
        assertEquals(0, Allocation.of(() -> {
            for (int i = 0; i < 300; i++) {
                if (steady.append(1 + i % 30, body, 0, body.length) == Hal.FULL) {
                    steady.compact(few);
                }
                steady.sync();
                steady.next();
            }
            if (steady.open() != Hal.OK) {
                throw new IllegalStateException();
            }
        }));
    }
}
