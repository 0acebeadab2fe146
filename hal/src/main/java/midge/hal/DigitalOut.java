package midge.hal;

/**
 * One output pin.
 *
 * <p><em>For board authors:</em> leave the pin as it is until the first call: a relay must not click because a program starts.
 */
public interface DigitalOut {
    /** @return {@link Hal#OK}, or a negative {@link Hal} code; the level on return is the one asked for, or on failure the old one */
    int write(boolean high);
}
