package midge.sensors.model;

import midge.hal.Clock;
import midge.hal.Hal;
import midge.hal.OneWireBus;

/** A 1-Wire bus of chip models. Octets read are the wired AND of all who speak; bits that nobody pulls low read 1. */
public final class ModelOneWireBus implements OneWireBus {
    private final Clock clock;
    private final OneWireSlave[] slaves;
    private int count;
    private boolean stuck;

    /**
     * @param clock asked once for every transaction
     * @param capacity most slaves that can be attached
     */
    public ModelOneWireBus(Clock clock, int capacity) {
        this.clock = clock;
        this.slaves = new OneWireSlave[capacity];
    }

    /** Puts a chip on the bus. @return {@link Hal#OK}, or {@link Hal#FULL} */
    public int attach(OneWireSlave slave) {
        if (count == slaves.length) {
            return Hal.FULL;
        }
        slaves[count++] = slave;
        return Hal.OK;
    }

    /** The line is shorted to ground ({@code true}): every transfer is a {@link Hal#BUS_ERROR}. */
    public void stuck(boolean stuck) {
        this.stuck = stuck;
    }

    /** {@inheritDoc} */
    public int transfer(
            long rom, byte[] write, int writeOffset, int writeLength, byte[] read, int readOffset, int readLength) {
        if (stuck) {
            return Hal.BUS_ERROR;
        }
        long nowMs = clock.nowMs();
        boolean presence = false;
        for (int i = 0; i < readLength; i++) {
            read[readOffset + i] = (byte) 0xFF;
        }
        for (int i = 0; i < count; i++) {
            OneWireSlave slave = slaves[i];
            if (slave.reset(nowMs)) {
                presence = true;
                if (rom == ONLY_DEVICE || rom == slave.rom()) {
                    slave.execute(write, writeOffset, writeLength, read, readOffset, readLength, nowMs);
                }
            }
        }
        return presence ? Hal.OK : Hal.NACK;
    }
}
