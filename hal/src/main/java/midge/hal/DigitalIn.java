package midge.hal;

/** One input pin. */
public interface DigitalIn {
    /** @return 1 high, 0 low, or a negative {@link Hal} code */
    int read();
}
