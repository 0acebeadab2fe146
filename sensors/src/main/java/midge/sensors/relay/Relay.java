package midge.sensors.relay;

import midge.hal.DigitalOut;
import midge.hal.Hal;
import midge.hal.sense.Actuator;
import midge.hal.sense.Quantity;
import midge.sensors.driver.Commands;

/**
 * A relay or lamp on one pin. It obeys {@code on}, {@code off}, {@code 1}, {@code 0} and {@code toggle}, in any case, nothing before
 * or behind. Until the first command the pin is left alone and the value is 0.
 */
public final class Relay implements Actuator {
    private static final byte[] ON = {'o', 'n'};
    private static final byte[] OFF = {'o', 'f', 'f'};
    private static final byte[] TOGGLE = {'t', 'o', 'g', 'g', 'l', 'e'};

    private final DigitalOut pin;
    private final boolean activeLow;
    private boolean on;

    /** Energised by a high pin. */
    public Relay(DigitalOut pin) {
        this(pin, false);
    }

    /** @param activeLow whether a low pin energises it, as on most opto-coupled boards */
    public Relay(DigitalOut pin, boolean activeLow) {
        this.pin = pin;
        this.activeLow = activeLow;
    }

    /** {@inheritDoc} When the pin fails its code is passed on, and the value stays what it was. */
    public int apply(byte[] command, int offset, int length) {
        if (Commands.is(ON, command, offset, length) || length == 1 && command[offset] == '1') {
            return set(true);
        }
        if (Commands.is(OFF, command, offset, length) || length == 1 && command[offset] == '0') {
            return set(false);
        }
        return Commands.is(TOGGLE, command, offset, length) ? set(!on) : Hal.INVALID;
    }

    /** Switches it. @return {@link Hal#OK}, or the pin's negative code */
    public int set(boolean on) {
        int status = pin.write(on != activeLow);
        if (status >= 0) {
            this.on = on;
        }
        return status;
    }

    /** {@inheritDoc} */
    public int quantity() {
        return Quantity.SWITCH;
    }

    /** {@inheritDoc} */
    public int value() {
        return on ? 1 : 0;
    }
}
