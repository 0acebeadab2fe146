package midge.sensors.model;

import midge.hal.Hal;
import midge.hal.Pwm;

/** A PWM output that remembers its pulse. */
public final class ModelPwm implements Pwm {
    private int periodNs;
    private int highNs;
    private boolean absent;

    /** Low until the first call. */
    public ModelPwm() {}

    /** {@inheritDoc} */
    public int set(int periodNs, int highNs) {
        if (absent) {
            return Hal.GONE;
        }
        if (periodNs < 1_000 || periodNs > 1_000_000_000 || highNs < 0 || highNs > periodNs) {
            return Hal.INVALID;
        }
        this.periodNs = periodNs;
        this.highNs = highNs;
        return Hal.OK;
    }

    /** @return time from pulse to pulse, ns; 0 before the first call */
    public int periodNs() {
        return periodNs;
    }

    /** @return length of the pulse, ns */
    public int highNs() {
        return highNs;
    }

    /** Fault: the output cannot be set, {@link Hal#GONE}. */
    public void absent(boolean absent) {
        this.absent = absent;
    }
}
