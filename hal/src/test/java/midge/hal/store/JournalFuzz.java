package midge.hal.store;

import java.util.ArrayList;
import java.util.List;
import midge.fuzz.FuzzInput;
import midge.fuzz.FuzzTarget;
import midge.hal.Hal;
import midge.profile.Hex;

/**
 * Two storages that hold anything, rubbish or records with good checksums in any order: {@code |pieces|}. Opening succeeds, what is found
 * is found again, also after compaction, and a record appended afterwards is the last one at the next start.
 */
public final class JournalFuzz implements FuzzTarget {
    private static final int BODY_MAX = 40;
    private static final int CAPACITY = 8_000;

    @Override
    public void fuzz(byte[] data) {
        RamStorage first = new RamStorage(CAPACITY);
        RamStorage second = new RamStorage(CAPACITY);
        FuzzInput in = new FuzzInput(data);
        for (int i = 0; i < 100 && !in.isEmpty(); i++) {
            fill(in.bool() ? first : second, in);
        }
        Journal journal = open(first, second);
        List<String> found = records(journal);
        same(found, records(open(first, second)), "at the next start");
        check(journal.append(9, new byte[] {1, 2, 3}, 1, 2) == Hal.OK, "takes no record");
        check(journal.sync() == Hal.OK, "does not sync");
        found.add("9 02 03");
        same(found, records(journal), "after a record more");
        same(found, records(open(first, second)), "after a record more, at the next start");
        check(journal.compact((type, body, offset, length) -> type != 9) == Hal.OK, "is not compacted");
        found.removeIf(record -> record.startsWith("9 "));
        same(found, records(journal), "compacted");
        same(found, records(open(first, second)), "compacted, at the next start");
    }

    /** Rubbish, or a record of any type with its checksum. */
    private static void fill(Storage storage, FuzzInput in) {
        int kind = in.below(5);
        byte[] body = kind == 1 ? new byte[] {0x4D, 0x4A, 1, 0, 0, 0, (byte) in.octet()} : in.field();
        if (kind == 0) {
            storage.append(body, 0, body.length);
            return;
        }
        int type = kind == 1 || kind == 2 ? 0 : kind == 3 ? 9 : in.octet();
        byte[] head = {(byte) (body.length >> 8), (byte) body.length, (byte) type, 0, 0, 0, 0};
        int crc = Crc32.update(Crc32.update(0, head, 0, 3), body, 0, body.length);
        for (int i = 0; i < 4; i++) {
            head[3 + i] = (byte) (crc >> 24 - 8 * i);
        }
        storage.append(head, 0, head.length);
        storage.append(body, 0, body.length);
    }

    private static Journal open(Storage first, Storage second) {
        Journal journal = new Journal(first, second, BODY_MAX);
        check(journal.open() == Hal.OK, "does not open");
        check(journal.tornOctets() >= 0, "torn " + journal.tornOctets());
        return journal;
    }

    private static List<String> records(Journal journal) {
        List<String> all = new ArrayList<>();
        journal.rewind();
        int status = journal.next();
        while (status > 0) {
            long at = journal.position();
            String record = text(journal);
            all.add(record);
            check(journal.read(at) == 1 && text(journal).equals(record), "is not read again at " + at);
            check(all.size() < CAPACITY, "never ends");
            status = journal.next();
        }
        check(status == 0, "status " + status);
        return all;
    }

    private static String text(Journal journal) {
        check(journal.bodyLength() <= BODY_MAX, "a body of " + journal.bodyLength());
        return journal.type() + " " + Hex.of(journal.body(), 0, journal.bodyLength());
    }

    private static void same(List<String> expected, List<String> actual, String when) {
        check(expected.equals(actual), when + " " + actual + " instead of " + expected);
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        String generation = "01 01 02 ";
        String seal = "01 02 01 4D ";
        String other = "00 01 03 00 02 01 4D 00 03 02 68 69 ";
        seeds.add(Hex.bytes(generation + seal + "01 03 03 61 62 63 01 04 00 05"));
        seeds.add(Hex.bytes(generation + "01 03 03 61 62 63" + other));
        seeds.add(Hex.bytes(generation + seal + other + "01 00 05 00 02 09 11 22"));
        seeds.add(Hex.bytes("01 00 03 4D 4A 01"));
        seeds.add(Hex.bytes(generation + seal + "01 04 29 " + "55 ".repeat(41) + "07"));
        return seeds;
    }
}
