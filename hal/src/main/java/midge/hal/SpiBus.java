package midge.hal;

/**
 * One chip on an SPI bus: the bus together with that chip's select line, its mode and its clock rate, which are set when the board is
 * put together.
 *
 * <p><em>For driver authors:</em> SPI has no acknowledgement. A chip that is not there reads as all ones or all zeros; judge the
 * answer by bits whose value the data sheet fixes.
 *
 * <p><em>For board authors:</em> select the chip, move the octets, release it, also when the transfer fails. The two arrays may be
 * the same one.
 */
public interface SpiBus {
    /**
     * Sends and receives {@code length} octets at the same time, as one selection of the chip.
     *
     * @return {@link Hal#OK}; {@link Hal#BUS_ERROR} when the transfer failed, the content of {@code read} is then undefined
     */
    int transfer(byte[] write, int writeOffset, byte[] read, int readOffset, int length);
}
