package midge.sensors.driver;

import midge.hal.Hal;
import midge.hal.I2cBus;

/** A chip whose registers are 16-bit words, high octet first, behind a pointer octet. */
public final class WordRegisters {
    private final I2cBus bus;
    private final int address;
    private final byte[] octets = new byte[3];

    /** @param address the chip's I2C address */
    public WordRegisters(I2cBus bus, int address) {
        this.bus = bus;
        this.address = address;
    }

    /** @return the register's 16 bits as 0..65535, or a negative {@link Hal} code */
    public int read(int register) {
        octets[0] = (byte) register;
        int status = bus.transfer(address, octets, 0, 1, octets, 1, 2);
        return status == Hal.OK ? (octets[1] & 0xFF) << 8 | (octets[2] & 0xFF) : status;
    }

    /** Writes the low 16 bits of {@code value}. @return {@link Hal#OK} or a negative code */
    public int write(int register, int value) {
        octets[0] = (byte) register;
        octets[1] = (byte) (value >> 8);
        octets[2] = (byte) value;
        return bus.transfer(address, octets, 0, 3, octets, 0, 0);
    }
}
