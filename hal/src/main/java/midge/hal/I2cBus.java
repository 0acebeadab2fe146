package midge.hal;

/** One I2C bus with 7-bit addresses. */
public interface I2cBus {
    /**
     * Writes, then reads after a repeated start, as one transaction. Either part may be empty.
     *
     * @param address 0x08..0x77
     * @return {@link Hal#OK} when every octet was moved and acknowledged; {@link Hal#NACK} when the address or an octet was not
     *     acknowledged; {@link Hal#BUS_ERROR} otherwise. After an error the content of {@code read} is undefined
     */
    int transfer(
            int address, byte[] write, int writeOffset, int writeLength, byte[] read, int readOffset, int readLength);
}
