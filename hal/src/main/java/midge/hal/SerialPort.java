package midge.hal;

/**
 * A serial line of 8-bit octets, opened with its speed and flow control by the board. Never blocks.
 *
 * <p>The line keeps the order of octets and nothing else: they may be lost, altered or come from noise. Whoever sends messages over
 * it frames and checks them ({@code midge.hal.link}).
 *
 * <p><em>For board authors:</em> notice when the device is pulled out and answer {@link Hal#GONE} from then on, also to a caller that
 * only reads; wake {@link Idle} when octets arrive. Read into the caller's array; a library that hands out new arrays is read by the
 * board's own thread.
 */
public interface SerialPort {
    /** @return octets taken, 0..length (0: the output buffer is full, try later); a negative {@link Hal} code when the line is gone */
    int write(byte[] octets, int offset, int length);

    /** @return octets copied to {@code into}, 0 when none wait; a negative {@link Hal} code when the line is gone */
    int read(byte[] into, int offset, int capacity);

    /** Closes the line, as soon as what was written has left or a moment later; harmless when closed. Reads and writes answer {@link Hal#GONE} afterwards. */
    void close();
}
