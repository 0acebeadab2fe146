package midge.runtime.task;

import midge.hal.Watchdog;
import midge.runtime.Task;
import midge.wire.Ranges;

/**
 * Feeds the watchdog from the device's own loop: a task that never returns, or a loop that stands still, resets the board. So does,
 * if wanted, an outbox from which nothing has been delivered for long, since a restart is the last thing that may help a radio or a
 * modem. With an outbox on storage it costs no reading.
 */
public final class WatchdogTask implements Task {
    private final Watchdog watchdog;
    private final OutboxTask outbox;
    private final int stuckMs;
    private final int periodMs;
    private boolean started;
    private int ends;
    private long progressMs;
    private int withheld;

    /**
     * @param outbox whose messages must get through
     * @param stuckMs how long messages may wait without one being delivered, ms, before the board is reset; 0: for ever. Else longer than
     *     any outage that is to be sat out. Range 0..604_800_000 (a week)
     */
    public WatchdogTask(Watchdog watchdog, OutboxTask outbox, int stuckMs) {
        this.watchdog = watchdog;
        this.outbox = outbox;
        this.stuckMs = Ranges.check("stuckMs", stuckMs, 0, 604_800_000);
        int third = Ranges.check("watchdog timeoutMs", watchdog.timeoutMs(), 1, Integer.MAX_VALUE) / 3;
        periodMs = third < 1 ? 1 : third;
    }

    public long run(long nowMs) {
        int now = outbox.delivered() + outbox.rejected() + outbox.uncertain();
        if (!started || now != ends || outbox.empty()) {
            started = true;
            ends = now;
            progressMs = nowMs;
        }
        if (stuckMs == 0 || nowMs - progressMs < stuckMs) {
            watchdog.feed();
        } else {
            withheld++;
        }
        return nowMs + periodMs;
    }

    /** @return how often it was not fed because nothing gets through */
    public int withheld() {
        return withheld;
    }
}
