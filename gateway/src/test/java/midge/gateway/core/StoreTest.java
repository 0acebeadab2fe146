package midge.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import midge.gateway.config.Durability;
import midge.gateway.config.GatewayConfig;
import midge.gateway.config.GatewayConfigBuilder;
import midge.gateway.port.GatewayCounters;
import midge.gateway.store.StateStore;
import midge.hal.Hal;
import midge.hal.store.Journal;
import midge.hal.store.RamStorage;
import midge.hal.store.Storage;
import org.junit.jupiter.api.Test;

/** The journal as an enemy: torn, corrupted, written by somebody else; and its storage: full, broken, slow. */
class StoreTest {
    private static final int ROOM = 1 << 20;
    private static final int RANDOM_JOURNALS = 500;

    /** A storage that may fail, and counts how often it is synced. */
    private static final class Disk implements Storage {
        final RamStorage octets = new RamStorage(4 * ROOM);
        int syncs;
        boolean full;

        @Override
        public long length() {
            return octets.length();
        }

        @Override
        public int append(byte[] bytes, int offset, int length) {
            return full ? Hal.FULL : octets.append(bytes, offset, length);
        }

        @Override
        public int sync() {
            syncs++;
            return Hal.OK;
        }

        @Override
        public int read(long at, byte[] into, int offset, int capacity) {
            return octets.read(at, into, offset, capacity);
        }

        @Override
        public int truncate(long length) {
            return octets.truncate(length);
        }
    }

    private final Disk first = new Disk();
    private final Disk second = new Disk();

    private Script start(UnaryOperator<GatewayConfigBuilder> options) {
        return new Script(options, first, second);
    }

    /** Two clients with something of every kind of record. */
    private Script busy() {
        Script script = start(options -> options);
        script.connectKept().register().from("A", "06 12 20 00 05 23").broker(0, "90 03 00 05 01");
        script.from("A", "06 12 20 00 06 78").broker(0, "90 03 00 06 01");
        script.from("A", "06 14 20 00 07 78").broker(0, "B0 02 00 07");
        script.from("A", "08 0C 40 00 01 00 10 31").broker(0, "50 02 00 10");
        script.from("A", "04 10 00 10").broker(0, "70 02 00 10");
        script.from("A", "08 0C 40 00 01 00 11 32");
        script.broker(0, "34 0A 00 05 61 2F 62 2F 63 00 21 31").from("A", "04 0F 00 01");
        script.broker(0, "62 02 00 21").from("A", "04 0E 00 01");
        script.broker(0, "34 0A 00 05 61 2F 62 2F 63 00 22 31").from("A", "04 18 0E 10");
        script.broker(0, "30 08 00 05 61 2F 62 2F 63 31");
        script.from("B", "08 04 08 01 00 3C 63 32").from("B", "04 07 00 77").from("B", "03 09 78");
        script.opened(1).broker(1, "20 02 00 00");
        script.from("C", "08 04 00 01 00 3C 63 33").opened(2).broker(2, "20 02 00 00");
        return script.skip();
    }

    private static byte[] copy(Storage storage) {
        byte[] octets = new byte[(int) storage.length()];
        storage.read(0, octets, 0, octets.length);
        return octets;
    }

    private static RamStorage storage(byte[] octets, int length) {
        RamStorage storage = new RamStorage(ROOM);
        storage.append(octets, 0, length);
        return storage;
    }

    /** Restores, and uses every session a little. @return how many clients were known */
    private static int live(Storage one, Storage other) {
        Script script = new Script(options -> options, one, other);
        script.pass(100);
        for (String name : List.of("A", "B", "C")) {
            script.from(name, "08 0C 40 00 01 00 11 32")
                    .from(name, "04 10 00 11")
                    .from(name, "04 0F 00 02");
            script.from(name, "02 18");
        }
        for (int link = 0; link < script.core.sessions().count(); link++) {
            script.opened(link).broker(link, "20 02 01 00").broker(link, "62 02 00 22");
            script.broker(link, "34 0A 00 05 61 2F 62 2F 63 00 22 31");
        }
        script.from("A", "04 16 63 31").from("A", "08 04 00 01 00 3C 63 31").pass(100_000);
        return script.restored;
    }

    @Test
    void aJournalThatEndsAnywhereIsReadUpToThere() {
        busy();
        byte[] one = copy(first);
        byte[] other = copy(second);
        int before = 0;
        int[] seen = new int[4];
        for (int length = 0; length <= Math.max(one.length, other.length); length += 3) {
            int known =
                    live(storage(one, Math.min(length, one.length)), storage(other, Math.min(length, other.length)));
            assertThat(known).isGreaterThanOrEqualTo(before);
            before = known;
            seen[known]++;
        }
        assertThat(seen).as("journals with so many clients").doesNotContain(0);
    }

    @Test
    void aFlippedBitAnywhereCostsRecordsAndNothingElse() {
        busy();
        byte[] one = copy(first);
        byte[] other = copy(second);
        for (int at = 0; at < one.length + other.length; at += 3) {
            byte[] victim = at < one.length ? one : other;
            int place = at < one.length ? at : at - one.length;
            victim[place] ^= (byte) (1 << at % 8);
            assertThat(live(storage(one, one.length), storage(other, other.length)))
                    .isBetween(0, 3);
            victim[place] ^= (byte) (1 << at % 8);
        }
    }

    /** Records as somebody else might write them: the checksums are right, and nothing else need be. */
    @Test
    void recordsOfAnyContentsHarmNobody() {
        busy();
        List<byte[]> bodies = new ArrayList<>();
        List<Integer> types = new ArrayList<>();
        Journal real = new Journal(first, second, 0xFFFF);
        assertThat(real.open()).isEqualTo(Hal.OK);
        while (real.next() > 0) {
            types.add(real.type());
            bodies.add(java.util.Arrays.copyOf(real.body(), real.bodyLength()));
        }
        assertThat(types).contains(1, 3, 4, 6, 7, 9, 10, 11, 12, 13);
        Random random = new Random(5);
        int known = 0;
        for (int i = 0; i < RANDOM_JOURNALS; i++) {
            RamStorage one = new RamStorage(ROOM);
            RamStorage other = new RamStorage(ROOM);
            Journal journal = new Journal(one, other, 0xFFFF);
            journal.open();
            for (int record = 0; record < 40; record++) {
                int model = random.nextInt(bodies.size());
                byte[] body = mutated(bodies.get(model), random);
                int type = random.nextInt(10) == 0 ? 1 + random.nextInt(20) : types.get(model);
                journal.append(type, body, 0, random.nextInt(8) == 0 ? random.nextInt(body.length + 1) : body.length);
            }
            known += live(one, other);
        }
        assertThat(known).as("clients of all journals").isGreaterThan(RANDOM_JOURNALS);
    }

    private static byte[] mutated(byte[] body, Random random) {
        byte[] octets = body.clone();
        for (int i = random.nextInt(3); i > 0; i--) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt();
        }
        return octets;
    }

    @Test
    void aFullDiskIsCountedOnceAndMendedByWritingEverythingAnew() {
        Script script = start(options -> options);
        script.connectKept();
        first.full = true;
        second.full = true;
        script.register();
        assertThat(script.count(GatewayCounters.STORE_FAILED)).isEqualTo(1);
        script.from("A", "08 0C 00 00 01 00 00 31").expect("#0 30 08 00 05 61 2F 62 2F 63 31");
        script.pass(9_000).skip();
        assertThat(script.count(GatewayCounters.STORE_FAILED)).isEqualTo(1);
        first.full = false;
        second.full = false;
        script.pass(2_000).skip();
        Script next = start(options -> options);
        assertThat(next.restored).isEqualTo(1);
        next.from("A", "08 0C 20 00 01 00 02 31");
        assertThat(next.count(GatewayCounters.REJECTED)).isZero();
    }

    @Test
    void theJournalStaysSmallHoweverOftenAClientSleeps() {
        Script script = start(options -> options.durability(Durability.OFF));
        script.connectKept();
        long longest = 0;
        for (int i = 0; i < 60_000; i++) {
            script.from("A", i % 2 == 0 ? "04 18 0E 10" : "04 18 0E 11").skip();
            longest = Math.max(longest, first.length() + second.length());
        }
        assertThat(longest).isBetween(ROOM / 2L, ROOM + 1_000L);
        assertThat(script.count(GatewayCounters.STORE_FAILED)).isZero();
    }

    @Test
    void aHostThatSettlesBeforeItRestoresLosesNothing() {
        Script before = busy();
        GatewayConfig config = GatewayConfig.builder().maxSessions(8).build();
        StateStore store = new StateStore(first, second, Durability.ALWAYS, 100);
        GatewayCore core = new GatewayCore(config, before, 1, store);
        core.commit(0);
        assertThat(core.nextDeadlineMs()).isEqualTo(Long.MAX_VALUE);
        assertThat(core.restore(0)).isEqualTo(3);
    }

    private int syncs() {
        return first.syncs + second.syncs;
    }

    @Test
    void withAlwaysEveryCommitThatHasSomethingToKeepIsSynced() {
        Script script = start(options -> options);
        script.connectKept();
        int before = syncs();
        script.register();
        assertThat(syncs()).isEqualTo(before + 1);
        script.from("A", "08 0C 20 00 01 00 02 31").broker(0, "40 02 00 02");
        assertThat(syncs()).isEqualTo(before + 1);
    }

    @Test
    void withBatchASyncComesInTimeAndForAllTogether() {
        Script script = start(options -> options.durability(Durability.BATCH).storeBatchMs(200));
        script.connectKept().pass(1_000).skip();
        int before = syncs();
        script.register().from("A", "0B 0A 00 00 00 01 61 2F 62 2F 64");
        assertThat(syncs()).isEqualTo(before);
        assertThat(script.core.nextDeadlineMs()).isEqualTo(script.nowMs + 200);
        script.pass(200);
        assertThat(syncs()).isEqualTo(before + 1);
    }

    @Test
    void withOffNothingIsSyncedAndAKilledProcessLosesNothing() {
        Script script = start(options -> options.durability(Durability.OFF));
        int before = syncs();
        script.connectKept().register();
        assertThat(syncs()).isEqualTo(before);
        Script next = start(options -> options);
        next.from("A", "08 0C 20 00 01 00 02 31");
        assertThat(next.count(GatewayCounters.REJECTED)).isZero();
    }
}
