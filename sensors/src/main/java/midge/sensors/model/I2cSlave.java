package midge.sensors.model;

/** The chip's side of an I2C bus: what happens after its address was called. */
public interface I2cSlave {
    /**
     * Takes the octets that follow the address with the write bit. {@code length} may be 0: a mere probe.
     *
     * @param nowMs time of the transaction
     * @return {@code Hal.OK} when address and octets are acknowledged, otherwise {@code Hal.NACK}
     */
    int write(byte[] octets, int offset, int length, long nowMs);

    /**
     * Gives the octets that follow the address with the read bit; a chip with nothing more to say leaves 0xFF.
     *
     * @param nowMs time of the transaction
     * @return {@code Hal.OK} when the address is acknowledged, otherwise {@code Hal.NACK}
     */
    int read(byte[] into, int offset, int length, long nowMs);
}
