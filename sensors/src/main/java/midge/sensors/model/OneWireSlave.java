package midge.sensors.model;

/** The chip's side of a 1-Wire bus: what happens after a reset. */
public interface OneWireSlave {
    /** @return its 64-bit ROM code: family code in the low octet, CRC in the high one */
    long rom();

    /** Sees a reset pulse. @return whether it answers with a presence pulse */
    boolean reset(long nowMs);

    /**
     * Carries out one function command, after having been addressed.
     *
     * @param write command and parameters, {@code writeLength} octets
     * @param read read slots: the slave clears the bits that it pulls low and leaves the others, as on the wire
     * @param nowMs time of the transaction
     */
    void execute(
            byte[] write, int writeOffset, int writeLength, byte[] read, int readOffset, int readLength, long nowMs);
}
