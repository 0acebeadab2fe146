package midge.hal.sense;

/**
 * A chip that measures. It never waits: {@link #begin} starts a measurement, {@link #readyAtMs} says when to come back, {@link #poll}
 * collects it.
 *
 * <p><em>For users:</em> call {@code begin}, then {@code poll} at {@link #readyAtMs} or later, again and again while it answers
 * {@code Hal.WOULD_BLOCK} (look at {@link #readyAtMs} each time, it moves). Any other answer ends the measurement; the next one
 * starts with {@code begin}. A failed measurement leaves the values of the last good one, so go by the status. {@code Hal.NACK},
 * {@code Hal.GONE} and {@code Hal.BUS_ERROR} mean that the chip or the way to it is missing; {@code Hal.BAD_CRC} and
 * {@code Hal.NO_VALUE} that there is no measurement this time; {@code Hal.WRONG_CHIP} that trying again is useless.
 *
 * <p><em>For driver authors:</em> the constructor does not touch the bus. Every measurement ends within a bounded time: a chip that
 * never becomes ready is a {@code Hal.NO_VALUE}. A power-on value, a saturation mark or the result of an earlier measurement is never
 * reported as a value where the chip gives any means to know. After a failure check the chip's identity and set-up again, for it may
 * have lost its supply or been exchanged.
 */
public interface Sensor {
    /**
     * Starts one measurement (and checks the chip's identity the first time). A measurement that was under way is given up.
     *
     * @return {@code Hal.OK}; {@code Hal.WOULD_BLOCK} when the chip is still starting or needs a pause (begin again at
     *     {@link #readyAtMs}); another negative code when no measurement was started
     */
    int begin(long nowMs);

    /** @return when {@link #poll} is worth calling; {@code Long.MAX_VALUE} while no measurement is under way */
    long readyAtMs();

    /**
     * @return {@code Hal.OK} when new values are there; {@code Hal.WOULD_BLOCK} when not yet, or when no measurement is under way;
     *     another negative code when the measurement failed and is over
     */
    int poll(long nowMs);

    /** @return how many values one measurement gives, 1 or more; fixed at construction */
    int valueCount();

    /** @param index 0..valueCount-1. @return its {@link Quantity}, {@link Quantity#NONE} for another index */
    int quantity(int index);

    /** @param index 0..valueCount-1. @return the value of the last good measurement, in the unit of {@link #quantity}; 0 before it */
    int value(int index);
}
