package midge.sensors.model;

import midge.hal.Clock;
import midge.hal.Hal;
import midge.hal.I2cBus;

/** An I2C bus of chip models. Transactions take no time; chips see the time of the clock. */
public final class ModelI2cBus implements I2cBus {
    private static final int FIRST_ADDRESS = 0x08;
    private static final int LAST_ADDRESS = 0x77;

    private final Clock clock;
    private final I2cSlave[] slaves = new I2cSlave[LAST_ADDRESS + 1];
    private boolean stuck;
    private int transfers;

    /** @param clock asked once for every transaction */
    public ModelI2cBus(Clock clock) {
        this.clock = clock;
    }

    /**
     * Puts a chip on the bus, in place of the one that had this address.
     *
     * @param address 0x08..0x77
     * @return {@link Hal#OK}, or {@link Hal#INVALID} for another address
     */
    public int attach(int address, I2cSlave slave) {
        if (!valid(address)) {
            return Hal.INVALID;
        }
        slaves[address] = slave;
        return Hal.OK;
    }

    /** Someone holds the data line low ({@code true}): every transfer is a {@link Hal#BUS_ERROR} until it is let go. */
    public void stuck(boolean stuck) {
        this.stuck = stuck;
    }

    /** @return transactions so far, failed ones included */
    public int transfers() {
        return transfers;
    }

    /** {@inheritDoc} */
    public int transfer(
            int address, byte[] write, int writeOffset, int writeLength, byte[] read, int readOffset, int readLength) {
        transfers++;
        if (stuck) {
            return Hal.BUS_ERROR;
        }
        if (!valid(address)) {
            return Hal.INVALID;
        }
        I2cSlave slave = slaves[address];
        if (slave == null) {
            return Hal.NACK;
        }
        long nowMs = clock.nowMs();
        int status = Hal.OK;
        if (writeLength > 0 || readLength == 0) {
            status = slave.write(write, writeOffset, writeLength, nowMs);
        }
        if (status == Hal.OK && readLength > 0) {
            status = slave.read(read, readOffset, readLength, nowMs);
        }
        return status;
    }

    private static boolean valid(int address) {
        return address >= FIRST_ADDRESS && address <= LAST_ADDRESS;
    }
}
