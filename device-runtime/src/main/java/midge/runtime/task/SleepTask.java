package midge.runtime.task;

import midge.mqttsn.client.SnClient;
import midge.mqttsn.client.SnClientListener;
import midge.runtime.DeviceRuntime;
import midge.runtime.Task;

/**
 * Sends the device to sleep whenever its work is done, and wakes it for the next (§6.14). A cycle is one sleep. At its end the client
 * collects what the gateway holds (if the device subscribes to anything), which PINGRESP ends for certain. In every {@code
 * reportEvery}-th cycle it then becomes active: its sampling tasks measure (configure them with period 0), everything is delivered, and
 * it sleeps again. The gateway is told of sleep only after the last message was confirmed.
 *
 * <p>Connecting, and connecting again after a loss, stays the business of the {@link LinkTask}.
 */
public final class SleepTask implements Task {
    /** It becomes active this much before the client would wake to collect, ms. */
    private static final int LEAD_MS = 50;
    /** Pause before it looks again whether the work is done, ms; mostly a wake comes first. */
    private static final int CHECK_MS = 100;
    /** Pause before it tries again to become active while the gateway asks for patience, ms. */
    private static final int REFUSED_RETRY_MS = 1_000;

    private final DeviceRuntime runtime;
    private final SleepConfig config;
    private final LinkTask link;
    private final SnClient client;
    private final OutboxTask outbox;
    private final SamplingTask[] sampling;

    private boolean sampleDue;
    private boolean leaving;
    private boolean gaveUp;
    private long activeSinceMs;
    private long becomeActiveMs = NEVER;
    private int wakeUps;
    private int misses;

    private int sleeps;
    private int collections;
    private int reports;
    private int overdue;

    /**
     * Takes command of the link's sleep. Add it to the runtime after all other tasks, so that it sees what they have done.
     *
     * @param sampling the tasks that measure each time that the device becomes active; copied
     */
    public SleepTask(
            DeviceRuntime runtime, SleepConfig config, LinkTask link, OutboxTask outbox, SamplingTask[] sampling) {
        this.runtime = runtime;
        this.config = config;
        this.link = link;
        this.outbox = outbox;
        this.sampling = new SamplingTask[sampling.length];
        System.arraycopy(sampling, 0, this.sampling, 0, sampling.length);
        client = link.client();
        link.obey(this);
        outbox.alsoWake(this);
    }

    /** @return whether the device is about to sleep, so that no more messages are to be started */
    boolean leaving() {
        return leaving;
    }

    void onConnected(long nowMs) {
        activeSinceMs = nowMs;
        sampleDue = true;
        leaving = false;
        gaveUp = false;
        becomeActiveMs = NEVER;
        wakeUps = 0;
        misses = 0;
    }

    void onAsleep(int cause) {
        leaving = false;
        if (cause == SnClientListener.FELL_ASLEEP) {
            sleeps++;
            wakeUps = 0;
        } else {
            wakeUps++;
            collections += cause == SnClientListener.COLLECTED ? 1 : 0;
            misses = cause == SnClientListener.COLLECTED ? 0 : misses + 1;
        }
        if (wakeUps >= config.reportEvery) {
            becomeActiveMs = Long.MIN_VALUE;
        } else if (wakeUps == config.reportEvery - 1 && !link.subscribes()) {
            becomeActiveMs = client.nextDeadlineMs() - LEAD_MS; // nothing to collect: one exchange less
        } else {
            becomeActiveMs = NEVER;
        }
    }

    public long run(long nowMs) {
        switch (client.state()) {
            case SnClient.ACTIVE:
                return active(nowMs);
            case SnClient.ASLEEP:
                return asleep(nowMs);
            default:
                return NEVER; // an event of the client comes first
        }
    }

    private long active(long nowMs) {
        if (leaving) {
            return NEVER;
        }
        if (sampleDue) {
            sampleDue = false;
            reports++;
            requestAll();
            return nowMs + CHECK_MS;
        }
        boolean late = nowMs - activeSinceMs >= config.awakeMsMax;
        if (!late && !workDone(nowMs)) {
            return nowMs + CHECK_MS;
        }
        if (late) {
            overdue++;
            gaveUp = true; // what is left waits for the next report
        }
        leaving = client.sleep(config.sleepS, nowMs) >= 0;
        link.wake();
        return leaving ? NEVER : nowMs + CHECK_MS;
    }

    private void requestAll() {
        for (int i = 0; i < sampling.length; i++) {
            sampling[i].request();
            runtime.wake(sampling[i]);
        }
    }

    private boolean workDone(long nowMs) {
        for (int i = 0; i < sampling.length; i++) {
            if (!sampling[i].idle()) {
                return false;
            }
        }
        return outbox.empty() && link.connection().settled(nowMs);
    }

    private long asleep(long nowMs) {
        boolean enough = !gaveUp && outbox.depth() >= config.batch;
        if (enough || misses >= config.missesMax || nowMs >= becomeActiveMs) {
            if (client.connect(nowMs) < 0) {
                return nowMs + REFUSED_RETRY_MS;
            }
            link.wake();
            return NEVER;
        }
        return becomeActiveMs;
    }

    /** @return how often it fell asleep out of active */
    public int sleeps() {
        return sleeps;
    }

    /** @return wake-ups that collected what the gateway held */
    public int collections() {
        return collections;
    }

    /** @return times that it was active and measured */
    public int reports() {
        return reports;
    }

    /** @return times that it had to sleep with work left */
    public int overdue() {
        return overdue;
    }
}
