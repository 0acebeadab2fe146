package midge.sensors.model;

import midge.hal.Hal;

/** A chip model with 16-bit registers, high octet first, behind a pointer octet. */
public abstract class WordRegisterModel extends I2cModel {
    private final int[] registers;
    private int pointer;

    /** @param count how many registers there are; others read 0 and ignore what is written */
    protected WordRegisterModel(int count) {
        registers = new int[count];
    }

    /** @return what the register holds, 0..65535 */
    protected final int register(int index) {
        return index < registers.length ? registers[index] : 0;
    }

    /** Changes a register from inside the chip. */
    protected final void put(int index, int value) {
        registers[index] = value & 0xFFFF;
    }

    /** Moves the result of a conversion that is over to its registers. Called before every transaction. */
    protected abstract void update(long nowMs);

    /** The bus has written a register. @param value 0..65535 */
    protected abstract void written(int register, int value, long nowMs);

    /** The bus has read a register. */
    protected void wasRead(int register) {}

    /** {@inheritDoc} */
    protected final int onWrite(byte[] octets, int offset, int length, long nowMs) {
        update(nowMs);
        if (length > 0) {
            pointer = octets[offset] & 0xFF;
        }
        if (length >= 3 && pointer < registers.length) {
            written(pointer, (octets[offset + 1] & 0xFF) << 8 | (octets[offset + 2] & 0xFF), nowMs);
        }
        return Hal.OK;
    }

    /** {@inheritDoc} */
    protected final int onRead(byte[] into, int offset, int length, long nowMs) {
        update(nowMs);
        int word = register(pointer);
        for (int i = 0; i < length; i++) {
            into[offset + i] = (byte) (i == 0 ? word >> 8 : i == 1 ? word : 0xFF);
        }
        wasRead(pointer);
        return Hal.OK;
    }
}
