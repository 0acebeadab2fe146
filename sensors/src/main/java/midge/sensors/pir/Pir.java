package midge.sensors.pir;

import midge.hal.DigitalIn;
import midge.hal.Hal;
import midge.hal.sense.Quantity;
import midge.hal.sense.Sensor;

/**
 * A motion detector on one pin, high on motion. One value, motion: 1 or 0. After power-up its output means nothing for a while, so
 * nothing is reported until {@code settleMs} after the first {@link #begin}; a level counts once it was the same twice, at least
 * {@code debounceMs} apart. A level that does not settle gives {@code NO_VALUE}.
 */
public final class Pir implements Sensor {
    /** Warm-up of an HC-SR501, ms. */
    public static final int SETTLE_MS = 60_000;
    /** Debounce time that suits relays' and sensors' output stages, ms. */
    public static final int DEBOUNCE_MS = 50;

    private static final long NEVER = Long.MIN_VALUE;
    private static final int TRIES = 10;

    private final DigitalIn pin;
    private final int settleMs;
    private final int debounceMs;
    private long startedAtMs = NEVER;
    private long readyAtMs = Long.MAX_VALUE;
    private boolean measuring;
    private boolean sampled;
    private int candidate;
    private int triesLeft;
    private int motion;

    /** With {@link #SETTLE_MS} and {@link #DEBOUNCE_MS}. */
    public Pir(DigitalIn pin) {
        this(pin, SETTLE_MS, DEBOUNCE_MS);
    }

    /**
     * @param settleMs 0 or more, counted from the first {@link #begin}
     * @param debounceMs 0 (believe the first look) or more
     */
    public Pir(DigitalIn pin, int settleMs, int debounceMs) {
        this.pin = pin;
        this.settleMs = settleMs;
        this.debounceMs = debounceMs;
    }

    /** {@inheritDoc} */
    public int begin(long nowMs) {
        if (startedAtMs == NEVER) {
            startedAtMs = nowMs;
        }
        long settledAtMs = startedAtMs + settleMs;
        measuring = true;
        sampled = false;
        triesLeft = TRIES;
        readyAtMs = nowMs < settledAtMs ? settledAtMs : nowMs;
        return nowMs < settledAtMs ? Hal.OK : sample(nowMs);
    }

    /** {@inheritDoc} */
    public long readyAtMs() {
        return readyAtMs;
    }

    /** {@inheritDoc} */
    public int poll(long nowMs) {
        if (!measuring || nowMs < readyAtMs) {
            return Hal.WOULD_BLOCK;
        }
        boolean first = !sampled;
        int before = candidate;
        int status = sample(nowMs);
        if (status != Hal.OK) {
            return status;
        }
        if (first ? debounceMs > 0 : candidate != before) {
            return --triesLeft > 0 ? Hal.WOULD_BLOCK : over(Hal.NO_VALUE);
        }
        motion = candidate;
        return over(Hal.OK);
    }

    /** {@inheritDoc} */
    public int valueCount() {
        return 1;
    }

    /** {@inheritDoc} */
    public int quantity(int index) {
        return index == 0 ? Quantity.MOTION : Quantity.NONE;
    }

    /** {@inheritDoc} */
    public int value(int index) {
        return motion;
    }

    private int sample(long nowMs) {
        int level = pin.read();
        if (level < 0) {
            return over(level);
        }
        candidate = level;
        sampled = true;
        readyAtMs = nowMs + debounceMs;
        return Hal.OK;
    }

    private int over(int status) {
        measuring = false;
        readyAtMs = Long.MAX_VALUE;
        return status;
    }
}
