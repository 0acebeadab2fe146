package midge.runtime.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import midge.hal.Watchdog;
import midge.runtime.DeviceRuntime;
import midge.wire.Status;
import org.junit.jupiter.api.Test;

class WatchdogTaskTest {
    private static final int TIMEOUT_MS = 9_000;
    private static final int STUCK_MS = 60_000;

    private final List<Long> feeds = new ArrayList<>();
    private final Watchdog watchdog = new Watchdog() {
        @Override
        public void feed() {
            feeds.add(nowMs);
        }

        @Override
        public int timeoutMs() {
            return TIMEOUT_MS;
        }
    };
    private final FakeUplink uplink = new FakeUplink();
    private final DeviceRuntime runtime = new DeviceRuntime(2);
    private final OutboxTask outbox = new OutboxTask(runtime, new RamOutbox(4, 8), uplink, ReadingListener.NOBODY, 0);
    private long nowMs = 5_000;

    private void start(int stuckMs) {
        runtime.add(outbox);
        runtime.add(new WatchdogTask(watchdog, outbox, stuckMs));
    }

    private void runUntil(long endMs) {
        while (nowMs <= endMs) {
            nowMs = runtime.turn(nowMs);
        }
    }

    private void reading() {
        assertThat(outbox.accept(0, new byte[1], 0, 1, 1, nowMs)).isNotNegative();
    }

    @Test
    void feedsWellWithinTheTimeout() {
        start(STUCK_MS);
        runUntil(300_000);
        for (int i = 1; i < feeds.size(); i++) {
            assertThat(feeds.get(i) - feeds.get(i - 1)).isBetween(1L, TIMEOUT_MS / 2L);
        }
        assertThat(feeds).hasSizeGreaterThan(90);
    }

    @Test
    void starvesWhenNothingGetsThroughAndFeedsAgainWhenItDoes() {
        start(STUCK_MS);
        runUntil(100_000);
        long from = nowMs;
        reading();
        runUntil(from + 3 * STUCK_MS);
        assertThat(feeds.get(feeds.size() - 1)).isBetween(from + STUCK_MS - TIMEOUT_MS, from + STUCK_MS);
        outbox.onOutcome(uplink.lastToken(), Status.OK, nowMs);
        int before = feeds.size();
        runUntil(nowMs + STUCK_MS);
        assertThat(feeds).hasSizeGreaterThan(before + 15);
    }

    @Test
    void mayBeToldToWaitForEver() {
        start(0);
        reading();
        runUntil(10_000_000);
        assertThat(feeds.get(feeds.size() - 1)).isGreaterThan(10_000_000L - TIMEOUT_MS);
        assertEquals(1, outbox.depth());
    }
}
