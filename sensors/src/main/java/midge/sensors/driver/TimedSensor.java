package midge.sensors.driver;

import midge.hal.Hal;
import midge.hal.sense.Quantity;
import midge.hal.sense.Sensor;

/**
 * The course of a measurement that takes a known time: {@link #start}, wait {@link #conversionMs}, {@link #collect}, and again every
 * {@link #retryMs} while the chip is not ready, until patience ends with {@code NO_VALUE}.
 */
public abstract class TimedSensor implements Sensor {
    private static final int PATIENCE_MS = 50;

    private final int[] quantities;
    private final int[] values;
    private boolean measuring;
    private long readyAtMs = Long.MAX_VALUE;
    private long giveUpAtMs;

    /** @param quantities the {@link Quantity} of each value, 1 or more; kept */
    protected TimedSensor(int[] quantities) {
        this.quantities = quantities;
        this.values = new int[quantities.length];
    }

    /** Starts one conversion. @return {@code Hal.OK}, {@code Hal.WOULD_BLOCK} to be asked again later, or a failure */
    protected abstract int start(long nowMs);

    /**
     * Reads the result and hands it to {@link #result} once all of it is judged good.
     *
     * @return {@code Hal.OK}, {@code Hal.WOULD_BLOCK} when the chip is not ready, or a failure
     */
    protected abstract int collect();

    /** @return longest conversion time, ms, rounded up */
    protected abstract int conversionMs();

    /** A measurement failed: forget what was known about the chip's set-up. */
    protected abstract void onFailure();

    /** @return the status to end with when patience is over; a driver whose chip is silent while busy looks again here */
    protected int onPatienceOver() {
        return Hal.NO_VALUE;
    }

    /** @return pause before asking a chip again that was not ready, ms */
    protected int retryMs() {
        return 2;
    }

    /** Stores one value of a good measurement. */
    protected final void result(int index, int value) {
        values[index] = value;
    }

    /** {@inheritDoc} */
    public final int begin(long nowMs) {
        over();
        int status = start(nowMs);
        if (status == Hal.WOULD_BLOCK) {
            readyAtMs = nowMs + retryMs();
            return status;
        }
        if (status != Hal.OK) {
            onFailure();
            return status;
        }
        measuring = true;
        readyAtMs = nowMs + conversionMs();
        giveUpAtMs = readyAtMs + PATIENCE_MS;
        return Hal.OK;
    }

    /** {@inheritDoc} */
    public final long readyAtMs() {
        return readyAtMs;
    }

    /** {@inheritDoc} */
    public final int poll(long nowMs) {
        if (!measuring || nowMs < readyAtMs) {
            return Hal.WOULD_BLOCK;
        }
        int status = collect();
        if (status == Hal.WOULD_BLOCK) {
            if (nowMs < giveUpAtMs) {
                readyAtMs = nowMs + retryMs();
                return status;
            }
            status = onPatienceOver();
        }
        over();
        if (status != Hal.OK) {
            onFailure();
        }
        return status;
    }

    /** {@inheritDoc} */
    public final int valueCount() {
        return values.length;
    }

    /** {@inheritDoc} */
    public final int quantity(int index) {
        return index >= 0 && index < quantities.length ? quantities[index] : Quantity.NONE;
    }

    /** {@inheritDoc} */
    public final int value(int index) {
        return values[index];
    }

    private void over() {
        measuring = false;
        readyAtMs = Long.MAX_VALUE;
    }
}
