package midge.gateway.core;

import static org.assertj.core.api.Assertions.assertThat;

import midge.gateway.table.RateTable;
import org.junit.jupiter.api.Test;

/** Token buckets in virtual time. */
class RateTableTest {
    private static int taken(RateTable table, int key, long nowMs, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += table.take(key, nowMs) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void aBucketGivesItsBurstAndThenItsRate() {
        RateTable table = new RateTable(64, 100, 20, 7);
        assertThat(taken(table, 1, 0, 1_000)).isEqualTo(20);
        int later = 0;
        for (long nowMs = 1; nowMs <= 10_000; nowMs++) {
            later += taken(table, 1, nowMs, 3);
        }
        assertThat(later).isEqualTo(1_000);
        assertThat(taken(table, 1, 20_000, 1_000)).isEqualTo(20);
    }

    @Test
    void keysDoNotTakeEachOthersTokens() {
        RateTable table = new RateTable(4_096, 1, 5, 7);
        for (int key = 0; key < 500; key++) {
            assertThat(taken(table, key * 31, 0, 100)).isEqualTo(5);
        }
    }

    @Test
    void aFloodOfNewKeysLeavesABusyOneItsLimit() {
        RateTable table = new RateTable(64, 1, 60, 7);
        assertThat(taken(table, 1, 0, 100)).isEqualTo(60);
        for (int key = 2; key < 10_000; key++) {
            table.take(key, 0);
        }
        assertThat(taken(table, 1, 0, 100)).isZero();
    }
}
