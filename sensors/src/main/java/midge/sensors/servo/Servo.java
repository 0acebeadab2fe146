package midge.sensors.servo;

import midge.hal.Hal;
import midge.hal.Pwm;
import midge.hal.sense.Actuator;
import midge.hal.sense.Quantity;
import midge.sensors.driver.Commands;

/**
 * A hobby servo: 50 pulses a second, whose length sets the angle. It obeys an angle in degrees with up to three places. Until the
 * first command the output is left alone (the servo is limp) and the value is 0.
 */
public final class Servo implements Actuator {
    private static final int PERIOD_NS = 20_000_000;

    private final Pwm output;
    private final int leastNs;
    private final int mostNs;
    private final int rangeMilliDegrees;
    private int milliDegrees;

    /** The usual kind: 0..180° for 1.0..2.0 ms. */
    public Servo(Pwm output) {
        this(output, 1_000, 2_000, 180);
    }

    /**
     * @param leastUs pulse at 0°, 300..3_000 µs
     * @param mostUs pulse at the end of the range, more than {@code leastUs}, up to 3_000 µs
     * @param rangeDegrees 1..360
     * @throws IllegalArgumentException outside these ranges, for they can drive a servo against its stop
     */
    public Servo(Pwm output, int leastUs, int mostUs, int rangeDegrees) {
        if (leastUs < 300 || mostUs <= leastUs || mostUs > 3_000 || rangeDegrees < 1 || rangeDegrees > 360) {
            throw new IllegalArgumentException("pulses must be 300..3000 us, rangeDegrees 1..360");
        }
        this.output = output;
        this.leastNs = leastUs * 1_000;
        this.mostNs = mostUs * 1_000;
        this.rangeMilliDegrees = rangeDegrees * 1_000;
    }

    /** {@inheritDoc} When the output fails its code is passed on, and the value stays what it was. */
    public int apply(byte[] command, int offset, int length) {
        int asked = Commands.thousandths(command, offset, length);
        return asked < 0 ? asked : set(asked);
    }

    /** @param milliDegrees 0..the range. @return {@link Hal#OK}, {@link Hal#INVALID} or the output's code */
    public int set(int milliDegrees) {
        if (milliDegrees < 0 || milliDegrees > rangeMilliDegrees) {
            return Hal.INVALID;
        }
        long extraNs = (long) (mostNs - leastNs) * milliDegrees / rangeMilliDegrees;
        int status = output.set(PERIOD_NS, leastNs + (int) extraNs);
        if (status >= 0) {
            this.milliDegrees = milliDegrees;
        }
        return status;
    }

    /** {@inheritDoc} */
    public int quantity() {
        return Quantity.ANGLE;
    }

    /** {@inheritDoc} */
    public int value() {
        return milliDegrees;
    }
}
