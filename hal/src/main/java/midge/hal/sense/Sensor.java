package midge.hal.sense;

/**
 * A chip that measures. It never waits: {@link #begin} starts a measurement, {@link #readyAtMs} says when to come back, {@link #poll}
 * collects it.
 */
public interface Sensor {
    /** Starts one measurement (and checks the chip's identity the first time). @return {@code Hal.OK} or a negative code */
    int begin(long nowMs);

    /** @return when {@link #poll} is worth calling */
    long readyAtMs();

    /** @return {@code Hal.OK} when new values are there; {@code Hal.WOULD_BLOCK} when not yet; another negative code on failure */
    int poll(long nowMs);

    /** @return how many values one measurement gives, 1 or more */
    int valueCount();

    /** @param index 0..valueCount-1. @return its {@link Quantity} */
    int quantity(int index);

    /** @param index 0..valueCount-1. @return the value of the last good measurement, in the unit of {@link #quantity} */
    int value(int index);
}
