package midge.hal;

/**
 * One 1-Wire bus.
 *
 * <p><em>For driver authors:</em> data carry a CRC of their own, the bus checks nothing. All ones mean that nobody spoke, all zeros
 * that someone holds the line, even where the CRC happens to fit.
 *
 * <p><em>For board authors:</em> the time slots last tens of microseconds and cannot be made by a program that is interrupted; use a
 * UART, a bus master chip or the kernel's driver.
 */
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
