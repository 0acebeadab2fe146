package midge.runtime.task;

import midge.hal.Hal;
import midge.hal.sense.Sensor;
import midge.runtime.Task;
import midge.runtime.payload.Measurement;
import midge.wire.Prng;
import midge.wire.Ranges;

/**
 * Measures with one sensor, again and again, and hands what is worth reporting to a {@link ReadingSink}. A sensor that fails is asked
 * again in the next period; an old value is never published in the meantime.
 */
public final class SamplingTask implements Task {
    /** How soon a sensor is asked again that was to be ready and is not, ms. */
    private static final int POLL_AGAIN_MS = 5;

    private static final int IDLE = 0;
    /** A measurement is to be started; a chip that is still starting up is asked again. */
    private static final int BEGINNING = 1;

    private static final int CONVERTING = 2;

    private final SamplingConfig config;
    private final Sensor sensor;
    private final Prng prng;
    private final Reporter reporter;
    private final Measurement measurement;
    private final long[] sums;

    private boolean started;
    private long nextPeriodMs;
    private long dueAtMs;
    private boolean requested;
    private int phase = IDLE;
    private int shots;
    private long giveUpAtMs;

    private int measurements;
    private int failures;
    private int lastFailure = Hal.OK;

    /**
     * @param prng spreads the measurements in time; may be shared with other tasks of the device
     * @param listener {@link ReadingListener#NOBODY} when nobody keeps accounts
     */
    public SamplingTask(SamplingConfig config, Sensor sensor, ReadingSink sink, ReadingListener listener, Prng prng) {
        this.config = config;
        this.sensor = sensor;
        this.prng = prng;
        int values = Ranges.check("valueCount", sensor.valueCount(), 1, SamplingConfig.MAX_VALUES);
        measurement = new Measurement(values);
        sums = new long[values];
        reporter = new Reporter(config, measurement, sink, listener);
    }

    /** Has one measurement made as soon as the task runs (wake it), whatever its period says; later ones keep their time. */
    public void request() {
        requested = true;
    }

    /** @return whether no measurement is under way or requested */
    public boolean idle() {
        return phase == IDLE && !requested;
    }

    public long run(long nowMs) {
        if (!started) {
            start(nowMs);
        }
        if (phase == IDLE) {
            if (!requested && nowMs < dueAtMs) {
                return dueAtMs;
            }
            requested = false;
            if (nowMs >= dueAtMs) {
                scheduleNext(nowMs);
            }
            shots = 0;
            beginAnew();
        }
        return phase == BEGINNING ? begin(nowMs) : collect(nowMs);
    }

    private void start(long nowMs) {
        started = true;
        nextPeriodMs = nowMs;
        dueAtMs = config.periodMs == 0 ? NEVER : nowMs + prng.below(config.jitterMs);
    }

    /** Periods keep their pace whatever the jitter; those missed in a leap of time are skipped. */
    private void scheduleNext(long nowMs) {
        nextPeriodMs += config.periodMs;
        if (nextPeriodMs <= nowMs) {
            nextPeriodMs = nowMs + config.periodMs;
        }
        dueAtMs = nextPeriodMs + prng.below(config.jitterMs);
    }

    private void beginAnew() {
        phase = BEGINNING;
        giveUpAtMs = NEVER;
    }

    private long begin(long nowMs) {
        int status = sensor.begin(nowMs);
        long readyAtMs = readyAtMs(nowMs);
        if (status == Hal.WOULD_BLOCK && nowMs < giveUpAtMs) {
            giveUpAtMs = giveUpAtMs == NEVER ? readyAtMs + config.timeoutMs : giveUpAtMs;
            return againAtMs(readyAtMs, nowMs);
        }
        if (status < 0) {
            return fail(status, nowMs);
        }
        phase = CONVERTING;
        giveUpAtMs = readyAtMs + config.timeoutMs;
        return nowMs < readyAtMs ? readyAtMs : collect(nowMs);
    }

    private long collect(long nowMs) {
        long readyAtMs = readyAtMs(nowMs);
        if (nowMs < readyAtMs && nowMs < giveUpAtMs) {
            return readyAtMs < giveUpAtMs ? readyAtMs : giveUpAtMs;
        }
        int status = sensor.poll(nowMs);
        if (status == Hal.WOULD_BLOCK && nowMs < giveUpAtMs) {
            return againAtMs(readyAtMs(nowMs), nowMs);
        }
        if (status < 0) {
            return fail(status, nowMs);
        }
        add();
        if (shots < config.oversampling) {
            beginAnew();
            return nowMs; // in the next turn, so that others get theirs when the chip is always ready
        }
        phase = IDLE;
        measurements++;
        average(nowMs);
        reporter.report(nowMs);
        return requested ? nowMs : dueAtMs;
    }

    /** @return when the sensor says, at least now; a sensor with nothing under way says never, which is no time to wait for */
    private long readyAtMs(long nowMs) {
        long readyAtMs = sensor.readyAtMs();
        return readyAtMs == NEVER || readyAtMs < nowMs ? nowMs : readyAtMs;
    }

    private long againAtMs(long readyAtMs, long nowMs) {
        long againAtMs = readyAtMs > nowMs ? readyAtMs : nowMs + POLL_AGAIN_MS;
        return againAtMs < giveUpAtMs ? againAtMs : giveUpAtMs;
    }

    private void add() {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = sensor.value(i) + (shots == 0 ? 0 : sums[i]);
        }
        shots++;
    }

    private void average(long nowMs) {
        for (int i = 0; i < sums.length; i++) {
            long half = sums[i] < 0 ? -(shots / 2) : shots / 2; // rounds half away from zero
            measurement.set(i, sensor.quantity(i), (int) ((sums[i] + half) / shots));
        }
        measurement.takenAt(nowMs, config.wallClock == null ? Measurement.UNKNOWN : config.wallClock.unixMs());
    }

    private long fail(int code, long nowMs) {
        phase = IDLE;
        failures++;
        lastFailure = code;
        reporter.failed(code, nowMs);
        return requested ? nowMs : dueAtMs;
    }

    /** @return measurements that gave values */
    public int measurements() {
        return measurements;
    }

    /** @return measurements that failed */
    public int failures() {
        return failures;
    }

    /** @return the {@link Hal} code of the last failure, {@link Hal#OK} when there was none */
    public int lastFailure() {
        return lastFailure;
    }

    /** @return messages accepted by the sink */
    public int published() {
        return reporter.published();
    }

    /** @return values kept back since they are within their deadband */
    public int suppressed() {
        return reporter.suppressed();
    }

    /** @return messages that the sink refused or that did not fit their space */
    public int refused() {
        return reporter.refused();
    }
}
