package midge.sensors.dimmer;

import midge.hal.Hal;
import midge.hal.Pwm;
import midge.hal.sense.Actuator;
import midge.hal.sense.Quantity;
import midge.sensors.driver.Commands;

/**
 * A lamp, fan or heater that takes its power as the share of a pulse. It obeys {@code on}, {@code off} and a percentage of
 * 0..100 with up to three places ({@code 42.5}). Until the first command the output is left alone and the value is 0.
 */
public final class Dimmer implements Actuator {
    /** Above what the eye sees flicker: 1 kHz. */
    public static final int PERIOD_NS = 1_000_000;

    private static final byte[] ON = {'o', 'n'};
    private static final byte[] OFF = {'o', 'f', 'f'};
    private static final int FULL = 100_000;

    private final Pwm output;
    private final int periodNs;
    private int level;

    /** With {@link #PERIOD_NS}. */
    public Dimmer(Pwm output) {
        this(output, PERIOD_NS);
    }

    /** @param periodNs as for {@link Pwm#set} */
    public Dimmer(Pwm output, int periodNs) {
        this.output = output;
        this.periodNs = periodNs;
    }

    /** {@inheritDoc} When the output fails its code is passed on, and the value stays what it was. */
    public int apply(byte[] command, int offset, int length) {
        if (Commands.is(ON, command, offset, length)) {
            return set(FULL);
        }
        if (Commands.is(OFF, command, offset, length)) {
            return set(0);
        }
        int asked = Commands.thousandths(command, offset, length);
        return asked < 0 ? asked : set(asked);
    }

    /** @param milliPercent 0..100_000. @return {@link Hal#OK}, {@link Hal#INVALID} or the output's code */
    public int set(int milliPercent) {
        if (milliPercent < 0 || milliPercent > FULL) {
            return Hal.INVALID;
        }
        int status = output.set(periodNs, (int) ((long) periodNs * milliPercent / FULL));
        if (status >= 0) {
            level = milliPercent;
        }
        return status;
    }

    /** {@inheritDoc} */
    public int quantity() {
        return Quantity.LEVEL;
    }

    /** {@inheritDoc} */
    public int value() {
        return level;
    }
}
