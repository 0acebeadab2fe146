package midge.hal;

/**
 * One I2C bus with 7-bit addresses.
 *
 * <p><em>For driver authors:</em> one call is one transaction: from START to STOP, with a repeated start between write and read, and
 * nobody else's octets in between. The two arrays may be the same one. A {@link Hal#NACK} may mean an absent chip or one that is busy;
 * the data sheet says which.
 *
 * <p><em>For board authors:</em> let the transfer take as long as the octets take, with a bound on clock stretching; free a stuck bus
 * with nine clock pulses before reporting {@link Hal#BUS_ERROR}. Do not retry: drivers decide. When a system offers only SMBus
 * register access, answer {@link Hal#UNSUPPORTED} to transfers that it cannot express.
 */
public interface I2cBus {
    /**
     * Writes, then reads after a repeated start, as one transaction. Either part may be empty; both empty is a mere probe.
     *
     * @param address 0x08..0x77, otherwise {@link Hal#INVALID}
     * @return {@link Hal#OK} when every octet was moved and acknowledged; {@link Hal#NACK} when the address or an octet was not
     *     acknowledged; {@link Hal#BUS_ERROR} otherwise. After an error the content of {@code read} is undefined
     */
    int transfer(
            int address, byte[] write, int writeOffset, int writeLength, byte[] read, int readOffset, int readLength);
}
