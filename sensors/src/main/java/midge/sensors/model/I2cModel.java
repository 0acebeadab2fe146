package midge.sensors.model;

import midge.hal.Hal;

/** A chip model on I2C: looks after absence and power cycles, so that the chip's class holds only the chip. */
public abstract class I2cModel extends ModelChip implements I2cSlave {
    /** For models only. */
    protected I2cModel() {}

    /** {@inheritDoc} */
    public final int write(byte[] octets, int offset, int length, long nowMs) {
        return answers() ? onWrite(octets, offset, length, nowMs) : Hal.NACK;
    }

    /** {@inheritDoc} */
    public final int read(byte[] into, int offset, int length, long nowMs) {
        return answers() ? onRead(into, offset, length, nowMs) : Hal.NACK;
    }

    /** As {@link #write}, while the chip is there. */
    protected abstract int onWrite(byte[] octets, int offset, int length, long nowMs);

    /** As {@link #read}, while the chip is there. */
    protected abstract int onRead(byte[] into, int offset, int length, long nowMs);
}
