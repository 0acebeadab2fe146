package midge.hal;

/** One output pin. */
public interface DigitalOut {
    /** @return {@link Hal#OK}, or a negative {@link Hal} code; the level on return is the one asked for */
    int write(boolean high);
}
