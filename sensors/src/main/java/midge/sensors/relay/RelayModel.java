package midge.sensors.relay;

import midge.hal.DigitalOut;
import midge.hal.Hal;

/** A relay's coil and contact behind a pin. The contact follows at once, unless it is welded. */
public final class RelayModel implements DigitalOut {
    private final boolean activeLow;
    private boolean absent;
    private boolean welded;
    private boolean energised;
    private boolean closed;
    private int operations;

    /** Open. @param activeLow whether a low pin energises the coil */
    public RelayModel(boolean activeLow) {
        this.activeLow = activeLow;
    }

    /** {@inheritDoc} */
    public int write(boolean high) {
        if (absent) {
            return Hal.GONE;
        }
        energised = high != activeLow;
        boolean closes = energised || welded && closed;
        if (closes != closed) {
            operations++;
        }
        closed = closes;
        return Hal.OK;
    }

    /** @return whether current can flow through the contact */
    public boolean closed() {
        return closed;
    }

    /** @return whether the coil is powered */
    public boolean energised() {
        return energised;
    }

    /** @return how often the contact moved: a relay's life is counted in these */
    public int operations() {
        return operations;
    }

    /** Fault: the pin cannot be written, {@link Hal#GONE}. */
    public void absent(boolean absent) {
        this.absent = absent;
    }

    /** Fault: once closed the contact stays closed. */
    public void welded(boolean welded) {
        this.welded = welded;
    }
}
