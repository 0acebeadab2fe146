package midge.hal;

/** One 1-Wire bus. */
public interface OneWireBus {
    /** Addresses the only device on the bus (SKIP ROM). */
    long ONLY_DEVICE = 0;

    /**
     * Reset, then MATCH ROM (or SKIP ROM for {@link #ONLY_DEVICE}), then writes, then reads.
     *
     * @param rom the 64-bit ROM code, family code in the low octet, CRC in the high one
     * @return {@link Hal#OK}; {@link Hal#NACK} when no presence pulse followed the reset; {@link Hal#BUS_ERROR} when the line is
     *     stuck. A device that does not take part leaves the line high: the octets read are then 0xFF
     */
    int transfer(long rom, byte[] write, int writeOffset, int writeLength, byte[] read, int readOffset, int readLength);
}
