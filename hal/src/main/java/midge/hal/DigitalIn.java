package midge.hal;

/**
 * One input pin. Pull resistors and inversion are set when the board is put together.
 *
 * <p><em>For driver authors:</em> a mechanical contact or a sensor's output bounces; look twice.
 */
public interface DigitalIn {
    /** @return 1 high, 0 low, or a negative {@link Hal} code */
    int read();
}
