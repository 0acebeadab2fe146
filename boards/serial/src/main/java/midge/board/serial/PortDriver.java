package midge.board.serial;

import java.io.IOException;

/**
 * An open port, as a library has it. One thread reads and one writes; both may wait. {@link #cut} ends what they wait for, from any
 * thread; {@link #close} comes when neither is inside any more.
 */
interface PortDriver {
    /**
     * Waits for octets.
     *
     * @return octets that came, 0 when the wait was ended
     * @throws IOException when the port is gone
     */
    int read(byte[] into) throws IOException;

    /**
     * Writes all, waiting for room.
     *
     * @throws IOException when the port is gone
     */
    void write(byte[] octets) throws IOException;

    /**
     * Ends waits, now and later.
     *
     * @param discards whether what the system has not sent yet is lost, without which a writer may wait for ever
     */
    void cut(boolean discards);

    /** Gives the port back. */
    void close();
}
